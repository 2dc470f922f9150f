"""Lifecycle rules: they come back as they were given, and x-amz-expiration shows when an object expires.

What PutBucketLifecycleConfiguration refuses is in test_lifecycle_refusals.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock import mock_tagging
from s3tag_mock.rules.lifecycle import applies, expiration
from tests.support import refusal, tag_set

RULE = {
    "ID": "by tag",
    "Status": "Enabled",
    "Filter": {"Tag": {"Key": "keep", "Value": "no"}},
    "Expiration": {"Days": 7},
}
SIZES = ("varies_by_storage_class", "all_storage_classes_128K")


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


@needs_botocore("1.36.0", "TransitionDefaultMinimumObjectSize")
def test_the_smallest_size_that_transitions(photos: str, s3: Any) -> None:
    """Source: LS test_s3_transition_default_minimum_object_size."""
    given: dict[str, Any] = {"Bucket": photos, "LifecycleConfiguration": {"Rules": [RULE]}}
    member = "TransitionDefaultMinimumObjectSize"
    for asked, size in (({}, "all_storage_classes_128K"), *(({member: one}, one) for one in SIZES)):
        assert s3.put_bucket_lifecycle_configuration(**given, **asked)[member] == size
        assert s3.get_bucket_lifecycle_configuration(Bucket=photos)[member] == size
    assert refusal(lambda: s3.put_bucket_lifecycle_configuration(**given, **{member: "value"})) == {
        "Status": 400,
        "Code": "InvalidRequest",
        "Message": "Invalid TransitionDefaultMinimumObjectSize found: value",
    }


TAG = {"Key": "a", "Value": "1"}


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


def test_of_rules_that_are_due_together_the_first_counts(photos: str, s3: Any) -> None:
    """Source: LS test_bucket_lifecycle_multiple_rules."""
    by_prefix = [
        {**RULE, "ID": name, "Filter": {"Prefix": prefix}}
        for name, prefix in (("rule_one", "testobject"), ("rule_two", "test"), ("rule_three", "t"))
    ]
    put_rules(s3, *by_prefix)
    for key, rule in (("testobject-expiry", "rule_one"), ("test-one-rule", "rule_two")):
        assert s3.put_object(Bucket=photos, Key=key)["Expiration"].endswith(f'rule-id="{rule}"')


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


@pytest.mark.parametrize("days", [3_650_000, 2**31 - 1])
def test_days_beyond_the_calendar_leave_the_bucket_usable(photos: str, s3: Any, days: int) -> None:
    """The rule is stored first, and its days are added to a date by every later call."""
    put_rules(s3, {**RULE, "Filter": {}, "Expiration": {"Days": days}})
    answers = [
        s3.put_object(Bucket=photos, Key="new", Body=b""),
        s3.head_object(Bucket=photos, Key="a.jpg"),
        s3.get_object(Bucket=photos, Key="a.jpg"),
        s3.copy_object(Bucket=photos, Key="copy", CopySource="photos/a.jpg"),
    ]
    for answer in answers:
        assert answer["Expiration"].startswith('expiry-date="Thu, 30 Dec 9999')


def test_dates_of_every_century_come_back(photos: str, s3: Any) -> None:
    dates = [datetime(year, 1, 1, tzinfo=timezone.utc) for year in (1000, 1969, 2026, 9999)]
    rules = [{**RULE, "ID": f"{date.year}", "Expiration": {"Date": date}} for date in dates]
    put_rules(s3, *rules)
    assert s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"] == rules
    assert "1000" in s3.put_object(Bucket=photos, Key="k", Tagging="keep=no")["Expiration"]


def test_a_rule_without_an_id_gets_one(photos: str, s3: Any) -> None:
    """Also where its ID is empty (ASSUMED)."""
    nameless = {name: value for name, value in RULE.items() if name != "ID"}
    put_rules(s3, nameless, {**nameless, "ID": ""}, RULE)
    first, second, third = s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"]
    assert len({first["ID"], second["ID"]}) == 2
    assert (len(first["ID"]), len(second["ID"]), third["ID"]) == (48, 48, "by tag")


def test_a_thousand_rules(photos: str, s3: Any) -> None:
    put_rules(s3, *[{**RULE, "ID": f"{number}"} for number in range(1000)])
    assert len(s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"]) == 1000


def test_rules_that_expire_nothing(photos: str, s3: Any) -> None:
    abort = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}
    put_rules(s3, {"ID": "a", "Status": "Enabled", "Filter": {}, **abort})
    assert "Expiration" not in s3.head_object(Bucket=photos, Key="a.jpg")


def test_an_id_is_url_encoded(photos: str, s3: Any) -> None:
    put_rules(s3, {**RULE, "Filter": {}, "ID": "a/b X"})
    assert s3.head_object(Bucket=photos, Key="a.jpg")["Expiration"].endswith('rule-id="a%2Fb%20X"')


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone can't be set here")
class TestWhereverItRuns:
    @pytest.fixture(params=["UTC0", "AHEAD-09", "BEHIND+08"])
    def _time_zone(self, request: pytest.FixtureRequest) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TZ", request.param)
            time.tzset()
            yield
        time.tzset()

    @pytest.mark.usefixtures("_time_zone")
    @pytest.mark.parametrize(
        ("hour", "expiration", "day"),
        [
            (0, {"Days": 1}, "Sat, 02 May"),
            (4, {"Days": 1}, "Sun, 03 May"),
            (20, {"Days": 1}, "Sun, 03 May"),
            (20, {"Date": datetime(2026, 5, 3, tzinfo=timezone.utc)}, "Sun, 03 May"),
        ],
    )
    def test_midnight_is_that_of_utc(self, hour: int, expiration: dict[str, Any], day: str) -> None:
        with mock_tagging(clock=datetime(2026, 5, 1, hour)) as aws:
            aws.create_bucket("photos")
            s3: Any = aws.client("s3")
            put_rules(s3, {**RULE, "ID": "a", "Filter": {}, "Expiration": expiration})
            due = s3.put_object(Bucket="photos", Key="k")["Expiration"]
        assert due == f'expiry-date="{day} 2026 00:00:00 GMT", rule-id="a"'


def test_what_a_version_is_read_by_shows_no_expiration(s3: Any, kept: str) -> None:
    """Source: LS test_bucket_lifecycle_configuration_object_expiry_versioned."""
    rules = [{**RULE, "Filter": {}}]
    s3.put_bucket_lifecycle_configuration(Bucket=kept, LifecycleConfiguration={"Rules": rules})
    old, new = (s3.put_object(Bucket=kept, Key="k", Body=b"")["VersionId"] for _ in range(2))
    for version_id in (old, new):
        for read in (s3.head_object, s3.get_object):
            assert "Expiration" not in read(Bucket=kept, Key="k", VersionId=version_id)
    assert "by%20tag" in s3.head_object(Bucket=kept, Key="k")["Expiration"]


def test_the_old_forms_read_and_write_the_same(photos: str, s3: Any) -> None:
    """LS test_bucket_availability asks by the old name."""
    assert refusal(lambda: s3.get_bucket_lifecycle(Bucket="nowhere"))["Code"] == "NoSuchBucket"
    assert refusal(lambda: s3.get_bucket_lifecycle(Bucket=photos))["Code"] == "NoSuchLifecycleConfiguration"
    old = {
        "ID": "one",
        "Prefix": "logs/",
        "Status": "Enabled",
        "Transition": {"Days": 30, "StorageClass": "STANDARD_IA"},
    }
    s3.put_bucket_lifecycle(Bucket=photos, LifecycleConfiguration={"Rules": [old]})
    (new,) = s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"]
    assert new["Transitions"] == [{"Days": 30, "StorageClass": "STANDARD_IA"}]
    assert s3.get_bucket_lifecycle(Bucket=photos)["Rules"] == [old]
    put_rules(s3, RULE, {**RULE, "ID": "two", "Filter": {"Prefix": "in/"}})
    both = {name: RULE[name] for name in ("Status", "Expiration")}
    assert s3.get_bucket_lifecycle(Bucket=photos)["Rules"] == [
        {**both, "ID": "by tag", "Prefix": ""},
        {**both, "ID": "two", "Prefix": "in/"},
    ]
