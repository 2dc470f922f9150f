"""What ACLs let others do, where a bucket has them (LS test_get_object_with_anon_credentials,
test_bucket_name_with_dots).
"""

from __future__ import annotations

from typing import Any

import pytest
from botocore import UNSIGNED
from botocore.config import Config

from s3tag_mock.rules.names import canonical_user_id
from tests.support import OTHER, refusal


@pytest.fixture
def shared(photos: str, s3: Any) -> str:
    """A bucket that has ACLs, and blocks no public ones."""
    s3.put_bucket_ownership_controls(
        Bucket=photos, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    s3.delete_public_access_block(Bucket=photos)
    return photos


@pytest.fixture
def anybody(aws: Any) -> Any:
    return aws.client("s3", config=Config(signature_version=UNSIGNED))


def denied(call: Any) -> bool:
    return refusal(call)["Code"] == "AccessDenied"


def test_a_public_object_is_read_by_anybody(shared: str, s3: Any, anybody: Any) -> None:
    assert denied(lambda: anybody.get_object(Bucket=shared, Key="a.jpg"))
    s3.put_object_acl(Bucket=shared, Key="a.jpg", ACL="public-read")
    assert anybody.get_object(Bucket=shared, Key="a.jpg")["Body"].read() == b""
    assert denied(lambda: anybody.get_object(Bucket=shared, Key="b.jpg"))
    assert denied(lambda: anybody.get_object_tagging(Bucket=shared, Key="a.jpg"))
    assert denied(lambda: anybody.get_object_acl(Bucket=shared, Key="a.jpg"))


def test_a_public_bucket_is_listed_and_written_to_by_anybody(
    aws: Any, shared: str, s3: Any, anybody: Any
) -> None:
    assert denied(lambda: anybody.list_objects_v2(Bucket=shared))
    s3.put_bucket_acl(Bucket=shared, ACL="public-read")
    assert anybody.list_objects_v2(Bucket=shared)["KeyCount"] == 3
    assert denied(lambda: anybody.put_object(Bucket=shared, Key="new.jpg"))
    s3.put_bucket_acl(Bucket=shared, ACL="public-read-write")
    anybody.put_object(Bucket=shared, Key="new.jpg", ACL="public-read")
    assert anybody.head_object(Bucket=shared, Key="new.jpg")["ContentLength"] == 0
    assert denied(lambda: anybody.put_object(Bucket=shared, Key="tagged.jpg", Tagging="a=1"))
    assert "tagged.jpg" not in [one["Key"] for one in s3.list_objects_v2(Bucket=shared)["Contents"]]


def test_a_grant_to_one_account_is_that_accounts(aws: Any, shared: str, s3: Any, anybody: Any) -> None:
    theirs = aws.client("s3", account_id=OTHER)
    s3.put_object_acl(Bucket=shared, Key="a.jpg", GrantRead=f'id="{canonical_user_id(OTHER)}"')
    assert theirs.get_object(Bucket=shared, Key="a.jpg")["ContentLength"] == 0
    assert denied(lambda: anybody.get_object(Bucket=shared, Key="a.jpg"))
    assert denied(lambda: aws.client("s3", account_id="888888888888").get_object(Bucket=shared, Key="a.jpg"))


def test_authenticated_readers_are_those_who_sign(aws: Any, shared: str, s3: Any, anybody: Any) -> None:
    s3.put_object_acl(Bucket=shared, Key="a.jpg", ACL="authenticated-read")
    theirs = aws.client("s3", account_id=OTHER)
    assert theirs.get_object(Bucket=shared, Key="a.jpg")["ContentLength"] == 0
    assert denied(lambda: anybody.get_object(Bucket=shared, Key="a.jpg"))


@pytest.mark.parametrize("setting", ["IgnorePublicAcls", "BucketOwnerEnforced"])
def test_acls_that_are_ignored(shared: str, s3: Any, anybody: Any, setting: str) -> None:
    s3.put_object_acl(Bucket=shared, Key="a.jpg", ACL="public-read")
    if setting == "IgnorePublicAcls":
        s3.put_public_access_block(Bucket=shared, PublicAccessBlockConfiguration={setting: True})
    else:
        s3.put_bucket_ownership_controls(
            Bucket=shared, OwnershipControls={"Rules": [{"ObjectOwnership": setting}]}
        )
    assert denied(lambda: anybody.get_object(Bucket=shared, Key="a.jpg"))


def test_a_policys_denial_outweighs_an_acl(shared: str, s3: Any, anybody: Any) -> None:
    s3.put_object_acl(Bucket=shared, Key="a.jpg", ACL="public-read")
    s3.put_bucket_policy(
        Bucket=shared,
        Policy='{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", '
        '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}]}',
    )
    assert denied(lambda: anybody.get_object(Bucket=shared, Key="a.jpg"))
