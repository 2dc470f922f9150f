"""CopyObject, through a boto3 client."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest

from tests.support import refusal


@pytest.fixture
def source(photos: str, s3: Any) -> dict[str, str]:
    s3.put_object(
        Bucket=photos,
        Key="source ü",
        Body=b"hello",
        Tagging="a=1",
        ContentType="text/plain",
        Metadata={"colour": "blue"},
        StorageClass="STANDARD_IA",
        WebsiteRedirectLocation="/there",
    )
    return {"Bucket": photos, "Key": "source ü"}


def test_a_copy_has_metadata_and_tags_but_no_attributes(aws: Any, s3: Any, source: Any) -> None:
    answer = s3.copy_object(Bucket="photos", Key="copy", CopySource=source)
    assert answer["CopyObjectResult"]["ETag"] == '"5d41402abc4b2a76b9719d911017c592"'
    assert answer["CopyObjectResult"]["LastModified"]
    assert "CopySourceVersionId" not in answer
    copy = s3.get_object(Bucket="photos", Key="copy")
    assert (copy["Body"].read(), copy["ContentType"], copy["Metadata"]) == (
        b"hello",
        "text/plain",
        {"colour": "blue"},
    )
    assert "StorageClass" not in copy
    assert "WebsiteRedirectLocation" not in copy
    assert aws.object_tags("photos", "copy") == {"a": "1"}


def test_directives(aws: Any, s3: Any, source: Any) -> None:
    given: dict[str, Any] = {
        "CopySource": source,
        "Bucket": "photos",
        "Tagging": "b=2",
        "Metadata": {"x": "y"},
    }
    s3.copy_object(Key="kept", **given)
    s3.copy_object(Key="replaced", **given, TaggingDirective="REPLACE", MetadataDirective="REPLACE")
    assert aws.object_tags("photos", "kept") == {"a": "1"}
    assert aws.object_tags("photos", "replaced") == {"b": "2"}
    assert s3.head_object(Bucket="photos", Key="kept")["Metadata"] == {"colour": "blue"}
    replaced = s3.head_object(Bucket="photos", Key="replaced")
    assert (replaced["Metadata"], replaced["ContentType"]) == ({"x": "y"}, "binary/octet-stream")
    for kind in ("Tagging", "Metadata"):
        refused = refusal(lambda: s3.copy_object(Key="k", **given, **{f"{kind}Directive": "MERGE"}))  # noqa: B023
        assert (refused["Code"], refused["Message"]) == (
            "InvalidArgument",
            f"Unknown {kind.lower()} directive.",
        )
        assert refused["ArgumentName"] == f"x-amz-{kind.lower()}-directive"


def test_a_refused_header_stores_nothing(s3: Any, source: Any) -> None:
    wrong = {"Tagging": "a=1&a=2", "TaggingDirective": "REPLACE"}
    refused = refusal(lambda: s3.copy_object(Bucket="photos", Key="new", CopySource=source, **wrong))
    assert refused["Code"] == "InvalidArgument"
    assert refusal(lambda: s3.head_object(Bucket="photos", Key="new"))["Status"] == 404


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, False),
        ({"TaggingDirective": "REPLACE", "Tagging": "b=2"}, False),
        ({"MetadataDirective": "REPLACE"}, True),
        ({"StorageClass": "STANDARD"}, True),
        ({"WebsiteRedirectLocation": "/x"}, True),
        ({"ServerSideEncryption": "AES256"}, True),
    ],
)
def test_copies_onto_itself(s3: Any, source: Any, change: Any, allowed: bool) -> None:
    def copy() -> Any:
        return s3.copy_object(**source, CopySource=source, **change)

    if allowed:
        copy()
    else:
        assert refusal(copy)["Message"].startswith(
            "This copy request is illegal because it is trying to copy an object"
        )


def test_a_copy_keeps_the_checksum_or_gets_the_one_asked_for(s3: Any, source: Any) -> None:
    kept = s3.copy_object(Bucket="photos", Key="k", CopySource=source)["CopyObjectResult"]
    stored = s3.head_object(**source, ChecksumMode="ENABLED")
    assert kept.get("ChecksumCRC32") == stored.get("ChecksumCRC32")
    asked = s3.copy_object(Bucket="photos", Key="k", CopySource=source, ChecksumAlgorithm="SHA256")
    assert asked["CopyObjectResult"]["ChecksumSHA256"] == "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
    unknown = refusal(
        lambda: s3.copy_object(Bucket="photos", Key="k", CopySource=source, ChecksumAlgorithm="X")
    )
    assert unknown["Message"].startswith("Checksum algorithm provided is unsupported.")


class TestConditions:
    NOW = datetime.now(timezone.utc)

    @pytest.mark.parametrize(
        ("name", "value", "header"),
        [
            ("CopySourceIfMatch", '"other"', "If-Match"),
            ("CopySourceIfNoneMatch", "5d41402abc4b2a76b9719d911017c592", "If-None-Match"),
            ("CopySourceIfUnmodifiedSince", NOW - timedelta(days=1), "If-Unmodified-Since"),
            ("CopySourceIfModifiedSince", NOW + timedelta(days=1), "If-Modified-Since"),
        ],
    )
    def test_that_do_not_hold(self, s3: Any, source: Any, name: str, value: Any, header: str) -> None:
        assert refusal(
            lambda: s3.copy_object(Bucket="photos", Key="k", CopySource=source, **{name: value})
        ) == {
            "Status": 412,
            "Code": "PreconditionFailed",
            "Message": "At least one of the pre-conditions you specified did not hold",
            "Condition": f"x-amz-copy-source-{header}",
        }

    @pytest.mark.parametrize(
        "conditions",
        [
            {"CopySourceIfMatch": '"5d41402abc4b2a76b9719d911017c592"'},
            {"CopySourceIfNoneMatch": '"other"'},
            {"CopySourceIfUnmodifiedSince": NOW + timedelta(days=1)},
            {"CopySourceIfModifiedSince": NOW - timedelta(days=1)},
            # Of these two, the ETag decides (CopyObject's page).
            {
                "CopySourceIfMatch": '"5d41402abc4b2a76b9719d911017c592"',
                "CopySourceIfUnmodifiedSince": NOW - timedelta(days=1),
            },
        ],
    )
    def test_that_hold(self, s3: Any, source: Any, conditions: Any) -> None:
        s3.copy_object(Bucket="photos", Key="k", CopySource=source, **conditions)


def test_versions(aws: Any, s3: Any) -> None:
    aws.create_bucket("versioned", versioning=True)
    old = s3.put_object(Bucket="versioned", Key="k", Body=b"1", Tagging="n=1")["VersionId"]
    new = s3.put_object(Bucket="versioned", Key="k", Body=b"2", Tagging="n=2")["VersionId"]
    current = s3.copy_object(Bucket="versioned", Key="copy", CopySource="versioned/k")
    assert (current["CopySourceVersionId"], aws.object_tags("versioned", "copy")) == (new, {"n": "2"})
    restored = s3.copy_object(Bucket="versioned", Key="k", CopySource=f"versioned/k?versionId={old}")
    assert restored["CopySourceVersionId"] == old
    assert restored["VersionId"] not in {old, new}
    assert s3.get_object(Bucket="versioned", Key="k")["Body"].read() == b"1"


def test_sources_that_are_not_there(aws: Any, s3: Any, source: Any) -> None:
    aws.create_bucket("versioned", versioning=True)
    s3.put_object(Bucket="versioned", Key="k")
    marker = s3.delete_object(Bucket="versioned", Key="k")["VersionId"]
    for copy_source, code, key in (
        ("nowhere/k", "NoSuchBucket", None),
        ("photos/missing", "NoSuchKey", "missing"),
        ("versioned/k", "NoSuchKey", "k"),
        (f"versioned/k?versionId={marker}", "InvalidRequest", None),
        ("versioned/k?versionId=made-up", "InvalidArgument", None),
        ("photos", "InvalidArgument", None),
    ):
        refused = refusal(lambda: s3.copy_object(Bucket="photos", Key="new", CopySource=copy_source))  # noqa: B023
        assert (refused["Code"], refused.get("Key")) == (code, key), copy_source


def test_managed_copies_of_resources(aws: Any, source: Any) -> None:
    boto3.resource("s3").Object("photos", "copy").copy_from(CopySource=source)
    assert aws.object_tags("photos", "copy") == {"a": "1"}
