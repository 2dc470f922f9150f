"""Clients whose calls are a user's or a role's, and decisions explained."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import Misuse
from s3tag_mock.exceptions import UnknownName
from tests.support import refusal, tag_set


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    filled = [{"Effect": "Allow", "Resource": "*", **one} for one in statements]
    return {"Version": "2012-10-17", "Statement": filled}


READS = policy({"Sid": "Reads", "Action": "s3:GetObjectTagging", "Resource": "arn:aws:s3:::photos/*"})


class TestClients:
    def test_of_a_role(self, aws: Any, photos: str) -> None:
        role = aws.create_role("tagger", READS)
        s3 = aws.client("s3", as_=role)
        assert s3.get_object_tagging(Bucket=photos, Key="c.jpg")["TagSet"]
        assert (
            "assumed-role/tagger/s3tag_mock is"
            in refusal(lambda: s3.list_objects_v2(Bucket=photos))["Message"]
        )
        assert aws.client("sts", as_=role).get_caller_identity()["Arn"] == (
            f"arn:aws:sts::{ACCOUNT}:assumed-role/tagger/s3tag_mock"
        )
        assert aws.client("s3", as_=role) is s3
        assert aws.client("s3", as_=role, region_name="eu-west-1").meta.region_name == "eu-west-1"

    def test_of_a_user(self, aws: Any, photos: str) -> None:
        anna = aws.create_user("anna", READS)
        objects = aws.resource("s3", as_=anna).Bucket(photos)
        assert refusal(lambda: list(objects.objects.all()))["Code"] == "AccessDenied"
        assert aws.client("iam").list_access_keys(UserName="anna")["AccessKeyMetadata"] == []
        aws.client("iam").delete_user_policy(UserName="anna", PolicyName="policy1")
        s3 = aws.client("s3", as_=anna)
        aws.client("iam").delete_user(UserName="anna")
        assert refusal(s3.list_buckets)["Code"] == "InvalidAccessKeyId"
        assert aws.calls[-1].hint == "the client's user or role was deleted"
        aws.reset()
        assert refusal(s3.list_buckets)["Code"] == "InvalidAccessKeyId"

    def test_of_one_that_nobody_made(self, aws: Any) -> None:
        role = aws.create_role("tagger")
        with pytest.raises(UnknownName, match=f"There is no role or user .*tager.*Did you mean '{role}'"):
            aws.client("s3", as_=role.replace("tagger", "tager"))
        with pytest.raises(Misuse, match="has its account"):
            aws.client("s3", as_=role, account_id=ACCOUNT)


class TestExplain:
    RESOURCE = "arn:aws:s3:::photos/c.jpg"

    def test_allowed(self, aws: Any, photos: str) -> None:
        role = aws.create_role("tagger", READS)
        decision = aws.explain("s3:GetObjectTagging", self.RESOURCE, as_=role)
        assert (decision.allowed, decision.reason) == (True, "")
        assert [match.statement.sid for match in decision.statements] == ["Reads"]
        assert str(decision) == (
            f"s3:GetObjectTagging on {self.RESOURCE} is allowed by statement 0 (Reads) of the policy policy1 of "
            "role tagger"
        )

    def test_what_nobody_allows(self, aws: Any, photos: str) -> None:
        role = aws.create_role("tagger", READS)
        decision = aws.explain("s3:GetObjectTagging", "arn:aws:s3:::other/a", as_=role)
        assert decision.reason == ("because no identity-based policy allows the s3:GetObjectTagging action")
        assert "statement 0 (Reads) of the policy policy1 of role tagger names the action, but not" in str(
            decision
        )

    def test_conditions_see_what_is_there_and_what_is_given(self, aws: Any, photos: str) -> None:
        condition = {"StringEquals": {"s3:ExistingObjectTag/team": "blue", "s3:RequestObjectTag/state": "x"}}
        action = "s3:PutObjectTagging"
        anna = aws.create_user("anna", policy({"Action": action, "Condition": condition}))
        assert aws.explain(action, self.RESOURCE, as_=anna).missing == ("s3:RequestObjectTag/state",)
        given = {"s3:RequestObjectTag/state": "x"}
        assert aws.explain(action, self.RESOURCE, as_=anna, context=given).allowed
        assert not aws.explain(action, "arn:aws:s3:::photos/a.jpg", as_=anna, context=given).allowed

    def test_the_buckets_policy_counts(self, aws: Any, photos: str) -> None:
        role = aws.create_role("tagger", READS)
        deny = {
            "Sid": "No",
            "Effect": "Deny",
            "Principal": {"AWS": role},
            "Action": "s3:GetObjectTagging",
            "Resource": "arn:aws:s3:::photos/*",
        }
        aws.client("s3").put_bucket_policy(Bucket=photos, Policy=json.dumps({"Statement": deny}))
        decision = aws.explain("s3:GetObjectTagging", self.RESOURCE, as_=role)
        assert decision.reason == "with an explicit deny in a resource-based policy"
        assert str(decision).endswith("statement 0 (No) of the policy of photos denies s3:GetObjectTagging")

    def test_of_other_services_and_the_mocks_own_user(self, aws: Any) -> None:
        role = aws.create_role("tagger", policy({"Action": "kms:Decrypt"}))
        assert aws.explain("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/k", as_=role).allowed
        assert not aws.explain("s3:ListAllMyBuckets", "*", as_=role, context={"aws:TagKeys": ["a"]}).allowed
        assert aws.explain("s3:ListAllMyBuckets", "*", as_=f"arn:aws:iam::{ACCOUNT}:user/s3tag_mock").allowed

    def test_misuse(self, aws: Any) -> None:
        role = aws.create_role("tagger")
        with pytest.raises(UnknownName, match="No role and no user|There is no role"):
            aws.explain("s3:GetObject", "*", as_="arn:aws:iam::123456789012:role/other")
        with pytest.raises(Misuse, match="is no action"):
            aws.explain("GetObject", "*", as_=role)
        with pytest.raises(Misuse, match="is no ARN"):
            aws.explain("s3:GetObject", "photos/a.jpg", as_=role)


def test_an_access_points_arn_is_what_own_policies_know(aws: Any, photos: str) -> None:
    point = aws.client("s3control").create_access_point(AccountId=ACCOUNT, Name="mine", Bucket=photos)
    arn = point["AccessPointArn"]
    at_point = policy({"Action": "s3:GetObjectTagging", "Resource": f"{arn}/object/*"})
    by_point = aws.client("s3", as_=aws.create_user("anna", at_point))
    by_bucket = aws.client("s3", as_=aws.create_user("bob", READS))
    for name, allowed, refused in ((arn, by_point, by_bucket), (photos, by_bucket, by_point)):
        allowed.get_object_tagging(Bucket=name, Key="c.jpg")
        error = refusal(
            lambda name=name, refused=refused: refused.get_object_tagging(Bucket=name, Key="c.jpg")
        )
        assert error["Code"] == "AccessDenied"
    assert (
        f'on resource: "{arn}/object/c.jpg" because'
        in (refusal(lambda: by_bucket.get_object_tagging(Bucket=arn, Key="c.jpg"))["Message"])
    )
    assert tag_set(team="blue")["TagSet"] == by_point.get_object_tagging(Bucket=arn, Key="c.jpg")["TagSet"]
