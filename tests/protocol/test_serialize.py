"""Answers of S3 and S3 Control: status, headers and body."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.operation_names import operation_model
from s3tag_mock.protocol import model
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.wire_format import WireFormat, compile_wire_format

MD5 = "AAAAAAAAAAAAAAAAAAAAAA=="
NOON = datetime(2026, 11, 20, 12, 0, 0, 500, timezone.utc)
XML = {"Content-Type": "application/xml", "Transfer-Encoding": "chunked"}
S3 = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
HEAD: Any = {
    "ContentLength": 1,
    "LastModified": NOON,
    "Metadata": {"a": "é"},
    "DeleteMarker": False,
    "CacheControl": "a—é",
    "ResponseMetadata": {"HTTPStatusCode": 203, "HTTPHeaders": {"x": "y"}},
}


@pytest.mark.parametrize(
    ("operation", "result", "status", "headers", "body"),
    [
        ("DeleteBucket", {}, 204, {}, ""),
        ("PutBucketTagging", {}, 204, {}, ""),
        ("PutObjectTagging", {"VersionId": "v"}, 200, {"Content-Length": "0", "x-amz-version-id": "v"}, ""),
        (
            "HeadBucket",
            {"BucketRegion": "r"},
            200,
            {"Content-Type": "application/xml", "x-amz-bucket-region": "r"},
            "",
        ),
        (
            "HeadObject",
            HEAD,
            203,
            {
                "x-amz-delete-marker": "false",
                "Last-Modified": "Fri, 20 Nov 2026 12:00:00 GMT",
                "Content-Length": "1",
                "Cache-Control": "a é",
                "x-amz-meta-a": "=?UTF-8?B?w6k=?=",
                "x": "y",
            },
            "",
        ),
        (
            "GetObject",
            {"Body": b"x", "ContentRange": "bytes 0-0/2"},
            206,
            {"Content-Range": "bytes 0-0/2"},
            "x",
        ),
        ("GetBucketPolicy", {"Policy": "{}"}, 200, {}, "{}"),
        ("GetBucketPolicy", {}, 200, {}, ""),
        ("GetBucketLocation", {}, 200, XML, f"<LocationConstraint {S3}/>"),
        (
            "GetBucketLocation",
            {"LocationConstraint": "<"},
            200,
            XML,
            f"<LocationConstraint {S3}>&lt;</LocationConstraint>",
        ),
        (
            "ListBuckets",
            {"Buckets": [{"Name": "a<b", "CreationDate": NOON}], "Owner": {"ID": "o"}},
            200,
            XML,
            f"<ListAllMyBucketsResult {S3}><Owner><ID>o</ID></Owner><Buckets><Bucket><Name>a&lt;b</Name><CreationDate>"
            "2026-11-20T12:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>",
        ),
        (
            "GetPublicAccessBlock",
            {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True, "IgnorePublicAcls": False}},
            200,
            XML,
            f"<PublicAccessBlockConfiguration {S3}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false"
            "</IgnorePublicAcls></PublicAccessBlockConfiguration>",
        ),
        (
            "GetObjectAcl",
            {"Grants": [{"Grantee": {"Type": "Group", "URI": "u"}, "Permission": "READ"}]},
            200,
            XML,
            f"<AccessControlPolicy {S3}><AccessControlList><Grant>"
            '<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>u</URI></Grantee>'
            "<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>",
        ),
        (
            "s3control.GetJobTagging",
            {"Tags": [{"Key": "k", "Value": ""}]},
            200,
            {},
            "<GetJobTaggingResult><Tags><member><Key>k</Key><Value></Value></member></Tags></GetJobTaggingResult>",
        ),
        pytest.param(
            *(
                "s3control.ListStorageLensConfigurations",
                {},
                200,
                {},
                "<ListStorageLensConfigurationResult/>",
            ),
            marks=needs_botocore("1.36", "its root"),
        ),
        (
            "s3control.DescribeJob",
            {"Job": {"Operation": {"LambdaInvoke": {"UserArguments": {"k": "v", "l": ""}}}, "Other": 1}},
            200,
            {},
            "<DescribeJobResult><Job><Operation><LambdaInvoke><UserArguments><entry><key>k</key><value>v</value></entry>"
            "<entry><key>l</key><value></value></entry></UserArguments></LambdaInvoke></Operation></Job></DescribeJobResult>",
        ),
    ],
)
def test_answers(operation: str, result: Any, status: int, headers: dict[str, str], body: str) -> None:
    answer = compile_wire_format(operation_model(operation)).serializer(result, "ID")
    assert (answer.status, answer.headers) == (status, headers)
    assert answer.body.decode() == (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}' if body[:1] == "<" else body
    )


@pytest.mark.parametrize(
    ("operation", "headers"),
    [
        ("DeleteBucket", {"x-amz-request-id": "R", "x-amz-id-2": "H", "Server": "AmazonS3"}),
        (
            "s3control.GetJobTagging",
            {"Content-Length": "61", "x-amz-request-id": "R", "x-amz-id-2": "H", "Server": "AmazonS3"},
        ),
        ("sts.GetCallerIdentity", {"Content-Type": "text/xml", "x-amzn-RequestId": "R"}),
        (
            "resourcegroupstaggingapi.GetTagKeys",
            {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "R"},
        ),
    ],
)
def test_headers_that_every_answer_has(operation: str, headers: dict[str, str]) -> None:
    assert compile_wire_format(operation_model(operation)).write({}, "R", "H").headers == headers


def test_what_is_known_of_an_operation() -> None:
    format_ = compile_wire_format(operation_model("PutObject"))
    assert (format_.method, format_.names_bucket, format_.streams, format_.requires_digest) == (
        "PUT",
        True,
        True,
        False,
    )
    format_ = compile_wire_format(operation_model("iam.GetRole"))
    assert (format_.method, format_.names_bucket, format_.streams) == ("POST", False, False)
    assert compile_wire_format(operation_model("DeleteObjects")).requires_digest


def test_what_is_no_operation() -> None:
    format_ = WireFormat.of_errors("s3", "PATCH")
    request, address = Request("PATCH", "", {}, b""), Address("/b", "", None)
    assert (format_.name, format_.names_bucket, format_.streams, format_.read(request, address)) == (
        "",
        True,
        False,
        {},
    )
    assert format_.write_error(errors.ACCESS_DENIED(), "R", "H").status == 403
    with pytest.raises(AssertionError, match="^what is no operation has no result$"):
        format_.write({}, "R", "H")


def test_the_longest_document_of_tags() -> None:
    format_ = compile_wire_format(operation_model("s3control.PutJobTagging"))
    document = b"<PutJobTaggingRequest><Tags/></PutJobTaggingRequest>"
    longest = document + b" " * (model.TAGGING_DOCUMENT_BYTES - len(document))
    address = Address("/v20180820/jobs/1/tagging", "", None)
    headers = {"x-amz-account-id": "1"}
    assert format_.read(Request("PUT", "", headers, longest), address)["Tags"] == []
    with pytest.raises(AwsError, match="."):
        format_.read(Request("PUT", "", headers, longest + b" "), address)


@pytest.mark.parametrize(
    ("operation", "headers", "code", "elements"),
    [
        ("UploadPart", {"content-md5": MD5}, "BadDigest", {"ExpectedDigest": MD5}),
        ("PutObject", {"content-md5": MD5}, "BadDigest", {"ExpectedDigest": b64decode(MD5).hex()}),
        ("PutObject", {"x-amz-checksum-crc32": "AAAAAA=="}, "BadDigest", {}),
        ("CompleteMultipartUpload", {"x-amz-checksum-crc32": "AAAAAA=="}, None, {}),
        ("DeleteObjects", {}, "InvalidRequest", {}),
    ],
)
def test_digests(operation: str, headers: dict[str, str], code: str | None, elements: dict[str, str]) -> None:
    """CompleteMultipartUpload's checksum is that of the object."""
    format_ = compile_wire_format(operation_model(operation))
    query = "partNumber=1&uploadId=u"
    body = b"<CompleteMultipartUpload/>" if code is None else b"x"
    request, address = Request("PUT", "", headers, body), Address("/b/k", query, None)
    if code is None:
        assert format_.read(request, address)["UploadId"] == "u"
        return
    with pytest.raises(AwsError) as refused:
        format_.read(request, address)
    assert refused.value.code == code
    assert elements.items() <= refused.value.elements.items()
