"""A bucket's default encryption: what it may be, and what it gives to objects."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import needs_botocore
from tests.support import MALFORMED, refusal


def put(s3: Any, *rules: Any, bucket: str = "photos") -> Any:
    return s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": list(rules)})


def by(algorithm: str, **more: Any) -> dict[str, Any]:
    return {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm, **more}}


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [{}],
        [{}, {}],
        [by("AES256"), by("AES256")],
        [by("foo")],
        [by("aws:fsx")],
        [by("aes256")],
        [by("")],
    ],
    ids=repr,
)
def test_what_is_none(s3: Any, photos: str, rules: Any) -> None:
    """Source: LS test_s3_default_bucket_encryption_exc; ASSUMED for a rule that says nothing."""
    put(s3, by("aws:kms"))
    assert refusal(lambda: put(s3, *rules)) == MALFORMED
    assert s3.put_object(Bucket=photos, Key="k", Body=b"")["ServerSideEncryption"] == "aws:kms"


def test_a_bucket_that_is_not_there_comes_before_its_rules(s3: Any) -> None:
    """Source: LS test_s3_default_bucket_encryption_exc."""
    for rules in ([], [{}], [by("foo")]):
        assert refusal(lambda rules=rules: put(s3, *rules, bucket="nowhere")) == {
            "Status": 404,
            "Code": "NoSuchBucket",
            "Message": "The specified bucket does not exist",
            "BucketName": "nowhere",
        }


def test_no_key_for_the_whole_bucket_unless_it_is_asked_for(s3: Any, photos: str) -> None:
    """Source: LS test_s3_default_bucket_encryption."""
    for given, shown in ({}, False), ({"BucketKeyEnabled": True}, True):
        put(s3, {**by("aws:kms"), **given})
        (rule,) = s3.get_bucket_encryption(Bucket=photos)["ServerSideEncryptionConfiguration"]["Rules"]
        assert rule == {**by("aws:kms"), "BucketKeyEnabled": shown}


def test_a_key_of_kms_goes_with_kms(s3: Any, photos: str) -> None:
    """Source: LS test_s3_default_bucket_encryption_exc."""
    assert refusal(lambda: put(s3, by("AES256", KMSMasterKeyID="1234"))) == {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
        "ArgumentName": "ApplyServerSideEncryptionByDefault",
    }


def test_the_buckets_key_counts_for_calls_that_say_kms(s3: Any, photos: str) -> None:
    """Source: LS test_s3_sse_default_kms_key."""
    put(s3, {**by("aws:kms"), "BucketKeyEnabled": True})
    for said in ({}, {"ServerSideEncryption": "aws:kms"}):
        assert s3.put_object(Bucket=photos, Key="k", Body=b"", **said)["BucketKeyEnabled"] is True
        assert s3.get_object(Bucket=photos, Key="k")["BucketKeyEnabled"] is True
    without = s3.put_object(
        Bucket=photos, Key="k", Body=b"", ServerSideEncryption="aws:kms", BucketKeyEnabled=False
    )
    assert "BucketKeyEnabled" not in without


def test_the_buckets_key_of_kms_is_not_that_of_calls_that_say_kms(s3: Any, photos: str) -> None:
    """A call that says aws:kms and no key means the account's own for S3 (PutObject's documentation)."""
    key = "arn:aws:kms:us-east-1:123456789012:key/0123"
    put(s3, by("aws:kms", KMSMasterKeyID=key))
    assert s3.put_object(Bucket=photos, Key="k", Body=b"")["SSEKMSKeyId"] == key
    said = s3.put_object(Bucket=photos, Key="k", Body=b"", ServerSideEncryption="aws:kms")
    assert said["SSEKMSKeyId"] != key


@needs_botocore("1.42", "BlockedEncryptionTypes")
def test_a_bucket_can_block_customers_keys(s3: Any, photos: str) -> None:
    """Source: user guide, blocking or unblocking SSE-C; what is there already can be read."""
    sealed = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    s3.put_object(Bucket=photos, Key="before", Body=b"1", **sealed)
    put(s3, {**by("AES256"), "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}})
    for store in (s3.put_object, s3.create_multipart_upload):
        refused = refusal(lambda store=store: store(Bucket=photos, Key="after", **sealed))
        assert (refused["Status"], refused["Code"]) == (403, "AccessDenied")
    assert s3.get_object(Bucket=photos, Key="before", **sealed)["Body"].read() == b"1"
    put(s3, {**by("AES256"), "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}})
    s3.put_object(Bucket=photos, Key="after", Body=b"", **sealed)
