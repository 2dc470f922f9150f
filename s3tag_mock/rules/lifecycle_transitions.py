"""The transitions of a lifecycle rule: from class to class in one direction, and before the expiration.

Sources: S3 user guide, "Transitioning objects using Amazon S3 Lifecycle" (which class can follow which,
and how many days an object stays in one); and beside each error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules.rule_filters import Rule, conditions, filter_tags

#: The classes that a transition can lead to, each before those that can follow it, with the days that an
#: object must stay there before the next transition of the same rule.
_MINIMUM_STAY: Final[Mapping[str, int]] = {
    "STANDARD_IA": 30,
    "INTELLIGENT_TIERING": 0,
    "ONEZONE_IA": 30,
    "GLACIER_IR": 90,
    "GLACIER": 90,
    "DEEP_ARCHIVE": 0,
}
_ORDER: Final = tuple(_MINIMUM_STAY)
#: Classes of which objects must be this many days old.
_MINIMUM_AGE: Final[Mapping[str, int]] = {"STANDARD_IA": 30, "ONEZONE_IA": 30}


@dataclass(frozen=True, slots=True)
class _Kind:
    """Transitions of current versions, or of noncurrent ones.

    :param member: boto3's name of the list.
    :param name: how AWS names one of them.
    :param days: the element with the number of days.
    :param expiration: the action that they must come before.
    """

    member: str
    name: str
    days: str
    expiration: str


_KINDS: Final = (
    _Kind("Transitions", "Transition", "Days", "Expiration"),
    _Kind(
        "NoncurrentVersionTransitions",
        "NoncurrentVersionTransition",
        "NoncurrentDays",
        "NoncurrentVersionExpiration",
    ),
)


def check_transitions(rule: Rule) -> None:
    """Refuse transitions that can't follow each other, or come too early or too late.

    :raises AwsError: InvalidArgument, InvalidRequest.
    """
    for kind in _KINDS:
        transitions = rule.get(kind.member, [])
        for one in transitions:
            _check_days(kind, one)
        _check_classes(kind, transitions, _described(rule))
        _check_same_unit(kind, rule)
        _check_order(kind, transitions, _described(rule))
        _check_before_expiration(kind, rule)


def _described(rule: Rule) -> str:
    """A rule's filter as AWS writes it: ``(prefix=logs/ and objectsizelessthan=9)``."""
    if "Prefix" in rule:
        return f"(prefix={rule['Prefix']})"
    condition = conditions(rule)
    parts = [f"prefix={condition['Prefix']}"] if "Prefix" in condition else []
    parts += [f"tag={{key={key}, value={value}}}" for key, value in filter_tags(rule)]
    parts += [
        f"{name.lower()}={condition[name]}" for name in sorted(condition) if name.startswith("ObjectSize")
    ]
    return f"({' and '.join(parts)})"


def _check_days(kind: _Kind, transition: Mapping[str, Any]) -> None:
    if kind.days not in transition:
        return
    days, storage_class = transition[kind.days], transition["StorageClass"]
    given = {"action": kind.name, "ArgumentName": kind.days, "ArgumentValue": str(days)}
    if days < 0:
        raise errors.LIFECYCLE_NEGATIVE(elements=given)
    if days < _MINIMUM_AGE.get(storage_class, 0):
        raise errors.TRANSITION_TOO_EARLY(storage_class=storage_class, elements=given)


def _check_classes(kind: _Kind, transitions: list[Mapping[str, Any]], described: str) -> None:
    if len({one["StorageClass"] for one in transitions}) < len(transitions):
        raise errors.SAME_STORAGE_CLASS(action=kind.name, filter=described)


def _check_same_unit(kind: _Kind, rule: Rule) -> None:
    """Dates or days: all transitions, and the expiration with them."""
    units = [_unit(kind, one) for one in rule.get(kind.member, [])]
    if len(set(units)) > 1:
        raise errors.DATES_AND_DAYS_MIXED(actions=kind.name, filter=_described(rule))
    expiration = _unit(kind, rule.get(kind.expiration, {}))
    if expiration is not None and units and expiration != units[0]:
        raise errors.DATES_AND_DAYS_MIXED(
            actions=f"{kind.expiration} and {kind.name}", filter=_described(rule)
        )


def _unit(kind: _Kind, action: Mapping[str, Any]) -> str | None:
    return next((name for name in (kind.days, "Date") if name in action), None)


def _check_order(kind: _Kind, transitions: list[Mapping[str, Any]], described: str) -> None:
    in_order = sorted(transitions, key=lambda one: _ORDER.index(one["StorageClass"]))
    for earlier, later in pairwise(in_order):
        unit = str(_unit(kind, later))
        given = {
            "action": kind.name,
            "earlier": earlier["StorageClass"],
            "later": later["StorageClass"],
            "filter": described,
            "ArgumentName": unit,
            "ArgumentValue": str(later[unit]),
        }
        if later[unit] <= earlier[unit]:
            raise errors.TRANSITIONS_OUT_OF_ORDER(elements=given)
        stay = _MINIMUM_STAY[earlier["StorageClass"]]
        if unit == kind.days and later[unit] - earlier[unit] < stay:
            raise errors.TRANSITIONS_TOO_CLOSE(days=str(stay), elements=given)


def _check_before_expiration(kind: _Kind, rule: Rule) -> None:
    expiration = rule.get(kind.expiration, {})
    unit = _unit(kind, expiration)
    if unit is None or not rule.get(kind.member):
        return
    if expiration[unit] <= max(one[unit] for one in rule[kind.member]):
        raise errors.EXPIRES_BEFORE_TRANSITION(
            expiration=kind.expiration,
            transition=kind.name,
            later="later" if unit == "Date" else "greater",
            filter=_described(rule),
            ArgumentName=unit,
            ArgumentValue=str(expiration[unit]),
        )
