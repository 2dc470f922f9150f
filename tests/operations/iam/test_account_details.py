"""GetAccountAuthorizationDetails."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.operations.iam.support import policy, trust

FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"


@pytest.fixture
def account(iam: Any) -> None:
    """One of everything."""
    iam.create_policy(PolicyName="own", PolicyDocument=policy())
    iam.create_group(GroupName="readers")
    iam.create_user(UserName="anna", Tags=[{"Key": "team", "Value": "blue"}])
    iam.add_user_to_group(GroupName="readers", UserName="anna")
    iam.create_role(RoleName="batch", AssumeRolePolicyDocument=trust())
    iam.put_role_policy(RoleName="batch", PolicyName="p", PolicyDocument=policy())
    iam.attach_role_policy(RoleName="batch", PolicyArn=FULL)


def test_everything(iam: Any, account: None) -> None:
    found = iam.get_account_authorization_details()
    [user] = found["UserDetailList"]
    assert (user["UserName"], user["GroupList"], user["UserPolicyList"], user["Tags"]) == (
        "anna",
        ["readers"],
        [],
        [{"Key": "team", "Value": "blue"}],
    )
    [group] = found["GroupDetailList"]
    assert (group["GroupName"], group["GroupPolicyList"]) == ("readers", [])
    [role] = found["RoleDetailList"]
    assert role["AssumeRolePolicyDocument"] == json.loads(trust())
    assert role["RolePolicyList"] == [{"PolicyName": "p", "PolicyDocument": json.loads(policy())}]
    assert role["RoleLastUsed"] == {}
    assert role["AttachedManagedPolicies"] == [{"PolicyName": "AmazonS3FullAccess", "PolicyArn": FULL}]
    by_name = {one["PolicyName"]: one for one in found["Policies"]}
    assert set(by_name) == {"own", "AmazonS3FullAccess"}
    assert by_name["own"]["PolicyVersionList"][0]["Document"] == json.loads(policy())


def test_some_and_in_pages(iam: Any, account: None) -> None:
    roles = iam.get_account_authorization_details(Filter=["Role"])
    lists = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
    assert [len(roles[name]) for name in lists] == [0, 0, 1, 0]
    pages = iam.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 2})
    assert [sum(len(page[name]) for name in lists) for page in pages] == [2, 2, 1]
