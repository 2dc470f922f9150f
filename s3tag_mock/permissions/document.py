"""A policy's document, parsed.

What is no policy in any service is refused here; what a service allows in its policies, it checks itself
(:mod:`s3tag_mock.permissions.validation`). Source: IAM user guide, "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from s3tag_mock.permissions.conditions import Condition, operator_of, takes_variables
from s3tag_mock.permissions.patterns import PolicyText
from s3tag_mock.rules import json_documents

Effect = Literal["Allow", "Deny"]
Problem = Literal[
    "condition operator",
    "effect",
    "empty principal",
    "empty statement",
    "json",
    "missing",
    "principal",
    "syntax",
    "version",
]
#: The version whose policies have variables; one without a version is of the older.
WITH_VARIABLES: Final = "2012-10-17"
_VERSIONS: Final = frozenset({"2008-10-17", WITH_VARIABLES})
#: The elements of a policy and of a statement, in the order in which S3 writes them down.
ELEMENTS: Final = ("Version", "Id", "Statement")
STATEMENT_ELEMENTS: Final = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
_KINDS: Final = ("AWS", "Service", "Federated", "CanonicalUser")
EVERYBODY: Final = "*"


class InvalidDocument(Exception):
    """A document that is no policy.

    :param problem: what kind of mistake it is.
    :param detail: the element's name or value.
    """

    def __init__(self, problem: Problem, detail: str = "") -> None:
        self.problem: Problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Principals:
    """Whom a statement is about: each kind of principal with those that are named of it.

    :param aws: ARNs, account ids, or ``*``.
    """

    aws: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    federated: tuple[str, ...] = ()
    canonical_users: tuple[str, ...] = ()

    @property
    def is_everybody(self) -> bool:
        """Whether everybody is meant, also who isn't signed in."""
        return EVERYBODY in self.aws


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. Of each pair such as actions and not_actions, one is None, or both where none is given.

    :param number: its place in the policy, from 0.
    """

    effect: Effect
    sid: str | None
    number: int
    principals: Principals | None
    not_principals: Principals | None
    actions: tuple[PolicyText, ...] | None
    not_actions: tuple[PolicyText, ...] | None
    resources: tuple[PolicyText, ...] | None
    not_resources: tuple[PolicyText, ...] | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy.

    :param version: of the policy language.
    """

    version: str
    statements: tuple[Statement, ...]


def read(text: str) -> Mapping[str, Any]:
    """The object that a text is.

    :raises InvalidDocument: for what is no JSON, or no object.
    """
    try:
        document = json_documents.read(text)
    except ValueError:
        raise InvalidDocument("json") from None
    if not isinstance(document, dict):
        raise InvalidDocument("json")
    return document


def of(document: Mapping[str, Any], required: tuple[str, ...] = ("Effect", "Action", "Resource")) -> Policy:
    """The policy that a document is.

    :param required: what every statement must have, itself or (but for Effect) negated, in the order in
        which it is missed.
    :raises InvalidDocument: for what is none.
    """
    _check_elements(document, ELEMENTS)
    version = document.get("Version", "2008-10-17")
    if not isinstance(version, str) or version not in _VERSIONS:
        raise InvalidDocument("version", str(version))
    if "Statement" not in document:
        raise InvalidDocument("missing", "Statement")
    found = document["Statement"]
    statements = found if isinstance(found, list) else [found]
    if not statements:
        raise InvalidDocument("empty statement")
    parsed = [_statement(one, number, version, required) for number, one in enumerate(statements)]
    return Policy(version, tuple(parsed))


def _check_elements(document: Mapping[str, Any], known: Collection[str]) -> None:
    for name in document:
        if name not in known:
            raise InvalidDocument("syntax", name)


def _statement(document: Any, number: int, version: str, required: tuple[str, ...]) -> Statement:
    if not isinstance(document, dict):
        raise InvalidDocument("syntax", "Statement")
    for name in required:
        if name not in document and (name == "Effect" or f"Not{name}" not in document):
            raise InvalidDocument("missing", name)
    _check_elements(document, STATEMENT_ELEMENTS)
    for name in ("Principal", "Action", "Resource"):
        if name in document and f"Not{name}" in document:
            raise InvalidDocument("syntax", name)
    effect, sid = document["Effect"], document.get("Sid")
    if effect not in ("Allow", "Deny"):
        raise InvalidDocument("effect", str(effect))
    if not (sid is None or isinstance(sid, str)):
        raise InvalidDocument("syntax", "Sid")
    variables = version == WITH_VARIABLES
    return Statement(
        effect=effect,
        sid=sid,
        number=number,
        principals=_principals(document, "Principal"),
        not_principals=_principals(document, "NotPrincipal"),
        actions=_texts(document, "Action", ignores_case=True),
        not_actions=_texts(document, "NotAction", ignores_case=True),
        resources=_texts(document, "Resource", has_variables=variables),
        not_resources=_texts(document, "NotResource", has_variables=variables),
        conditions=_conditions(document.get("Condition", {}), has_variables=variables),
    )


def _texts(document: Mapping[str, Any], name: str, **how: bool) -> tuple[PolicyText, ...] | None:
    if name not in document:
        return None
    texts = tuple(PolicyText(text, **how) for text in _strings(document[name], name))
    if not texts:
        raise InvalidDocument("missing", name.removeprefix("Not"))
    return texts


def _strings(value: Any, name: str) -> list[str]:
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in found):
        raise InvalidDocument("syntax", name)
    return found


def _principals(document: Mapping[str, Any], name: str) -> Principals | None:
    if name not in document:
        return None
    given = document[name]
    if given == EVERYBODY:
        return Principals((EVERYBODY,))
    if not isinstance(given, dict):
        raise InvalidDocument("principal", str(given))
    unknown = [kind for kind in given if kind not in _KINDS]
    if unknown:
        raise InvalidDocument("principal", unknown[0])
    named = [tuple(_strings(given.get(kind, []), name)) for kind in _KINDS]
    if not any(named):
        raise InvalidDocument("empty principal")
    return Principals(*named)


def _conditions(block: Any, *, has_variables: bool) -> tuple[Condition, ...]:
    if not isinstance(block, dict):
        raise InvalidDocument("syntax", "Condition")
    conditions = []
    for name, keys in block.items():
        operator = operator_of(name)
        if operator is None:
            raise InvalidDocument("condition operator", name)
        if not isinstance(keys, dict):
            raise InvalidDocument("syntax", name)
        variables = has_variables and takes_variables(operator)
        for key, given in keys.items():
            values = given if isinstance(given, list) else [given]
            texts = tuple(PolicyText(_scalar(value, key), variables) for value in values)
            conditions.append(Condition(operator, key, texts))
    return tuple(conditions)


def _scalar(value: Any, key: str) -> str:
    """A value as text: JSON's numbers and booleans are taken too."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, str)):
        return str(value)
    raise InvalidDocument("syntax", key)
