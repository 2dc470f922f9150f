"""Answers that AWS really gave, asked of the mock: they must be the same in every detail."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock import NotServed
from tests.recorded.replay import Case, Replay, cases

#: Operations of the cases that s3tag_mock doesn't serve yet. A case that needs one must say so.
NOT_SERVED_YET = {
    "post_object",
    "put_bucket_lifecycle_configuration",
}


def needs(case: Case) -> set[str]:
    return {step["op"] for step in case["steps"]}


@pytest.mark.parametrize(
    "case", [case for case in cases() if not needs(case) & NOT_SERVED_YET], ids=lambda c: c["id"]
)
@needs_botocore("1.41.1", "all fields of the recorded answers")
def test_same_answers_as_aws(aws: Any, case: Case) -> None:
    assert Replay(case).problems() == []


@pytest.mark.parametrize(
    "case",
    [case for case in cases() if needs(case) & NOT_SERVED_YET and not case.get("needs_http")],
    ids=lambda c: c["id"],
)
def test_cases_that_are_not_served_yet_are_refused(aws: Any, case: Case) -> None:
    with pytest.raises(NotServed):
        Replay(case).problems()


def test_the_list_of_what_is_not_served_is_needed() -> None:
    assert set().union(*(needs(case) for case in cases())) >= NOT_SERVED_YET


def test_a_wrong_answer_is_seen(aws: Any) -> None:
    """The replay itself can fail: a case with another expectation does."""
    (case,) = (case for case in cases() if case["id"] == "test_bucket_tagging_crud")
    case["steps"][1]["expect"]["error"]["Code"] = "NoSuchBucket"
    case["steps"][3]["expect"]["fields"]["TagSet"] = []
    assert len(Replay(case).problems()) == 2
