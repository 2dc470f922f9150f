"""Which lifecycle configurations AWS takes: tables of what it refuses.

Order: the schema of the whole document, then IDs, then each rule by itself, then rules against each other
(ASSUMED, but for the schema, which comes first). Sources: PutBucketLifecycleConfiguration; S3 user guide,
"Lifecycle configuration elements"; RECORDED, LS test_put_bucket_lifecycle_conf_exc; and beside each error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timezone
from itertools import combinations
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import limits
from s3tag_mock.rules.lifecycle_transitions import check_transitions
from s3tag_mock.rules.rule_filters import Rule, checked_tags, conditions, filter_tags, prefix, problem_of

Action = Mapping[str, Any]

_ACTIONS: Final = (
    "Expiration",
    "Transitions",
    "NoncurrentVersionExpiration",
    "NoncurrentVersionTransitions",
    "AbortIncompleteMultipartUpload",
)


def check(rules: Sequence[Rule]) -> None:
    """Refuse a configuration that AWS doesn't take.

    :param rules: in boto3's shape, as they were given.
    :raises AwsError: MalformedXML, InvalidRequest, InvalidArgument.
    """
    if not 0 < len(rules) <= limits.LIFECYCLE_RULES:
        raise errors.MALFORMED_XML(hint=f"{len(rules)} rules")
    for rule in rules:
        problem = problem_of(rule) or next((text for text, is_wrong in _SCHEMA if is_wrong(rule)), None)
        if problem is not None:
            raise errors.MALFORMED_XML(hint=problem)
    _check_ids(rules)
    has_filters = "Filter" in rules[0]
    for rule in rules:
        _check_version(rule, has_filters=has_filters)
        for check_one in _MEANING:
            check_one(rule)
    if not has_filters:
        _check_prefixes(rules)


def _actions(rule: Rule, *names: str) -> list[Action]:
    """The actions of these kinds; a kind that a rule may have several times is a list in it."""
    found = [rule[name] for name in names if name in rule]
    return [one for value in found for one in (value if isinstance(value, list) else [value])]


def _lacks(rule: Rule, action: str, *wanted: str) -> bool:
    return any(name not in one for one in _actions(rule, action) for name in wanted)


def _has_not_one(rule: Rule, action: str, *names: str) -> bool:
    return any(sum(name in one for name in names) != 1 for one in _actions(rule, action))


#: What the schema asks of a rule beside the model's own words: what can be wrong, and whether it is. RECORDED
#: for most; OBSERVED for a single condition in And (terraform-provider-aws #23882) and for what has no
#: NoncurrentDays (Arsenal #2085); ASSUMED for Prefix beside Filter and for a Date with Days.
_SCHEMA: Final[tuple[tuple[str, Callable[[Rule], bool]], ...]] = (
    ("a rule needs either a Filter or a Prefix", lambda rule: ("Filter" in rule) == ("Prefix" in rule)),
    (
        "an Expiration has one of Days, Date and ExpiredObjectDeleteMarker",
        lambda rule: _has_not_one(rule, "Expiration", "Days", "Date", "ExpiredObjectDeleteMarker"),
    ),
    ("a Transition has Days or a Date", lambda rule: _has_not_one(rule, "Transitions", "Days", "Date")),
    ("a Transition has a StorageClass", lambda rule: _lacks(rule, "Transitions", "StorageClass")),
    (
        "a NoncurrentVersionTransition has NoncurrentDays and a StorageClass",
        lambda rule: _lacks(rule, "NoncurrentVersionTransitions", "NoncurrentDays", "StorageClass"),
    ),
    (
        "a NoncurrentVersionExpiration has NoncurrentDays",
        lambda rule: _lacks(rule, "NoncurrentVersionExpiration", "NoncurrentDays"),
    ),
    (
        "an AbortIncompleteMultipartUpload has DaysAfterInitiation",
        lambda rule: _lacks(rule, "AbortIncompleteMultipartUpload", "DaysAfterInitiation"),
    ),
)


def _check_ids(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule_id in (rule["ID"] for rule in rules if rule.get("ID")):
        if len(rule_id) > limits.RULE_ID_CHARACTERS:
            raise errors.LIFECYCLE_ID_TOO_LONG(ArgumentName="ID", ArgumentValue=rule_id)
        if rule_id in seen:
            raise errors.LIFECYCLE_ID_TWICE(ArgumentName="ID", ArgumentValue=rule_id)
        seen.add(rule_id)


def _check_version(rule: Rule, *, has_filters: bool) -> None:
    """Refuse rules of both versions of the schema in one configuration: with a Filter, and without."""
    if has_filters and "Filter" not in rule:
        raise errors.LIFECYCLE_PREFIX_IN_V2()
    if not has_filters and "Filter" in rule:
        raise errors.LIFECYCLE_FILTER_IN_V1()
    noncurrent = _actions(rule, "NoncurrentVersionExpiration", "NoncurrentVersionTransitions")
    if not has_filters and any("NewerNoncurrentVersions" in one for one in noncurrent):
        raise errors.LIFECYCLE_NEWER_VERSIONS_IN_V1()


def _check_filter(rule: Rule) -> None:
    checked_tags(rule)
    condition = conditions(rule)
    for name, least in (("ObjectSizeGreaterThan", 0), ("ObjectSizeLessThan", 1)):
        if not least <= condition.get(name, least) <= limits.LIFECYCLE_OBJECT_SIZE:
            raise errors.LIFECYCLE_SIZE_OUT_OF_RANGE(name=name, least=str(least))
    if condition.keys() >= _SIZES and condition["ObjectSizeGreaterThan"] >= condition["ObjectSizeLessThan"]:
        raise errors.LIFECYCLE_SIZES_CROSSED()


_SIZES: Final = frozenset({"ObjectSizeGreaterThan", "ObjectSizeLessThan"})


def _check_has_action(rule: Rule) -> None:
    if not _actions(rule, *_ACTIONS):
        raise errors.NO_LIFECYCLE_ACTION()


def _check_numbers(rule: Rule) -> None:
    for kind, name in _POSITIVE:
        for value in (one[name] for one in _actions(rule, kind) if name in one):
            described = {"action": kind.rstrip("s"), "ArgumentName": name, "ArgumentValue": str(value)}
            if value < 1:
                raise errors.LIFECYCLE_NOT_POSITIVE(elements=described)
            if name == "NewerNoncurrentVersions" and value > limits.NEWER_NONCURRENT_VERSIONS:
                raise errors.TOO_MANY_NEWER_VERSIONS(elements=described)


#: Numbers that must be 1 or more; those of transitions may be 0.
_POSITIVE: Final = (
    ("Expiration", "Days"),
    ("NoncurrentVersionExpiration", "NoncurrentDays"),
    ("NoncurrentVersionExpiration", "NewerNoncurrentVersions"),
    ("NoncurrentVersionTransitions", "NewerNoncurrentVersions"),
    ("AbortIncompleteMultipartUpload", "DaysAfterInitiation"),
)


def _check_dates(rule: Rule) -> None:
    for date in (one["Date"] for one in _actions(rule, "Expiration", "Transitions") if "Date" in one):
        moment: datetime = date
        if moment.astimezone(timezone.utc).time() != time():
            raise errors.LIFECYCLE_DATE_NOT_MIDNIGHT(ArgumentName="Date", ArgumentValue=moment.isoformat())


def _check_action_against_filter(rule: Rule) -> None:
    """Delete markers and uploads have neither tags nor a size to go by."""
    names = [
        *(["ExpiredObjectDeleteMarker"] if "ExpiredObjectDeleteMarker" in rule.get("Expiration", {}) else []),
        *(["AbortIncompleteMultipartUpload"] if "AbortIncompleteMultipartUpload" in rule else []),
    ]
    for name in names:
        if filter_tags(rule):
            raise errors.NOT_WITH_TAGS(action=name)
        if not _SIZES.isdisjoint(conditions(rule)):
            raise errors.NOT_WITH_SIZES(action=name)


#: What is checked of each rule by itself, in this order.
_MEANING: Final[tuple[Callable[[Rule], None], ...]] = (
    _check_filter,
    _check_has_action,
    _check_numbers,
    _check_dates,
    _check_action_against_filter,
    check_transitions,
)


def _check_prefixes(rules: Iterable[Rule]) -> None:
    """Rules with a Prefix of their own may not overlap; those with a Filter may (user guide)."""
    for one, other in combinations(sorted(rules, key=prefix), 2):
        first, second = prefix(one), prefix(other)
        if first == second:
            raise errors.LIFECYCLE_SAME_PREFIX(prefix=first)
        for action in _ACTIONS:
            if second.startswith(first) and action in one and action in other:
                raise errors.LIFECYCLE_OVERLAP(first=first, second=second, action=action.rstrip("s"))
