"""The tags of a call are found in whichever form they have, and odd ones break no report."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.dispatch.tags_in import tags_in

PAIR = {"Key": "team", "Value": "red"}


@pytest.mark.parametrize(
    "shaped",
    [
        {"Tagging": "team=red"},
        {"Tagging": {"TagSet": [PAIR]}},
        {"TagSet": [PAIR]},
        {"Tags": [PAIR]},
        {"Tags": {"team": "red"}},
        {"CreateBucketConfiguration": {"Tags": [PAIR]}},
    ],
)
def test_every_form(shaped: dict[str, Any]) -> None:
    assert tags_in(shaped) == {"team": "red"}


@pytest.mark.parametrize(
    "shaped",
    [
        {"Tags": ["team"]},
        {"Tags": "team"},
        {"TagSet": [{"Key": "team"}]},
        {"TagSet": [[]]},
        {"Tags": [PAIR, 1][1:]},
    ],
)
def test_what_is_none_of_them(shaped: dict[str, Any]) -> None:
    assert tags_in(shaped) == {}


@pytest.mark.parametrize("shaped", [{}, {"Tagging": 7}, {"CreateBucketConfiguration": "x"}])
def test_no_parameter_for_tags(shaped: dict[str, Any]) -> None:
    assert not tags_in(shaped)
