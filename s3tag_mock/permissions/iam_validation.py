"""What IAM refuses of the policies that it is given: MalformedPolicyDocument, in its words.

Source: the rows of :mod:`s3tag_mock.errors.iam_documents`. IAM doesn't check whether an action exists.
The order of the checks is ASSUMED: a statement's form, its actions and conditions, its resources.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.permissions import document
from s3tag_mock.permissions.document import WITH_VARIABLES, InvalidDocument, Policy, Statement
from s3tag_mock.permissions.patterns import PolicyText
from s3tag_mock.permissions.validation import invalid_principals, problem_of
from s3tag_mock.rules.partitions import PARTITIONS

_VENDOR: Final = re.compile(r"[A-Za-z0-9.-]+")
_SID: Final = re.compile("[0-9A-Za-z]*")
_PARTITIONS: Final = frozenset({"*", *(one.name for one in PARTITIONS)})
#: How resources of S3's begin that a region may stand before.
_WITH_REGION: Final = ("*", "access-grants/", "accesspoint/", "async-request/", "job/", "storage-lens")
#: Elements of a statement that are missing, to what is said of that.
_WITHOUT: Final = {
    "Action": errors.IDENTITY_POLICY_WITHOUT_ACTIONS,
    "Resource": errors.IDENTITY_POLICY_WITHOUT_RESOURCES,
}
#: Services of S3's that may assume roles: of other services the names aren't known here.
_SERVICES_OF_S3: Final = frozenset(
    f"{name}.s3.amazonaws.com"
    for name in ("access-grants", "batchoperations", "logging", "metadata", "storage-lens")
)


def identity_policy(text: str, *, managed: bool = False) -> Policy:
    """The policy of a user, a role or a group.

    :param managed: whether it has an ARN of its own, and so must be of the language's newer version.
    :raises AwsError: MalformedPolicyDocument.
    """
    policy = _identity_policy(text)
    if managed and policy.version != WITH_VARIABLES:
        raise errors.IDENTITY_POLICY_VERSION()
    for statement in policy.statements:
        for action in _texts(statement.actions, statement.not_actions):
            _check_action(action)
        for condition in statement.conditions:
            if ":" not in condition.key:
                raise errors.IDENTITY_POLICY_WITHOUT_VENDOR(hint=condition.key)
        for resource in (*(statement.resources or ()), *(statement.not_resources or ())):
            _check_resource(resource.text)
    sids = Counter(filter(None, (statement.sid for statement in policy.statements)))
    if any(count > 1 for count in sids.values()):
        raise errors.IDENTITY_POLICY_SID_TWICE()
    odd = [sid for sid in sids if not _SID.fullmatch(sid)]
    if odd:
        raise errors.IDENTITY_POLICY_SID_CHARACTERS(hint=odd[0])
    return policy


def _identity_policy(text: str) -> Policy:
    try:
        found = document.read(text)
        if any("Principal" in one or "NotPrincipal" in one for one in _statements(found)):
            raise errors.IDENTITY_POLICY_PRINCIPAL()
        return document.of(found)
    except InvalidDocument as invalid:
        if invalid.problem == "missing" and invalid.detail in _WITHOUT:
            raise _WITHOUT[invalid.detail]() from None
        raise errors.IDENTITY_POLICY_SYNTAX(hint=str(invalid)) from None


def _statements(found: Any) -> list[Any]:
    given = found.get("Statement")
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, dict)]


def _texts(*texts: tuple[PolicyText, ...] | None) -> Iterator[str]:
    for given in texts:
        yield from (text.text for text in given or ())


def _check_action(action: str) -> None:
    if action == "*":
        return
    vendor, *rest = action.split(":")
    if not rest:
        raise errors.IDENTITY_POLICY_WITHOUT_VENDOR(hint=action)
    if not _VENDOR.fullmatch(vendor):
        raise errors.IDENTITY_POLICY_VENDOR(vendor=vendor)
    if len(rest) > 1:
        raise errors.IDENTITY_POLICY_TWO_COLONS(hint=action)


def _check_resource(resource: str) -> None:
    if resource == "*":
        return
    if ":" not in resource:
        raise errors.IDENTITY_POLICY_RESOURCE(resource=resource)
    parts = resource.split(":")
    if parts[1] not in _PARTITIONS:
        raise errors.IDENTITY_POLICY_PARTITION(partition=parts[1], resource=resource)
    if parts[0] != "arn" or len(parts) < 6 or not parts[2]:
        raise errors.IDENTITY_POLICY_LEGACY(hint=resource)
    if parts[2] == "s3" and parts[3] and not parts[5].startswith(_WITH_REGION):
        raise errors.IDENTITY_POLICY_REGION(resource=resource)


def trust_policy(text: str) -> Policy:
    """The policy that says who may assume a role.

    Whether a principal exists isn't checked, but for services of S3's.

    :raises AwsError: MalformedPolicyDocument.
    """
    try:
        found = document.read(text)
        policy = document.of(found, ("Effect", "Principal", "Action"))
    except InvalidDocument as invalid:
        raise errors.TRUST_POLICY_MALFORMED(text=problem_of(invalid).message, hint=invalid.detail) from None
    for statement in policy.statements:
        _check_trust(statement)
    return policy


def _check_trust(statement: Statement) -> None:
    for field, found in (("Resource", statement.resources), ("NotResource", statement.not_resources)):
        if found is not None:
            raise errors.TRUST_POLICY_PROHIBITED_FIELD(field=field)
    for principals in (statement.principals, statement.not_principals):
        if principals is None:
            continue
        for kind, name in invalid_principals(principals):
            raise _invalid_principal(kind, name)
        for name in principals.services:
            if name.endswith(".s3.amazonaws.com") and name not in _SERVICES_OF_S3:
                raise _invalid_principal("Service", name)
    for action in _texts(statement.actions, statement.not_actions):
        if not action.lower().startswith("sts:"):
            raise errors.TRUST_POLICY_OTHER_ACTION(hint=action)


def _invalid_principal(kind: str, name: str) -> AwsError:
    return errors.TRUST_POLICY_INVALID_PRINCIPAL(kind=kind.upper(), name=name)
