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
from math import inf
from typing import Any
from urllib.parse import quote

from s3tag_mock.rules import dates, rule_filters
from s3tag_mock.rules.rule_filters import Rule
from s3tag_mock.rules.tags import Tags


def expiration(rules: Iterable[Rule], key: str, size: int, tags: Tags, modified: datetime) -> str | None:
    """What ``x-amz-expiration`` says of an object; None when no rule expires it.

    :param size: in bytes.
    :param modified: when the object was stored.
    """
    found = due(rules, key, size, tags, modified)
    if found is None:
        return None
    moment, rule_id = found
    return f'expiry-date="{format_datetime(moment, usegmt=True)}", rule-id="{quote(rule_id, safe="")}"'


def due(
    rules: Iterable[Rule], key: str, size: int, tags: Tags, modified: datetime
) -> tuple[datetime, str] | None:
    """When an object expires, and by which rule; None when no rule expires it.

    Of several rules the one that is due first counts, and of these the one that was given first.

    :param size: in bytes.
    :param modified: when the object was stored.
    """
    found = [
        (due_by(rule["Expiration"], modified), rule["ID"])
        for rule in rules
        if rule["Status"] == "Enabled"
        and rule.get("Expiration", {}).keys() & {"Days", "Date"}
        and applies(rule, key, size, tags)
    ]
    return min(found, key=lambda one: one[0]) if found else None


def abort(rules: Iterable[Rule], key: str, initiated: datetime) -> tuple[datetime, str] | None:
    """When an incomplete upload is aborted, and by which rule; None when no rule aborts it.

    :param initiated: when the upload was begun.
    """
    waits = (
        (rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"], rule["ID"])
        for rule in rules
        if rule["Status"] == "Enabled"
        and "DaysAfterInitiation" in rule.get("AbortIncompleteMultipartUpload", {})
        and key.startswith(rule_filters.prefix(rule))
    )
    found = [(due_by({"Days": days}, initiated), rule_id) for days, rule_id in waits]
    return min(found, key=lambda one: one[0]) if found else None


def due_by(when: Mapping[str, Any], modified: datetime) -> datetime:
    """When an action is due: at its Date, or at the midnight (UTC) that follows its Days.

    :param when: an action in boto3's shape.
    """
    if "Date" in when:
        date: datetime = when["Date"]
        return date.astimezone(timezone.utc)
    aged = dates.later(modified.astimezone(timezone.utc), days=when["Days"])
    midnight = datetime.combine(aged.date(), time(), timezone.utc)
    return midnight if midnight == aged else dates.later(midnight, days=1)


def applies(rule: Rule, key: str, size: int, tags: Tags) -> bool:
    """Whether a rule is about an object: by prefix, tags and size, all of which must fit."""
    condition = rule_filters.conditions(rule)
    return rule_filters.matches(rule, key, tags) and condition.get(
        "ObjectSizeGreaterThan", -inf
    ) < size < condition.get("ObjectSizeLessThan", inf)
