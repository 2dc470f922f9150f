"""CORS configurations (LS test_put_cors, test_get_cors, test_delete_cors, test_put_cors_invalid_rules)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import refusal

GET: dict[str, Any] = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}


def put(s3: Any, *rules: dict[str, Any]) -> Any:
    return s3.put_bucket_cors(Bucket="photos", CORSConfiguration={"CORSRules": list(rules)})


def test_a_bucket_has_none_at_first(photos: str, s3: Any) -> None:
    assert refusal(lambda: s3.get_bucket_cors(Bucket=photos)) == {
        "Status": 404,
        "Code": "NoSuchCORSConfiguration",
        "Message": "The CORS configuration does not exist",
        "BucketName": "photos",
    }
    assert s3.delete_bucket_cors(Bucket=photos)["ResponseMetadata"]["HTTPStatusCode"] == 204


def test_rules_come_back_as_they_were_put(photos: str, s3: Any) -> None:
    """No id is made up, and letters keep their case."""
    full = {
        "ID": "one",
        "AllowedMethods": ["PUT", "POST"],
        "AllowedOrigins": ["http://*.example.com", ""],
        "AllowedHeaders": ["X-Amz-*"],
        "ExposeHeaders": ["ETag", "x-amz-id-2"],
        "MaxAgeSeconds": 3000,
    }
    put(s3, full, GET)
    assert s3.get_bucket_cors(Bucket=photos)["CORSRules"] == [full, GET]
    s3.delete_bucket_cors(Bucket=photos)
    assert refusal(lambda: s3.get_bucket_cors(Bucket=photos))["Code"] == "NoSuchCORSConfiguration"


@pytest.mark.parametrize(
    ("rule", "code", "message"),
    [
        (
            {**GET, "AllowedMethods": ["GET", "MYMETHOD"]},
            "InvalidRequest",
            "Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD",
        ),
        (
            {**GET, "AllowedOrigins": ["*example*.com"]},
            "InvalidRequest",
            'AllowedOrigin "*example*.com" can not have more than one wildcard.',
        ),
        (
            {**GET, "AllowedHeaders": ["*-*"]},
            "InvalidRequest",
            'AllowedHeader "*-*" can not have more than one wildcard.',
        ),
        (
            {**GET, "ExposeHeaders": ["x-*"]},
            "InvalidRequest",
            "ExposeHeader x-* contains a wildcard. Wildcards are currently not supported for ExposeHeader.",
        ),
        (
            {**GET, "AllowedMethods": []},
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
        ),
    ],
)
def test_a_rule_that_aws_refuses(photos: str, s3: Any, rule: dict[str, Any], code: str, message: str) -> None:
    put(s3, GET)
    assert refusal(lambda: put(s3, rule)) == {"Status": 400, "Code": code, "Message": message}
    assert s3.get_bucket_cors(Bucket=photos)["CORSRules"] == [GET]


def test_how_many_rules(photos: str, s3: Any) -> None:
    put(s3, *[GET] * 100)
    assert refusal(lambda: put(s3, *[GET] * 101))["Code"] == "InvalidRequest"
    assert refusal(lambda: put(s3))["Code"] == "MalformedXML"
