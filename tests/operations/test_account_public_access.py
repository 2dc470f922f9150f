"""The public access block of an account (LS s3control test_crud_public_access_block)."""

from __future__ import annotations

import json
from typing import Any

from conftest import ACCOUNT
from tests.support import refusal


def put(s3control: Any, **settings: bool) -> Any:
    return s3control.put_public_access_block(AccountId=ACCOUNT, PublicAccessBlockConfiguration=settings)


def test_it_is_put_got_and_deleted(s3control: Any) -> None:
    """Kinds that aren't named become false."""
    absent = {
        "Status": 404,
        "Code": "NoSuchPublicAccessBlockConfiguration",
        "Message": "The public access block configuration was not found",
        "AccountId": ACCOUNT,
    }
    assert refusal(lambda: s3control.get_public_access_block(AccountId=ACCOUNT)) == absent
    put(s3control, BlockPublicAcls=True, IgnorePublicAcls=False, BlockPublicPolicy=True)
    found = s3control.get_public_access_block(AccountId=ACCOUNT)["PublicAccessBlockConfiguration"]
    assert found == {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": False,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": False,
    }
    for _ in range(2):
        deleted = s3control.delete_public_access_block(AccountId=ACCOUNT)
        assert deleted["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert refusal(lambda: s3control.get_public_access_block(AccountId=ACCOUNT)) == absent


def test_an_empty_one_is_refused(s3control: Any) -> None:
    refused = refusal(lambda: put(s3control))
    assert (refused["Status"], refused["Code"]) == (400, "InvalidRequest")
    assert refused["Message"] == "Must specify at least one configuration."


def test_it_counts_with_the_buckets_own(aws: Any, photos: str, s3: Any, s3control: Any) -> None:
    s3.delete_public_access_block(Bucket=photos)
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::photos/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    put(s3control, BlockPublicPolicy=True)
    assert refusal(lambda: s3.put_bucket_policy(Bucket=photos, Policy=policy))["Code"] == "AccessDenied"
    put(s3control, BlockPublicAcls=True)
    s3.put_bucket_policy(Bucket=photos, Policy=policy)

    s3.put_bucket_ownership_controls(
        Bucket=photos, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    public: dict[str, Any] = {"Bucket": photos, "Key": "a.jpg", "ACL": "public-read"}
    assert refusal(lambda: s3.put_object_acl(**public))["Code"] == "AccessDenied"
    assert refusal(lambda: s3.put_object(**public))["Code"] == "AccessDenied"
    s3control.delete_public_access_block(AccountId=ACCOUNT)
    s3.put_object_acl(**public)


def test_another_accounts(aws: Any) -> None:
    theirs = aws.client("s3control", account_id="999999999999")
    assert refusal(lambda: theirs.get_public_access_block(AccountId=ACCOUNT))["Code"] == "AccessDenied"
