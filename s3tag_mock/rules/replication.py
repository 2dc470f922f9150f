"""Replication rules: which of them an object falls under.

Source: S3 user guide, "Replication configuration"; RECORDED, LS test_replication_config.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from s3tag_mock import errors
from s3tag_mock.rules import arns
from s3tag_mock.rules.tags import Tags

Rule = Mapping[str, Any]


def check(configuration: Mapping[str, Any]) -> None:
    """Refuse a ReplicationConfiguration that isn't one.

    :raises AwsError: MalformedXML.
    """
    for rule in configuration.get("Rules", []):
        target = rule.get("Destination", {}).get("Bucket", "")
        if rule.get("Status") not in {"Enabled", "Disabled"} or arns.bucket_of(target) is None:
            raise errors.MALFORMED_XML(hint=f"the rule is {dict(rule)!r}")


def targets(configuration: Mapping[str, Any]) -> list[str]:
    """The names of the buckets that a configuration replicates to."""
    return [arns.bucket_of(rule["Destination"]["Bucket"]) or "" for rule in configuration.get("Rules", [])]


def rule_for(configuration: Mapping[str, Any] | None, key: str, tags: Tags) -> Rule | None:
    """The enabled rule of the highest priority that an object falls under; None when there is none."""
    rules = [] if configuration is None else configuration.get("Rules", [])
    matching = [rule for rule in rules if rule["Status"] == "Enabled" and _matches(rule, key, tags)]
    return max(matching, key=lambda rule: rule.get("Priority", 0), default=None)


def _matches(rule: Rule, key: str, tags: Tags) -> bool:
    given = rule.get("Filter", {})
    both = given.get("And", {})
    prefix = both.get("Prefix") or given.get("Prefix") or rule.get("Prefix") or ""
    wanted = [*both.get("Tags", []), *([given["Tag"]] if "Tag" in given else [])]
    return key.startswith(prefix) and all(tags.get(tag["Key"]) == tag["Value"] for tag in wanted)
