"""Notification configurations: how many entries, and their filters."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import limits, notifications


def checked(*filters: tuple[str, str], entries: int = 1) -> Any:
    rules = [{"Name": name, "Value": value} for name, value in filters]
    queues = [
        {
            "QueueArn": "arn:aws:sqs:us-east-1:123456789012:q",
            "Events": ["s3:ObjectCreated:Put"],
            "Filter": {
                "Key": {
                    "FilterRules": [*rules, *([{"Name": "suffix", "Value": f"{n}x"}] if entries > 1 else [])]
                }
            },
        }
        for n in range(100, 100 + entries)
    ]
    return notifications.checked({"QueueConfigurations": queues}, lambda: "id")


def refused(*filters: tuple[str, str], entries: int = 1) -> AwsError:
    with pytest.raises(AwsError) as caught:
        checked(*filters, entries=entries)
    return caught.value


def test_how_many_entries() -> None:
    checked(entries=limits.NOTIFICATION_CONFIGURATIONS)
    assert refused(entries=limits.NOTIFICATION_CONFIGURATIONS + 1).status == 400


def test_a_filter_has_one_prefix_and_one_suffix() -> None:
    checked(("prefix", "a"), ("suffix", "b"))
    assert refused(("prefix", "a"), ("Prefix", "b")).elements == {
        "ArgumentName": "filtervalue",
        "ArgumentValue": "prefix",
    }


def test_a_filters_value_is_as_long_as_a_key() -> None:
    checked(("prefix", "a" * 1024))
    too_long = "é" * 513
    assert refused(("suffix", too_long)).elements == {
        "ArgumentName": "filtervaluesuffix",
        "ArgumentValue": too_long,
    }
