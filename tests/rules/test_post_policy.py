"""Policies of browsers' forms: what they refuse, and in which words."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import post_policy

END = datetime(2026, 1, 1, 0, 0, 0, tzinfo=timezone.utc)
ABOUT_BUCKET = {"bucket": "photos"}


def refusal(
    *conditions: Any, now: datetime = END, expiration: str = "2026-01-01T00:00:00Z", **fields: str
) -> str | None:
    """What is said of a form with the key "k" and these fields; None when it is taken."""
    policy = {"expiration": expiration, "conditions": [ABOUT_BUCKET, *conditions]}
    encoded = base64.b64encode(json.dumps(policy).encode()).decode()
    try:
        post_policy.check(encoded, {"key": "k", **fields}, "photos", 0, now)
    except AwsError as error:
        return error.message.partition(": ")[2]
    return None


def test_it_ends_after_its_last_moment() -> None:
    assert refusal({"key": "k"}) is None
    assert refusal({"key": "k"}, expiration="2026-01-01T00:00:00.000Z") is None
    assert refusal({"key": "k"}, now=END + timedelta(microseconds=1)) == "Policy expired."


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ({"Key": "k"}, None),
        ({"key": ""}, 'Policy Condition failed: ["eq", "$key", ""]'),
        (["starts-with", "$key", ""], None),
        (["eq", "key", ""], 'Policy Condition failed: ["eq", "key", ""]'),
        (
            ["content-length-range", "$key", "k"],
            'Policy Condition failed: ["content-length-range", "$key", "k"]',
        ),
        (["content-length-range", 0, -1], "Invalid content-length-range."),
        (["like", "$key", "k"], "Invalid Condition."),
        ([["eq"], "$key", "k"], "Invalid Condition."),
        ({}, "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."),
    ],
)
def test_a_condition(condition: Any, says: str | None) -> None:
    assert refusal(condition) == says


def test_a_condition_on_a_field_that_is_not_there_compares_an_empty_text() -> None:
    assert refusal({"key": "k"}, {"acl": ""}) is None


def test_all_fields_without_a_condition_are_named() -> None:
    assert refusal(acl="private", tagging="") == "Extra input fields: acl, key, tagging"


def test_what_is_no_policy() -> None:
    with pytest.raises(AwsError, match=": Invalid Policy: Invalid JSON.$"):
        post_policy.check("e30=", {}, "photos", 0, END)
