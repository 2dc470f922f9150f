"""What a bucket policy says of a call: allowed, denied, or nothing.

Source: IAM user guide, "Policy evaluation logic" and "JSON policy elements". Statements with a
Condition or a NotPrincipal say nothing here, since conditions aren't modelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from s3tag_mock import errors
from s3tag_mock.rules import json_documents

Decision = Literal["Allow", "Deny"]


def parse(text: str) -> dict[str, Any]:
    """A policy as a dict.

    :raises AwsError: MalformedPolicy (the first two texts RECORDED, LS test_bucket_policy_exc).
    """
    try:
        policy = json_documents.read(text)
    except ValueError:
        policy = None
    if not isinstance(policy, dict):
        raise errors.POLICY_NOT_JSON()
    if "Statement" not in policy:
        raise errors.POLICY_FIELD_MISSING(field="Statement")
    for statement in statements(policy):
        for field in ("Effect", "Principal", "Action", "Resource"):
            if field not in statement and f"Not{field}" not in statement:
                raise errors.POLICY_FIELD_MISSING(field=field)
    return policy


def statements(policy: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A policy's statements, also where there is one without a list around it."""
    found = policy["Statement"]
    return found if isinstance(found, list) else [found]


def decision(policy: Mapping[str, Any], account: str, action: str, resource: str) -> Decision | None:
    """What a policy says of a call; a denial outweighs all else.

    :param account: whose call it is.
    :param action: such as ``s3:GetObject``.
    :param resource: the ARN of the bucket or object.
    """
    effects = {
        statement["Effect"]
        for statement in statements(policy)
        if "Condition" not in statement
        and _means_caller(statement.get("Principal"), account)
        and _matches(statement, "Action", action.lower(), str.lower)
        and _matches(statement, "Resource", resource, str)
    }
    if "Deny" in effects:
        return "Deny"
    return "Allow" if "Allow" in effects else None


def is_public(policy: Mapping[str, Any]) -> bool:
    """Whether a policy allows something to everybody, without a condition."""
    return any(
        statement["Effect"] == "Allow"
        and "Condition" not in statement
        and "*" in _principals(statement.get("Principal"))
        for statement in statements(policy)
    )


def _principals(principal: Any) -> list[str]:
    return _listed(principal.get("AWS")) if isinstance(principal, Mapping) else _listed(principal)


def _means_caller(principal: Any, account: str) -> bool:
    user = f"arn:aws:iam::{account}:"
    callers = {"*", account, f"{user}root", f"{user}user/s3tag_mock"}
    return not callers.isdisjoint(_principals(principal))


def _matches(statement: Mapping[str, Any], field: str, text: str, fold: Any) -> bool:
    inverted = f"Not{field}" in statement
    patterns = _listed(statement.get(f"Not{field}" if inverted else field))
    return any(_is_like(fold(pattern), text) for pattern in patterns) is not inverted


def _is_like(pattern: str, text: str) -> bool:
    parts = re.split(r"([*?])", pattern)
    regex = "".join({"*": ".*", "?": "."}.get(part) or re.escape(part) for part in parts)
    return re.fullmatch(regex, text, re.DOTALL) is not None


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    found: Iterable[Any] = value if isinstance(value, list) else [value]
    return [str(one) for one in found]
