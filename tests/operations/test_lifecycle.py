"""Lifecycle rules by tags, as far as x-amz-expiration tells of them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from s3tag_mock import mock_tagging
from s3tag_mock.rules.lifecycle import applies, expiration
from tests.support import refusal, tag_set

RULE = {
    "ID": "by tag",
    "Status": "Enabled",
    "Filter": {"Tag": {"Key": "keep", "Value": "no"}},
    "Expiration": {"Days": 7},
}


def put_rules(s3: Any, *rules: Any) -> Any:
    return s3.put_bucket_lifecycle_configuration(
        Bucket="photos", LifecycleConfiguration={"Rules": list(rules)}
    )


def test_tags_decide_over_the_expiration() -> None:
    with mock_tagging(clock=datetime(2026, 11, 20, 10)) as aws:
        aws.create_bucket("photos")
        s3 = aws.client("s3")
        put_rules(s3, RULE)
        answer = s3.put_object(Bucket="photos", Key="k", Tagging="keep=no")
        assert answer["Expiration"] == 'expiry-date="Sat, 28 Nov 2026 00:00:00 GMT", rule-id="by%20tag"'
        assert s3.head_object(Bucket="photos", Key="k")["Expiration"] == answer["Expiration"]
        s3.put_object_tagging(Bucket="photos", Key="k", Tagging=tag_set(keep="yes"))
        assert "Expiration" not in s3.get_object(Bucket="photos", Key="k")
        copied = s3.copy_object(
            Bucket="photos", Key="copy", CopySource="photos/k", Tagging="keep=no", TaggingDirective="REPLACE"
        )
        assert copied["Expiration"] == answer["Expiration"]


def test_rules_come_back(photos: str, s3: Any) -> None:
    put_rules(s3, RULE, {"Status": "Disabled", "Filter": {"Prefix": "x"}, "Expiration": {"Days": 1}})
    answer = s3.get_bucket_lifecycle_configuration(Bucket=photos)
    assert answer["Rules"][0] == RULE
    assert len(answer["Rules"][1]["ID"]) == 48
    for _ in range(2):
        s3.delete_bucket_lifecycle(Bucket=photos)
    assert refusal(lambda: s3.get_bucket_lifecycle_configuration(Bucket=photos)) == {
        "Status": 404,
        "Code": "NoSuchLifecycleConfiguration",
        "Message": "The lifecycle configuration does not exist",
        "BucketName": photos,
    }


TAG = {"Key": "a", "Value": "1"}


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"Filter": {"And": {"Tags": [TAG, TAG]}}}, "InvalidRequest", "Duplicate Tag Keys are not allowed."),
        (
            {"Expiration": {"Date": datetime(2026, 1, 1, 12, tzinfo=timezone.utc)}},
            "InvalidArgument",
            "'Date' must be at midnight GMT",
        ),
        ({"Status": "enabled"}, "MalformedXML", None),
        ({"Prefix": "x"}, "MalformedXML", None),
        ({"Filter": {"Prefix": "x", "Tag": TAG}}, "MalformedXML", None),
    ],
)
def test_rules_that_cannot_be(photos: str, s3: Any, change: Any, code: str, message: Any) -> None:
    put_rules(s3, RULE)
    refused = refusal(lambda: put_rules(s3, {**RULE, **change}))
    assert refused["Code"] == code
    assert message in {None, refused["Message"]}
    assert s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"] == [RULE]


def test_no_rules_are_no_configuration(photos: str, s3: Any) -> None:
    assert refusal(lambda: put_rules(s3))["Code"] == "MalformedXML"


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({"Filter": {}}, True),
        ({"Prefix": "ph"}, True),
        ({"Prefix": "x"}, False),
        ({"Filter": {"Prefix": "photo"}}, True),
        ({"Filter": {"Tag": TAG}}, True),
        ({"Filter": {"Tag": {"Key": "a", "Value": "2"}}}, False),
        (
            {
                "Filter": {
                    "And": {
                        "Prefix": "p",
                        "Tags": [TAG],
                        "ObjectSizeGreaterThan": 9,
                        "ObjectSizeLessThan": 11,
                    }
                }
            },
            True,
        ),
        ({"Filter": {"And": {"Prefix": "x", "Tags": [TAG]}}}, False),
        ({"Filter": {"ObjectSizeGreaterThan": 10}}, False),
        ({"Filter": {"ObjectSizeLessThan": 10}}, False),
    ],
)
def test_what_a_rule_is_about(condition: Any, fits: bool) -> None:
    assert applies(condition, "photo", 10, {"a": "1", "b": "2"}) is fits


def test_the_rule_that_is_due_first_counts() -> None:
    rules: list[Any] = [
        {"ID": "later", "Status": "Enabled", "Expiration": {"Days": 9}},
        {
            "ID": "dated",
            "Status": "Enabled",
            "Expiration": {"Date": datetime(2026, 1, 3, tzinfo=timezone.utc)},
        },
        {"ID": "off", "Status": "Disabled", "Expiration": {"Days": 1}},
        {"ID": "markers", "Status": "Enabled", "Expiration": {"ExpiredObjectDeleteMarker": True}},
    ]
    midnight = datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert (
        expiration(rules, "k", 0, {}, midnight)
        == 'expiry-date="Sat, 03 Jan 2026 00:00:00 GMT", rule-id="dated"'
    )
    assert (
        expiration(rules[:1], "k", 0, {}, midnight)
        == 'expiry-date="Sat, 10 Jan 2026 00:00:00 GMT", rule-id="later"'
    )
