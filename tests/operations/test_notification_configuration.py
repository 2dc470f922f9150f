"""Notification configurations (LS TestS3BucketNotificationConfiguration, TestS3NotificationsToSQS)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import needs_botocore
from s3tag_mock import AwsError
from s3tag_mock.operations import operation_names
from s3tag_mock.rules import notifications
from tests.support import refusal

QUEUE = "arn:aws:sqs:us-east-1:123456789012:events"


def entry(*events: str, queue: str = QUEUE, **filters: str) -> dict[str, Any]:
    made: dict[str, Any] = {"QueueArn": queue, "Events": list(events)}
    if filters:
        rules = [{"Name": name, "Value": value} for name, value in filters.items()]
        made["Filter"] = {"Key": {"FilterRules": rules}}
    return made


def put(s3: Any, *entries: dict[str, Any], **more: Any) -> Any:
    document = {"QueueConfigurations": list(entries), **more}
    return s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=document)


def stored(s3: Any) -> dict[str, Any]:
    found = s3.get_bucket_notification_configuration(Bucket="photos")
    return {name: found[name] for name in found if name != "ResponseMetadata"}


def test_there_is_none_at_first_and_after_an_empty_document(photos: str, s3: Any) -> None:
    assert stored(s3) == {}
    put(s3, entry("s3:ObjectTagging:*"), EventBridgeConfiguration={})
    assert set(stored(s3)) == {"QueueConfigurations", "EventBridgeConfiguration"}
    s3.put_bucket_notification_configuration(Bucket=photos, NotificationConfiguration={})
    assert stored(s3) == {}


def test_aws_fills_in_ids_and_writes_filters_in_capitals(photos: str, s3: Any) -> None:
    put(s3, entry("s3:ObjectTagging:Put", PREFIX="in/", suffix=""))
    (found,) = stored(s3)["QueueConfigurations"]
    assert len(found.pop("Id")) == 48
    assert found == {
        "QueueArn": QUEUE,
        "Events": ["s3:ObjectTagging:Put"],
        "Filter": {
            "Key": {"FilterRules": [{"Name": "Prefix", "Value": "in/"}, {"Name": "Suffix", "Value": ""}]}
        },
    }
    put(s3, {"Id": "mine", **entry("s3:ObjectTagging:Put")})
    assert stored(s3)["QueueConfigurations"][0]["Id"] == "mine"


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        (
            [entry("s3:ObjectCreated:*", INVALID="x")],
            {
                "Message": "filter rule name must be either prefix or suffix",
                "ArgumentName": "FilterRule.Name",
                "ArgumentValue": "INVALID",
            },
        ),
        (
            [entry("s3:ObjectCreated:*", queue="events")],
            {
                "Message": "The ARN could not be parsed",
                "ArgumentName": "Queue",
                "ArgumentValue": "events",
            },
        ),
        (
            [entry("s3:ObjectTagging:Post")],
            {
                "Message": "A specified event is not supported for notifications",
                "ArgumentName": "Event",
                "ArgumentValue": "s3:ObjectTagging:Post",
            },
        ),
        (
            [entry("s3:ObjectRemoved:*"), entry("s3:ObjectTagging:*"), entry("s3:ObjectRemoved:*")],
            {
                "Message": "Configurations overlap. Configurations on the same bucket cannot share a common "
                "event type.",
                "ArgumentName": "Event",
                "ArgumentValue": "s3:ObjectRemoved:*, s3:ObjectRemoved:*",
            },
        ),
        (
            [entry("s3:ObjectCreated:*", prefix="a"), entry("s3:ObjectCreated:Put", suffix=".jpg")],
            {
                "Message": "Configuration is ambiguously defined. Cannot have overlapping suffixes in two "
                "rules if the prefixes are overlapping for the same event type."
            },
        ),
        (
            [
                {"Id": "one", **entry("s3:ObjectTagging:Put")},
                {"Id": "one", **entry("s3:ObjectTagging:Delete")},
            ],
            {"Message": "Same ID used for multiple configurations. IDs must be unique"},
        ),
    ],
)
def test_a_document_that_aws_refuses(
    photos: str, s3: Any, entries: list[dict[str, Any]], wanted: dict[str, str]
) -> None:
    assert refusal(lambda: put(s3, *entries)) == {"Status": 400, "Code": "InvalidArgument", **wanted}
    assert stored(s3) == {}


@pytest.mark.parametrize("rule", [{}, {"Name": "prefix"}, {"Value": "x"}])
def test_a_filter_rule_that_is_not_whole(photos: str, s3: Any, rule: dict[str, str]) -> None:
    made = {**entry("s3:ObjectCreated:*"), "Filter": {"Key": {"FilterRules": [rule]}}}
    assert refusal(lambda: put(s3, made))["Code"] == "MalformedXML"


def test_the_old_form_reads_and_writes_the_same(photos: str, s3: Any) -> None:
    s3.put_bucket_notification(
        Bucket=photos,
        NotificationConfiguration={"QueueConfiguration": {"Queue": QUEUE, "Events": ["s3:ObjectTagging:*"]}},
    )
    (new,) = stored(s3)["QueueConfigurations"]
    assert (new["QueueArn"], new["Events"]) == (QUEUE, ["s3:ObjectTagging:*"])
    old = s3.get_bucket_notification(Bucket=photos)["QueueConfiguration"]
    assert (old["Id"], old["Queue"], old["Events"]) == (new["Id"], QUEUE, ["s3:ObjectTagging:*"])
    one = {"Id": "mine", "Queue": QUEUE, "Event": "s3:ObjectTagging:Put"}
    s3.put_bucket_notification(Bucket=photos, NotificationConfiguration={"QueueConfiguration": one})
    (new,) = stored(s3)["QueueConfigurations"]
    assert new == {"Id": "mine", "QueueArn": QUEUE, "Events": ["s3:ObjectTagging:Put"]}
    assert s3.get_bucket_notification(Bucket=photos)["QueueConfiguration"]["Id"] == "mine"
    nothing = {"QueueConfiguration": {"Event": "s3:ObjectTagging:Put"}}
    refused = refusal(lambda: s3.put_bucket_notification(Bucket=photos, NotificationConfiguration=nothing))
    assert (refused["ArgumentName"], refused["ArgumentValue"]) == ("Queue", None)


def test_destinations_that_are_not_validated(photos: str, s3: Any) -> None:
    document = {"QueueConfigurations": [entry("s3:ObjectTagging:Put")]}
    s3.put_bucket_notification_configuration(
        Bucket=photos, NotificationConfiguration=document, SkipDestinationValidation=True
    )
    assert stored(s3)["QueueConfigurations"][0]["QueueArn"] == QUEUE


KEYS = st.text("ab", max_size=3)


@given(st.lists(st.tuples(KEYS, KEYS), min_size=2, max_size=2), st.text("ab", max_size=8))
def test_entries_that_are_taken_never_fit_the_same_key(filters: list[tuple[str, str]], key: str) -> None:
    entries = [entry("s3:ObjectCreated:*", prefix=prefix, suffix=suffix) for prefix, suffix in filters]
    try:
        notifications.checked({"QueueConfigurations": entries}, lambda: "id")
    except AwsError:
        return
    fitting = [key.startswith(prefix) and key.endswith(suffix) for prefix, suffix in filters]
    assert fitting.count(True) <= 1


@needs_botocore("1.44.0", "all events")
def test_events_are_the_models() -> None:
    """Kinds with one event have no ``:*``."""
    assert set(operation_names.model("s3").shape_for("Event").enum) == notifications.EVENTS


@pytest.mark.parametrize("event", ["s3:ObjectAcl:*", "s3:ObjectRetention:*"])
def test_one_event_has_no_wildcard(s3: Any, photos: str, event: str) -> None:
    assert refusal(lambda: put(s3, entry(event)))["Code"] == "InvalidArgument"
