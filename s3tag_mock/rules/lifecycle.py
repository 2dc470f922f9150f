"""Lifecycle rules: which object one applies to, and when the object expires by it.

Sources: PutBucketLifecycleConfiguration; user guide, "Lifecycle rules: based on an object's age" (the
time is rounded up to the next midnight UTC); RECORDED, LS test_bucket_lifecycle_tag_rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta, timezone
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from s3tag_mock import errors
from s3tag_mock.rules import limits
from s3tag_mock.rules.tags import Tags

#: A rule in boto3's shape.
Rule = Mapping[str, Any]


def check(rules: Sequence[Rule]) -> None:
    """Hold a configuration against the API's rules.

    :raises AwsError: MalformedXML, InvalidRequest, InvalidArgument.
    """
    if not 0 < len(rules) <= limits.LIFECYCLE_RULES:
        raise errors.MALFORMED_XML(hint=f"{len(rules)} rules")
    for rule in rules:
        if rule["Status"] not in {"Enabled", "Disabled"}:
            raise errors.MALFORMED_XML(hint=f"Status is {rule['Status']!r}")
        if ("Filter" in rule) == ("Prefix" in rule):
            raise errors.MALFORMED_XML(hint="a rule needs either a Filter or a Prefix")
        if len(rule.get("Filter", {})) > 1:
            raise errors.MALFORMED_XML(hint="a Filter holds one condition; several stand in And")
        keys = [key for key, _ in _tags(rule)]
        if len(set(keys)) < len(keys):
            raise errors.DUPLICATE_LIFECYCLE_TAGS()
        _check_date(rule)


def _check_date(rule: Rule) -> None:
    date: datetime | None = rule.get("Expiration", {}).get("Date")
    if date is not None and date.astimezone(timezone.utc).time() != time():
        raise errors.LIFECYCLE_DATE_NOT_MIDNIGHT(ArgumentName="Date", ArgumentValue=date.isoformat())


def expiration(rules: Iterable[Rule], key: str, size: int, tags: Tags, modified: datetime) -> str | None:
    """What ``x-amz-expiration`` says of an object; None when no rule expires it.

    Of several rules the one that is due first counts.

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
    moment, rule_id = min(due)
    return f'expiry-date="{format_datetime(moment, usegmt=True)}", rule-id="{quote(rule_id, safe="")}"'


def _due(when: Mapping[str, Any], modified: datetime) -> datetime:
    if "Date" in when:
        date: datetime = when["Date"]
        return date.astimezone(timezone.utc)
    aged = modified.astimezone(timezone.utc) + timedelta(days=when["Days"])
    midnight = datetime.combine(aged.date(), time(), timezone.utc)
    return midnight if midnight == aged else midnight + timedelta(days=1)


def applies(rule: Rule, key: str, size: int, tags: Tags) -> bool:
    """Whether a rule is about an object: by prefix, tags and size, all of which must fit."""
    condition = rule.get("Filter", {})
    condition = condition.get("And", condition)
    prefix = condition.get("Prefix", rule.get("Prefix", ""))
    return (
        key.startswith(prefix)
        and all(tags.get(name) == value for name, value in _tags(rule))
        and size > condition.get("ObjectSizeGreaterThan", -1)
        and size < condition.get("ObjectSizeLessThan", size + 1)
    )


def _tags(rule: Rule) -> list[tuple[str, str]]:
    condition = rule.get("Filter", {})
    single = [condition["Tag"]] if "Tag" in condition else []
    return [(tag["Key"], tag["Value"]) for tag in (*single, *condition.get("And", {}).get("Tags", ()))]
