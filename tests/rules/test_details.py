"""What is told of tags, lifecycle rules and jobs that can't be, to the letter; the rules at their limits."""

from __future__ import annotations

from typing import Any

import pytest

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


class TestJobFailures:
    def test_one_reads_as_code_and_reason(self) -> None:
        """In the traceback of whoever meets it unhandled."""
        failure = job_failures.never_confirmed()
        assert str(failure) == "JobExpired: The job was not confirmed within 30 days"
        assert failure.hint == ""
