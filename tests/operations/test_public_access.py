"""Public access block, ownership controls and ACLs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from s3tag_mock.rules.names import canonical_user_id
from tests.support import DENIED, MALFORMED, OTHER, refusal

NO_ACLS = {
    "Status": 400,
    "Code": "AccessControlListNotSupported",
    "Message": "The bucket does not allow ACLs",
}
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"
ALL = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
)


class TestPublicAccessBlock:
    def test_all_is_blocked_at_first(self, s3: Any, photos: str) -> None:
        assert s3.get_public_access_block(Bucket=photos)["PublicAccessBlockConfiguration"] == ALL

    def test_what_isnt_named_isnt_blocked(self, s3: Any, photos: str) -> None:
        s3.put_public_access_block(Bucket=photos, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
        expected = {**dict.fromkeys(ALL, False), "BlockPublicAcls": True}
        assert s3.get_public_access_block(Bucket=photos)["PublicAccessBlockConfiguration"] == expected

    def test_gone(self, s3: Any, photos: str) -> None:
        for _ in range(2):
            s3.delete_public_access_block(Bucket=photos)
        assert refusal(lambda: s3.get_public_access_block(Bucket=photos)) == {
            "Status": 404,
            "Code": "NoSuchPublicAccessBlockConfiguration",
            "Message": "The public access block configuration was not found",
            "BucketName": "photos",
        }

    def test_nothing_said(self, s3: Any, photos: str) -> None:
        put = lambda: s3.put_public_access_block(Bucket=photos, PublicAccessBlockConfiguration={})
        assert refusal(put) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "Must specify at least one configuration.",
        }


class TestOwnership:
    def test_put_get_delete(self, s3: Any, photos: str) -> None:
        rules = s3.get_bucket_ownership_controls(Bucket=photos)["OwnershipControls"]["Rules"]
        assert rules == [{"ObjectOwnership": "BucketOwnerEnforced"}]
        wanted = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
        s3.put_bucket_ownership_controls(Bucket=photos, OwnershipControls=wanted)
        assert s3.get_bucket_ownership_controls(Bucket=photos)["OwnershipControls"] == wanted
        s3.delete_bucket_ownership_controls(Bucket=photos)
        assert refusal(lambda: s3.get_bucket_ownership_controls(Bucket=photos)) == {
            "Status": 404,
            "Code": "OwnershipControlsNotFoundError",
            "Message": "The bucket ownership controls were not found",
            "BucketName": "photos",
        }

    @pytest.mark.parametrize(
        "rules", [[], [{"ObjectOwnership": "Nobody"}], [{"ObjectOwnership": "ObjectWriter"}] * 2]
    )
    def test_what_is_none(self, s3: Any, photos: str, rules: Any) -> None:
        put = lambda: s3.put_bucket_ownership_controls(Bucket=photos, OwnershipControls={"Rules": rules})
        assert refusal(put)["Code"] == "MalformedXML"

    def test_at_creation(self, s3: Any) -> None:
        s3.create_bucket(Bucket="writers", ObjectOwnership="ObjectWriter")
        rules = s3.get_bucket_ownership_controls(Bucket="writers")["OwnershipControls"]["Rules"]
        assert rules == [{"ObjectOwnership": "ObjectWriter"}]
        for value in ("RandomValue", ""):
            assert refusal(lambda value=value: s3.create_bucket(Bucket="other", ObjectOwnership=value)) == {
                "Status": 400,
                "Code": "InvalidArgument",
                "Message": f"Invalid x-amz-object-ownership header: {value}",
                "ArgumentName": "x-amz-object-ownership",
            }
        assert (
            refusal(lambda: s3.create_bucket(Bucket="other", ACL="public-read"))["Code"]
            == "InvalidBucketAclWithObjectOwnership"
        )
        delivery = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"'
        assert refusal(lambda: s3.create_bucket(Bucket="other", GrantRead=delivery)) == NO_ACLS
        s3.create_bucket(Bucket="other", ACL="private")

    def test_a_bucket_whose_acl_gives_others_something_keeps_it(self, s3: Any, photos: str) -> None:
        """Source: user guide, error codes of object ownership."""
        turn = lambda ownership: s3.put_bucket_ownership_controls(
            Bucket=photos, OwnershipControls={"Rules": [{"ObjectOwnership": ownership}]}
        )
        turn("ObjectWriter")
        s3.delete_public_access_block(Bucket=photos)
        s3.put_bucket_acl(Bucket=photos, ACL="public-read")
        assert refusal(lambda: turn("BucketOwnerEnforced")) == {
            "Status": 400,
            "Code": "InvalidBucketAclWithObjectOwnership",
            "Message": "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        }
        turn("BucketOwnerPreferred")
        s3.put_bucket_acl(Bucket=photos, ACL="private")
        turn("BucketOwnerEnforced")


@pytest.fixture
def with_acls(s3: Any, photos: str) -> str:
    s3.delete_bucket_ownership_controls(Bucket=photos)
    s3.delete_public_access_block(Bucket=photos)
    return photos


class TestAcls:
    def test_new_buckets_have_none(self, s3: Any, photos: str) -> None:
        assert refusal(lambda: s3.put_object_acl(Bucket=photos, Key="a.jpg", ACL="private")) == NO_ACLS
        assert refusal(lambda: s3.put_bucket_acl(Bucket=photos, ACL="private")) == NO_ACLS
        assert (
            refusal(lambda: s3.put_object(Bucket=photos, Key="new", Body=b"", ACL="public-read")) == NO_ACLS
        )
        assert s3.list_objects_v2(Bucket=photos)["KeyCount"] == 3
        s3.put_object(Bucket=photos, Key="new", Body=b"", ACL="bucket-owner-full-control")

    def test_public_ones_are_blocked(self, aws: Any, s3: Any, photos: str) -> None:
        s3.delete_bucket_ownership_controls(Bucket=photos)
        for call, action, arn in (
            (lambda: s3.put_object(Bucket=photos, Key="k", ACL="public-read"), "PutObject", "photos/k"),
            (lambda: s3.put_bucket_acl(Bucket=photos, ACL="public-read"), "PutBucketAcl", "photos"),
        ):
            denied = refusal(call)
            assert (denied["Status"], denied["Code"]) == (403, "AccessDenied")
            assert denied["Message"].endswith(
                f'is not authorized to perform: s3:{action} on resource: "arn:aws:s3:::{arn}" because public '
                "ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access."
            )
        theirs = aws.client("s3", account_id=OTHER)
        s3.put_bucket_acl(Bucket=photos, GrantWrite=f'id="{canonical_user_id(OTHER)}"')
        assert refusal(lambda: theirs.put_object(Bucket=photos, Key="k", ACL="public-read")) == DENIED
        theirs.put_object(Bucket=photos, Key="k")
        new = {"Bucket": "other", "ACL": "public-read", "ObjectOwnership": "ObjectWriter"}
        refused = refusal(lambda: s3.create_bucket(**new))
        assert (refused["Status"], refused["Code"]) == (400, "InvalidBucketAclWithBlockPublicAccessError")

    def test_put_and_get(self, s3: Any, with_acls: str) -> None:
        owner = s3.list_buckets()["Owner"]["ID"]
        full = {"Grantee": {"ID": owner, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}
        public = {"Grantee": {"Type": "Group", "URI": EVERYBODY}, "Permission": "READ"}

        def grants() -> Any:
            return s3.get_object_acl(Bucket=with_acls, Key="a.jpg")["Grants"]

        assert grants() == [full]
        s3.put_object_acl(Bucket=with_acls, Key="a.jpg", ACL="public-read")
        assert grants() == [full, public]
        s3.put_object_acl(Bucket=with_acls, Key="a.jpg", GrantRead=f'uri="{EVERYBODY}"')
        assert grants() == [public]
        document = {"Owner": {"ID": owner}, "Grants": [full]}
        s3.put_object_acl(Bucket=with_acls, Key="a.jpg", AccessControlPolicy=document)
        assert grants() == [full]
        s3.put_object(Bucket=with_acls, Key="new", Body=b"", ACL="public-read")
        assert public in s3.get_object_acl(Bucket=with_acls, Key="new")["Grants"]
        s3.put_bucket_acl(Bucket=with_acls, GrantWrite=f'id="{owner}"')
        assert s3.get_bucket_acl(Bucket=with_acls)["Grants"] == [{**full, "Permission": "WRITE"}]

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({}, ("MissingSecurityHeader", "Your request was missing a required header")),
            ({"ACL": "fake-acl"}, ("InvalidArgument", "")),
            (
                {"ACL": "private", "GrantRead": 'id="x"'},
                ("InvalidRequest", "Specifying both Canned ACLs and Header Grants is not allowed"),
            ),
            ({"GrantWrite": 'fakekey="1234"'}, ("InvalidArgument", "Argument format not recognized")),
            ({"GrantWrite": 'id="wrong-id"'}, ("InvalidArgument", "Invalid id")),
            (
                {"GrantWrite": 'uri="http://acs.amazonaws.com/groups/s3/FakeGroup"'},
                ("InvalidArgument", "Invalid group uri"),
            ),
            (
                {"GrantWrite": 'emailAddress="a@example.com"'},
                (
                    "UnresolvableGrantByEmailAddress",
                    "The email address you provided does not match any account on record.",
                ),
            ),
            (
                {"AccessControlPolicy": {"Grants": []}},
                (
                    "MalformedACLError",
                    "The XML you provided was not well-formed or did not validate against our published schema",
                ),
            ),
            (
                {"ACL": "private", "AccessControlPolicy": {"Grants": []}},
                ("UnexpectedContent", "This request does not support content"),
            ),
        ],
    )
    def test_what_is_no_acl(self, s3: Any, with_acls: str, given: Any, error: Any) -> None:
        found = refusal(lambda: s3.put_bucket_acl(Bucket=with_acls, **given))
        assert (found["Code"], found["Message"] or "") == error
        assert found.get("MissingHeaderName") == (None if given else "x-amz-acl")
        assert len(s3.get_bucket_acl(Bucket=with_acls)["Grants"]) == 1


class TestDocuments:
    @pytest.fixture
    def owner(self, s3: Any, photos: str) -> str:
        s3.delete_bucket_ownership_controls(Bucket=photos)
        s3.delete_public_access_block(Bucket=photos)
        return str(s3.list_buckets()["Owner"]["ID"])

    def put(self, s3: Any, owner: str, grantee: Any, permission: str = "READ") -> Any:
        policy = {"Owner": {"ID": owner}, "Grants": [{"Grantee": grantee, "Permission": permission}]}
        return s3.put_bucket_acl(Bucket="photos", AccessControlPolicy=policy)

    @pytest.mark.parametrize(
        ("grantee", "permission"),
        [
            ({"Type": "CanonicalUser", "ID": "owner"}, "OWN"),
            ({"Type": "AmazonCustomerByEmail", "EmailAddress": "a@example.com"}, "READ"),
        ],
    )
    def test_grants_that_are_none(self, s3: Any, owner: str, grantee: Any, permission: str) -> None:
        refused = refusal(
            lambda: self.put(s3, owner, {**grantee, "ID": owner} if "ID" in grantee else grantee, permission)
        )
        assert refused == {**MALFORMED, "Code": "MalformedACLError"}

    def test_a_group_in_a_document(self, s3: Any, owner: str) -> None:
        group = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}
        self.put(s3, owner, group)
        assert s3.get_bucket_acl(Bucket="photos")["Grants"] == [{"Grantee": group, "Permission": "READ"}]
        unknown = {**group, "URI": "http://acs.amazonaws.com/groups/s3/FakeGroup"}
        assert refusal(lambda: self.put(s3, owner, unknown)) == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "Invalid group uri",
            "ArgumentName": "Group/URI",
            "ArgumentValue": unknown["URI"],
        }

    def test_the_type_of_a_grantee_comes_before_its_id(self, s3: Any, photos: str, owner: str) -> None:
        """Source: LS test_s3_bucket_acl_exceptions, test_s3_object_acl_exceptions."""
        grantee = {"Type": "BadType", "ID": "wrong-id"}
        assert refusal(lambda: self.put(s3, owner, grantee)) == {**MALFORMED, "Code": "MalformedACLError"}


def storing(s3: Any, bucket: str, acl: str) -> list[Callable[[], Any]]:
    new = {"Bucket": bucket, "Key": "new", "ACL": acl}
    return [
        lambda: s3.put_object(**new, Body=b""),
        lambda: s3.copy_object(**new, CopySource="photos/a.jpg"),
        lambda: s3.create_multipart_upload(**new),
    ]


def test_objects_of_a_bucket_without_acls_take_one_canned_acl(s3: Any, photos: str) -> None:
    """Source: user guide, controlling ownership of objects."""
    for name in ("public-read", "bucket-owner-read", "aws-exec-read"):
        for store in storing(s3, photos, name):
            assert refusal(store) == NO_ACLS
    s3.put_object(Bucket=photos, Key="new", Body=b"", ACL="bucket-owner-full-control")
    owner = s3.list_buckets()["Owner"]["ID"]
    s3.put_object(Bucket=photos, Key="new", Body=b"", GrantFullControl=f"id={owner}")


def test_a_private_acl_is_taken_from_the_bucket_owners_account_alone(aws: Any, s3: Any, photos: str) -> None:
    """OBSERVED, flysystem #1874 and #1904, redpanda-data/connect PR 4372."""
    for store in storing(s3, photos, "private"):
        store()
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::photos/*"}
    s3.delete_public_access_block(Bucket=photos)
    s3.put_bucket_policy(Bucket=photos, Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    for store in storing(aws.client("s3", account_id="999999999999"), photos, "private"):
        assert refusal(store) == NO_ACLS
