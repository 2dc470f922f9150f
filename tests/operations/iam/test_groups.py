"""Groups and who is in them."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from tests.operations.iam.support import policy, refused


@pytest.fixture
def readers(iam: Any) -> Any:
    for name in ("anna", "bob"):
        iam.create_user(UserName=name)
    return iam.create_group(GroupName="readers", Path="/team/")["Group"]


def test_groups(aws: Any, iam: Any, readers: Any) -> None:
    assert readers == {
        "Path": "/team/",
        "GroupName": "readers",
        "GroupId": readers["GroupId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:group/team/readers",
        "CreateDate": aws.clock.now().replace(microsecond=0),
    }
    assert readers["GroupId"].startswith("AGPA")
    assert iam.list_groups()["Groups"] == [readers]
    text = "Group with name readers already exists."
    assert refused(lambda: iam.create_group(GroupName="readers")) == (409, "EntityAlreadyExists", text)
    missing = (404, "NoSuchEntity", "The group with name writers cannot be found.")
    assert refused(lambda: iam.get_group(GroupName="writers")) == missing


def test_who_is_in_it(iam: Any, readers: Any) -> None:
    for name in ("bob", "anna", "anna"):
        iam.add_user_to_group(GroupName="readers", UserName=name)
    found = iam.get_group(GroupName="readers")
    assert found["Group"] == readers
    assert [user["UserName"] for user in found["Users"]] == ["anna", "bob"]
    assert iam.list_groups_for_user(UserName="anna")["Groups"] == [readers]

    text = "Cannot delete entity, must remove users from group first."
    assert refused(lambda: iam.delete_group(GroupName="readers")) == (409, "DeleteConflict", text)
    for name in ("anna", "bob"):
        iam.remove_user_from_group(GroupName="readers", UserName=name)
    iam.put_group_policy(GroupName="readers", PolicyName="p", PolicyDocument=policy())
    text = "Cannot delete entity, must delete policies first."
    assert refused(lambda: iam.delete_group(GroupName="readers")) == (409, "DeleteConflict", text)
    iam.delete_group_policy(GroupName="readers", PolicyName="p")
    iam.delete_group(GroupName="readers")
    assert iam.list_groups_for_user(UserName="anna")["Groups"] == iam.list_groups()["Groups"] == []


def test_a_user_is_in_ten_groups_at_most(iam: Any, readers: Any) -> None:
    for number in range(11):
        iam.create_group(GroupName=f"g{number}")
    for number in range(10):
        iam.add_user_to_group(GroupName=f"g{number}", UserName="anna")
    text = "Cannot exceed quota for GroupsPerUser: 10"
    add = iam.add_user_to_group
    assert refused(lambda: add(GroupName="g10", UserName="anna")) == (409, "LimitExceeded", text)
