"""Tags of roles, users, policies and instance profiles: keys are the same in every case."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from tests.operations.iam.support import policy, refused, trust

WHAT: dict[str, dict[str, str]] = {
    "role": {"RoleName": "it"},
    "user": {"UserName": "it"},
    "instance_profile": {"InstanceProfileName": "it"},
    "policy": {"PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/it"},
}


def pairs(**tags: str) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


@pytest.fixture(params=WHAT)
def it(request: pytest.FixtureRequest, iam: Any) -> tuple[str, dict[str, str]]:
    """There is one of a kind: the kind, and the parameter that names it."""
    made: dict[str, dict[str, str]] = {
        "role": {"RoleName": "it", "AssumeRolePolicyDocument": trust()},
        "user": {"UserName": "it"},
        "instance_profile": {"InstanceProfileName": "it"},
        "policy": {"PolicyName": "it", "PolicyDocument": policy()},
    }
    getattr(iam, f"create_{request.param}")(**made[request.param])
    return request.param, WHAT[request.param]


def test_tag_untag_list(iam: Any, it: Any) -> None:
    kind, name = it
    tag, untag = getattr(iam, f"tag_{kind}"), getattr(iam, f"untag_{kind}")
    tag(Tags=pairs(Team="red", stage="test"), **name)
    tag(Tags=pairs(team="blue"), **name)
    listed = getattr(iam, f"list_{kind}_tags")(**name)
    assert (listed["Tags"], listed["IsTruncated"]) == (pairs(stage="test", team="blue"), False)
    untag(TagKeys=["STAGE", "nothing"], **name)
    [found] = [
        value for key, value in getattr(iam, f"get_{kind}")(**name).items() if key != "ResponseMetadata"
    ]
    assert found["Tags"] == pairs(team="blue")


def test_refusals(iam: Any, it: Any) -> None:
    kind, name = it
    tag = getattr(iam, f"tag_{kind}")
    text = "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    assert refused(lambda: tag(Tags=pairs(a="1", A="2"), **name)) == (400, "InvalidInput", text)
    reserved = [{"Key": "aws:team", "Value": "x"}]
    assert refused(lambda: tag(Tags=reserved, **name))[:2] == (400, "InvalidInput")
    tag(Tags=[{"Key": f"k{number}", "Value": ""} for number in range(50)], **name)
    text = f"Cannot exceed quota for TagsPer{kind.title().replace('_', '')}: 50"
    assert refused(lambda: tag(Tags=pairs(more="x"), **name)) == (409, "LimitExceeded", text)
    assert len(getattr(iam, f"list_{kind}_tags")(**name)["Tags"]) == 50
