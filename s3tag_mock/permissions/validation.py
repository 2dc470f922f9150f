"""What PutBucketPolicy refuses: MalformedPolicy, in S3's words.

Source: the rows of :mod:`s3tag_mock.errors.policies`. The order of the checks is ASSUMED: each statement's
form, then its principals, actions, resources and conditions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.permissions import actions, document
from s3tag_mock.permissions.conditions import Condition, network_of
from s3tag_mock.permissions.document import (
    ELEMENTS,
    STATEMENT_ELEMENTS,
    InvalidDocument,
    Policy,
    Principals,
    Problem,
    Statement,
)
from s3tag_mock.permissions.patterns import PolicyText, has_wildcard
from s3tag_mock.permissions.public import is_public
from s3tag_mock.rules import limits
from s3tag_mock.rules.names import is_account_id

_REQUIRED: Final = ("Effect", "Principal", "Action", "Resource")
_PRINCIPAL_ARN: Final = re.compile(
    r"arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|(?:user|role)/[\w+=,.@/-]+)"
    r"|sts::\d{12}:(?:assumed-role/[\w+=,.@-]+/[\w+=,.@-]+|federated-user/[\w+=,.@-]+))"
)
_SERVICE: Final = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?")
_FEDERATED: Final = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:(?:saml|oidc)-provider/.+|[a-z0-9.-]+\.[a-z]+")
_CANONICAL_USER: Final = re.compile(r"[0-9a-f]{64}")
_PROBLEMS: Final[Mapping[Problem, Callable[[str], errors.AwsError]]] = {
    "condition operator": lambda detail: errors.POLICY_UNKNOWN_OPERATOR(operator=detail),
    "effect": lambda detail: errors.POLICY_INVALID_EFFECT(effect=detail),
    "empty principal": lambda detail: errors.POLICY_EMPTY_PRINCIPAL(),
    "empty statement": lambda detail: errors.POLICY_EMPTY_STATEMENT(),
    "json": lambda detail: errors.POLICY_INVALID_JSON(),
    "missing": lambda detail: errors.POLICY_FIELD_MISSING(field=detail),
    "principal": lambda detail: errors.POLICY_INVALID_PRINCIPAL(hint=detail),
    "syntax": lambda detail: errors.POLICY_INVALID_SYNTAX(hint=f"about {detail}"),
    "version": lambda detail: errors.POLICY_INVALID_VERSION(hint=detail),
}


@dataclass(frozen=True, slots=True)
class BucketPolicy:
    """A bucket's policy, as it was put.

    :param text: as GetBucketPolicy gives it back.
    :param is_public: in the sense of Block Public Access.
    :param ids: the ARNs of users and roles that it names by their ids.
    """

    text: str
    policy: Policy
    is_public: bool
    ids: Mapping[str, str] = field(default_factory=dict)


def bucket_policy(text: str, arn: str) -> BucketPolicy:
    """The policy that PutBucketPolicy is given.

    :param arn: of the bucket.
    :raises AwsError: MalformedPolicy.
    """
    if not text.startswith("{"):
        raise errors.POLICY_NOT_JSON()
    try:
        found = document.read(text)
        policy = document.of(found, _REQUIRED)
    except InvalidDocument as invalid:
        raise problem_of(invalid) from None
    for statement in policy.statements:
        _check_principals(statement)
        _check_actions(statement, arn)
        _check_resources(statement, arn)
        _check_conditions(statement, arn)
    _check_sids(policy)
    normalized = _normalized(found)
    if len(normalized.encode("utf-8", "surrogatepass")) > limits.BUCKET_POLICY_BYTES:
        raise errors.POLICY_TOO_LARGE(size=str(limits.BUCKET_POLICY_BYTES))
    return BucketPolicy(normalized, policy, is_public(policy))


def access_point_policy(text: str, arn: str) -> BucketPolicy:
    """The policy that PutAccessPointPolicy is given: about the access point and objects, ``ARN/object/...``.

    :param arn: of the access point.
    :raises AwsError: MalformedPolicy, as for a bucket's policy (LIKELY).
    """
    found = bucket_policy(text, arn)
    for statement in found.policy.statements:
        for resource in (*(statement.resources or ()), *(statement.not_resources or ())):
            if resource.text.startswith(f"{arn}/") and not resource.text.startswith(f"{arn}/object/"):
                raise errors.POLICY_INVALID_RESOURCE(hint=f"objects of {arn} are {arn}/object/...")
    return found


def problem_of(invalid: InvalidDocument) -> errors.AwsError:
    """What is answered to a document that is no policy in any service."""
    return _PROBLEMS[invalid.problem](invalid.detail)


def _normalized(found: Mapping[str, Any]) -> str:
    """The text without blanks, its elements in S3's order (LIKELY)."""
    given = found["Statement"]
    statements = given if isinstance(given, list) else [given]
    ordered = {name: found[name] for name in ELEMENTS if name in found}
    ordered["Statement"] = [
        {name: one[name] for name in STATEMENT_ELEMENTS if name in one} for one in statements
    ]
    return json.dumps(ordered, separators=(",", ":"), ensure_ascii=False)


def _check_sids(policy: Policy) -> None:
    counts = Counter(statement.sid for statement in policy.statements if statement.sid)
    twice = [sid for sid, count in counts.items() if count > 1]
    if twice:
        raise errors.POLICY_SID_TWICE(hint=twice[0])


def _check_principals(statement: Statement) -> None:
    if statement.effect == "Allow" and statement.not_principals is not None:
        raise errors.POLICY_ALLOWS_NOT_PRINCIPAL()
    for principals in (statement.principals, statement.not_principals):
        if principals is None:
            continue
        for _, name in invalid_principals(principals):
            raise errors.POLICY_INVALID_PRINCIPAL(hint=name)


def invalid_principals(principals: Principals) -> Iterable[tuple[str, str]]:
    """Kind and name of the principals that can't be any."""
    for name in principals.aws:
        if name != document.EVERYBODY and not is_account_id(name) and not _PRINCIPAL_ARN.fullmatch(name):
            yield "AWS", name
    for kind, pattern, names in (
        ("Service", _SERVICE, principals.services),
        ("Federated", _FEDERATED, principals.federated),
        ("CanonicalUser", _CANONICAL_USER, principals.canonical_users),
    ):
        yield from ((kind, name) for name in names if not pattern.fullmatch(name))


def _check_actions(statement: Statement, arn: str) -> None:
    for text in (*(statement.actions or ()), *(statement.not_actions or ())):
        if not _named_actions(text, arn):
            raise errors.POLICY_INVALID_ACTION(hint=text.text)


def _named_actions(text: PolicyText, arn: str) -> list[str]:
    return actions.named_by(text, service=arn.split(":")[2])


def _check_resources(statement: Statement, arn: str) -> None:
    for text in (*(statement.resources or ()), *(statement.not_resources or ())):
        if not _kinds(text.text, arn):
            raise errors.POLICY_INVALID_RESOURCE(hint=f"{text.text} isn't {arn}, nor an object in it")
    if statement.resources is None or statement.actions is None:
        return
    there = {kind for text in statement.resources for kind in _kinds(text.text, arn)}
    for action in statement.actions:
        if there.isdisjoint(actions.resource_of(name) for name in _named_actions(action, arn)):
            raise errors.POLICY_ACTION_WITHOUT_RESOURCE(hint=action.text)


def _kinds(resource: str, arn: str) -> set[str]:
    """Which of bucket and objects a resource in the bucket's policy covers; none for another bucket's."""
    if resource == arn:
        return {"bucket"}
    if resource == f"{arn}/" or not resource.startswith((f"{arn}/", f"{arn}*", f"{arn}?")):
        return set()
    # "*" may stand for nothing, or for a slash and what follows it.
    return {"bucket", "object"} if set(resource[len(arn) :]) == {"*"} else {"object"}


def _check_conditions(statement: Statement, arn: str) -> None:
    named = [
        name
        for text in statement.actions or ()
        if not has_wildcard(text.text)
        for name in _named_actions(text, arn)
    ]
    for condition in statement.conditions:
        _check_condition(condition, named)


def _check_condition(condition: Condition, named: list[str]) -> None:
    key, base = condition.key, condition.operator.base
    if not actions.is_known_key(key):
        raise errors.POLICY_UNKNOWN_CONDITION_KEY(hint=key)
    if not actions.have_key(named, key):
        raise errors.POLICY_UNFIT_CONDITION(hint=f"{key} doesn't go with all of the statement's actions")
    if base.endswith("ipaddress") and any(network_of(text.text) is None for text in condition.values):
        raise errors.POLICY_INVALID_ADDRESS(hint=key)
