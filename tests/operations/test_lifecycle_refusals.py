"""What PutBucketLifecycleConfiguration refuses, with the words of AWS where they are known.

Sources: LS test_put_bucket_lifecycle_conf_exc (RECORDED), and beside each row of errors/lifecycle.py.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import lifecycle_checks
from s3tag_mock.rules.lifecycle import expiration
from tests.support import refusal, send_raw

RULE: dict[str, Any] = {"ID": "a", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 7}}
BARE: dict[str, Any] = {"ID": "a", "Status": "Enabled", "Filter": {}}
TAG = {"Key": "a", "Value": "1"}
MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema"


def midnight(day: int) -> datetime:
    return datetime(2030, 1, day, tzinfo=timezone.utc)


def put(s3: Any, *rules: Any) -> Any:
    return s3.put_bucket_lifecycle_configuration(
        Bucket="photos", LifecycleConfiguration={"Rules": list(rules)}
    )


def refused(s3: Any, *rules: Any) -> dict[str, Any]:
    """The error of putting these rules, which must leave those that are there alone."""
    put(s3, {**RULE, "ID": "before"})
    error = refusal(lambda: put(s3, *rules))
    assert [one["ID"] for one in s3.get_bucket_lifecycle_configuration(Bucket="photos")["Rules"]] == [
        "before"
    ]
    assert error.pop("Status") == 400
    return error


@pytest.mark.parametrize(
    ("rules", "hint"),
    [
        ([], "BucketLifecycleConfiguration lacks Rules"),
        ([RULE] * 1001, "1001 rules"),
        (
            [{**RULE, "Status": "enabled"}],
            "ExpirationStatus is 'enabled', which is none of Enabled, Disabled",
        ),
        ([{**RULE, "Prefix": ""}], "a rule needs either a Filter or a Prefix"),
        ([{"Status": "Enabled", "Expiration": {"Days": 7}}], "a rule needs either a Filter or a Prefix"),
        (
            [{**RULE, "Filter": {"Prefix": "x", "ObjectSizeLessThan": 9}}],
            "a Filter holds one condition; several stand in And",
        ),
        (
            [{**RULE, "Filter": {"Prefix": "", "Tag": TAG}}],
            "a Filter holds one condition; several stand in And",
        ),
        ([{**RULE, "Filter": {"And": {"Prefix": "x"}}}], "And holds at least two conditions"),
        ([{**RULE, "Filter": {"And": {"Tags": [TAG]}}}], "And holds at least two conditions"),
        (
            [{**RULE, "Expiration": {"Days": 1, "ExpiredObjectDeleteMarker": True}}],
            "an Expiration has one of Days, Date and ExpiredObjectDeleteMarker",
        ),
        (
            [{**RULE, "Expiration": {"Days": 1, "Date": midnight(1)}}],
            "an Expiration has one of Days, Date and ExpiredObjectDeleteMarker",
        ),
        ([{**RULE, "Expiration": {}}], "an Expiration has one of Days, Date and ExpiredObjectDeleteMarker"),
        (
            [{**BARE, "Transitions": [{"Days": 1, "Date": midnight(1), "StorageClass": "GLACIER"}]}],
            "a Transition has Days or a Date",
        ),
        ([{**BARE, "Transitions": [{"StorageClass": "GLACIER"}]}], "a Transition has Days or a Date"),
        ([{**BARE, "Transitions": [{"Days": 1}]}], "a Transition has a StorageClass"),
        (
            [{**BARE, "NoncurrentVersionTransitions": [{"StorageClass": "GLACIER"}]}],
            "a NoncurrentVersionTransition has NoncurrentDays and a StorageClass",
        ),
        (
            [{**BARE, "NoncurrentVersionTransitions": [{"NoncurrentDays": 1}]}],
            "a NoncurrentVersionTransition has NoncurrentDays and a StorageClass",
        ),
        ([{**RULE, "NoncurrentVersionExpiration": {}}], "a NoncurrentVersionExpiration has NoncurrentDays"),
        (
            [{**BARE, "NoncurrentVersionExpiration": {"NewerNoncurrentVersions": 1}}],
            "a NoncurrentVersionExpiration has NoncurrentDays",
        ),
        (
            [{**BARE, "AbortIncompleteMultipartUpload": {}}],
            "an AbortIncompleteMultipartUpload has DaysAfterInitiation",
        ),
    ],
)
def test_what_does_not_fit_the_schema(aws: Any, photos: str, s3: Any, rules: Any, hint: str) -> None:
    assert refused(s3, *rules) == {"Code": "MalformedXML", "Message": MALFORMED}
    assert aws.calls.of("PutBucketLifecycleConfiguration")[-1].hint == hint


@pytest.mark.parametrize("storage_class", ["FOO", "STANDARD", "REDUCED_REDUNDANCY", ""])
@pytest.mark.parametrize("kind", ["Transitions", "NoncurrentVersionTransitions"])
def test_classes_that_no_transition_leads_to(photos: str, s3: Any, kind: str, storage_class: str) -> None:
    days = "Days" if kind == "Transitions" else "NoncurrentDays"
    rule = {**BARE, kind: [{days: 90, "StorageClass": storage_class}]}
    assert refused(s3, rule)["Code"] == "MalformedXML"


@pytest.mark.parametrize("days", ["", "x", "1.5", "2147483648", "99999999999999999999"])
def test_days_that_are_no_integer(photos: str, s3: Any, days: str) -> None:
    body = (
        "<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status>"
        f"<Expiration><Days>{days}</Days></Expiration></Rule></LifecycleConfiguration>"
    )
    put_raw = lambda: send_raw(s3, "put_bucket_lifecycle_configuration", body=body.encode(), Bucket=photos)
    assert refusal(put_raw)["Code"] == "MalformedXML"


def test_a_configuration_that_is_not_there(aws: Any, photos: str, s3: Any) -> None:
    assert refusal(lambda: s3.put_bucket_lifecycle_configuration(Bucket=photos))["Code"] == "MalformedXML"
    assert aws.calls[-1].hint == "0 rules"


def test_the_bucket_is_looked_for_before_the_schema(s3: Any) -> None:
    """Source: LS test_s3_default_bucket_encryption_exc, for encryption; ASSUMED for lifecycle rules."""
    for rules in ([], [{**RULE, "Status": "on"}], [{**RULE, "Expiration": {"Days": 0}}]):
        assert refusal(lambda rules=rules: put(s3, *rules))["Code"] == "NoSuchBucket"


class TestIds:
    def test_too_long(self, photos: str, s3: Any) -> None:
        put(s3, {**RULE, "ID": "i" * 255})
        assert refused(s3, {**RULE, "ID": "i" * 256}) == {
            "Code": "InvalidArgument",
            "Message": "ID length should not exceed allowed limit of 255",
            "ArgumentName": "ID",
            "ArgumentValue": "i" * 256,
        }

    def test_twice(self, photos: str, s3: Any) -> None:
        assert refused(s3, RULE, {**RULE, "ID": "b"}, RULE) == {
            "Code": "InvalidArgument",
            "Message": "Rule ID must be unique. Found same ID for more than one rule",
            "ArgumentName": "ID",
            "ArgumentValue": "a",
        }


class TestBothVersions:
    """Rules with a Prefix of their own are the first version of the schema, those with a Filter the second."""

    OLD: ClassVar[dict[str, Any]] = {"Status": "Enabled", "Prefix": "a/", "Expiration": {"Days": 7}}
    NEWER: ClassVar = {"NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 1}}

    @pytest.mark.parametrize(
        ("rules", "message"),
        [
            (
                [RULE, OLD],
                "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
            ),
            ([OLD, RULE], "Filter element can only be used in Lifecycle V2."),
            ([{**OLD, **NEWER}], "NewerNoncurrentVersions element can only be used in Lifecycle V2."),
            ([OLD, OLD], "Found two rules with same prefix 'a/'"),
            (
                [{**OLD, "Prefix": "a/b"}, OLD],
                "Found overlapping prefixes 'a/' and 'a/b' for same action type 'Expiration'",
            ),
        ],
    )
    def test_what_one_version_has_not(self, photos: str, s3: Any, rules: Any, message: str) -> None:
        assert refused(s3, *rules) == {"Code": "InvalidRequest", "Message": message}

    def test_what_does_not_overlap(self, photos: str, s3: Any) -> None:
        put(s3, self.OLD, {**self.OLD, "Prefix": "b"})
        abort = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}
        put(s3, self.OLD, {"Status": "Enabled", "Prefix": "a/b", **abort})
        put(s3, RULE, {**RULE, "ID": "with a filter they may"})


class TestFilters:
    @pytest.mark.parametrize(
        ("condition", "message"),
        [
            ({"And": {"Tags": [TAG, {**TAG, "Value": "2"}]}}, "Duplicate Tag Keys are not allowed."),
            (
                {"ObjectSizeLessThan": 0},
                "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
            ),
            (
                {"ObjectSizeLessThan": 1_099_511_627_776_001},
                "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
            ),
            (
                {"ObjectSizeGreaterThan": -1},
                "'ObjectSizeGreaterThan' should be between 0 and 1099511627776000.",
            ),
            (
                {"And": {"ObjectSizeGreaterThan": 9, "ObjectSizeLessThan": 9}},
                "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
            ),
        ],
    )
    def test_what_is_none(self, photos: str, s3: Any, condition: Any, message: str) -> None:
        assert refused(s3, {**RULE, "Filter": condition}) == {"Code": "InvalidRequest", "Message": message}

    @pytest.mark.parametrize(
        ("tag", "message"),
        [
            ({"Key": "a,b", "Value": ""}, "The TagKey you have provided is invalid"),
            ({"Key": "k" * 129, "Value": ""}, "The TagKey you have provided is invalid"),
            ({"Key": "a", "Value": "1;"}, "The TagValue you have provided is invalid"),
            ({"Key": "a", "Value": "v" * 257}, "The TagValue you have provided is invalid"),
        ],
    )
    def test_tags_that_no_object_has(self, photos: str, s3: Any, tag: Any, message: str) -> None:
        error = refused(s3, {**RULE, "Filter": {"Tag": tag}})
        assert (error["Code"], error["Message"]) == ("InvalidTag", message)

    @pytest.mark.parametrize(
        "condition",
        [
            {"ObjectSizeLessThan": 1},
            {"ObjectSizeGreaterThan": 0},
            {"And": {"Prefix": "", "Tags": [TAG]}},
            {"And": {"Tags": [TAG, {"Key": "b", "Value": ""}]}},
            {"And": {"ObjectSizeGreaterThan": 8, "ObjectSizeLessThan": 9}},
        ],
    )
    def test_what_is_one(self, photos: str, s3: Any, condition: Any) -> None:
        put(s3, {**RULE, "Filter": condition})
        assert s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"][0]["Filter"] == condition

    @pytest.mark.parametrize(
        ("action", "name"),
        [
            (
                {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}},
                "AbortIncompleteMultipartUpload",
            ),
            ({"Expiration": {"ExpiredObjectDeleteMarker": True}}, "ExpiredObjectDeleteMarker"),
            ({"Expiration": {"ExpiredObjectDeleteMarker": False}}, "ExpiredObjectDeleteMarker"),
        ],
    )
    @pytest.mark.parametrize(
        ("condition", "what"),
        [
            ({"Tag": TAG}, "Tags"),
            ({"And": {"Prefix": "x", "Tags": [TAG]}}, "Tags"),
            ({"ObjectSizeLessThan": 9}, "Object Size"),
            ({"And": {"Prefix": "x", "ObjectSizeGreaterThan": 9}}, "Object Size"),
        ],
    )
    def test_actions_that_know_neither_tags_nor_sizes(
        self, photos: str, s3: Any, action: Any, name: str, condition: Any, what: str
    ) -> None:
        put(s3, {**BARE, **action})
        assert refused(s3, {**BARE, **action, "Filter": condition}) == {
            "Code": "InvalidRequest",
            "Message": f"{name} cannot be specified with {what}.",
        }


class TestActions:
    def test_none(self, photos: str, s3: Any) -> None:
        assert refused(s3, BARE) == {
            "Code": "InvalidRequest",
            "Message": "At least one action needs to be specified in a rule",
        }

    @pytest.mark.parametrize("value", [0, -1, -(2**31)])
    @pytest.mark.parametrize(
        ("action", "name", "beside"),
        [
            ("Expiration", "Days", {}),
            ("NoncurrentVersionExpiration", "NoncurrentDays", {}),
            ("NoncurrentVersionExpiration", "NewerNoncurrentVersions", {"NoncurrentDays": 1}),
            ("AbortIncompleteMultipartUpload", "DaysAfterInitiation", {}),
        ],
    )
    def test_numbers_that_must_be_positive(
        self, photos: str, s3: Any, action: str, name: str, beside: Any, value: int
    ) -> None:
        put(s3, {**BARE, action: {**beside, name: 1}})
        assert refused(s3, {**BARE, action: {**beside, name: value}}) == {
            "Code": "InvalidArgument",
            "Message": f"'{name}' for {action} action must be a positive integer",
            "ArgumentName": name,
            "ArgumentValue": str(value),
        }

    @pytest.mark.parametrize(
        "action",
        [
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 101}},
            {
                "NoncurrentVersionTransitions": [
                    {"NoncurrentDays": 1, "NewerNoncurrentVersions": 101, "StorageClass": "GLACIER"}
                ]
            },
        ],
    )
    def test_more_versions_than_can_be_kept(self, photos: str, s3: Any, action: Any) -> None:
        assert refused(s3, {**BARE, **action})["Code"] == "InvalidArgument"

    @pytest.mark.parametrize(
        "action",
        [
            {"Expiration": {"Date": datetime(2026, 1, 1, 12, tzinfo=timezone.utc)}},
            {
                "Transitions": [
                    {"Date": datetime(2026, 1, 1, 12, tzinfo=timezone.utc), "StorageClass": "GLACIER"}
                ]
            },
        ],
    )
    def test_a_date_that_is_no_midnight(self, photos: str, s3: Any, action: Any) -> None:
        """Source: LS test_put_bucket_lifecycle_conf_exc, for Expiration."""
        assert refused(s3, {**BARE, **action}) == {
            "Code": "InvalidArgument",
            "Message": "'Date' must be at midnight GMT",
            "ArgumentName": "Date",
            "ArgumentValue": "2026-01-01T12:00:00+00:00",
        }


def moved(*steps: tuple[int, str], **more: Any) -> dict[str, Any]:
    """A rule with transitions after so many days."""
    return {**BARE, "Transitions": [{"Days": days, "StorageClass": to} for days, to in steps], **more}


class TestTransitions:
    @pytest.mark.parametrize("storage_class", ["STANDARD_IA", "ONEZONE_IA"])
    def test_infrequent_access_takes_objects_of_thirty_days(
        self, photos: str, s3: Any, storage_class: str
    ) -> None:
        put(s3, moved((30, storage_class)))
        text = f"action must be greater than or equal to 30 for storageClass '{storage_class}'"
        assert refused(s3, moved((29, storage_class)))["Message"] == f"'Days' in Transition {text}"
        noncurrent = [{"NoncurrentDays": 29, "StorageClass": storage_class}]
        error = refused(s3, {**BARE, "NoncurrentVersionTransitions": noncurrent})
        assert error["Message"] == f"'NoncurrentDays' in NoncurrentVersionTransition {text}"
        assert error["Code"] == "InvalidArgument"

    def test_the_others_take_objects_of_any_age(self, photos: str, s3: Any) -> None:
        for storage_class in ("INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"):
            put(s3, moved((0, storage_class)))
            error = refused(s3, moved((-1, storage_class)))
            assert error["Message"] == "'Days' in Transition action must be nonnegative"

    def test_a_class_twice(self, photos: str, s3: Any) -> None:
        assert refused(s3, moved((1, "GLACIER"), (200, "GLACIER"), Filter={"Prefix": "x/"})) == {
            "Code": "InvalidRequest",
            "Message": "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter "
            "'(prefix=x/)'",
        }

    @pytest.mark.parametrize(
        "steps",
        [
            [(40, "STANDARD_IA"), (10, "GLACIER")],
            [(10, "GLACIER"), (40, "STANDARD_IA")],
            [(40, "STANDARD_IA"), (40, "GLACIER")],
        ],
    )
    def test_classes_follow_each_other_in_one_direction(self, photos: str, s3: Any, steps: Any) -> None:
        error = refused(s3, moved(*steps))
        assert error["Code"] == "InvalidArgument"
        assert error["Message"] == (
            "'Days' in the Transition action for StorageClass 'GLACIER' for filter '()' must be greater than "
            "'Days' in the Transition action for StorageClass 'STANDARD_IA' for filter '()'"
        )

    @pytest.mark.parametrize(
        ("earlier", "days", "later"),
        [
            ("STANDARD_IA", 30, "GLACIER"),
            ("ONEZONE_IA", 30, "GLACIER"),
            ("GLACIER_IR", 90, "DEEP_ARCHIVE"),
            ("GLACIER", 90, "DEEP_ARCHIVE"),
        ],
    )
    def test_an_object_stays_in_a_class_for_its_minimum(
        self, photos: str, s3: Any, earlier: str, days: int, later: str
    ) -> None:
        put(s3, moved((30, earlier), (30 + days, later)))
        error = refused(s3, moved((30, earlier), (29 + days, later), Filter={"Prefix": ""}))
        assert error["Code"] == "InvalidArgument"
        assert error["Message"] == (
            f"'Days' in the 'Transition' action for StorageClass '{later}' for filter '(prefix=)' must be {days} "
            f"days more than 'filter '(prefix=)'' in the 'Transition' action for StorageClass '{earlier}'"
        )

    def test_dates_and_days_do_not_mix(self, photos: str, s3: Any) -> None:
        dated = {"Date": midnight(1), "StorageClass": "DEEP_ARCHIVE"}
        mixed = moved((1, "GLACIER"))
        mixed["Transitions"].append(dated)
        assert refused(s3, mixed) == {
            "Code": "InvalidRequest",
            "Message": "Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for filter '()'",
        }
        assert refused(s3, {**RULE, "Transitions": [dated]}) == {
            "Code": "InvalidRequest",
            "Message": "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule "
            "for filter '()'",
        }

    def test_an_object_expires_after_its_last_transition(self, photos: str, s3: Any) -> None:
        put(s3, moved((30, "GLACIER"), Expiration={"Days": 31}))
        filtered = {"And": {"Prefix": "x/", "Tags": [TAG], "ObjectSizeLessThan": 9}}
        error = refused(s3, moved((30, "GLACIER"), Expiration={"Days": 30}, Filter=filtered))
        assert error["Code"] == "InvalidArgument"
        assert error["Message"] == (
            "'Days' in the Expiration action for filter '(prefix=x/ and tag={key=a, value=1} and "
            "objectsizelessthan=9)' must be greater than 'Days' in the Transition action"
        )

    def test_it_expires_after_the_date_of_its_last_transition(self, photos: str, s3: Any) -> None:
        dated = [{"Date": midnight(2), "StorageClass": "GLACIER"}]
        put(s3, {**BARE, "Transitions": dated, "Expiration": {"Date": midnight(3)}})
        error = refused(s3, {**BARE, "Transitions": dated, "Expiration": {"Date": midnight(2)}})
        assert error["Message"] == (
            "'Date' in the Expiration action for filter '()' must be later than 'Date' in the Transition action"
        )

    def test_noncurrent_versions_too(self, photos: str, s3: Any) -> None:
        moves = [{"NoncurrentDays": 30, "StorageClass": "STANDARD_IA"}]
        rule = {**BARE, "NoncurrentVersionTransitions": moves}
        put(s3, {**rule, "NoncurrentVersionExpiration": {"NoncurrentDays": 31}})
        error = refused(s3, {**rule, "NoncurrentVersionExpiration": {"NoncurrentDays": 30}})
        assert error["Message"] == (
            "'NoncurrentDays' in the NoncurrentVersionExpiration action for filter '()' must be greater than "
            "'NoncurrentDays' in the NoncurrentVersionTransition action"
        )

    def test_the_whole_way_down(self, photos: str, s3: Any) -> None:
        """Given in any order."""
        down = moved(
            (270, "DEEP_ARCHIVE"),
            (30, "STANDARD_IA"),
            (60, "INTELLIGENT_TIERING"),
            (61, "ONEZONE_IA"),
            (91, "GLACIER_IR"),
            Expiration={"Days": 400},
        )
        put(s3, down)
        assert s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"] == [down]


NUMBERS = st.integers(-(2**31), 2**31 - 1)
DATES = st.datetimes(timezones=st.just(timezone.utc)).map(
    lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0)
)
EXPIRATIONS = st.one_of(
    st.fixed_dictionaries({"Days": NUMBERS}),
    st.fixed_dictionaries({"Date": DATES}),
    st.fixed_dictionaries({"ExpiredObjectDeleteMarker": st.booleans()}),
)
CLASSES = st.sampled_from(
    ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"]
)
TRANSITIONS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"Days": NUMBERS, "StorageClass": CLASSES}),
        st.fixed_dictionaries({"Date": DATES, "StorageClass": CLASSES}),
    ),
    max_size=4,
)


@given(
    expires=EXPIRATIONS,
    transitions=TRANSITIONS,
    now=st.datetimes(timezones=st.just(timezone.utc)),
)
def test_rules_that_are_taken_can_be_used_at_any_time(expires: Any, transitions: Any, now: datetime) -> None:
    """Whatever its numbers and dates are, a rule is refused by an error of AWS, or never in the way again."""
    rule = {**BARE, "Expiration": expires, "Transitions": transitions}
    try:
        lifecycle_checks.check([rule])
    except AwsError as error:
        assert error.status == 400
    else:
        text = expiration([rule], "k", 0, {}, now)
        assert (text is None) == ("ExpiredObjectDeleteMarker" in expires)
