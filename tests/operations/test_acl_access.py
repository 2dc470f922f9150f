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


class TestObjectsOfOthers:
    """With ObjectWriter, an object is whoever's put it: not even the bucket's owner may read it, unless its ACL
    lets it; the owner's policy may deny, and not allow.
    """

    @pytest.fixture
    def theirs(self, aws: Any, shared: str, s3: Any) -> Any:
        """A client of another account, which may write into the bucket."""
        grant = f'id="{canonical_user_id(OTHER)}"'
        own = f'id="{canonical_user_id("123456789012")}"'
        s3.put_bucket_acl(Bucket=shared, GrantWrite=grant, GrantRead=grant, GrantFullControl=own)
        return aws.client("s3", account_id=OTHER)

    def test_are_theirs(self, shared: str, s3: Any, theirs: Any) -> None:
        theirs.put_object(Bucket=shared, Key="new", Body=b"x")
        assert theirs.get_object(Bucket=shared, Key="new")["Body"].read() == b"x"
        theirs.put_object_tagging(Bucket=shared, Key="new", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
        assert theirs.get_object_acl(Bucket=shared, Key="new")["Owner"]["ID"] == canonical_user_id(OTHER)
        assert denied(lambda: s3.get_object(Bucket=shared, Key="new"))
        assert denied(lambda: s3.put_object_tagging(Bucket=shared, Key="new", Tagging={"TagSet": []}))
        owners = {
            one["Key"]: one["Owner"]["ID"]
            for one in s3.list_objects_v2(Bucket=shared, FetchOwner=True)["Contents"]
        }
        assert owners["new"] == canonical_user_id(OTHER) != owners["a.jpg"]
        s3.delete_object(Bucket=shared, Key="new")

    def test_are_replaced_with_tags_by_the_buckets_owner(self, shared: str, s3: Any, theirs: Any) -> None:
        """The tags are those of the new object."""
        new: Any = {"Bucket": shared, "Key": "new", "Tagging": "a=b"}
        stores = {
            "put": lambda: s3.put_object(**new),
            "copy": lambda: s3.copy_object(**new, CopySource=f"{shared}/a.jpg", TaggingDirective="REPLACE"),
            "upload": lambda: s3.create_multipart_upload(**new),
        }
        for store in stores.values():
            theirs.put_object(Bucket=shared, Key="new")
            store()
            s3.delete_object(Bucket=shared, Key="new")

    def test_unless_they_give_control_to_the_buckets_owner(self, shared: str, s3: Any, theirs: Any) -> None:
        theirs.put_object(Bucket=shared, Key="new", ACL="bucket-owner-full-control")
        s3.get_object(Bucket=shared, Key="new")
        assert denied(lambda: s3.put_object_tagging(Bucket=shared, Key="new", Tagging={"TagSet": []}))
        theirs.put_object(Bucket=shared, Key="later")
        assert denied(lambda: s3.get_object(Bucket=shared, Key="later"))
        theirs.put_object_acl(Bucket=shared, Key="later", ACL="bucket-owner-full-control")
        s3.get_object(Bucket=shared, Key="later")
        preferred = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
        s3.put_bucket_ownership_controls(Bucket=shared, OwnershipControls=preferred)
        theirs.put_object(Bucket=shared, Key="other", ACL="bucket-owner-full-control")
        s3.put_object_tagging(Bucket=shared, Key="other", Tagging={"TagSet": []})

    def test_are_the_buckets_owners_without_acls(self, shared: str, s3: Any, theirs: Any) -> None:
        theirs.put_object(Bucket=shared, Key="new")
        s3.put_bucket_acl(Bucket=shared, ACL="private")
        enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
        s3.put_bucket_ownership_controls(Bucket=shared, OwnershipControls=enforced)
        s3.get_object(Bucket=shared, Key="new")
        assert denied(lambda: theirs.get_object(Bucket=shared, Key="new"))

    def test_are_not_overwritten_by_others(self, shared: str, theirs: Any) -> None:
        assert denied(lambda: theirs.put_object(Bucket=shared, Key="a.jpg"))

    def test_the_buckets_policy_denies_and_does_not_allow(self, shared: str, s3: Any, theirs: Any) -> None:
        import json

        theirs.put_object(Bucket=shared, Key="new")
        statement = {"Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{shared}/*"}
        s3.put_bucket_policy(
            Bucket=shared, Policy=json.dumps({"Statement": {"Effect": "Allow", **statement}})
        )
        assert denied(lambda: s3.get_object(Bucket=shared, Key="new"))
        theirs.get_object(Bucket=shared, Key="new")
        s3.put_bucket_policy(Bucket=shared, Policy=json.dumps({"Statement": {"Effect": "Deny", **statement}}))
        assert denied(lambda: theirs.get_object(Bucket=shared, Key="new"))
