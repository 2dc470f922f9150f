"""Bodies and digests that boto3 wouldn't send: XML faults, Content-MD5, checksums, aws-chunked."""

from __future__ import annotations

import base64
import io
import zlib
from typing import Any

import boto3
import pytest
from botocore.config import Config

from conftest import CHECKSUMS_BY_DEFAULT, needs_botocore
from s3tag_mock import NotSupported
from tests.support import MALFORMED, content_md5, refusal, send_raw, tag_set

TAGS = b"<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>"


def put_object_tags(s3: Any, body: bytes, **headers: str) -> Any:
    return send_raw(
        s3, "put_object_tagging", body=body, headers=headers, Bucket="photos", Key="c.jpg", Tagging=tag_set()
    )


def put_bucket_tags(s3: Any, body: bytes, **headers: str) -> Any:
    return send_raw(s3, "put_bucket_tagging", body=body, headers=headers, Bucket="photos", Tagging=tag_set())


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        (b"<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>", "Tag lacks Value"),
        (b"<Tagging><TagSet><Tag><Value>v</Value></Tag></TagSet></Tagging>", "Tag lacks Key"),
        (b"<Tagging><TagSet><Tag/></TagSet></Tagging>", "Tag lacks Key"),
        (b"<TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet>", "the root is TagSet, not Tagging"),
        (b"<Tagging><TagSet><Other/></TagSet></Tagging>", "a list of Tag with Other"),
        (b"<Tagging><Other/></Tagging>", "Tagging has no element Other"),
        (b"<Tagging><TagSet/><TagSet/></Tagging>", "TagSet appears more than once"),
        (b"<Tagging>text</Tagging>", "text where elements should be"),
        (
            b"<Tagging><TagSet><Tag><Key><b/></Key><Value>v</Value></Tag></TagSet></Tagging>",
            "elements where text should be",
        ),
        (TAGS[:-3], None),
        (b"no XML", None),
        (b"<Tagging><TagSet><Tag><Key>\xff</Key><Value>v</Value></Tag></TagSet></Tagging>", None),
        (
            b'<!DOCTYPE d [<!ENTITY e "e">]><Tagging><TagSet><Tag><Key>&e;</Key><Value>v</Value></Tag></TagSet></Tagging>',
            "a document type",
        ),
        (b"\x00", None),
    ],
)
def test_malformed_xml(aws: Any, photos: str, s3: Any, body: bytes, hint: str | None) -> None:
    assert refusal(lambda: put_object_tags(s3, body)) == MALFORMED
    assert refusal(lambda: put_bucket_tags(s3, body, **content_md5(body))) == MALFORMED
    assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}
    told = aws.calls[-1].hint  # AWS keeps silent about it
    assert ": line 1, " in told if hint is None else told == hint


@pytest.mark.parametrize(
    "body",
    [
        b"<Tagging/>",
        b"  \n<Tagging></Tagging>",
        b"<Tagging><TagSet/></Tagging>",
        b'<t:Tagging xmlns:t="http://s3.amazonaws.com/doc/2006-03-01/"><t:TagSet></t:TagSet></t:Tagging>',
        b'<Tagging xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"/>',
    ],
)
def test_documents_without_tags_clear(aws: Any, photos: str, s3: Any, body: bytes) -> None:
    put_object_tags(s3, body)
    assert aws.object_tags(photos, "c.jpg") == {}


def test_tagging_takes_no_streaming_payload(photos: str, s3: Any) -> None:
    headers = {"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}
    assert refusal(lambda: put_object_tags(s3, TAGS, **headers)) == {
        "Status": 400,
        "Code": "InvalidRequest",
        "Message": "The value of x-amz-content-sha256 header is invalid",
    }


def test_an_empty_body(photos: str, s3: Any) -> None:
    assert refusal(lambda: put_object_tags(s3, b"")) == {
        "Status": 400,
        "Code": "MissingRequestBodyError",
        "Message": "Request Body is empty",
    }


def test_bucket_tagging_needs_a_digest_and_object_tagging_none(aws: Any, photos: str, s3: Any) -> None:
    assert refusal(lambda: put_bucket_tags(s3, TAGS)) == {
        "Status": 400,
        "Code": "InvalidRequest",
        "Message": "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
    }
    put_object_tags(s3, TAGS)
    assert aws.object_tags(photos, "c.jpg") == {"k": "v"}


@pytest.mark.parametrize(
    ("headers", "code", "message"),
    [
        ({"Content-MD5": "AAAA"}, "InvalidDigest", "The Content-MD5 you specified was invalid."),
        (
            {"x-amz-checksum-crc32": "AAAAAA=="},
            "BadDigest",
            "The CRC32 you specified did not match the calculated checksum.",
        ),
        (
            {"x-amz-checksum-crc32": "AAAA!AA=="},
            "InvalidRequest",
            "Value for x-amz-checksum-crc32 header is invalid.",
        ),
        (
            {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-sha1": "AAAA"},
            "InvalidRequest",
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        ),
        (
            {"x-amz-sdk-checksum-algorithm": "CRC32"},
            "InvalidRequest",
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers "
            "were found.",
        ),
    ],
)
def test_digests_that_do_not_hold(
    aws: Any, photos: str, s3_once: Any, headers: Any, code: str, message: str
) -> None:
    refused = refusal(lambda: put_object_tags(s3_once, TAGS, **headers))
    assert (refused["Status"], refused["Code"], refused["Message"]) == (400, code, message)
    assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}


def test_an_algorithm_that_is_not_the_checksums(photos: str, s3: Any) -> None:
    checksum = base64.b64encode(zlib.crc32(TAGS).to_bytes(4, "big")).decode()
    headers = {"x-amz-checksum-crc32": checksum, "x-amz-sdk-checksum-algorithm": "SHA1"}
    assert refusal(lambda: put_object_tags(s3, TAGS, **headers)) == {
        "Status": 400,
        "Code": "InvalidRequest",
        "Message": "Value for x-amz-sdk-checksum-algorithm header is invalid.",
    }


def test_a_checksum_that_is_not_calculated_is_refused(photos: str, s3: Any) -> None:
    with pytest.raises(NotSupported, match="can't calculate xxhash64"):
        put_object_tags(s3, TAGS, **{"x-amz-checksum-xxhash64": "AAAAAAAAAAA="})


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
@needs_botocore("1.36.0", "ChecksumType")
def test_checksums_that_boto3_calculates(photos: str, s3: Any, algorithm: str) -> None:
    answer = s3.put_object(Bucket=photos, Key="k", Body=b"hello", ChecksumAlgorithm=algorithm)
    stored = s3.head_object(Bucket=photos, Key="k", ChecksumMode="ENABLED")
    assert answer[f"Checksum{algorithm}"] == stored[f"Checksum{algorithm}"]
    assert stored["ChecksumType"] == "FULL_OBJECT"


@pytest.mark.parametrize(
    ("name", "value"),
    [("ChecksumCRC32C", "yZRlqg=="), ("ChecksumCRC64NVME", "jSnVw/bqjr4="), ("ChecksumCRC32", "DUoRhQ==")],
)
@needs_botocore("1.36.0", "CRC64NVME")
def test_checksums_that_the_caller_gives(photos: str, s3_once: Any, name: str, value: str) -> None:
    """The values are those of the algorithms' published test vectors, for b"hello world"."""
    assert s3_once.put_object(Bucket=photos, Key="k", Body=b"hello world", **{name: value})[name] == value
    assert (
        refusal(lambda: s3_once.put_object(Bucket=photos, Key="k", Body=b"hello", **{name: value}))["Code"]
        == "BadDigest"
    )


@pytest.mark.parametrize("make", [bytes, bytearray, io.BytesIO, bytes.decode], ids=lambda make: make.__name__)
@pytest.mark.parametrize("options", [{}, {"endpoint_url": "http://localhost:9000"}], ids=["https", "http"])
def test_bodies_of_every_kind(aws: Any, photos: str, make: Any, options: Any) -> None:
    client = boto3.client("s3", **options)
    client.put_object(Bucket=photos, Key="k", Body=make(b"bytes"))
    assert client.get_object(Bucket=photos, Key="k")["Body"].read() == b"bytes"


def test_a_body_from_a_file(photos: str, s3: Any, tmp_path: Any) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 70_000)
    with path.open("rb") as file:
        s3.put_object(Bucket=photos, Key="k", Body=file)
    assert s3.head_object(Bucket=photos, Key="k")["ContentLength"] == 70_000


@pytest.mark.parametrize(
    ("encoding", "stored"), [("gzip, aws-chunked", "gzip"), ("aws-chunked", None), ("gzip", "gzip")]
)
def test_an_encoding_that_only_names_chunks(photos: str, aws: Any, encoding: str, stored: str | None) -> None:
    """LIKELY: whether a body is in chunks, other headers say."""
    options: Any = {"request_checksum_calculation": "when_required"} if CHECKSUMS_BY_DEFAULT else {}
    s3 = aws.client("s3", config=Config(**options))
    s3.put_object(Bucket=photos, Key="new", Body=b"zip", ContentEncoding=encoding)
    answer = s3.get_object(Bucket=photos, Key="new")
    assert (answer["Body"].read(), answer.get("ContentEncoding")) == (b"zip", stored)


def test_aws_chunked_leaves_no_trace(photos: str, s3: Any) -> None:
    s3.put_object(Bucket=photos, Key="k", Body=b"x", ContentEncoding="gzip")
    assert s3.head_object(Bucket=photos, Key="k")["ContentEncoding"] == "gzip"
    s3.put_object(Bucket=photos, Key="k", Body=b"x")
    assert "ContentEncoding" not in s3.head_object(Bucket=photos, Key="k")


@pytest.mark.parametrize(
    "body",
    [
        b"5\r\nhel",
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"hello",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"3\r\nhel\r\n0\r\n\r\n",
    ],
)
def test_aws_chunked_bodies_that_do_not_add_up(photos: str, s3: Any, body: bytes) -> None:
    headers = {"Content-Encoding": "aws-chunked", "x-amz-decoded-content-length": "5"}
    refused = refusal(
        lambda: send_raw(s3, "put_object", body=body, headers=headers, Bucket=photos, Key="a.jpg")
    )
    assert refused["Code"] == "IncompleteBody"
    assert s3.head_object(Bucket=photos, Key="a.jpg")["ContentLength"] == 0


@pytest.mark.skipif(not CHECKSUMS_BY_DEFAULT, reason="this botocore sends no checksums by default")
def test_requests_without_checksums(aws: Any, photos: str) -> None:
    client = boto3.client("s3", config=Config(request_checksum_calculation="when_required"))
    assert "ChecksumCRC32" not in client.put_object(Bucket=photos, Key="k", Body=b"x")


class Stream:
    """It can't be gone back in, as what comes from the network."""

    def __init__(self, content: bytes) -> None:
        self.read = io.BytesIO(content).read


@pytest.mark.skipif(not CHECKSUMS_BY_DEFAULT, reason="this botocore sends no checksums by default")
def test_a_stream_without_a_length(aws: Any, photos: str) -> None:
    put = {"Bucket": photos, "Key": "a.jpg"}
    for checksum, code in {
        "when_supported": "MissingContentLength",
        "when_required": "NotImplemented",
    }.items():
        config: Any = {"request_checksum_calculation": checksum}
        client = boto3.client("s3", config=Config(**config))
        assert refusal(lambda client=client: client.put_object(**put, Body=Stream(b"new")))["Code"] == code
        assert "can't tell the length" in str(aws.calls[-1].hint)
    client.put_object(**put, Body=Stream(b"new"), ContentLength=3)
    assert client.get_object(**put)["Body"].read() == b"new"
