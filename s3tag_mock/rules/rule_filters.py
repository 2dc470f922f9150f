"""The filters of lifecycle and replication rules: a prefix and tags, alone or in And."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from s3tag_mock import errors
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.tags import Tags

#: A rule in boto3's shape.
Rule = Mapping[str, Any]


def matches(rule: Rule, key: str, tags: Tags) -> bool:
    """Whether an object has the prefix and the tags that a rule is about."""
    return key.startswith(prefix(rule)) and all(tags.get(name) == value for name, value in filter_tags(rule))


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


def problem_of(rule: Rule) -> str | None:
    """What the schema has against a rule's Filter; None where it has one condition, or several in And."""
    given = rule.get("Filter", {})
    if len(given) > 1:
        return "a Filter holds one condition; several stand in And"
    both = given.get("And")
    if both is not None and sum(name != "Tags" for name in both) + len(both.get("Tags", ())) < 2:
        return "And holds at least two conditions"
    return None


def checked_tags(rule: Rule) -> list[tuple[str, str]]:
    """The tags of a rule's Filter.

    :raises AwsError: InvalidRequest for a key that stands twice; InvalidTag.
    """
    given = filter_tags(rule)
    if len({key for key, _ in given}) < len(given):
        raise errors.DUPLICATE_LIFECYCLE_TAGS()
    tag_rules.check_characters(given)
    return given


def with_ids(rules: Iterable[Rule], new_id: Callable[[], str]) -> list[dict[str, Any]]:
    """Rules, each with an ID."""
    return [{**rule, "ID": rule.get("ID") or new_id()} for rule in rules]
