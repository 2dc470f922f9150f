"""Whose call it is, by the credentials that signed it: users, sessions, and keys that nobody gave out."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest
import urllib3

from conftest import ACCOUNT
from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.operations.caller import ANONYMOUS, Caller, session_caller
from s3tag_mock.permissions import principal
from s3tag_mock.state.iam import Entity, ManagedPolicy, PolicyVersion, Session
from tests.support import key_of, made_role, made_user, policy_document, refusal

READS = {"Action": "s3:GetObject*"}


def session_keys(aws: Any, role: Any, name: str = "run1", **more: Any) -> dict[str, str]:
    """Credentials of a session of a role, as a client takes them."""
    number = len(aws._world.identities.sessions)
    session = Session(
        access_key=f"ASIA{number:0>16}",
        secret="s" * 40,
        token=f"token {number}",
        principal=principal.session(role.arn, name, role.id, more.pop("tags", {})),
        source=role.arn,
        source_id=role.id,
        created=aws.clock.now(),
        expires=aws.clock.now() + timedelta(hours=1),
        **more,
    )
    aws._world.identities.sessions[session.access_key] = session
    return {
        "aws_access_key_id": session.access_key,
        "aws_secret_access_key": session.secret,
        "aws_session_token": session.token,
    }


def session(*, policies: list[Any] | None) -> Session:
    role = principal.session(f"arn:aws:iam::{ACCOUNT}:role/tagger", "run1")
    now = datetime(2026, 11, 20, tzinfo=timezone.utc)
    return Session("ASIA", "", "", role, role.principal_arn, "", now, now, policies)


@pytest.mark.parametrize(
    ("caller", "is_anonymous", "is_administrator"),
    [
        (Caller(ACCOUNT), False, True),
        (ANONYMOUS, True, False),
        (session_caller(session(policies=None), None), False, True),
        (session_caller(session(policies=[]), None), False, False),
        (Caller(ACCOUNT, entity=None, made=principal.root(ACCOUNT)), False, True),
    ],
)
def test_who_has_all_rights(caller: Caller, is_anonymous: bool, is_administrator: bool) -> None:
    assert (caller.is_anonymous, caller.is_administrator) == (is_anonymous, is_administrator)


class TestUsers:
    def test_what_a_users_policies_allow_and_no_more(self, aws: Any, photos: str) -> None:
        anna = aws.client("s3", **key_of(aws._world, made_user(aws._world, "anna", READS)))
        assert anna.get_object_tagging(Bucket=photos, Key="c.jpg")["TagSet"]
        assert refusal(
            lambda: anna.put_object_tagging(Bucket=photos, Key="c.jpg", Tagging={"TagSet": []})
        ) == {
            "Status": 403,
            "Code": "AccessDenied",
            "Message": f"User: arn:aws:iam::{ACCOUNT}:user/anna is not authorized to perform: "
            's3:PutObjectTagging on resource: "arn:aws:s3:::photos/c.jpg" because no identity-based policy '
            "allows the s3:PutObjectTagging action",
        }
        assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}

    def test_a_call_without_a_resource(self, aws: Any) -> None:
        anna = aws.client("s3", **key_of(aws._world, made_user(aws._world, "anna", READS)))
        assert refusal(anna.list_buckets)["Message"] == (
            f"User: arn:aws:iam::{ACCOUNT}:user/anna is not authorized to perform: s3:ListAllMyBuckets "
            "because no identity-based policy allows the s3:ListAllMyBuckets action"
        )

    def test_each_key_that_many_delete_is_refused_by_itself(self, aws: Any, photos: str) -> None:
        only = {"Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::photos/a.jpg"}
        anna = aws.client("s3", **key_of(aws._world, made_user(aws._world, "anna", only)))
        wanted = [{"Key": "a.jpg"}, {"Key": "b.jpg"}]
        answer = anna.delete_objects(Bucket=photos, Delete={"Objects": wanted})
        assert [one["Key"] for one in answer["Deleted"]] == ["a.jpg"]
        assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [("b.jpg", "AccessDenied")]

    def test_groups_managed_policies_and_a_boundary(self, aws: Any, photos: str) -> None:
        world, now = aws._world, aws.clock.now()
        arn = f"arn:aws:iam::{ACCOUNT}:policy/only-reads"
        version = PolicyVersion("v1", policy_document(READS), now)
        world.identities.policies[arn] = ManagedPolicy(
            arn, "ANPA1", "only-reads", "/", now, now, {"v1": version}
        )
        group = Entity("group", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:group/staff", "AGPA1", "staff", "/", now)
        group.inline["all"] = policy_document({"Action": "s3:*"})
        world.identities.add(group)
        user = made_user(world, "anna", groups=["staff"])
        anna = aws.client("s3", **key_of(world, user))
        anna.delete_object_tagging(Bucket=photos, Key="c.jpg")
        user.boundary = arn
        error = refusal(lambda: anna.delete_object_tagging(Bucket=photos, Key="c.jpg"))
        assert "because no permissions boundary allows the s3:DeleteObjectTagging action" in error["Message"]
        user.boundary, user.groups, user.attached = None, [], [arn]
        anna.get_object_tagging(Bucket=photos, Key="c.jpg")
        world.identities.policies[arn].versions["v1"] = PolicyVersion(
            "v1", policy_document({"Effect": "Deny"}), now
        )
        error = refusal(lambda: anna.get_object_tagging(Bucket=photos, Key="c.jpg"))
        assert error["Message"].endswith(f"with an explicit deny in an identity-based policy: {arn}")
        assert f"statement 0 of the policy {arn} denies s3:GetObjectTagging" in str(aws.calls[-1].hint)

    def test_a_user_of_another_account_needs_both_sides(self, aws: Any, photos: str) -> None:
        theirs = aws.client("s3", account_id="999999999999")
        theirs.create_bucket(Bucket="theirs")
        theirs.put_object(Bucket="theirs", Key="k")
        allow = {
            "Effect": "Allow",
            "Principal": {"AWS": ACCOUNT},
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::theirs/*",
        }
        theirs.put_bucket_policy(Bucket="theirs", Policy=json.dumps({"Statement": allow}))
        anna = aws.client("s3", **key_of(aws._world, made_user(aws._world, "anna", READS)))
        eve = aws.client("s3", **key_of(aws._world, made_user(aws._world, "eve")))
        anna.get_object(Bucket="theirs", Key="k")
        assert refusal(lambda: eve.get_object(Bucket="theirs", Key="k"))["Message"] == "Access Denied"
        assert "no identity-based policy allows s3:GetObject" in str(aws.calls[-1].hint)


class TestSessions:
    def test_of_a_role(self, aws: Any, photos: str) -> None:
        role = made_role(aws._world, "tagger", READS, tags={"Team": "red", "kind": "x"})
        keys = session_keys(aws, role, tags={"team": "blue"})
        session = aws.client("s3", **keys)
        session.get_object_tagging(Bucket=photos, Key="c.jpg")
        own = {"StringEquals": {"s3:ExistingObjectTag/team": "${aws:PrincipalTag/team}"}}
        role.inline["own"] = policy_document({"Action": "s3:GetObjectTagging", "Condition": own})
        session.get_object_tagging(Bucket=photos, Key="c.jpg")
        error = refusal(lambda: session.get_object_tagging(Bucket=photos, Key="a.jpg"))
        who = f"arn:aws:sts::{ACCOUNT}:assumed-role/tagger/run1"
        assert error["Message"].startswith(f"User: {who} is not authorized")
        assert "the request has no s3:ExistingObjectTag/team" in str(aws.calls[-1].hint)

    def test_its_own_policies_limit_it(self, aws: Any, photos: str) -> None:
        role = made_role(aws._world, "tagger", {})
        limit = policy_document({"Action": "s3:GetObjectTagging"})
        session = aws.client("s3", **session_keys(aws, role, policies=[limit]))
        session.get_object_tagging(Bucket=photos, Key="c.jpg")
        error = refusal(lambda: session.delete_object_tagging(Bucket=photos, Key="c.jpg"))
        assert error["Message"].endswith("because no session policy allows the s3:DeleteObjectTagging action")


class TestInvalidCredentials:
    """S3's answers, and those of STS."""

    @staticmethod
    def errors(aws: Any, keys: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
        both = [aws.client(name, **keys) for name in ("s3", "sts")]
        return refusal(both[0].list_buckets), refusal(both[1].get_caller_identity)

    def test_an_inactive_key_and_a_deleted_one(self, aws: Any) -> None:
        identities = aws._world.identities
        keys = key_of(aws._world, made_user(aws._world, "anna", {}))
        key = identities.keys[keys["aws_access_key_id"]]
        key.is_active = False
        for_s3, for_sts = self.errors(aws, keys)
        assert for_s3 == {
            "Status": 403,
            "Code": "InvalidAccessKeyId",
            "Message": "The AWS Access Key Id you provided does not exist in our records.",
            "AWSAccessKeyId": key.id,
        }
        assert for_sts == {
            "Status": 403,
            "Type": "Sender",
            "Code": "InvalidClientTokenId",
            "Message": "The security token included in the request is invalid.",
        }
        key.is_active = True
        identities.remove_key(key)
        assert [error["Code"] for error in self.errors(aws, keys)] == [
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
        ]

    def test_a_wrong_secret(self, aws: Any) -> None:
        keys = key_of(aws._world, made_user(aws._world, "anna", {}))
        for_s3, for_sts = self.errors(aws, {**keys, "aws_secret_access_key": "x"})
        assert for_s3 == {
            "Status": 403,
            "Code": "SignatureDoesNotMatch",
            "Message": "The request signature we calculated does not match the signature you provided. Check "
            "your key and signing method.",
            "AWSAccessKeyId": keys["aws_access_key_id"],
        }
        assert (for_sts["Status"], for_sts["Code"]) == (403, "SignatureDoesNotMatch")
        assert "Check your AWS Secret Access Key" in for_sts["Message"]

    def test_tokens(self, aws: Any) -> None:
        role = made_role(aws._world, "tagger", {})
        keys, other = session_keys(aws, role), session_keys(aws, role)
        user = key_of(aws._world, made_user(aws._world, "anna", {}))
        without = {name: value for name, value in keys.items() if name != "aws_session_token"}
        for given, code in (
            (without, "InvalidAccessKeyId"),
            ({**keys, "aws_session_token": other["aws_session_token"]}, "InvalidAccessKeyId"),
            ({**keys, "aws_session_token": "garbled"}, "InvalidToken"),
            ({**user, "aws_session_token": "any"}, "InvalidToken"),
        ):
            for_s3, for_sts = self.errors(aws, given)
            assert (for_s3["Code"], for_sts["Code"]) == (code, "InvalidClientTokenId")
            assert for_s3.get("Token-0") == (given["aws_session_token"] if code == "InvalidToken" else None)

    def test_an_expired_session(self, aws: Any) -> None:
        aws.clock.set(datetime(2026, 11, 20, tzinfo=timezone.utc))
        keys = session_keys(aws, made_role(aws._world, "tagger", {}))
        aws.clock.advance(seconds=3600)
        for_s3, for_sts = self.errors(aws, keys)
        assert for_s3 == {
            "Status": 400,
            "Code": "ExpiredToken",
            "Message": "The provided token has expired.",
            "Token-0": keys["aws_session_token"],
        }
        assert (for_sts["Status"], for_sts["Code"]) == (403, "ExpiredToken")
        assert for_sts["Message"] == "The security token included in the request is expired"

    def test_sessions_of_a_role_that_was_deleted_and_made_again(self, aws: Any) -> None:
        role = made_role(aws._world, "tagger", {})
        keys = session_keys(aws, role)
        aws._world.identities.remove(role)
        assert self.errors(aws, keys)[0]["Code"] == "InvalidAccessKeyId"
        made_role(aws._world, "tagger", {}).id = "AROAANOTHER"
        assert self.errors(aws, keys)[0]["Code"] == "InvalidAccessKeyId"


def test_presigned_urls_are_their_signers(aws: Any, photos: str) -> None:
    keys = session_keys(aws, made_role(aws._world, "tagger", READS))
    url = aws.client("s3", **keys).generate_presigned_url("get_object", {"Bucket": photos, "Key": "c.jpg"})
    http = urllib3.PoolManager()
    assert http.request("GET", url).data == b"three"
    delete = aws.client("s3", **keys).generate_presigned_url("delete_object", {"Bucket": photos, "Key": "a"})
    assert b"assumed-role/tagger/run1 is not authorized to perform: s3:DeleteObject" in (
        http.request("DELETE", delete).data
    )
    wrong = aws.client("s3", **{**keys, "aws_secret_access_key": "x"})
    url = wrong.generate_presigned_url("get_object", {"Bucket": photos, "Key": "c.jpg"})
    assert b"SignatureDoesNotMatch" in http.request("GET", url).data


class TestKeysThatNobodyGaveOut:
    def test_are_the_accounts_own(self, aws: Any) -> None:
        s3 = boto3.client("s3", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="x")
        s3.create_bucket(Bucket="photos")

    def test_are_refused_where_the_test_wants_it(self) -> None:
        with mock_tagging(unknown_keys="refuse") as aws:
            boto3.client("s3").list_buckets()
            aws.client("s3", account_id="999999999999").list_buckets()
            unknown = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "x"}
            assert refusal(boto3.client("s3", **unknown).list_buckets)["Code"] == "InvalidAccessKeyId"
            assert "unknown_keys='refuse'" in str(aws.calls[-1].hint)
            control = boto3.client("s3control", **unknown)
            refused = refusal(lambda: control.list_jobs(AccountId=ACCOUNT))
            assert refused["Code"] == "InvalidAccessKeyId"

    def test_another_value_is_refused(self) -> None:
        with pytest.raises(Misuse, match="Did you mean 'refuse'"):
            mock_tagging(unknown_keys="refused")  # type: ignore[arg-type]


class TestJsonServices:
    """The Resource Groups Tagging API has names of its own for the same refusals."""

    def test_credentials(self, aws: Any) -> None:
        keys = session_keys(aws, made_role(aws._world, "tagger", {}))
        wrong = aws.client("resourcegroupstaggingapi", **{**keys, "aws_secret_access_key": "x"})
        assert refusal(wrong.get_tag_keys)["Code"] == "InvalidSignatureException"
        garbled = aws.client("resourcegroupstaggingapi", **{**keys, "aws_session_token": "x"})
        assert refusal(garbled.get_tag_keys)["Code"] == "UnrecognizedClientException"
        aws.clock.advance(days=1)
        expired = aws.client("resourcegroupstaggingapi", **keys)
        assert refusal(expired.get_tag_keys)["Code"] == "ExpiredTokenException"

    def test_permission(self, aws: Any) -> None:
        anna = made_user(aws._world, "anna", READS)
        client = aws.client("resourcegroupstaggingapi", **key_of(aws._world, anna))
        error = refusal(client.get_resources)
        assert (error["Status"], error["Code"]) == (400, "AccessDeniedException")
        assert error["Message"] == (
            f"User: {anna.arn} is not authorized to perform: tag:GetResources because no identity-based policy "
            "allows the tag:GetResources action"
        )


def test_whoever_puts_a_replication_configuration_passes_its_role_on(aws: Any) -> None:
    for name in ("photos", "copies"):
        aws.create_bucket(name, versioning=True)
    role = f"arn:aws:iam::{ACCOUNT}:role/copies"
    rule = {
        "Status": "Enabled",
        "Priority": 1,
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": "arn:aws:s3:::copies"},
    }
    puts = {"Action": "s3:PutReplicationConfiguration"}
    to_s3 = {"StringEquals": {"iam:PassedToService": "s3.amazonaws.com"}}
    passes = {"Action": "iam:PassRole", "Resource": role, "Condition": to_s3}
    wanted = {"Bucket": "photos", "ReplicationConfiguration": {"Role": role, "Rules": [rule]}}
    anna = aws.client("s3", as_=made_user(aws._world, "anna", puts).arn)
    assert (
        f"iam:PassRole on resource: {role} because"
        in (refusal(lambda: anna.put_bucket_replication(**wanted))["Message"])
    )
    bob = aws.client("s3", as_=made_user(aws._world, "bob", puts, passes).arn)
    bob.put_bucket_replication(**wanted)
