"""What is told of tags, lifecycle rules and jobs that can't be, to the letter; the rules at their limits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from s3tag_mock import mock_tagging
from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import job_failures
from s3tag_mock.rules import tags as tag_rules
from tests.support import refusal, tag_set

TWICE = [("a", "1"), ("a", "2")]
RESERVED = (
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" '
    "from your tag keys and try again."
)
INVALID = (
    "This request contains a tag key or value that isn't valid. Valid characters include the following: "
    "[a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters."
)
RULE: dict[str, Any] = {"ID": "a", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 7}}
MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema"


class TestTags:
    @pytest.mark.parametrize("rules", [tag_rules.OBJECT, tag_rules.BUCKET])
    @pytest.mark.parametrize(
        ("pairs", "message", "elements"),
        [
            (TWICE, "Cannot provide multiple Tags with the same key", {"TagKey": "a"}),
            ([("a,", "1")], "The TagKey you have provided is invalid", {"TagKey": "a,"}),
            ([("", "1")], "The TagKey you have provided is invalid", {"TagKey": ""}),
            (
                [("a", "1,")],
                "The TagValue you have provided is invalid",
                {"TagKey": "a", "TagValue": "1,"},
            ),
        ],
    )
    def test_elements(self, rules: Any, pairs: Any, message: str, elements: dict[str, str]) -> None:
        self.check(rules, pairs, "InvalidTag", message, elements, None)

    @pytest.mark.parametrize(
        ("rules", "key", "message"),
        [
            (tag_rules.OBJECT, "aws:x", "Your TagKey cannot be prefixed with aws:"),
            (tag_rules.OBJECT, "AWS:x", "Your TagKey cannot be prefixed with aws:"),
            (tag_rules.BUCKET, "aws:x", "System tags cannot be added/updated by requester"),
            (
                tag_rules.BUCKET,
                "AWS:x",
                'Invalid Tag. Tags cannot start with "aws:"(case insensitive) unless they are System Tags '
                'that start with "aws:"(case sensitive)',
            ),
        ],
    )
    def test_elements_of_reserved_keys(self, rules: Any, key: str, message: str) -> None:
        self.check(rules, [(key, "1")], "InvalidTag", message, {"TagKey": key}, None)

    @pytest.mark.parametrize(
        ("rules", "pairs", "code", "message", "hint"),
        [
            (
                tag_rules.CREATE_BUCKET,
                TWICE,
                "InternalError",
                "We encountered an internal error. Please try again.",
                "the tag 'a' = '2'",
            ),
            (tag_rules.CREATE_BUCKET, [("aws:x", "1")], "InvalidTag", RESERVED, "the tag 'aws:x' = '1'"),
            (
                tag_rules.JOB,
                TWICE,
                "InvalidTag",
                "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.",
                "the tag 'a' = '2'",
            ),
            (tag_rules.JOB, [("aws:x", "1")], "InvalidTag", RESERVED, "the tag 'aws:x' = '1'"),
            (tag_rules.JOB, [("AWS:x", "1")], "InvalidTag", INVALID, "the tag 'AWS:x' = '1'"),
            (tag_rules.JOB, [("a,", "1")], "InvalidTag", INVALID, "the tag 'a,' = '1'"),
            (tag_rules.JOB, [("a", "1,")], "InvalidTag", INVALID, "the tag 'a' = '1,'"),
        ],
    )
    def test_hints(self, rules: Any, pairs: Any, code: str, message: str, hint: str) -> None:
        """Where AWS doesn't say which tag it was."""
        self.check(rules, pairs, code, message, {}, hint)

    def check(
        self, rules: Any, pairs: Any, code: str, message: str, elements: dict[str, str], hint: str | None
    ) -> None:
        with pytest.raises(AwsError) as caught:
            rules.check(pairs)
        error = caught.value
        assert (error.code, error.message, error.elements, error.hint) == (code, message, elements, hint)

    def test_awss_own_tags_are_named_when_one_is_removed(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("stack", tags={"aws:a": "1", "mine": "2", "aws:b": "3"})
        refused = refusal(lambda: s3.put_bucket_tagging(Bucket="stack", Tagging=tag_set(mine="2")))
        assert refused == {
            "Status": 400,
            "Code": "InvalidTag",
            "Message": "System Tags cannot be removed by requester",
        }
        assert aws.calls[-1].hint == "AWS's own tags are aws:a, aws:b"

    @pytest.mark.tagging_mock(allow=["lost_tags"])
    def test_what_a_call_erased(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("photos", tags={"a": "1", "b": "2"})
        aws.put_objects("photos", ["k"], tags={"c": "3", "d": "4"})
        s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(b="9", e="5"))
        assert aws.calls[-1].erased == ("a",)
        s3.put_object_tagging(Bucket="photos", Key="k", Tagging=tag_set(d="9", e="5"))
        assert aws.calls[-1].erased == ("c",)


class TestLifecycle:
    def put(self, s3: Any, *rules: Any) -> Any:
        return s3.put_bucket_lifecycle_configuration(
            Bucket="photos", LifecycleConfiguration={"Rules": list(rules)}
        )

    @pytest.mark.parametrize(
        ("rules", "hint"),
        [
            ([RULE] * 1001, "1001 rules"),
            ([{**RULE, "Status": "enabled"}], "Status is 'enabled'"),
            ([{**RULE, "Prefix": ""}], "a rule needs either a Filter or a Prefix"),
            (
                [{"Status": "Enabled", "Expiration": {"Days": 7}}],
                "a rule needs either a Filter or a Prefix",
            ),
            (
                [{**RULE, "Filter": {"Prefix": "x", "ObjectSizeLessThan": 9}}],
                "a Filter holds one condition; several stand in And",
            ),
        ],
    )
    def test_hints(self, aws: Any, photos: str, s3: Any, rules: Any, hint: str) -> None:
        refused = refusal(lambda: self.put(s3, *rules))
        assert refused == {"Status": 400, "Code": "MalformedXML", "Message": MALFORMED}
        assert aws.calls[-1].hint == hint

    def test_a_configuration_that_isnt_there(self, aws: Any, photos: str, s3: Any) -> None:
        refused = refusal(lambda: s3.put_bucket_lifecycle_configuration(Bucket=photos))
        assert refused["Code"] == "MalformedXML"
        assert aws.calls[-1].hint == "0 rules"

    def test_a_thousand_rules(self, photos: str, s3: Any) -> None:
        self.put(s3, *[RULE] * 1000)
        assert len(s3.get_bucket_lifecycle_configuration(Bucket=photos)["Rules"]) == 1000

    def test_a_date_that_is_no_midnight(self, photos: str, s3: Any) -> None:
        date = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
        refused = refusal(lambda: self.put(s3, {**RULE, "Expiration": {"Date": date}}))
        assert refused == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": "'Date' must be at midnight GMT",
            "ArgumentName": "Date",
            "ArgumentValue": "2026-01-01T12:00:00+00:00",
        }

    def test_rules_that_expire_nothing(self, photos: str, s3: Any) -> None:
        abort = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}
        self.put(s3, {"ID": "a", "Status": "Enabled", "Filter": {}, **abort})
        assert "Expiration" not in s3.head_object(Bucket=photos, Key="a.jpg")

    def test_an_id_is_url_encoded(self, photos: str, s3: Any) -> None:
        self.put(s3, {**RULE, "ID": "a/b X"})
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
            rules = [{**RULE, "Expiration": expiration}]
            s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": rules})
            due = s3.put_object(Bucket="photos", Key="k")["Expiration"]
        assert due == f'expiry-date="{day} 2026 00:00:00 GMT", rule-id="a"'


class TestJobFailures:
    def test_one_reads_as_code_and_reason(self) -> None:
        """In the traceback of whoever meets it unhandled."""
        failure = job_failures.never_confirmed()
        assert str(failure) == "JobExpired: The job was not confirmed within 30 days"
        assert failure.hint == ""
