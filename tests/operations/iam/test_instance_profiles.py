"""Instance profiles and the role in one."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock.rules import iam_limits
from tests.operations.iam.support import allow, policy, refused, trust

WEB = {"InstanceProfileName": "web"}
READER = {"RoleName": "reader"}


@pytest.fixture
def web(iam: Any) -> Any:
    iam.create_role(**READER, AssumeRolePolicyDocument=trust())
    return iam.create_instance_profile(**WEB, Path="/team/")["InstanceProfile"]


def test_one_with_tags(aws: Any, iam: Any) -> None:
    tags = [{"Key": "team", "Value": "blue"}]
    made = iam.create_instance_profile(**WEB, Tags=tags)["InstanceProfile"]
    assert (made["Path"], made["Tags"]) == ("/", tags)
    assert iam.get_instance_profile(**WEB)["InstanceProfile"] == made


def test_an_account_has_a_limit(iam: Any, web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iam_limits, "INSTANCE_PROFILES", 2)
    iam.create_instance_profile(InstanceProfileName="db")
    text = "Cannot exceed quota for InstanceProfilesPerAccount: 2"
    make = partial(iam.create_instance_profile, InstanceProfileName="more")
    assert refused(make) == (409, "LimitExceeded", text)


def test_one_with_a_role(aws: Any, iam: Any, web: Any) -> None:
    assert web == {
        "Path": "/team/",
        "InstanceProfileName": "web",
        "InstanceProfileId": web["InstanceProfileId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/team/web",
        "CreateDate": aws.clock.now().replace(microsecond=0),
        "Roles": [],
    }
    assert (web["InstanceProfileId"][:4], len(web["InstanceProfileId"])) == ("AIPA", 21)
    iam.add_role_to_instance_profile(**WEB, **READER)
    iam.get_waiter("instance_profile_exists").wait(**WEB)
    held = iam.get_instance_profile(**WEB)["InstanceProfile"]
    [role] = held["Roles"]
    assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/reader"
    assert role["AssumeRolePolicyDocument"] == json.loads(trust())
    assert iam.list_instance_profiles(PathPrefix="/team/")["InstanceProfiles"] == [held]
    assert iam.list_instance_profiles_for_role(**READER)["InstanceProfiles"] == [held]
    details = iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"]
    assert details[0]["InstanceProfileList"] == [held]
    assert [one.name for one in aws.resource("iam").Role("reader").instance_profiles.all()] == ["web"]

    iam.remove_role_from_instance_profile(**WEB, **READER)
    iam.delete_instance_profile(**WEB)
    iam.delete_role(**READER)
    assert iam.list_instance_profiles()["InstanceProfiles"] == []


def test_refusals(iam: Any, web: Any) -> None:
    exists = (409, "EntityAlreadyExists", "Instance Profile WEB already exists.")
    assert refused(lambda: iam.create_instance_profile(InstanceProfileName="WEB")) == exists
    missing = (404, "NoSuchEntity", "Instance Profile db cannot be found.")
    assert refused(lambda: iam.get_instance_profile(InstanceProfileName="db")) == missing
    missing = (404, "NoSuchEntity", "The role with name reader cannot be found.")
    assert refused(lambda: iam.remove_role_from_instance_profile(**WEB, **READER)) == missing
    iam.add_role_to_instance_profile(**WEB, **READER)
    text = "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"
    assert refused(lambda: iam.add_role_to_instance_profile(**WEB, **READER)) == (409, "LimitExceeded", text)
    text = "Cannot delete entity, must remove roles from instance profile first."
    for delete in (lambda: iam.delete_instance_profile(**WEB), lambda: iam.delete_role(**READER)):
        assert refused(delete) == (409, "DeleteConflict", text)


def test_whoever_puts_a_role_in_must_be_allowed_to_pass_it_on(aws: Any, iam: Any, web: Any) -> None:
    adds = {"Effect": "Allow", "Action": "iam:AddRoleToInstanceProfile", "Resource": web["Arn"]}
    to_ec2 = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    passes = allow(Action="iam:PassRole", Condition=to_ec2)
    bob = aws.client("iam", as_=aws.create_user("bob", policy(adds, passes)))
    bob.add_role_to_instance_profile(**WEB, **READER)
    anna = aws.client("iam", as_=aws.create_user("anna", policy(adds)))
    told = refused(lambda: anna.add_role_to_instance_profile(**WEB, **READER))[2]
    assert "is not authorized to perform: iam:PassRole on resource: " in told
    told = refused(lambda: anna.delete_instance_profile(**WEB))[2]
    assert "iam:DeleteInstanceProfile on resource: instance profile web because" in told
