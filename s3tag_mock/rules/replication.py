"""Replication: which configurations AWS takes, and which rule an object falls under.

Sources: S3 user guide, "Replication configuration"; RECORDED, LS test_replication_config; and beside each
error. Order: the schema of the whole document, then each rule (ASSUMED).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import arns, limits, rule_filters
from s3tag_mock.rules.rule_filters import Rule
from s3tag_mock.rules.tags import Tags

_MINUTES: Final = 15


def check(configuration: Mapping[str, Any], source: str, region: str) -> None:
    """Refuse a ReplicationConfiguration that AWS doesn't take.

    :param source: the bucket's name.
    :param region: the bucket's.
    :raises AwsError: MalformedXML, InvalidRequest, InvalidArgument.
    """
    rules: Sequence[Rule] = configuration["Rules"]
    if len(rules) > limits.REPLICATION_RULES:
        raise errors.MALFORMED_XML(hint=f"{len(rules)} rules")
    for rule in rules:
        _check_schema(rule)
    has_filters = all("Filter" in rule for rule in rules)
    ids: set[str] = set()
    priorities: set[int] = set()
    for rule in rules:
        _check_version(rule, has_filters=has_filters)
        _check_id(rule.get("ID", ""), ids)
        _check_priority(rule.get("Priority"), priorities)
        _check_filter(rule)
        _check_destination(rule, source, region)


def _check_schema(rule: Rule) -> None:
    """A rule has a Prefix or a Filter, or neither, and a Filter one condition or several in And."""
    if "Filter" in rule and "Prefix" in rule:
        raise errors.MALFORMED_XML(hint="a rule has either a Filter or a Prefix")
    problem = rule_filters.problem_of(rule)
    if problem is not None:
        raise errors.MALFORMED_XML(hint=problem)


def _check_version(rule: Rule, *, has_filters: bool) -> None:
    """Rules with a Filter are of the second version of the schema, which needs what the first has not."""
    for element in ("Priority", "DeleteMarkerReplication"):
        if has_filters and element not in rule:
            raise errors.NEEDED_IN_REPLICATION_V2(element=element)
        if not has_filters and element in rule:
            raise errors.UNKNOWN_IN_REPLICATION_V1(element=element)


def _check_id(rule_id: str, seen: set[str]) -> None:
    if len(rule_id) > limits.RULE_ID_CHARACTERS:
        raise errors.REPLICATION_ID_TOO_LONG(ArgumentName="ID", ArgumentValue=rule_id)
    if rule_id and rule_id in seen:
        raise errors.REPLICATION_ID_TWICE(ArgumentName="ID", ArgumentValue=rule_id)
    seen.add(rule_id)


def _check_priority(priority: int | None, seen: set[int]) -> None:
    if priority is None:
        return
    if priority < 0:
        raise errors.REPLICATION_PRIORITY_RANGE()
    if priority in seen:
        raise errors.REPLICATION_PRIORITY_TWICE(priority=str(priority))
    seen.add(priority)


def _check_filter(rule: Rule) -> None:
    given = rule_filters.checked_tags(rule)
    if given and rule.get("DeleteMarkerReplication", {}).get("Status") == "Enabled":
        raise errors.TAGGED_DELETE_MARKERS()


def _check_destination(rule: Rule, source: str, region: str) -> None:
    destination = rule["Destination"]
    name = arns.bucket_of(destination["Bucket"])
    if name is None or not arns.is_of_partition(destination["Bucket"], region):
        raise errors.INVALID_REPLICA_BUCKET(ArgumentName="Bucket", ArgumentValue=destination["Bucket"])
    if name == source:
        raise errors.REPLICA_IN_SOURCE()
    if "AccessControlTranslation" in destination and "Account" not in destination:
        raise errors.REPLICA_OWNER_NEEDS_ACCOUNT()
    of_kms = rule.get("SourceSelectionCriteria", {}).get("SseKmsEncryptedObjects", {})
    if of_kms.get("Status") == "Enabled" and not destination.get("EncryptionConfiguration"):
        raise errors.REPLICA_KEY_MISSING()
    _check_time(destination)


def _check_time(destination: Mapping[str, Any]) -> None:
    """Replication Time Control goes with metrics, and both with fifteen minutes."""
    control, metrics = destination.get("ReplicationTime"), destination.get("Metrics")
    if control is None:
        return
    if metrics is None:
        raise errors.REPLICATION_TIME_WITHOUT_METRICS()
    if control.get("Time", {}).get("Minutes") != _MINUTES:
        raise errors.REPLICATION_MINUTES(message="Invalid time minute value", ArgumentName="ReplicationTime")
    if control["Status"] == "Enabled" and metrics.get("EventThreshold", {}).get("Minutes") != _MINUTES:
        raise errors.REPLICATION_MINUTES(
            message="Invalid event threshold minute value", ArgumentName="ReplicationMetrics"
        )


def targets(configuration: Mapping[str, Any]) -> list[str]:
    """The names of the buckets that a configuration replicates to."""
    return [arns.bucket_of(rule["Destination"]["Bucket"]) or "" for rule in configuration["Rules"]]


def rule_for(configuration: Mapping[str, Any] | None, key: str, tags: Tags) -> Rule | None:
    """The enabled rule of the highest priority that an object falls under; None when there is none."""
    rules = [] if configuration is None else configuration["Rules"]
    matching = [
        rule for rule in rules if rule["Status"] == "Enabled" and rule_filters.matches(rule, key, tags)
    ]
    return max(matching, key=lambda rule: rule.get("Priority", 0), default=None)
