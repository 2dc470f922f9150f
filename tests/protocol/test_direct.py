"""Parameters and results that pass without being written, and those that don't: one of each kind.

That what passes is what would have been read is tried in tests/properties/test_codec.py.
"""

from __future__ import annotations

import io
from base64 import b64encode
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.parsers import create_parser

from s3tag_mock.operations.operation_names import operation_model
from s3tag_mock.protocol.direct import Direct, compile_direct
from s3tag_mock.protocol.direct_answer import compile_answer_reader
from s3tag_mock.protocol.plain_values import NotDirect
from s3tag_mock.protocol.wire_format import compile_wire_format
from s3tag_mock.rules.checksums import digest

METRICS: Any = {"SelectionCriteria": {"MinStorageBytesPercentage": 1.5}}
LENS: Any = {"AccountLevel": {"BucketLevel": {"PrefixLevel": {"StorageMetrics": METRICS}}}}
K: Any = {"Bucket": "b", "Key": "k"}
NOON = datetime(2026, 11, 20, 12, 0, 0, 500_000, timezone.utc)
LONGEST, MOST = 2048, 100
JOB: Any = {
    "AccountId": "1",
    "ClientRequestToken": "t",
    "Priority": 1,
    "RoleArn": "r",
    "Report": {"Enabled": False},
}


class OtherBytes(io.BytesIO):
    """Whose methods may be others."""


class OtherTime(datetime):
    """As packages have it that replace the clock."""


def direct(operation: str) -> Direct:
    return compile_direct(operation_model(operation))


def tag_set(count: int, value: Any = "v") -> Any:
    return {"Tagging": {"TagSet": [{"Key": str(number), "Value": value} for number in range(count)]}}


def job(arguments: Any) -> Any:
    return {**JOB, "Operation": {"LambdaInvoke": {"FunctionArn": "f", "UserArguments": arguments}}}


@pytest.mark.parametrize(
    ("operation", "params", "arrived"),
    [
        ("ListBuckets", {}, {}),
        ("GetObject", {**K, "VersionId": None}, K),
        ("GetObject", {**K, "VersionId": "é", "PartNumber": 1}, {**K, "VersionId": "é", "PartNumber": 1}),
        ("GetObject", {**K, "PartNumber": 2**31 - 1}, {**K, "PartNumber": 2**31 - 1}),
        ("GetObject", {**K, "PartNumber": -(2**31)}, {**K, "PartNumber": -(2**31)}),
        ("GetObject", {**K, "Key": "ü" * LONGEST}, {**K, "Key": "ü" * LONGEST}),
        ("GetObject", {**K, "ResponseContentType": "a"}, {**K, "ResponseContentType": "a"}),
        ("GetObject", {**K, "ResponseExpires": NOON}, {**K, "ResponseExpires": NOON.replace(microsecond=0)}),
        (
            "GetObject",
            {**K, "IfModifiedSince": NOON.astimezone(timezone(timedelta(hours=2))).replace(year=1901)},
            {**K, "IfModifiedSince": NOON.replace(year=1901, microsecond=0)},
        ),
        ("ListObjectsV2", {"Bucket": "b", "OptionalObjectAttributes": []}, {"Bucket": "b"}),
        (
            "ListObjectsV2",
            {"Bucket": "b", "OptionalObjectAttributes": ("RestoreStatus",)},
            {"Bucket": "b", "OptionalObjectAttributes": ["RestoreStatus"]},
        ),
        ("PutObject", K, {**K, "Body": b""}),
        ("PutObject", {**K, "Body": bytearray(b"x"), "ContentType": "aws"}, {**K, "Body": b"x", "ContentType": "aws"}),
        ("PutObject", {**K, "Key": "aws-chunked", "Body": io.BytesIO(b"x")}, {**K, "Key": "aws-chunked", "Body": b"x"}),
        ("PutObject", {**K, "BucketKeyEnabled": True}, {**K, "BucketKeyEnabled": True, "Body": b""}),
        ("PutObject", {**K, "Metadata": {"A-b": "C"}}, {**K, "Metadata": {"a-b": "C"}, "Body": b""}),
        ("PutObject", {**K, "Metadata": {}}, {**K, "Body": b""}),
        ("PutBucketPolicy", {"Bucket": "b", "Policy": "{}"}, {"Bucket": "b", "Policy": "{}"}),
        ("PutObjectTagging", {**K, "Tagging": {}}, {**K, "Tagging": {}}),
        ("PutObjectTagging", {**K, "Tagging": {"TagSet": []}}, {**K, "Tagging": {"TagSet": []}}),
        ("PutObjectTagging", {**K, **tag_set(MOST)}, {**K, **tag_set(MOST)}),
        (
            "PutObjectRetention",
            {**K, "Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": NOON}},
            {**K, "Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": NOON}},
        ),
        (
            "PutBucketReplication",
            {"Bucket": "b", "ReplicationConfiguration": {"Role": "r", "Rules": [{"Status": "Enabled", "Destination": {"Bucket": "c"}}]}},
            {"Bucket": "b", "ReplicationConfiguration": {"Role": "r", "Rules": [{"Status": "Enabled", "Destination": {"Bucket": "c"}}]}},
        ),
        ("CompleteMultipartUpload", {**K, "UploadId": "u", "MultipartUpload": {"Parts": []}}, {**K, "UploadId": "u", "MultipartUpload": {}}),
        ("s3control.CreateJob", job({"k": "v"}), job({"k": "v"})),
        ("s3control.CreateJob", job(dict.fromkeys(map(str, range(MOST)), "v")), job(dict.fromkeys(map(str, range(MOST)), "v"))),
    ],
)  # fmt: skip
def test_what_passes(operation: str, params: Any, arrived: Any) -> None:
    assert direct(operation).read(params) == arrived


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        # What isn't there, or isn't a parameter, or isn't of its type.
        ("GetObject", {"Bucket": "b"}),
        ("GetObject", {**K, "Other": "x"}),
        ("GetObject", {**K, "Key": 1}),
        ("GetObject", {**K, "PartNumber": "1"}),
        ("GetObject", {**K, "PartNumber": True}),
        ("GetObject", {**K, "PartNumber": 2**31}),
        ("GetObject", {**K, "PartNumber": -(2**31) - 1}),
        ("GetObject", {**K, "IfModifiedSince": NOON.replace(tzinfo=None)}),
        ("GetObject", {**K, "IfModifiedSince": NOON.replace(year=1900)}),
        ("GetObject", {**K, "IfModifiedSince": NOON.replace(year=9999)}),
        ("GetObject", {**K, "IfModifiedSince": OtherTime(2026, 1, 1, tzinfo=timezone.utc)}),
        ("PutObject", {**K, "BucketKeyEnabled": "true"}),
        ("PutObjectTagging", {**K, "Tagging": "text"}),
        ("PutObjectTagging", {**K, "Tagging": {"TagSet": [{"Key": "k"}]}}),
        ("PutObjectLockConfiguration", {"Bucket": "b"}),
        # Texts that are changed on their way, or too long.
        ("GetObject", {**K, "Key": "k" * (LONGEST + 1)}),
        ("GetObject", {**K, "Key": " k"}),
        ("GetObject", {**K, "Key": "a\nb"}),
        ("GetObject", {**K, "IfMatch": "é"}),
        ("GetObject", {**K, "ResponseContentType": "é"}),
        ("PutObject", {**K, "ContentEncoding": "gzip,aws-chunked"}),
        ("PutBucketVersioning", {"Bucket": "b", "VersioningConfiguration": {"Status": "On"}}),
        # Metadata that are no header's name or value.
        ("PutObject", {**K, "Metadata": {"": "v"}}),
        ("PutObject", {**K, "Metadata": {"a b": "v"}}),
        ("PutObject", {**K, "Metadata": {"a": "1", "A": "2"}}),
        ("PutObject", {**K, "Metadata": {"a": "=?"}}),
        ("PutObject", {**K, "Metadata": {"a": "é"}}),
        # What tells of the very bytes.
        ("PutObject", {**K, "ContentMD5": "x"}),
        ("PutObject", {**K, "ContentLength": 1}),
        # Bodies that are to be read.
        ("PutObject", {**K, "Body": "text"}),
        ("PutObject", {**K, "Body": OtherBytes(b"x")}),
        ("PutBucketPolicy", {"Bucket": "b", "Policy": "é"}),
        ("PutBucketPolicy", {"Bucket": "b", "Policy": b"{}"}),
        # Lists and maps that are long, empty or read once.
        ("PutObjectTagging", {**K, **tag_set(MOST + 1)}),
        ("PutObjectTagging", {**K, "Tagging": {"TagSet": iter(())}}),
        ("ListObjectsV2", {"Bucket": "b", "OptionalObjectAttributes": ["a,b"]}),
        ("ListObjectsV2", {"Bucket": "b", "OptionalObjectAttributes": [""]}),
        ("ListObjectsV2", {"Bucket": "b", "OptionalObjectAttributes": iter(["RestoreStatus"])}),
        ("s3control.CreateJob", job({})),
        ("s3control.CreateJob", job(dict.fromkeys(map(str, range(MOST + 1)), "v"))),
    ],
)
def test_what_is_written(operation: str, params: Any) -> None:
    with pytest.raises(NotDirect):
        direct(operation).read(params)


def test_a_file_that_was_begun_is_written() -> None:
    begun = io.BytesIO(b"xy")
    begun.read(1)
    with pytest.raises(NotDirect):
        direct("PutObject").read({**K, "Body": begun})


def test_headers_and_bodies() -> None:
    assert direct("PutObject").headers["x-amz-acl"] == "ACL"
    assert "x-amz-meta-" not in direct("PutObject").headers
    assert [direct(name).has_raw_body for name in ("PutObject", "PutBucketPolicy", "GetObject")] == [
        True,
        False,
        False,
    ]


def test_checksums() -> None:
    arrived: dict[str, Any] = {**K, "Body": b"x"}
    direct("PutObject").add_checksum(arrived, "crc32")
    assert arrived == {**K, "Body": b"x", "ChecksumCRC32": b64encode(digest("CRC32", b"x")).decode()}
    for name in ("CompleteMultipartUpload", "PutObjectTagging"):
        direct(name).add_checksum(K, "crc32")
    assert K.keys() == {"Bucket", "Key"}
    with pytest.raises(NotDirect):
        direct("PutObject").add_checksum(arrived, "xxhash3")


@pytest.mark.parametrize(
    ("operation", "result"),
    [
        ("DeleteBucket", {}),
        ("HeadObject", {"LastModified": NOON, "ContentLength": 1, "ETag": '"e"', "Metadata": {"a": "b"}}),
        ("HeadObject", {}),
        ("ListBuckets", {"Buckets": [{"Name": "b", "CreationDate": NOON}], "Owner": {"ID": "o"}}),
        ("ListBuckets", {"Buckets": []}),
        ("ListObjectsV2", {"Contents": []}),
        ("ListObjectsV2", {"Contents": [], "KeyCount": 0, "IsTruncated": False, "Name": "b"}),
        ("GetObjectTagging", {"TagSet": [{"Key": "k", "Value": ""}], "VersionId": "v"}),
        ("GetPublicAccessBlock", {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}),
        (
            "s3control.DescribeJob",
            {"Job": {"Operation": {"LambdaInvoke": {"UserArguments": {"k": "v"}}}, "CreationTime": NOON}},
        ),
    ],
)
def test_results_that_pass(operation: str, result: Any) -> None:
    model = operation_model(operation)
    reply = compile_wire_format(model).write(result, "REQUESTID", "HOSTID")
    answer = {"status_code": reply.status, "headers": reply.headers, "body": reply.body}
    assert compile_answer_reader(model)(result, reply) == create_parser("rest-xml").parse(
        answer, model.output_shape
    )


@pytest.mark.parametrize(
    ("operation", "result"),
    [
        ("GetObject", {"Body": b""}),
        ("GetBucketLocation", {"LocationConstraint": "eu-west-1"}),
        ("GetBucketPolicy", {"Policy": "{}"}),
        ("HeadObject", {"Expires": NOON}),
        ("HeadObject", {"ContentType": "é"}),
        ("HeadObject", {"ContentType": "=?"}),
        ("HeadObject", {"Metadata": {"a": "é"}}),
        ("HeadObject", {"ContentLength": True}),
        ("ListBuckets", {"Buckets": [{"Name": "a\nb"}]}),
        ("s3control.GetStorageLensConfiguration", {"StorageLensConfiguration": LENS}),
        ("s3control.DescribeJob", {"Job": {"Operation": {"LambdaInvoke": {"UserArguments": {}}}}}),
    ],
)
def test_results_that_are_read(operation: str, result: Any) -> None:
    model = operation_model(operation)
    reply = compile_wire_format(model).write({}, "REQUESTID", "HOSTID")
    with pytest.raises(NotDirect):
        compile_answer_reader(model)(result, reply)
