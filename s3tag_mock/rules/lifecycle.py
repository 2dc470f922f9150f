"""Lifecycle rules: which object one applies to, and when the object expires by it.

What a configuration must look like is in :mod:`s3tag_mock.rules.lifecycle_checks`. Sources:
PutBucketLifecycleConfiguration; user guide, "Lifecycle rules: based on an object's age" (the time is
rounded up to the next midnight UTC); RECORDED, LS test_bucket_lifecycle_tag_rules,
test_bucket_lifecycle_multiple_rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timezone
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from s3tag_mock.rules import dates
from s3tag_mock.rules.tags import Tags

#: A rule in boto3's shape.
Rule = Mapping[str, Any]


def expiration(rules: Iterable[Rule], key: str, size: int, tags: Tags, modified: datetime) -> str | None:
    """What ``x-amz-expiration`` says of an object; None when no rule expires it.

    Of several rules the one that is due first counts, and of these the one that was given first.

    :param size: in bytes.
    :param modified: when the object was stored.
    """
    due = [
        (_due(rule["Expiration"], modified), rule["ID"])
        for rule in rules
        if rule["Status"] == "Enabled"
        and rule.get("Expiration", {}).keys() & {"Days", "Date"}
        and applies(rule, key, size, tags)
    ]
    if not due:
        return None
    moment, rule_id = min(due, key=lambda one: one[0])
    return f'expiry-date="{format_datetime(moment, usegmt=True)}", rule-id="{quote(rule_id, safe="")}"'


def _due(when: Mapping[str, Any], modified: datetime) -> datetime:
    if "Date" in when:
        date: datetime = when["Date"]
        return date.astimezone(timezone.utc)
    aged = dates.later(modified.astimezone(timezone.utc), days=when["Days"])
    midnight = datetime.combine(aged.date(), time(), timezone.utc)
    return midnight if midnight == aged else dates.later(midnight, days=1)


def applies(rule: Rule, key: str, size: int, tags: Tags) -> bool:
    """Whether a rule is about an object: by prefix, tags and size, all of which must fit."""
    condition = conditions(rule)
    return (
        key.startswith(prefix(rule))
        and all(tags.get(name) == value for name, value in filter_tags(rule))
        and size > condition.get("ObjectSizeGreaterThan", -1)
        and size < condition.get("ObjectSizeLessThan", size + 1)
    )


def conditions(rule: Rule) -> Mapping[str, Any]:
    """The conditions of a rule's Filter, whether or not they are in its And."""
    given: Mapping[str, Any] = rule.get("Filter", {})
    inner: Mapping[str, Any] = given.get("And", given)
    return inner


def prefix(rule: Rule) -> str:
    """The prefix of a rule, in its Filter or beside it; empty where there is none."""
    found: str = conditions(rule).get("Prefix", rule.get("Prefix", ""))
    return found


def filter_tags(rule: Rule) -> list[tuple[str, str]]:
    """The tags of a rule's Filter, as pairs of key and value."""
    condition = conditions(rule)
    single = [condition["Tag"]] if "Tag" in condition else []
    return [(tag["Key"], tag["Value"]) for tag in (*single, *condition.get("Tags", ()))]
