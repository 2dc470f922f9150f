"""Answers that AWS really gave, asked of the mock: they must be the same in every detail."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import needs_botocore
from tests.recorded.replay import Case, Replay, cases

#: Browser-style POSTs of forms don't go through botocore, and aren't served. Every other case is played.
NOT_SERVED = {"post_object"}


def needs(case: Case) -> set[str]:
    return {step["op"] for step in case["steps"]}


@pytest.mark.parametrize(
    "case", [case for case in cases() if not needs(case) & NOT_SERVED], ids=lambda c: c["id"]
)
@needs_botocore("1.41.1", "all fields of the recorded answers")
def test_same_answers_as_aws(aws: Any, case: Case) -> None:
    assert Replay(case).problems() == []


def test_all_other_cases_are_played() -> None:
    left_out = [case["id"] for case in cases() if needs(case) & NOT_SERVED]
    assert left_out == ["test_post_object_with_tags[list]", "test_post_object_with_tags[notxml]"]


def test_a_wrong_answer_is_seen(aws: Any) -> None:
    """The replay itself can fail: a case with another expectation does."""
    (case,) = (case for case in cases() if case["id"] == "test_bucket_tagging_crud")
    case["steps"][1]["expect"]["error"]["Code"] = "NoSuchBucket"
    case["steps"][3]["expect"]["fields"]["TagSet"] = []
    assert len(Replay(case).problems()) == 2
