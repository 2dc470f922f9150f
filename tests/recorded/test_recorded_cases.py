"""Answers that AWS really gave, asked of the mock: they must be the same in every detail."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import needs_botocore
from tests.recorded.replay import Case, Replay, cases


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["id"])
@needs_botocore("1.41.1", "all fields of the recorded answers")
def test_same_answers_as_aws(aws: Any, case: Case) -> None:
    assert Replay(case).problems() == []


def test_a_wrong_answer_is_seen(aws: Any) -> None:
    """The replay itself can fail: a case with another expectation does."""
    (case,) = (case for case in cases() if case["id"] == "test_bucket_tagging_crud")
    case["steps"][1]["expect"]["error"]["Code"] = "NoSuchBucket"
    case["steps"][3]["expect"]["fields"]["TagSet"] = []
    assert len(Replay(case).problems()) == 2


def test_a_wrong_answer_to_a_form_is_seen(aws: Any) -> None:
    (case,) = (case for case in cases() if case["id"] == "test_post_object_with_tags[notxml]")
    case["steps"][1]["expect"]["status"] = 204
    case["steps"][1]["expect"]["error"]["Code"] = "InvalidTag"
    assert len(Replay(case).problems()) == 2
