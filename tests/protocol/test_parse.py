"""Requests of REST-XML as no client of botocore writes them: read, or refused as AWS refuses them."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.operation_names import operation_model
from s3tag_mock.protocol import nodes, parse
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request

B: Any = {"Bucket": "b"}
K: Any = {**B, "Key": "k"}


def read(operation: str, target: str, body: bytes = b"", **headers: str) -> Any:
    path, _, query = target.partition("?")
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return parse.compile_parser(operation_model(operation))(
        Request("GET", "", names, body), Address(path, query, None)
    )


@pytest.mark.parametrize(
    ("operation", "target", "body", "params"),
    [
        ("ListObjectsV2", "/b?prefix=&other=1&max-keys=", b"", {**B, "Prefix": ""}),
        ("ListObjectsV2", "/b/?prefix=a%20b+c&max-keys=2", b"", {**B, "Prefix": "a b c", "MaxKeys": 2}),
        ("GetObject", "/b/a/b//", b"", {**B, "Key": "a/b//"}),
        ("GetObject", "/b/a%2Fb%0A", b"", {**B, "Key": "a/b\n"}),
        ("PutBucketPolicy", "/b", b"{\xff}", {**B, "Policy": "{\ufffd}"}),
        ("PutObject", "/b/k", b"\xff", {**K, "Body": b"\xff"}),
        ("PutObjectTagging", "/b/k", b"<Tagging><TagSet/></Tagging>", {**K, "Tagging": {"TagSet": []}}),
        ("PutObjectTagging", "/b/k", b"<a:Tagging xmlns:a='x'/>", {**K, "Tagging": {}}),
        ("PutBucketAcl", "/b", b" ", B),
    ],
)
def test_what_is_read(operation: str, target: str, body: bytes, params: Any) -> None:
    assert read(operation, target, body) == params


def test_a_document_that_may_be_left_out() -> None:
    target = "/v20180820/accessgrantsinstance"
    assert read("s3control.CreateAccessGrantsInstance", target, x_amz_account_id="1") == {"AccountId": "1"}


def test_maps_of_documents() -> None:
    operation: Any = operation_model("s3control.CreateJob").input_shape
    shape = operation.members["Operation"].members["LambdaInvoke"].members["UserArguments"]
    entries = [{"key": "a", "value": "1"}, {"key": "b", "value": None}]
    assert nodes.compile_reader(shape)({"entry": entries}) == {"a": "1", "b": ""}


def test_lists_and_maps_of_headers() -> None:
    given = {
        "x_amz_object_attributes": "ETag, ObjectSize",
        "x_amz_meta_a": "=?UTF-8?B?YWJj?=",
        "x_other": "y",
    }
    assert read("GetObjectAttributes", "/b/k", **given) == {**K, "ObjectAttributes": ["ETag", "ObjectSize"]}
    assert read("PutObject", "/b/k", **given)["Metadata"] == {"a": "abc"}


@pytest.mark.parametrize(
    ("operation", "target", "body", "code", "elements", "hint"),
    [
        ("GetObject", "/Xb", b"", "InvalidURI", {"URI": "Xb"}, None),
        (
            "GetObjectAttributes",
            "/b/k",
            b"",
            "MissingSecurityHeader",
            {"MissingHeaderName": "x-amz-object-attributes"},
            None,
        ),
        (
            "GetBucketInventoryConfiguration",
            "/b",
            b"",
            "InvalidArgument",
            {"ArgumentName": "id", "ArgumentValue": ""},
            None,
        ),
        ("PutBucketTagging", "/b", b" ", "MissingRequestBodyError", {}, None),
        ("PutObjectLockConfiguration", "/b", b"", "MissingRequestBodyError", {}, None),
        ("s3control.CreateJob", "/v20180820/jobs", b"", "MissingRequestBodyError", {}, None),
        ("PutBucketTagging", "/b", b"<Other/>", "MalformedXML", {}, "the root is Other, not Tagging"),
        (
            "s3control.CreateJob",
            "/v20180820/jobs",
            b"<Job/>",
            "MalformedXML",
            {},
            "the root is Job, not CreateJobRequest",
        ),
        ("PutBucketTagging", "/b", b"<Tagging>", "MalformedXML", {}, None),
    ],
)
def test_what_is_refused(
    operation: str, target: str, body: bytes, code: str, elements: dict[str, str], hint: str | None
) -> None:
    with pytest.raises(AwsError) as refused:
        read(operation, target, body, x_amz_account_id="1")
    assert (refused.value.code, refused.value.elements) == (code, elements)
    assert hint is None or refused.value.hint == hint
