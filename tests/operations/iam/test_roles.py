"""Roles: made, looked at, changed, deleted."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from tests.operations.iam.support import policy, refused, trust
from tests.support import OTHER


def create(iam: Any, name: str = "batch", **params: Any) -> Any:
    return iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(), **params)["Role"]


def test_a_role_with_everything(aws: Any, iam: Any) -> None:
    boundary = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    tags = [{"Key": "team", "Value": "blue"}]
    created = create(
        iam,
        Path="/jobs/",
        Description="Runs jobs",
        MaxSessionDuration=7200,
        PermissionsBoundary=boundary,
        Tags=tags,
    )
    assert created == {
        "Path": "/jobs/",
        "RoleName": "batch",
        "RoleId": created["RoleId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/jobs/batch",
        "CreateDate": aws.clock.now().replace(microsecond=0),
        "AssumeRolePolicyDocument": json.loads(trust()),
        "Description": "Runs jobs",
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary},
        "Tags": tags,
    }
    assert created["RoleId"].startswith("AROA")
    assert len(created["RoleId"]) == 21

    found = iam.get_role(RoleName="batch")["Role"]
    assert found == {**created, "MaxSessionDuration": 7200, "RoleLastUsed": {}}
    [listed] = iam.list_roles()["Roles"]
    hidden = {"PermissionsBoundary", "RoleLastUsed", "Tags"}
    assert listed == {name: value for name, value in found.items() if name not in hidden}


def test_names_are_unique_whatever_their_case(iam: Any) -> None:
    create(iam)
    assert refused(lambda: create(iam, "Batch")) == (
        409,
        "EntityAlreadyExists",
        "Role with name Batch already exists.",
    )
    assert refused(lambda: iam.get_role(RoleName="BATCH"))[1] == "NoSuchEntity"


def test_every_account_has_its_own(aws: Any, iam: Any) -> None:
    create(iam)
    theirs = aws.client("iam", account_id=OTHER)
    assert theirs.list_roles()["Roles"] == []
    assert create(theirs)["Arn"] == f"arn:aws:iam::{OTHER}:role/batch"


@pytest.mark.parametrize(
    ("region", "partition"), [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov")]
)
def test_partitions(aws: Any, region: str, partition: str) -> None:
    iam = aws.client("iam", region_name=region)
    assert create(iam)["Arn"] == f"arn:{partition}:iam::{ACCOUNT}:role/batch"


def test_pages_and_paths(iam: Any) -> None:
    for name in ("c", "A", "b", "d"):
        create(iam, name, Path="/x/" if name == "d" else "/")
    pages = list(iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 2}))
    assert [[role["RoleName"] for role in page["Roles"]] for page in pages] == [["A", "b"], ["c", "d"]]
    assert [page["IsTruncated"] for page in pages] == [True, False]
    assert [role["RoleName"] for role in iam.list_roles(PathPrefix="/x")["Roles"]] == ["d"]
    assert refused(lambda: iam.list_roles(Marker="?")) == (400, "ValidationError", "Invalid Marker.")


def test_changes(iam: Any) -> None:
    create(iam, Description="old")
    assert iam.get_role(RoleName="batch")["Role"]["MaxSessionDuration"] == 3600
    iam.update_role(RoleName="batch", MaxSessionDuration=7200)
    iam.update_role(RoleName="batch", Description="new")
    role = iam.get_role(RoleName="batch")["Role"]
    assert (role["Description"], role["MaxSessionDuration"]) == ("new", 7200)
    assert (
        iam.update_role_description(RoleName="batch", Description="newer")["Role"]["Description"] == "newer"
    )
    account = trust(Principal={"AWS": ACCOUNT})
    iam.update_assume_role_policy(RoleName="batch", PolicyDocument=account)
    role = iam.get_role(RoleName="batch")["Role"]
    assert (role["Description"], role["MaxSessionDuration"]) == ("newer", 7200)
    assert role["AssumeRolePolicyDocument"] == json.loads(account)


def test_the_size_of_a_trust_policy(iam: Any) -> None:
    """White space doesn't count."""
    short = len("".join(trust(Sid="").split()))
    most, more = (trust(Sid="s" * (length - short)) for length in (2048, 2049))
    make = partial(iam.create_role, RoleName="batch")
    text = "Cannot exceed quota for ACLSizePerRole: 2048"
    assert refused(lambda: make(AssumeRolePolicyDocument=more)) == (409, "LimitExceeded", text)
    make(AssumeRolePolicyDocument=most)


def test_a_role_with_policies_cannot_be_deleted(iam: Any) -> None:
    create(iam)
    iam.put_role_policy(RoleName="batch", PolicyName="p", PolicyDocument=policy())
    assert refused(lambda: iam.delete_role(RoleName="batch")) == (
        409,
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.",
    )
    iam.delete_role_policy(RoleName="batch", PolicyName="p")
    iam.delete_role(RoleName="batch")
    missing = (404, "NoSuchEntity", "The role with name batch cannot be found.")
    assert refused(lambda: iam.delete_role(RoleName="batch")) == missing


def test_boundaries(iam: Any) -> None:
    create(iam)
    arn = f"arn:aws:iam::{ACCOUNT}:policy/none"
    text = f"Scope ARN: {arn} does not exist or is not attachable."
    assert refused(lambda: create(iam, "other", PermissionsBoundary=arn)) == (404, "NoSuchEntity", text)
    put = iam.put_role_permissions_boundary
    assert refused(lambda: put(RoleName="batch", PermissionsBoundary=arn)) == (404, "NoSuchEntity", text)
    full = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    put(RoleName="batch", PermissionsBoundary=full)
    role = iam.get_role(RoleName="batch")["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == full
    iam.delete_role_permissions_boundary(RoleName="batch")
    assert "PermissionsBoundary" not in iam.get_role(RoleName="batch")["Role"]
    assert refused(lambda: iam.delete_role_permissions_boundary(RoleName="batch"))[1] == "NoSuchEntity"


@pytest.mark.tagging_mock(allow=["not_served"])
def test_calls_that_are_not_served_say_so(iam: Any) -> None:
    error = refused(lambda: iam.create_account_alias(AccountAlias="photos"))
    assert error[:2] == (501, "NotImplemented")


def test_who_is_trusted_must_exist_where_unknown_roles_are_not_trusted() -> None:
    """AWS looks at it always; by default, roles that nobody made are trusted here."""
    arns = [f"arn:aws:iam::{ACCOUNT}:{who}" for who in ("role/ci", "user/eve")]
    of_ci = trust(Principal={"AWS": [*arns, f"arn:aws:iam::{ACCOUNT}:user/s3tag_mock", OTHER]})
    with mock_tagging(roles="strict") as aws:
        iam = aws.client("iam")
        make = partial(iam.create_role, RoleName="batch", AssumeRolePolicyDocument=of_ci)
        for arn, found in zip(
            arns, (partial(create, iam, "ci"), partial(iam.create_user, UserName="eve")), strict=True
        ):
            text = f'Invalid principal in policy: "AWS":"{arn}"'
            assert refused(make) == (400, "MalformedPolicyDocument", text)
            found()
        make()
    with mock_tagging() as aws:
        aws.client("iam").create_role(RoleName="batch", AssumeRolePolicyDocument=of_ci)
