"""Requests as botocore really sends them, in every addressing style: each is read as it was meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name

from conftest import needs_botocore
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.protocol import body
from s3tag_mock.protocol.address import locate
from s3tag_mock.protocol.wire_format import WireFormat, compile_wire_format

CAPTURED = json.loads(
    (Path(__file__).parent.parent / "recorded" / "captured_requests.json").read_text("utf-8")
)["cases"]
REQUESTS = [
    pytest.param(case, request, id=f"{case['case']}-{number}")
    for case in CAPTURED
    for number, request in enumerate(case["requests"])
]

ACCESS_POINT = "arn:aws:s3:us-west-2:123456789012:accesspoint/myap"
OUTPOST_POINT = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/myap"
OUTPOST_BUCKET = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/bucket/mybucket"
DIRECTORY_BUCKET = "mybucket--usw2-az1--x-s3"
JOB = "00e123a4-c0d8-41f4-a0eb-b46f9ba5b07c"

#: Where the case's name begins so, the bucket was this; the longest beginning counts.
BUCKETS = {
    "": "my-bucket",
    "bucket with dots": "my.bucket",
    "bucket with upper case": "My_Bucket",
    "accelerate, bucket with a dot": "my.bucket",
    "access point ARN": ACCESS_POINT,
    "access point alias": "myap-abcdefghijklmnopqrstuvwxyz12345678-s3alias",
    "Outposts alias": "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
    "object lambda AP ARN": "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mybanner",
    "Outposts AP ARN": OUTPOST_POINT,
    "directory bucket": DIRECTORY_BUCKET,
    "directory AP name": "myap--usw2-az1--xa-s3",
}
#: The endpoint that the client was made for, where it had one of its own.
ENDPOINTS = {
    "endpoint_url localhost": "http://localhost:9000",
    "endpoint_url custom host": "https://s3.example.com",
    "endpoint_url https IP": "https://127.0.0.1:9000",
    "endpoint_url with path": "https://example.com/gw",
    "access point ARN endpoint_url": "http://localhost:9000",
    "access point ARN endpoint_url host": "https://s3.example.com",
    "Outposts AP ARN endpoint_url": "https://beta.example.com",
    "directory bucket via endpoint_url": "http://localhost:9000",
    "s3control create_job endpoint_url": "http://localhost:9000",
    "s3control get_bucket_tagging Outposts ARN endpoint_url": "https://beta.example.com",
}


def by_beginning(table: dict[str, str], name: str) -> str | None:
    found = [beginning for beginning in table if name.startswith(beginning)]
    return table[max(found, key=len)] if found else None


@pytest.fixture(scope="module")
def wire_formats() -> Any:
    models = {name: service_model(name) for name in ("s3", "s3control")}
    names = {
        (service, xform_name(operation)): operation
        for service, model in models.items()
        for operation in model.operation_names
    }

    def wire_format(client: str, operation: str) -> WireFormat:
        return compile_wire_format(models[client].operation_model(names[client, operation]))

    return wire_format


def read(case: Any, request: Any, wire_format: WireFormat) -> tuple[dict[str, Any], str | None]:
    sent = (request["body"] or "").encode()
    # Of each request those headers were kept that tell of its subject; the copy's source is not among them.
    headers = {"x-amz-copy-source": "b/k", **request["headers"]}
    received = body.read(request["method"], request["url"], headers, sent, streams=wire_format.streams)
    address = locate(
        received.url,
        names_bucket=wire_format.names_bucket,
        endpoint_url=by_beginning(ENDPOINTS, case["case"]),
        # Where the bucket's name alone leads to its region, the client's signature says which it means.
        region="us-east-1" if ".s3.amazonaws.com/" in received.url else "us-west-2",
    )
    return wire_format.parser(received, address), address.region


@pytest.mark.parametrize(("case", "request_"), [p for p in REQUESTS if p.values[0]["client"] == "s3"])
@needs_botocore("1.41.1", "all captured operations")
def test_s3(case: Any, request_: Any, wire_formats: Any) -> None:
    # The session call that botocore makes by itself for directory buckets stands among the requests.
    operation = "create_session" if request_["url"].endswith("?session") else case["op"]
    params, region = read(case, request_, wire_formats("s3", operation))
    assert params["Bucket"] == by_beginning(BUCKETS, case["case"])
    if "Key" in params:
        assert params["Key"] in {"k", "my key/ü+.txt"}
    if "Tagging" in params and operation in {"put_object_tagging", "put_bucket_tagging"}:
        assert params["Tagging"] in ({"TagSet": [{"Key": "k 1", "Value": "v&<é"}]}, {"TagSet": []})
    signed_for = (request_["auth"] or "").split()[1].split("/")[0]
    assert region == {"aws-global": "us-east-1"}.get(signed_for, signed_for)


@pytest.mark.parametrize(("case", "request_"), [p for p in REQUESTS if p.values[0]["client"] == "s3control"])
def test_s3_control(case: Any, request_: Any, wire_formats: Any) -> None:
    params, _ = read(case, request_, wire_formats("s3control", case["op"]))
    assert params["AccountId"] == "123456789012"
    if "Bucket" in params:
        assert params["Bucket"] == ("my-bucket" if "plain name" in case["case"] else OUTPOST_BUCKET)
    if "JobId" in params:
        assert params["JobId"] == JOB
    if case["op"] == "untag_resource":
        assert params.get("TagKeys", []) == ([] if "[]" in case["case"] else ["a b", "c&d"])
    if case["op"] in {"tag_resource", "list_tags_for_resource", "untag_resource"}:
        assert params["ResourceArn"].startswith("arn:aws:s3")


@needs_botocore("1.41.1", "all captured operations")
def test_special_parameters(wire_formats: Any) -> None:
    """Version ids, headers and tags that need decoding."""
    read_of = {
        case["case"]: read(case, case["requests"][-1], wire_formats(case["client"], case["op"]))[0]
        for case in CAPTURED
        if case["requests"]
    }
    assert read_of["virtual explicitly"]["VersionId"] == "v/1+="
    assert read_of["put_bucket_tagging"]["ExpectedBucketOwner"] == "123456789012"
    assert read_of["put_object_tagging RequestPayer, VersionId"]["RequestPayer"] == "requester"
    assert read_of["put_object with Tagging"]["Tagging"] == "k=v&a%20b=c%2Bd"
    assert read_of["copy_object REPLACE"]["TaggingDirective"] == "REPLACE"
    assert "Tags" in read_of["create_bucket with Tags us-west-2"]["CreateBucketConfiguration"]
    assert read_of["s3control put_job_tagging"]["Tags"] != []


def test_every_captured_request_is_tested() -> None:
    assert len(REQUESTS) == sum(len(case["requests"]) for case in CAPTURED) > 80
    assert {case["client"] for case in CAPTURED} == {"s3", "s3control"}
