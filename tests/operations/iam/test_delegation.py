"""Users who may manage some roles and users, and no others: the condition keys of IAM's actions.

Source: Service authorization reference, "Actions, resources, and condition keys for IAM".
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.operations.iam.support import allow, policy, refused, trust

FULL, READS = (f"arn:aws:iam::aws:policy/AmazonS3{name}Access" for name in ("Full", "ReadOnly"))
BLUE, RED = ([{"Key": "team", "Value": value}] for value in ("blue", "red"))


@pytest.fixture
def roles(iam: Any) -> None:
    """A role of the blue team with a boundary, and a role without anything."""
    iam.create_role(RoleName="ours", AssumeRolePolicyDocument=trust(), PermissionsBoundary=READS, Tags=BLUE)
    iam.create_role(RoleName="others", AssumeRolePolicyDocument=trust())


@pytest.mark.parametrize(
    ("operation", "condition", "allowed", "denied"),
    [
        (
            "put_role_policy",
            {"iam:PermissionsBoundary": READS},
            {"RoleName": "ours", "PolicyName": "p", "PolicyDocument": policy()},
            {"RoleName": "others", "PolicyName": "p", "PolicyDocument": policy()},
        ),
        (
            "put_role_permissions_boundary",
            {"iam:PermissionsBoundary": READS},
            {"RoleName": "others", "PermissionsBoundary": READS},
            {"RoleName": "ours", "PermissionsBoundary": FULL},
        ),
        (
            "attach_role_policy",
            {"iam:PolicyARN": READS},
            {"RoleName": "others", "PolicyArn": READS},
            {"RoleName": "others", "PolicyArn": FULL},
        ),
        ("get_role", {"aws:ResourceTag/team": "blue"}, {"RoleName": "ours"}, {"RoleName": "others"}),
        ("get_role", {"iam:ResourceTag/team": "blue"}, {"RoleName": "ours"}, {"RoleName": "others"}),
        (
            "tag_role",
            {"aws:RequestTag/team": "red"},
            {"RoleName": "ours", "Tags": RED},
            {"RoleName": "ours", "Tags": BLUE},
        ),
    ],
)
def test_conditions(
    aws: Any,
    roles: None,
    operation: str,
    condition: dict[str, str],
    allowed: dict[str, Any],
    denied: dict[str, Any],
) -> None:
    statement = allow(Action="iam:*", Condition={"StringEquals": condition})
    call = getattr(aws.client("iam", as_=aws.create_user("anna", json.loads(policy(statement)))), operation)
    assert refused(lambda: call(**denied))[:2] == (403, "AccessDenied")
    call(**allowed)


def test_making_something_with_tags_needs_the_right_to_tag(aws: Any) -> None:
    """Source: IAM user guide, "Tagging IAM resources"."""
    creates = policy(allow(Action="iam:Create*"))
    iam = aws.client("iam", as_=aws.create_user("anna", json.loads(creates)))
    iam.create_user(UserName="bob")
    document = {"PolicyDocument": policy()}
    for what, call in {
        "Role": lambda: iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust(), Tags=BLUE),
        "User": lambda: iam.create_user(UserName="u", Tags=BLUE),
        "Policy": lambda: iam.create_policy(PolicyName="p", **document, Tags=BLUE),
        "InstanceProfile": lambda: iam.create_instance_profile(InstanceProfileName="i", Tags=BLUE),
    }.items():
        assert f"is not authorized to perform: iam:Tag{what} on resource: arn:aws:iam::" in refused(call)[2]
