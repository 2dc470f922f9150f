"""Managed policies: an account's own and AWS's, their versions, whom they are attached to."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import NotSupported
from s3tag_mock.state import aws_policies
from tests.operations.iam.support import allow, policy, refused, sized, trust
from tests.support import OTHER

ARN = f"arn:aws:iam::{ACCOUNT}:policy/tagging"
MISSING = (404, "NoSuchEntity", f"Policy {ARN} was not found.")
FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"


@pytest.fixture
def tagging(iam: Any) -> Any:
    return iam.create_policy(PolicyName="tagging", PolicyDocument=policy())["Policy"]


@pytest.fixture
def everybody(iam: Any) -> dict[str, dict[str, str]]:
    """A role, a user and a group called ``it``: kind to the parameter that names it."""
    iam.create_role(RoleName="it", AssumeRolePolicyDocument=trust())
    iam.create_user(UserName="it")
    iam.create_group(GroupName="it")
    return {kind: {f"{kind.capitalize()}Name": "it"} for kind in ("role", "user", "group")}


def test_a_policy_with_everything(aws: Any, iam: Any) -> None:
    tags = [{"Key": "team", "Value": "blue"}]
    created = iam.create_policy(
        PolicyName="tagging", Path="/s3/", PolicyDocument=policy(), Description="Tags", Tags=tags
    )["Policy"]
    now = aws.clock.now().replace(microsecond=0)
    assert created == {
        "PolicyName": "tagging",
        "PolicyId": created["PolicyId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:policy/s3/tagging",
        "Path": "/s3/",
        "DefaultVersionId": "v1",
        "AttachmentCount": 0,
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": True,
        "CreateDate": now,
        "UpdateDate": now,
        "Tags": tags,
    }
    assert created["PolicyId"].startswith("ANPA")
    found = iam.get_policy(PolicyArn=created["Arn"])["Policy"]
    assert found == {**created, "Description": "Tags"}
    [listed] = iam.list_policies(Scope="Local")["Policies"]
    assert listed == {name: value for name, value in created.items() if name != "Tags"}
    text = "A policy called Tagging already exists. Duplicate names are not allowed."
    create = iam.create_policy
    again = refused(lambda: create(PolicyName="Tagging", PolicyDocument=policy()))
    assert again == (409, "EntityAlreadyExists", text)


def test_its_size(iam: Any) -> None:
    text = "Cannot exceed quota for PolicySize: 6144"
    create = partial(iam.create_policy, PolicyName="p")
    assert refused(lambda: create(PolicyDocument=sized(6145))) == (409, "LimitExceeded", text)
    create(PolicyDocument=sized(6144))


def test_its_version(iam: Any) -> None:
    text = "Policy document must be version 2012-10-17 or greater."
    old = policy(version="2008-10-17")
    create = partial(iam.create_policy, PolicyName="p", PolicyDocument=old)
    assert refused(create) == (400, "MalformedPolicyDocument", text)


def test_attached_and_detached(iam: Any, tagging: Any, everybody: dict[str, dict[str, str]]) -> None:
    for kind, name in everybody.items():
        attach, detach = getattr(iam, f"attach_{kind}_policy"), getattr(iam, f"detach_{kind}_policy")
        attached = getattr(iam, f"list_attached_{kind}_policies")
        for arn in (FULL, ARN, ARN):
            attach(PolicyArn=arn, **name)
        names = [one["PolicyName"] for one in attached(**name)["AttachedPolicies"]]
        assert names == ["AmazonS3FullAccess", "tagging"]
        assert attached(PathPrefix="/team/", **name)["AttachedPolicies"] == []
        detach(PolicyArn=FULL, **name)
        assert attached(**name)["AttachedPolicies"] == [{"PolicyName": "tagging", "PolicyArn": ARN}]
        again = refused(partial(detach, PolicyArn=FULL, **name))
        assert again == (404, "NoSuchEntity", f"Policy {FULL} was not found.")
    iam.put_role_permissions_boundary(RoleName="it", PermissionsBoundary=ARN)

    found = iam.get_policy(PolicyArn=ARN)["Policy"]
    assert (found["AttachmentCount"], found["PermissionsBoundaryUsageCount"]) == (3, 1)
    entities = iam.list_entities_for_policy(PolicyArn=ARN)
    assert {kind: [one[f"{kind}Name"] for one in entities[f"Policy{kind}s"]] for kind in ("Role", "User", "Group")} == {
        "Role": ["it"],
        "User": ["it"],
        "Group": ["it"],
    }  # fmt: skip
    assert iam.list_entities_for_policy(PolicyArn=ARN, PathPrefix="/team/")["PolicyRoles"] == []
    of_users = iam.list_entities_for_policy(PolicyArn=ARN, EntityFilter="User")
    assert [len(of_users[name]) for name in ("PolicyRoles", "PolicyUsers", "PolicyGroups")] == [0, 1, 0]
    bounded = iam.list_entities_for_policy(PolicyArn=ARN, PolicyUsageFilter="PermissionsBoundary")
    assert [len(bounded[name]) for name in ("PolicyRoles", "PolicyUsers", "PolicyGroups")] == [1, 0, 0]

    refusal = (409, "DeleteConflict", "Cannot delete a policy attached to entities.")
    assert refused(lambda: iam.delete_policy(PolicyArn=ARN)) == refusal
    role = (409, "DeleteConflict", "Cannot delete entity, must detach all policies first.")
    assert refused(lambda: iam.delete_role(RoleName="it")) == role


def test_what_cannot_be_attached(iam: Any, everybody: dict[str, dict[str, str]]) -> None:
    attach = iam.attach_role_policy
    text = f"Policy {ARN} does not exist or is not attachable."
    assert refused(lambda: attach(RoleName="it", PolicyArn=ARN)) == (404, "NoSuchEntity", text)
    text = "Invalid ARN:  Could not be parsed!"
    assert refused(lambda: attach(RoleName="it", PolicyArn="a-policy-without-an-arn")) == (
        400,
        "ValidationError",
        text,
    )
    for number in range(11):
        iam.create_policy(PolicyName=f"p{number}", PolicyDocument=policy())
    for number in range(10):
        attach(RoleName="it", PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/p{number}")
    last = f"arn:aws:iam::{ACCOUNT}:policy/p10"
    text = "Cannot exceed quota for PoliciesPerRole: 10"
    assert refused(lambda: attach(RoleName="it", PolicyArn=last)) == (409, "LimitExceeded", text)


def test_versions(iam: Any, tagging: Any) -> None:
    other = policy(allow(Action="s3:PutObject"))
    made = iam.create_policy_version(PolicyArn=ARN, PolicyDocument=other)["PolicyVersion"]
    assert (made["VersionId"], made["IsDefaultVersion"], "Document" in made) == ("v2", False, False)
    assert iam.get_policy(PolicyArn=ARN)["Policy"]["DefaultVersionId"] == "v1"
    iam.set_default_policy_version(PolicyArn=ARN, VersionId="v2")
    found = iam.get_policy_version(PolicyArn=ARN, VersionId="v2")["PolicyVersion"]
    assert found == {**made, "IsDefaultVersion": True, "Document": json.loads(other)}
    assert found["CreateDate"] == tagging["CreateDate"]

    text = "Cannot delete the default version of a policy."
    delete = iam.delete_policy_version
    assert refused(lambda: delete(PolicyArn=ARN, VersionId="v2")) == (409, "DeleteConflict", text)
    many = "This policy has more than one version."
    assert refused(lambda: iam.delete_policy(PolicyArn=ARN))[2].startswith(many)
    delete(PolicyArn=ARN, VersionId="v1")
    text = f"Policy {ARN} version v1 does not exist or is not attachable."
    get = iam.get_policy_version
    assert refused(lambda: get(PolicyArn=ARN, VersionId="v1")) == (404, "NoSuchEntity", text)

    # Numbers of versions aren't used again.
    third = iam.create_policy_version(PolicyArn=ARN, PolicyDocument=policy(), SetAsDefault=True)
    assert third["PolicyVersion"]["VersionId"] == "v3"
    versions = iam.list_policy_versions(PolicyArn=ARN)["Versions"]
    assert [(one["VersionId"], one["IsDefaultVersion"]) for one in versions] == [("v3", True), ("v2", False)]


def test_a_policy_has_five_versions_at_most(iam: Any, tagging: Any) -> None:
    for _ in range(4):
        iam.create_policy_version(PolicyArn=ARN, PolicyDocument=policy())
    create = iam.create_policy_version
    error = refused(lambda: create(PolicyArn=ARN, PolicyDocument=policy()))
    assert error[:2] == (409, "LimitExceeded")
    assert error[2].startswith("A managed policy can have up to 5 versions.")


def test_policies_that_are_gone_or_another_accounts(aws: Any, iam: Any, tagging: Any) -> None:
    assert refused(lambda: aws.client("iam", account_id=OTHER).get_policy(PolicyArn=ARN)) == MISSING
    iam.delete_policy(PolicyArn=ARN)
    assert refused(lambda: iam.get_policy(PolicyArn=ARN)) == MISSING
    assert refused(lambda: iam.delete_policy(PolicyArn=ARN)) == MISSING


# AWS's own


def test_documents_of_awss_policies(iam: Any) -> None:
    found = iam.get_policy(PolicyArn=FULL)["Policy"]
    assert (found["DefaultVersionId"], found["Path"], found["Tags"]) == ("v2", "/", [])
    version = iam.get_policy_version(PolicyArn=FULL, VersionId="v2")["PolicyVersion"]
    assert version["Document"]["Statement"] == [
        {"Effect": "Allow", "Action": ["s3:*", "s3-object-lambda:*"], "Resource": "*"}
    ]


def test_awss_policies_cannot_be_changed(iam: Any) -> None:
    error = (400, "InvalidInput", f"Policy {FULL} is outside your own account.")
    assert refused(lambda: iam.delete_policy(PolicyArn=FULL)) == error
    create = iam.create_policy_version
    assert refused(lambda: create(PolicyArn=FULL, PolicyDocument=policy())) == error


@pytest.mark.tagging_mock(allow=["not_served"])
def test_awss_policies_that_are_not_known_are_named(iam: Any) -> None:
    """Neither taken without their document, nor said not to exist."""
    with pytest.raises(NotSupported, match="AmazonS3FullAcess.*Did you mean 'AmazonS3FullAccess'"):
        iam.get_policy(PolicyArn="arn:aws:iam::aws:policy/AmazonS3FullAcess")


def test_lists(iam: Any, tagging: Any) -> None:
    def names(**params: Any) -> list[str]:
        return [one["PolicyName"] for one in iam.list_policies(**params)["Policies"]]

    assert names(Scope="Local") == names(Scope="Local", PathPrefix="/") == ["tagging"]
    assert names(Scope="Local", PathPrefix="/team/") == []
    assert sorted(names(Scope="All")) == sorted(names())
    assert sorted(names(Scope="AWS")) == sorted(aws_policies.NAMES)
    assert sorted(names()) == sorted([*aws_policies.NAMES, "tagging"])
    assert names(OnlyAttached=True) == []
    iam.create_user(UserName="anna", PermissionsBoundary=ARN)
    found = iam.get_policy(PolicyArn=ARN)["Policy"]
    assert (found["AttachmentCount"], found["PermissionsBoundaryUsageCount"]) == (0, 1)
    iam.attach_user_policy(UserName="anna", PolicyArn=FULL)
    assert names(OnlyAttached=True) == ["AmazonS3FullAccess"]
    assert names(PolicyUsageFilter="PermissionsBoundary") == ["tagging"]
    pages = iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 5})
    assert [one["PolicyName"] for page in pages for one in page["Policies"]] == names()
