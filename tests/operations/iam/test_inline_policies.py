"""Inline policies of roles, users and groups."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.operations.iam.support import allow, policy, refused, sized, trust

#: Whose policies, with the limit of their size.
KINDS = {"role": 10240, "user": 2048, "group": 5120}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, iam: Any) -> str:
    """There is one of a kind, called ``it``."""
    of_role = {"AssumeRolePolicyDocument": trust()} if request.param == "role" else {}
    getattr(iam, f"create_{request.param}")(**{f"{request.param.capitalize()}Name": "it"}, **of_role)
    kind: str = request.param
    return kind


def test_put_get_list_delete(iam: Any, kind: str) -> None:
    name = {f"{kind.capitalize()}Name": "it"}
    put, get = getattr(iam, f"put_{kind}_policy"), getattr(iam, f"get_{kind}_policy")
    delete = getattr(iam, f"delete_{kind}_policy")
    # What is percent-encoded in a document stays so (RECORDED, LS test_put_role_policy_encoding).
    document = policy(allow(Resource="arn:aws:apigateway:eu-west-1::/tags/arn%3Aaws%3Aapigateway"))
    put(PolicyName="b", PolicyDocument=policy(), **name)
    put(PolicyName="b", PolicyDocument=document, **name)
    put(PolicyName="a", PolicyDocument=policy(), **name)

    answer = get(PolicyName="b", **name)
    assert answer.pop("ResponseMetadata")
    assert answer == {**name, "PolicyName": "b", "PolicyDocument": json.loads(document)}
    listed = getattr(iam, f"list_{kind}_policies")(**name)
    assert (listed["PolicyNames"], listed["IsTruncated"]) == (["a", "b"], False)

    delete(PolicyName="b", **name)
    missing = (404, "NoSuchEntity", f"The {kind} policy with name b cannot be found.")
    assert refused(lambda: get(PolicyName="b", **name)) == missing
    assert refused(lambda: delete(PolicyName="b", **name)) == missing


def test_all_together_have_a_limit(iam: Any, kind: str) -> None:
    """White space doesn't count."""
    name = {f"{kind.capitalize()}Name": "it"}
    put = getattr(iam, f"put_{kind}_policy")
    half = sized(KINDS[kind] // 2)
    put(PolicyName="a", PolicyDocument=half, **name)
    put(PolicyName="b", PolicyDocument=half + " " * 10_000, **name)
    text = f"Maximum policy size of {KINDS[kind]} bytes exceeded for {kind} it"
    more = sized(KINDS[kind] // 2 + 1)
    assert refused(lambda: put(PolicyName="b", PolicyDocument=more, **name)) == (409, "LimitExceeded", text)
    assert getattr(iam, f"list_{kind}_policies")(**name)["PolicyNames"] == ["a", "b"]


def test_of_nobody(iam: Any) -> None:
    put = iam.put_role_policy
    assert refused(lambda: put(RoleName="it", PolicyName="p", PolicyDocument=policy())) == (
        404,
        "NoSuchEntity",
        "The role with name it cannot be found.",
    )
