"""Temporary credentials: who gets them, for whom, for how long, and what they may do."""

from __future__ import annotations

import base64
import json
import math
import re
from datetime import datetime, timezone
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from tests.support import OTHER, key_of, made_role, made_user, policy_document, refusal

TAGGER = f"arn:aws:iam::{ACCOUNT}:role/tagger"
READING = json.dumps(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject*", "Resource": "*"}}
)


def keys(answer: dict[str, Any]) -> dict[str, str]:
    """The credentials of an answer of STS, as a client takes them."""
    given = answer["Credentials"]
    return {
        "aws_access_key_id": given["AccessKeyId"],
        "aws_secret_access_key": given["SecretAccessKey"],
        "aws_session_token": given["SessionToken"],
    }


def assumed(sts: Any, role: str = TAGGER, **params: Any) -> dict[str, Any]:
    answer: dict[str, Any] = sts.assume_role(RoleArn=role, RoleSessionName="run1", **params)
    return answer


def denied(arn: str, action: str = "sts:AssumeRole") -> dict[str, Any]:
    return {
        "Status": 403,
        "Type": "Sender",
        "Code": "AccessDenied",
        "Message": f"User: {arn} is not authorized to perform: {action} on resource: {TAGGER}",
    }


@pytest.fixture
def sts(aws: Any) -> Any:
    return aws.client("sts")


class TestAssumeRole:
    def test_the_session_may_do_what_the_role_may(self, aws: Any, sts: Any, photos: str) -> None:
        role = made_role(aws._world, "tagger", {"Action": "s3:GetObject*"})
        answer = assumed(sts)
        who = f"arn:aws:sts::{ACCOUNT}:assumed-role/tagger/run1"
        assert answer["AssumedRoleUser"] == {"AssumedRoleId": f"{role.id}:run1", "Arn": who}
        assert "PackedPolicySize" not in answer
        expires = answer["Credentials"]["Expiration"] - aws.clock.now()
        assert 3590 < expires.total_seconds() <= 3600
        assert aws.client("sts", **keys(answer)).get_caller_identity() | {"ResponseMetadata": None} == {
            "UserId": f"{role.id}:run1",
            "Account": ACCOUNT,
            "Arn": who,
            "ResponseMetadata": None,
        }
        session = aws.client("s3", **keys(answer))
        session.get_object_tagging(Bucket=photos, Key="c.jpg")
        error = refusal(lambda: session.delete_object_tagging(Bucket=photos, Key="c.jpg"))
        assert error["Message"].startswith(
            f"User: {who} is not authorized to perform: s3:DeleteObjectTagging"
        )
        role.inline.clear()
        assert (
            refusal(lambda: session.get_object_tagging(Bucket=photos, Key="c.jpg"))["Code"] == "AccessDenied"
        )

    def test_through_the_sdks_own_provider_of_credentials(self, aws: Any, sts: Any, photos: str) -> None:
        """As botocore's AssumeRoleCredentialFetcher does it: credentials that are fetched and refreshed."""
        from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials

        made_role(aws._world, "tagger", {"Action": "s3:GetObject*"})
        session = boto3.Session(region_name="us-east-1")
        source = session._session.get_credentials()
        fetcher = AssumeRoleCredentialFetcher(session._session.create_client, source, TAGGER)
        session._session._credentials = DeferredRefreshableCredentials(
            method="assume-role", refresh_using=fetcher.fetch_credentials
        )
        s3 = session.client("s3")
        s3.get_object_tagging(Bucket=photos, Key="c.jpg")
        error = refusal(lambda: s3.delete_object_tagging(Bucket=photos, Key="c.jpg"))
        assert ":assumed-role/tagger/" in error["Message"]
        aws.calls.assert_called("AssumeRole", times=1)

    @pytest.mark.parametrize(
        ("principal", "statements", "allowed"),
        [
            # The account is trusted: the caller's own policies must allow it, too.
            ({"AWS": ACCOUNT}, [], False),
            ({"AWS": ACCOUNT}, [{"Action": "sts:AssumeRole", "Resource": TAGGER}], True),
            # The very user is trusted.
            ({"AWS": f"arn:aws:iam::{ACCOUNT}:user/anna"}, [], True),
            ({"AWS": f"arn:aws:iam::{ACCOUNT}:user/anna"}, [{"Effect": "Deny"}], False),
            # Somebody else is.
            ({"Service": "batchoperations.s3.amazonaws.com"}, [{}], False),
            ({"AWS": OTHER}, [{}], False),
        ],
    )
    def test_trust_policy_and_identity_policy(
        self, aws: Any, principal: Any, statements: Any, allowed: bool
    ) -> None:
        made_role(aws._world, "tagger", trust=principal)
        anna = made_user(aws._world, "anna", *statements)
        sts = aws.client("sts", **key_of(aws._world, anna))
        if allowed:
            assumed(sts)
        else:
            assert refusal(lambda: assumed(sts)) == denied(anna.arn)

    def test_conditions_of_the_trust_policy(self, aws: Any, sts: Any) -> None:
        role = made_role(aws._world, "tagger")
        wanted = {
            "sts:ExternalId": "secret",
            "sts:RoleSessionName": "run1",
            "sts:SourceIdentity": "me",
            "aws:MultiFactorAuthPresent": "true",
            "aws:RequestTag/team": "blue",
        }
        given: dict[str, Any] = {
            "ExternalId": "secret",
            "SourceIdentity": "me",
            "Tags": [{"Key": "team", "Value": "blue"}],
            "TransitiveTagKeys": ["team"],
            "SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/me",
            "TokenCode": "123456",
        }
        optional = {"sts:TransitiveTagKeys", *wanted} - {"sts:RoleSessionName"}
        unless_given = {"Null": dict.fromkeys(optional, "true")}
        allow: dict[str, Any] = {"Principal": {"AWS": ACCOUNT}, "Action": "sts:*", "Resource": None}
        role.trust = policy_document({**allow, "Condition": unless_given})
        assumed(sts)
        passed_on = {"ForAnyValue:StringEquals": {"sts:TransitiveTagKeys": "team"}}
        condition = {"StringEquals": wanted, **passed_on}
        role.trust = policy_document({**allow, "Condition": condition})
        assert refusal(lambda: assumed(sts, **{**given, "ExternalId": "other"}))["Code"] == "AccessDenied"
        del given["ExternalId"]
        assert refusal(lambda: assumed(sts, **given))["Code"] == "AccessDenied"
        assert "sts:ExternalId" in str(aws.calls[-1].hint)
        assert assumed(sts, ExternalId="secret", **given)["PackedPolicySize"] == 1

    def test_tags_and_source_identity_need_actions_of_their_own(self, aws: Any, sts: Any) -> None:
        role = made_role(aws._world, "tagger")
        plain = {"Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole", "Resource": None}
        role.trust = policy_document(plain)
        own = f"arn:aws:iam::{ACCOUNT}:user/s3tag_mock"
        tags = [{"Key": "a", "Value": "b"}]
        assert refusal(lambda: assumed(sts, Tags=tags)) == denied(own, "sts:TagSession")
        assert refusal(lambda: assumed(sts, SourceIdentity="me")) == denied(own, "sts:SetSourceIdentity")
        role.trust = policy_document({**plain, "Action": "sts:*"})
        assert assumed(sts, SourceIdentity="me")["SourceIdentity"] == "me"

    def test_condition_keys_of_sessions(self, aws: Any, sts: Any, photos: str) -> None:
        role = made_role(aws._world, "tagger")
        role.trust = policy_document({"Principal": {"AWS": ACCOUNT}, "Action": "sts:*", "Resource": None})
        mfa = {
            "SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/me",
            "TokenCode": "123456",
            "SourceIdentity": "me",
        }
        for given, condition in (
            (
                mfa,
                {
                    "Bool": {"aws:MultiFactorAuthPresent": "true"},
                    "NumericLessThan": {"aws:MultiFactorAuthAge": "60"},
                    "DateGreaterThan": {"aws:TokenIssueTime": "2020-01-01T00:00:00Z"},
                    "StringEquals": {"aws:SourceIdentity": "me"},
                },
            ),
            (
                {},
                {
                    "Bool": {"aws:MultiFactorAuthPresent": "false"},
                    "Null": {"aws:MultiFactorAuthAge": "true", "aws:SourceIdentity": "true"},
                },
            ),
        ):
            role.inline["own"] = policy_document({"Condition": condition})
            s3 = aws.client("s3", **keys(assumed(sts, **given)))
            assert s3.get_object_tagging(Bucket=photos, Key="c.jpg")["TagSet"]

    def test_session_policies(self, aws: Any, sts: Any, photos: str) -> None:
        made_role(aws._world, "tagger", {})
        answer = assumed(sts, Policy=READING)
        assert answer["PackedPolicySize"] == math.ceil(100 * len(READING) / 2048)
        assert answer["Credentials"]["AccessKeyId"].startswith("ASIA")
        s3 = aws.client("s3", **keys(answer))
        s3.get_object_tagging(Bucket=photos, Key="c.jpg")
        error = refusal(lambda: s3.delete_object_tagging(Bucket=photos, Key="c.jpg"))
        assert error["Message"].endswith("because no session policy allows the s3:DeleteObjectTagging action")
        by_arn = [{"arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}]
        answer = assumed(sts, PolicyArns=by_arn)
        assert answer["PackedPolicySize"] == 0
        s3 = aws.client("s3", **keys(answer))
        s3.get_object_tagging(Bucket=photos, Key="c.jpg")
        assert refusal(lambda: s3.delete_object(Bucket=photos, Key="c.jpg"))["Code"] == "AccessDenied"
        assert refusal(lambda: assumed(sts, Policy="{"))["Code"] == "MalformedPolicyDocument"
        unknown = "arn:aws:iam::aws:policy/Nothing"
        refused = refusal(lambda: assumed(sts, PolicyArns=[{"arn": unknown}]))
        assert (refused["Code"], unknown in refused["Message"]) == ("MalformedPolicyDocument", True)
        longest = READING.replace("s3:GetObject*", f"s3:{'x' * 2000}")
        assert assumed(sts, Policy=longest)["PackedPolicySize"] == 100

    def test_tags_that_are_passed_on(self, aws: Any, sts: Any, photos: str) -> None:
        made_role(aws._world, "tagger", {})
        own = {"StringEquals": {"s3:ExistingObjectTag/team": "${aws:PrincipalTag/team}"}}
        reads = made_role(aws._world, "reader", {"Condition": own}, max_session=7200)
        passed_on = {"StringEquals": {"aws:RequestTag/team": "blue"}}
        trusting = {"Principal": {"AWS": ACCOUNT}, "Action": "sts:*", "Resource": None}
        reads.trust = policy_document({**trusting, "Condition": passed_on})
        tags = [{"Key": "team", "Value": "blue"}, {"Key": "other", "Value": "x"}]
        first = aws.client("sts", **keys(assumed(sts, Tags=tags, TransitiveTagKeys=["Team"])))
        reader = f"arn:aws:iam::{ACCOUNT}:role/reader"
        s3 = aws.client("s3", **keys(assumed(first, reader)))
        s3.get_object_tagging(Bucket=photos, Key="c.jpg")
        conflict = refusal(lambda: assumed(first, reader, Tags=[{"Key": "TEAM", "Value": "red"}]))
        assert (conflict["Status"], conflict["Code"]) == (400, "InvalidParameterValue")
        too_long = refusal(lambda: assumed(first, reader, DurationSeconds=3601))
        assert (too_long["Code"], too_long["Message"]) == (
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        )

    @pytest.mark.parametrize(
        ("params", "code", "message"),
        [
            (
                {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]},
                "InvalidParameterValue",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ),
            (
                {"TransitiveTagKeys": ["a"]},
                "InvalidParameterValue",
                "The specified transitive tag key must be included in the requested tags.",
            ),
            (
                {"DurationSeconds": 3601},
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            ),
            ({"RoleArn": "nothing-valid-in-here"}, "ValidationError", "nothing-valid-in-here is invalid"),
        ],
    )
    def test_refusals(self, aws: Any, sts: Any, params: Any, code: str, message: str) -> None:
        made_role(aws._world, "tagger")
        error = refusal(lambda: sts.assume_role(**{"RoleArn": TAGGER, "RoleSessionName": "run1", **params}))
        assert (error["Status"], error["Code"], error["Message"]) == (400, code, message)


class TestRolesThatNobodyMade:
    def test_are_trusted_with_all_rights_in_their_account(self, aws: Any, sts: Any) -> None:
        theirs = f"arn:aws:iam::{OTHER}:role/elsewhere"
        session = keys(assumed(sts, theirs, DurationSeconds=43_200))
        s3 = aws.client("s3", **session)
        s3.create_bucket(Bucket="theirs")
        user_id = aws.client("sts", **session).get_caller_identity()["UserId"]
        assert re.fullmatch("AROA[A-Z2-7]{17}:run1", user_id)
        assert refusal(lambda: aws.client("s3").get_bucket_tagging(Bucket="theirs"))["Code"] == "AccessDenied"

    def test_but_a_caller_needs_the_permission(self, aws: Any) -> None:
        theirs = f"arn:aws:iam::{OTHER}:role/elsewhere"
        there = {"StringEquals": {"aws:ResourceAccount": OTHER}}
        bob = made_user(aws._world, "bob", {"Action": "sts:AssumeRole", "Condition": there})
        assumed(aws.client("sts", **key_of(aws._world, bob)), theirs)
        anna = made_user(aws._world, "anna")
        sts = aws.client("sts", **key_of(aws._world, anna))
        assert refusal(lambda: assumed(sts)) == denied(anna.arn)

    def test_are_refused_with_strict_roles(self) -> None:
        with mock_tagging(roles="strict") as aws:
            sts = aws.client("sts")
            assert refusal(lambda: assumed(sts)) == denied(f"arn:aws:iam::{ACCOUNT}:user/s3tag_mock")
            assert aws.calls[-1].hint == "nobody made the role, and the mock has roles='strict'"
            web = TestWebIdentity()
            assert refusal(lambda: web.assumed(aws, web_token()))["Code"] == "AccessDenied"
            assert aws.calls[-1].hint == f"nobody made {TAGGER}, and the mock has roles='strict'"


class TestUsersSessions:
    def test_get_session_token(self, aws: Any, photos: str) -> None:
        aws.clock.set(datetime(2026, 5, 1, 9, tzinfo=timezone.utc))
        anna = made_user(aws._world, "anna", {"Action": ["s3:GetObject*", "iam:*", "sts:*"]})
        sts = aws.client("sts", **key_of(aws._world, anna))
        temporary = keys(sts.get_session_token(DurationSeconds=900))
        s3, again = aws.client("s3", **temporary), aws.client("sts", **temporary)
        s3.get_object_tagging(Bucket=photos, Key="c.jpg")
        assert again.get_caller_identity()["Arn"] == anna.arn
        error = refusal(again.get_session_token)
        text = "Cannot call {} with session credentials"
        assert (error["Code"], error["Message"]) == ("AccessDenied", text.format("GetSessionToken"))
        asked = lambda: again.get_access_key_info(AccessKeyId=temporary["aws_access_key_id"])
        assert refusal(asked)["Message"] == text.format("GetAccessKeyInfo")
        assert refusal(aws.client("iam", **temporary).list_roles)["Code"] == "InvalidClientTokenId"
        aws.clock.advance(seconds=900)
        assert refusal(lambda: s3.get_object_tagging(Bucket=photos, Key="c.jpg"))["Code"] == "ExpiredToken"

    def test_a_role_gets_none(self, aws: Any) -> None:
        role = made_role(aws._world, "tagger", {"Action": "sts:*"})
        sts = aws.client("sts", as_=role.arn)
        for call, name in (
            (sts.get_session_token, "GetSessionToken"),
            (lambda: sts.get_federation_token(Name="eve"), "GetFederationToken"),
        ):
            text = f"Cannot call {name} with session credentials"
            assert refusal(call)["Message"] == text

    def test_of_the_mocks_own_user(self, aws: Any, sts: Any) -> None:
        aws.client("s3", **keys(sts.get_session_token())).create_bucket(Bucket="mine")

    def test_get_federation_token(self, aws: Any, sts: Any, photos: str) -> None:
        answer = sts.get_federation_token(Name="eve", Policy=READING, DurationSeconds=900)
        assert answer["PackedPolicySize"] == math.ceil(100 * len(READING) / 2048)
        lasts = answer["Credentials"]["Expiration"] - aws.clock.now()
        assert 890 < lasts.total_seconds() <= 900
        who = f"arn:aws:sts::{ACCOUNT}:federated-user/eve"
        assert answer["FederatedUser"] == {"FederatedUserId": f"{ACCOUNT}:eve", "Arn": who}
        eve = aws.client("s3", **keys(answer))
        eve.get_object_tagging(Bucket=photos, Key="c.jpg")
        assert (
            "no session policy allows"
            in refusal(lambda: eve.delete_object(Bucket=photos, Key="x"))["Message"]
        )
        assert aws.client("sts", **keys(answer)).get_caller_identity()["Arn"] == who
        nobody = aws.client("s3", **keys(sts.get_federation_token(Name="eve")))
        assert (
            refusal(lambda: nobody.get_object_tagging(Bucket=photos, Key="c.jpg"))["Code"] == "AccessDenied"
        )

    def test_a_user_needs_the_permission_for_it(self, aws: Any) -> None:
        anna = made_user(aws._world, "anna")
        sts = aws.client("sts", **key_of(aws._world, anna))
        assert refusal(lambda: sts.get_federation_token(Name="eve"))["Message"] == (
            f"User: {anna.arn} is not authorized to perform: sts:GetFederationToken on resource: "
            f"arn:aws:sts::{ACCOUNT}:federated-user/eve because no identity-based policy allows the "
            "sts:GetFederationToken action"
        )


def web_token(**claims: Any) -> str:
    """A token of a provider, whose signature nobody checks."""
    parts = ({"alg": "none"}, {"iss": "https://idp.example.com", "sub": "ci", "aud": "sts", **claims})
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "x"])


class TestWebIdentity:
    PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/idp.example.com"

    def assumed(self, aws: Any, token: str, role: str = TAGGER, **more: Any) -> Any:
        sts = aws.client("sts", config=Config(signature_version=UNSIGNED))
        named = {"RoleArn": role, "RoleSessionName": "ci", "WebIdentityToken": token}
        return sts.assume_role_with_web_identity(**named, **more)

    def test_by_the_claims_of_a_token(self, aws: Any, photos: str) -> None:
        role = made_role(aws._world, "tagger", {"Action": "s3:GetObject*"})
        own = {"aws:FederatedProvider": self.PROVIDER, "sts:RoleSessionName": "ci"}
        condition = {"StringEquals": {"idp.example.com:sub": "ci", **own}}
        role.trust = policy_document(
            {
                "Principal": {"Federated": self.PROVIDER},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Resource": None,
                "Condition": condition,
            }
        )
        answer = self.assumed(aws, web_token())
        assert answer["SubjectFromWebIdentityToken"] == "ci"
        assert (answer["Provider"], answer["Audience"]) == (self.PROVIDER, "sts")
        several = self.assumed(aws, web_token(aud=["first", "second"]))
        assert (several["Audience"], several["PackedPolicySize"]) == ("first", 0)
        who = {"AssumedRoleId": f"{role.id}:ci", "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/tagger/ci"}
        assert answer["AssumedRoleUser"] == who
        aws.client("s3", **keys(answer)).get_object_tagging(Bucket=photos, Key="c.jpg")
        error = refusal(lambda: self.assumed(aws, web_token(sub="other")))
        assert (error["Code"], error["Message"]) == (
            "AccessDenied",
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        )
        assert refusal(lambda: self.assumed(aws, web_token(iss="https://x.com")))["Code"] == "AccessDenied"
        deep, half = "e30." + "W1tb" * 2_000 + ".x", web_token(sub="\ud800")
        for wrong in ("not a token", "e30.W10.x", deep, half):  # the second is of a list
            assert refusal(lambda wrong=wrong: self.assumed(aws, wrong))["Code"] == "InvalidIdentityToken"
        assert self.assumed(aws, web_token(aud="\0"))["Audience"] == "\ufffd"
        assert "0001-01-02T" in refusal(lambda: self.assumed(aws, web_token(exp=-1e300)))["Message"]
        aws.clock.set(datetime(2026, 5, 1, 9, tzinfo=timezone.utc))
        expired = refusal(lambda: self.assumed(aws, web_token(exp=aws.clock.now().timestamp())))
        assert (expired["Code"], expired["Message"]) == (
            "ExpiredTokenException",
            "Token expired: current date/time 2026-05-01T09:00:00Z must be before the expiration date/time "
            "2026-05-01T09:00:00Z",
        )

    def test_how_long_it_lasts_and_what_limits_it(self, aws: Any, photos: str) -> None:
        made_role(aws._world, "tagger", {}, trust={"Federated": self.PROVIDER})
        too_long = refusal(lambda: self.assumed(aws, web_token(), DurationSeconds=3601))
        assert too_long["Message"].startswith("The requested DurationSeconds exceeds the MaxSessionDuration")
        reading = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
        for limits in ({"Policy": READING}, {"PolicyArns": [{"arn": reading}]}):
            answer = self.assumed(aws, web_token(), DurationSeconds=900, **limits)
            lasts = answer["Credentials"]["Expiration"] - aws.clock.now()
            assert 890 < lasts.total_seconds() <= 900
            s3 = aws.client("s3", **keys(answer))
            s3.get_object_tagging(Bucket=photos, Key="c.jpg")
            denied = refusal(lambda s3=s3: s3.delete_object(Bucket=photos, Key="c.jpg"))
            assert "no session policy allows" in denied["Message"]
        wrong = refusal(lambda: self.assumed(aws, web_token(), "nothing-valid-in-here"))
        assert (wrong["Code"], wrong["Message"]) == ("ValidationError", "nothing-valid-in-here is invalid")

    def test_of_a_role_that_nobody_made(self, aws: Any) -> None:
        aws.client("s3", **keys(self.assumed(aws, "any token"))).create_bucket(Bucket="mine")


def test_who_may_ask_whose_a_key_is(aws: Any) -> None:
    anna = made_user(aws._world, "anna")
    sts = aws.client("sts", **key_of(aws._world, anna))
    asked = lambda: sts.get_access_key_info(AccessKeyId="AKIAIOSFODNN7EXAMPLE")
    assert 'to perform: sts:GetAccessKeyInfo on resource: "*" because' in refusal(asked)["Message"]
    bob = made_user(aws._world, "bob", {"Action": "sts:GetAccessKeyInfo", "Resource": "*"})
    sts = aws.client("sts", **key_of(aws._world, bob))
    assert asked()["Account"] == ACCOUNT


def test_whose_a_key_is(aws: Any, sts: Any) -> None:
    made = key_of(aws._world, made_user(aws._world, "anna"))["aws_access_key_id"]
    session = assumed(sts, f"arn:aws:iam::{OTHER}:role/x")["Credentials"]["AccessKeyId"]
    found = [
        sts.get_access_key_info(AccessKeyId=key)["Account"]
        for key in (made, session, f"AKIA{OTHER}MOCK", "AKIAIOSFODNN7EXAMPLE")
    ]
    assert found == [ACCOUNT, OTHER, OTHER, ACCOUNT]


class TestCallsOfIam:
    """What AccessDenied shows: the name of what is there, the ARN of what is made, the path of a list."""

    @pytest.mark.parametrize(
        ("method", "params", "shown"),
        [
            ("get_role", {"RoleName": "tagger"}, "role tagger"),
            (
                "create_role",
                {"RoleName": "new", "Path": "/a/", "AssumeRolePolicyDocument": "{}"},
                f"arn:aws:iam::{ACCOUNT}:role/a/new",
            ),
            ("list_roles", {}, f"arn:aws:iam::{ACCOUNT}:role/"),
        ],
    )
    def test_a_user_without_policies(self, aws: Any, method: str, params: Any, shown: str) -> None:
        made_role(aws._world, "tagger")
        anna = made_user(aws._world, "anna")
        iam = aws.client("iam", **key_of(aws._world, anna))
        action = "iam:" + "".join(part.capitalize() for part in method.split("_"))
        assert refusal(lambda: getattr(iam, method)(**params)) == {
            "Status": 403,
            "Type": "Sender",
            "Code": "AccessDenied",
            "Message": f"User: {anna.arn} is not authorized to perform: {action} on resource: {shown} because "
            f"no identity-based policy allows the {action} action",
        }

    def test_a_user_with_the_action(self, aws: Any) -> None:
        role = made_role(aws._world, "tagger", tags={"team": "blue"})
        condition = {"StringEquals": {"aws:ResourceTag/team": "blue"}}
        anna = made_user(
            aws._world, "anna", {"Action": "iam:GetRole", "Resource": role.arn, "Condition": condition}
        )
        iam = aws.client("iam", **key_of(aws._world, anna))
        assert iam.get_role(RoleName="tagger")["Role"]["Arn"] == role.arn
