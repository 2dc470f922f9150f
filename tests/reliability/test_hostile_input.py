"""Whatever comes in, what goes out is AWS's: a success, or an error after which all is as it was.

No other exception reaches the code under test, and neither memory nor work grows without end.
"""

from __future__ import annotations

import gzip
import json
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any
from urllib.parse import quote

import botocore
import pytest
import urllib3
from botocore.exceptions import ClientError
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import fuzzing, needs_botocore
from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.operations.registry import Operation
from s3tag_mock.rules import limits
from tests.batch.support import Inventory
from tests.support import content_md5, run_job, send_raw, tag_set, tagging_job
from tools.fuzz.generate import params_of
from tools.fuzz.outcome import answered
from tools.fuzz.references import References
from tools.fuzz.snapshot import snapshot
from tools.fuzz.world import client, world_for

SIGNED = "AWS4-HMAC-SHA256 Credential=testing/20260501/us-east-1/s3/aws4_request"

LAUGHS = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};">' for n in range(1, 30))
HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n ",
    "text": b"hello",
    "NUL": b"<Tagging>\0</Tagging>",
    "NUL by number": b"<Tagging>&#0;</Tagging>",
    "half an element": b"<Tagging><TagSet>",
    "two roots": b"<a/><b/>",
    "another root": b"<Something/>",
    "bytes that aren't UTF-8": b"<Tagging>\xff\xfe</Tagging>",
    "UTF-16": "<Tagging><TagSet/></Tagging>".encode("utf-16"),
    "UTF-16 without its mark": '<?xml version="1.0" encoding="UTF-16"?><Tagging/>'.encode("utf-16-le"),
    "a false encoding": b'<?xml version="1.0" encoding="UTF-16"?><Tagging/>',
    "an unknown encoding": b'<?xml version="1.0" encoding="klingon"?><Tagging/>',
    "a mark of UTF-8": b"\xef\xbb\xbf<Tagging><TagSet/></Tagging>",
    "an entity": b'<!DOCTYPE a [<!ENTITY e "x">]><Tagging>&e;</Tagging>',
    "an entity of a file": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><Tagging>&e;</Tagging>',
    "a billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><Tagging>&l29;</Tagging>'.encode(),
    "laughs in UTF-16": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><Tagging>&l29;</Tagging>'.encode("utf-16"),
    "deep nesting": b"<a>" * 5_000 + b"</a>" * 5_000,
    "deep nesting without an end": b"<a>" * 5_000,
    "deep JSON": b"[" * 50_000 + b"]" * 50_000,
    "deep JSON objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a huge name": b"<" + b"a" * 100_000 + b"/>",
    "a huge attribute": b'<Tagging a="' + b"a" * 100_000 + b'"/>',
    "many attributes": b"<Tagging " + b" ".join(b'a%d="1"' % n for n in range(2_000)) + b"/>",
    "many prefixes": b"<a:b:c xmlns:a='1'/>",
    "comments and instructions": b"<!-- x --><?php echo 1 ?><Tagging><!-- y --></Tagging>",
    "CDATA": b"<Tagging><![CDATA[<TagSet/>]]></Tagging>",
    "text between": b"<Tagging>x<TagSet>y<Tag>z</Tag></TagSet></Tagging>",
    "JSON": b'{"Tagging": {"TagSet": []}}',
    "JSON that is a number": b"1e999",
    "surrogates": b"<Tagging>\xed\xa0\x80</Tagging>",
}


def tag_with(s3: Any, bucket: str, body: bytes) -> Any:
    """PutObjectTagging with a body of any kind."""
    where = {"Bucket": bucket, "Key": "a.jpg"}
    return send_raw(
        s3, "put_object_tagging", body=body, headers=content_md5(body), Tagging=tag_set(), **where
    )


def with_bodies() -> list[Any]:
    """The served operations whose requests have a body."""
    found = []
    for operation in OPERATIONS.values():
        if operation.service in {"s3", "s3control"}:
            model = service_model(operation.service)
            if operation.name not in model.operation_names:
                continue
            shape = model.operation_model(operation.name).input_shape
            locations = [
                member.serialization.get("location") for member in getattr(shape, "members", {}).values()
            ]
            if None in locations:
                found.append(pytest.param(operation, id=f"{operation.service}.{operation.name}"))
    return found


@pytest.mark.parametrize("operation", with_bodies())
@needs_botocore("1.44", "all that is served")
@fuzzing(1)
@given(seed=st.integers(0, 2**32))
def test_bodies_that_are_no_documents(operation: Operation, seed: int) -> None:
    """Every operation with a body gets every one of them."""
    params, name = params_of(Random(seed), operation), botocore.xform_name(operation.name)
    with world_for(seed) as aws:
        for body in HOSTILE.values():
            sent = References(aws._world).resolved(params)
            send = partial(
                send_raw, client(operation.service), name, body=body, headers=content_md5(body), **sent
            )
            answered(aws, send, may_be_unsendable=True)


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_documents_are_refused_as_aws_does(aws: Any, photos: str, s3: Any, body: bytes) -> None:
    error = answered(aws, lambda: tag_with(s3, photos, body)).error
    if error is not None:
        assert error.response["Error"]["Code"] in {"MalformedXML", "MissingRequestBodyError"}


@pytest.mark.parametrize(
    "name", ["a billion laughs", "laughs in UTF-16", "deep nesting", "a huge name", "deep JSON"]
)
def test_memory_stays_bounded(aws: Any, photos: str, s3: Any, name: str) -> None:
    """A small document doesn't become a large one: 2 ** 30 laughs would."""
    body = HOSTILE[name]
    tracemalloc.start()
    try:
        with pytest.raises(ClientError):
            tag_with(s3, photos, body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100 * len(body) + 5_000_000


def steps(call: Callable[[], Any]) -> int:
    """How many functions Python calls meanwhile: time that every machine measures alike."""
    count = 0

    def note(*args: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "document",
    [
        lambda n: b"<a>" * n + b"</a>" * n,
        lambda n: (
            b"<Tagging><TagSet>" + b"<Tag><Key>k</Key><Value>v</Value></Tag>" * n + b"</TagSet></Tagging>"
        ),
        lambda n: b"<Tagging>" + b"x&#38;" * n + b"</Tagging>",
    ],
    ids=["nested", "listed", "text"],
)
def test_work_grows_no_faster_than_the_document(aws: Any, photos: str, s3: Any, document: Any) -> None:
    def send(number: int) -> None:
        body = document(number)
        with pytest.raises(ClientError):
            tag_with(s3, photos, body)

    send(10)
    one, four = steps(lambda: send(1_000)), steps(lambda: send(4_000))
    assert four < 5 * one


# Requests of any form

METHODS = st.sampled_from(["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"])
SEGMENTS = st.sampled_from(
    [
        "photos",
        "vault",
        "k",
        "nothing",
        "",
        ".",
        "..",
        "%00",
        "%ff",
        "%",
        "a%2Fb",
        "\u00fc",
        "+",
        "x" * 1_100,
        "K" * 300,
        "~",
        "a b",
        "?",
        "#",
    ]
)
QUERIES = st.sampled_from(
    [
        "tagging", "versions", "uploads", "acl", "versioning", "delete", "policy", "lifecycle", "object-lock", "retention",
        "legal-hold", "restore", "attributes", "encryption", "location", "list-type=2", "max-keys=x", "max-keys=-1",
        "max-keys=99999999999999999999", "partNumber=0", "partNumber=1", "uploadId=x", "versionId=null", "versionId=%00",
        "continuation-token=x", "marker=%ff", "prefix=%00", "delimiter=", "encoding-type=url", "start-after=%", "=", "&", "x-id=GetObject",
        "response-content-type=a%0d%0ab", "X-Amz-Expires=x", "X-Amz-Date=now", "Expires=1&Signature=x&AWSAccessKeyId=x", "select", "website",
    ]
)  # fmt: skip
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "x-amz-tagging", "x-amz-copy-source", "x-amz-copy-source-range", "x-amz-tagging-directive", "x-amz-metadata-directive",
            "x-amz-storage-class", "x-amz-acl", "x-amz-grant-read", "content-md5", "x-amz-checksum-crc32", "x-amz-checksum-sha256",
            "x-amz-sdk-checksum-algorithm", "x-amz-content-sha256", "x-amz-decoded-content-length", "content-encoding", "range",
            "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "x-amz-expected-bucket-owner",
            "x-amz-server-side-encryption", "x-amz-server-side-encryption-customer-key", "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold", "x-amz-request-payer", "x-amz-meta-a", "content-type",
            "x-amz-bypass-governance-retention", "x-amz-account-id", "x-amz-website-redirect-location", "x-amz-trailer", "x-amz-mfa",
            "x-amz-object-attributes", "x-amz-max-parts", "x-amz-part-number-marker", "x-amz-optional-object-attributes",
        ]
    ),
    st.sampled_from(
        ["", "x", "a=1", "a=1&a=2", "%", "%00", "%ff=1", "a=" + "b" * 10_000, "/photos/k", "/photos", "///", "photos/k?versionId=%00", "bytes=0-0",
         "bytes=5-1", "bytes=-0", "bytes=9999999999999999999999-", "bytes", "true", "TRUE", "AES256", "aws:kms", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
         "aws-chunked", "gzip,aws-chunked", "*", '"x"', "Thu, 01 Jan 1970 00:00:00 GMT", "tomorrow", "2020-13-45T99:99:99Z", "GOVERNANCE", "ON", "0",
         "-1", "1e3", "99999999999999999999", "COPY", "REPLACE", "GLACIER", "id=x", 'id="x", uri="y"', "multipart/form-data; boundary=x", "a\tb",
         "\u00fc", "ETag,Checksum", "Z" * 24 + "=="]
    ),
    max_size=4,
)  # fmt: skip
BODIES = st.sampled_from(list(HOSTILE.values())[:16]) | st.binary(max_size=60) | st.sampled_from(
    [b"5\r\nhello\r\n0\r\n\r\n", b"0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n", b"ffffffffffffffff\r\n", b"-1\r\nx", b"0x5\r\nhello\r\n0\r\n", b"--x\r\n\r\n--x--",
     b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nbody\r\n--x--', b'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nk\r\n--x--']
)  # fmt: skip


@needs_botocore("1.36.0", "ChecksumType of CreateMultipartUpload")
@fuzzing(30)
@given(
    method=METHODS,
    path=st.lists(SEGMENTS, max_size=3),
    query=st.lists(QUERIES, max_size=3),
    headers=HEADERS,
    body=BODIES,
    host=st.sampled_from(
        [
            "s3.amazonaws.com",
            "photos.s3.us-east-1.amazonaws.com",
            "vault.s3.amazonaws.com",
            "..s3.amazonaws.com",
        ]
    ),
    signed=st.booleans(),
)
@example("GET", ["photos", "k"], [], {"if-modified-since": "9" * 20}, b"", "s3.amazonaws.com", True)
@example("GET", ["photos"], ["max-keys=1_0"], {}, b"", "s3.amazonaws.com", True)
@example("PUT", ["photos", "k"], [], {"x-amz-tagging": "a=" + "b" * 10_000}, b"", "s3.amazonaws.com", True)
def test_requests_of_any_form(
    method: str,
    path: list[str],
    query: list[str],
    headers: dict[str, str],
    body: bytes,
    host: str,
    signed: bool,
) -> None:
    with world_for(0) as aws:
        before = snapshot(aws)
        url = f"https://{host}/{'/'.join(quote(one, safe='%.+~') for one in path)}?{'&'.join(query)}"
        sent = {name: value.encode("latin-1").decode("latin-1") for name, value in headers.items()}
        if signed:
            sent["Authorization"] = SIGNED
        pool = urllib3.PoolManager(retries=False)
        try:
            reply = pool.request(method, url, headers=sent, body=body, redirect=False)
        except (Misuse, urllib3.exceptions.LocationParseError):
            assert snapshot(aws) == before
            return
        assert 200 <= reply.status < 600
        assert reply.status != 500
        if reply.status >= 300:
            assert snapshot(aws) == before
            if method != "HEAD" and reply.status != 304:
                assert b"<Error><Code>" in reply.data


# What jobs read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def ended(aws: Any, job_id: str) -> Any:
    job = aws.jobs[job_id]
    assert job.status in {"Complete", "Failed"}
    return job


@fuzzing(30)
@given(
    changes=st.dictionaries(
        st.sampled_from(["destinationBucket", "fileFormat", "fileSchema", "files", "version"]),
        JSON
        | st.lists(
            st.fixed_dictionaries({}, optional={"key": JSON, "MD5checksum": JSON, "size": JSON}), max_size=2
        ),
        max_size=2,
    ),
    body=st.none() | st.binary(max_size=20) | JSON.map(lambda value: json.dumps(value).encode()),
)
@example({"files": [{"key": "photos/daily/data/one.csv.gz"}]}, None)
@example({}, b"[" * 100_000)
def test_inventories(changes: dict[str, Any], body: bytes | None) -> None:
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        inventory = Inventory(aws, [["photos", "k", "0"]])
        inventory.manifest.update(changes)
        request = tagging_job(aws, Manifest=inventory.spec(body))
        ended(aws, aws.client("s3control").create_job(**request)["JobId"])


def test_an_inventory_file_that_would_fill_the_memory(
    aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "INVENTORY_FILE_SIZE", 1_000_000)
    inventory = Inventory(aws, [[photos, "k" * 1_000_000, "0"]])
    assert len(inventory.data) < 2_000
    request = tagging_job(aws, Manifest=inventory.spec())
    job = ended(aws, aws.client("s3control").create_job(**request)["JobId"])
    assert "is larger than this mock reads" in job.failure


@fuzzing(40)
@given(
    data=st.binary(max_size=40)
    | st.binary(max_size=40).map(gzip.compress)
    | st.text('photos,k"\n\r\0%', max_size=40).map(str.encode).map(gzip.compress),
    cut=st.integers(0, 5),
)
def test_inventory_files(data: bytes, cut: int) -> None:
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        inventory = Inventory(aws, [])
        inventory.holds(data[: len(data) - cut])
        request = tagging_job(aws, Manifest=inventory.spec())
        ended(aws, aws.client("s3control").create_job(**request)["JobId"])


@fuzzing(60)
@given(
    answer=JSON
    | st.fixed_dictionaries(
        {},
        optional={
            "treatMissingKeysAs": JSON,
            "results": JSON
            | st.lists(
                st.fixed_dictionaries(
                    {}, optional={"taskId": JSON | st.just("$task"), "resultCode": JSON, "resultString": JSON}
                ),
                max_size=2,
            ),
        },
    )
)
@example({"results": [{"taskId": "$task", "resultCode": ["Succeeded"]}]})
@example({"treatMissingKeysAs": {}})
@example({1, 2})
@example(b"bytes")
def test_answers_of_lambda_functions(answer: Any) -> None:
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["k"])

        @aws.lambda_function("odd")
        def odd(event: Any) -> Any:
            if isinstance(answer, dict) and isinstance(answer.get("results"), list):
                task = event["tasks"][0]["taskId"]
                results = [
                    {**one, "taskId": task} if isinstance(one, dict) and one.get("taskId") == "$task" else one
                    for one in answer["results"]
                ]
                return {**answer, "results": results}
            return answer

        request = tagging_job(aws, "photos,k", Operation={"LambdaInvoke": {"FunctionArn": "odd"}})
        job = ended(aws, aws.client("s3control").create_job(**request)["JobId"])
        (task,) = job.tasks
        assert task.status in {"succeeded", "failed"}
        assert job.report().rows


@pytest.mark.parametrize(
    "manifest",
    [
        b"photos," + b"k" * 2_000_000 + b"\n",
        b"photos,k\n" * 2_000 + b"\0",
        b'photos,"' + b"k" * 200_000,
        "photos,k\n".encode("utf-16"),
        b"\xef\xbb\xbfphotos,k\n",
        b"photos," + b"%" * 1_000 + b"\n",
        b"photos,%00%0d%0a\n",
        b"," * 100_000,
        b"\r\n" * 1_000,
    ],
    ids=[
        "a long key",
        "a NUL at the end",
        "an open quote",
        "UTF-16",
        "a mark",
        "percents",
        "control characters",
        "commas",
        "blank lines",
    ],
)
def test_manifests(aws: Any, photos: str, manifest: bytes) -> None:
    described = run_job(aws, manifest=manifest)
    assert described["Status"] in {"Complete", "Failed"}
    assert bool(described["FailureReasons"]) == (described["Status"] == "Failed")
