"""CopyObject, through a boto3 client."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest

from conftest import ACCOUNT, needs_botocore
from tests.support import DENIED, refusal

THEIRS = "999999999999"


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


def test_copies_onto_itself_that_are_encrypted_anew(s3: Any, photos: str, source: Any) -> None:
    """LS test_s3_copy_object_in_place_with_encryption, test_copy_in_place_with_bucket_encryption."""
    s3.copy_object(**source, CopySource=source, ServerSideEncryption="aws:kms")
    s3.copy_object(**source, CopySource=source)
    assert s3.head_object(**source)["ServerSideEncryption"] == "AES256"
    assert refusal(lambda: s3.copy_object(**source, CopySource=source))["Code"] == "InvalidRequest"
    rules = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
    s3.put_bucket_encryption(Bucket=photos, ServerSideEncryptionConfiguration={"Rules": rules})
    s3.copy_object(**source, CopySource=source)


def test_a_copy_of_a_multipart_object_has_the_md5_for_etag(s3: Any, photos: str) -> None:
    """LS test_multipart_copy_object_etag."""
    big = {"Bucket": photos, "Key": "big"}
    upload = {**big, "UploadId": s3.create_multipart_upload(**big)["UploadId"]}
    part = {"PartNumber": 1, "ETag": s3.upload_part(**upload, PartNumber=1, Body=b"part")["ETag"]}
    assert s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [part]})["ETag"].endswith('-1"')
    copied = s3.copy_object(Bucket=photos, Key="copy", CopySource=f"{photos}/big")["CopyObjectResult"]
    assert copied["ETag"] == f'"{hashlib.md5(b"part").hexdigest()}"'
    attributes = s3.get_object_attributes(Bucket=photos, Key="copy", ObjectAttributes=["ETag", "ObjectParts"])
    assert (attributes["ETag"], "ObjectParts" in attributes) == (copied["ETag"].strip('"'), False)


def test_null_versions(aws: Any, s3: Any) -> None:
    """LS test_s3_copy_object_in_place_suspended_only, test_s3_copy_object_in_place_versioned."""
    aws.create_bucket("suspended")
    aws.put_objects("suspended", ["k"])
    versioning = lambda status: s3.put_bucket_versioning(
        Bucket="suspended", VersioningConfiguration={"Status": status}
    )
    versioning("Suspended")
    copied = s3.copy_object(Bucket="suspended", Key="copy", CopySource="suspended/k")
    assert (copied["VersionId"], "CopySourceVersionId" in copied) == ("null", False)
    assert "VersionId" not in s3.put_object(Bucket="suspended", Key="put")
    versioning("Enabled")
    again = s3.copy_object(Bucket="suspended", Key="again", CopySource="suspended/copy")
    assert (again["VersionId"] != "null", "CopySourceVersionId" in again) == (True, False)


def test_the_url_of_the_source(s3: Any, source: Any) -> None:
    """LS test_s3_timestamp_precision."""
    for before in ("", "/", "https://s3.amazonaws.com/", "https://s3.eu-west-1.amazonaws.com/"):
        s3.copy_object(Bucket="photos", Key="copy", CopySource=f"{before}photos/{source['Key']}")
    wrong = refusal(lambda: s3.copy_object(Bucket="photos", Key="copy", CopySource="https://x.org/photos/k"))
    assert wrong["Code"] == "NoSuchBucket"
    none = refusal(lambda: s3.copy_object(Bucket="photos", Key="copy", CopySource="photos/"))
    assert none["ArgumentName"] == none["ArgumentValue"] == "x-amz-copy-source"


@needs_botocore("1.42", "CopyObject's conditions on its target")
def test_only_where_nothing_is_there(s3: Any, source: Any) -> None:
    s3.copy_object(Bucket="photos", Key="new", CopySource=source, IfNoneMatch="*")
    again = refusal(lambda: s3.copy_object(Bucket="photos", Key="new", CopySource=source, IfNoneMatch="*"))
    assert (again["Status"], again["Condition"]) == (412, "If-None-Match")


def test_a_plus_in_the_source_is_a_space(aws: Any, s3: Any, photos: str) -> None:
    """LS test_copy_object_special_character_plus_for_space."""
    aws.put_objects(photos, {"a b": b"space", "a+b": b"plus"})

    def raw(params: Any, **kwargs: Any) -> None:
        params["headers"]["x-amz-copy-source"] = f"{photos}/a+b"

    s3.copy_object(Bucket=photos, Key="encoded", CopySource={"Bucket": photos, "Key": "a+b"})
    s3.meta.events.register("before-call.s3.CopyObject", raw)
    s3.copy_object(Bucket=photos, Key="raw", CopySource={"Bucket": photos, "Key": "replaced"})
    bodies = [s3.get_object(Bucket=photos, Key=key)["Body"].read() for key in ("encoded", "raw")]
    assert bodies == [b"plus", b"space"]


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
            ("CopySourceIfModifiedSince", "the source's", "If-Modified-Since"),
        ],
    )
    def test_that_do_not_hold(self, s3: Any, source: Any, name: str, value: Any, header: str) -> None:
        if value == "the source's":
            value = s3.head_object(**source)["LastModified"]
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
            # A date that is still to come is ignored (LS test_s3_copy_object_preconditions).
            {"CopySourceIfModifiedSince": NOW + timedelta(days=1)},
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


class TestCopySources:
    def test_the_expected_owner_of_the_source(self, aws: Any, s3: Any, photos: str) -> None:
        copy = {"Bucket": photos, "Key": "copy", "CopySource": "photos/c.jpg"}
        assert refusal(lambda: s3.copy_object(**copy, ExpectedSourceBucketOwner=THEIRS)) == DENIED
        s3.copy_object(**copy, ExpectedSourceBucketOwner=ACCOUNT)
        assert aws.object_tags(photos, "copy") == {"team": "blue"}

    def test_who_pays_for_the_source(self, aws: Any, s3: Any, photos: str) -> None:
        """RequestPayer is about either bucket (CopyObject, UploadPartCopy)."""
        share_with_payers(aws, "theirs")
        copy = {"Bucket": photos, "Key": "copy", "CopySource": "theirs/k"}
        assert refusal(lambda: s3.copy_object(**copy)) == DENIED
        s3.copy_object(**copy, RequestPayer="requester")
        assert s3.get_object(Bucket=photos, Key="copy")["Body"].read() == b"theirs"
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        part = {**upload, "PartNumber": 1, "CopySource": "theirs/k"}
        assert refusal(lambda: s3.upload_part_copy(**part)) == DENIED
        assert "ETag" in s3.upload_part_copy(**part, RequestPayer="requester")["CopyPartResult"]


def share_with_payers(aws: Any, name: str) -> None:
    """Let another account make a bucket that anybody may read who pays."""
    theirs = aws.client("s3", account_id=THEIRS)
    theirs.create_bucket(Bucket=name)
    theirs.put_object(Bucket=name, Key="k", Body=b"theirs")
    theirs.put_bucket_request_payment(Bucket=name, RequestPaymentConfiguration={"Payer": "Requester"})
    allow = {
        "Effect": "Allow",
        "Principal": {"AWS": ACCOUNT},
        "Action": "s3:*",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    theirs.put_bucket_policy(Bucket=name, Policy=json.dumps({"Statement": [allow]}))
