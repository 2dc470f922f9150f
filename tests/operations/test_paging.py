"""Pages of S3 Control's and IAM's lists."""

from __future__ import annotations

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations import paging


def test_a_list_is_walked_to_the_end_of_the_page_and_no_further() -> None:
    entries = iter("abcdefgh")
    _, token = paging.page("ab", str, {"MaxResults": 1})
    shown, _ = paging.page(entries, str, {"MaxResults": 3, "NextToken": token})
    assert shown == ["b", "c", "d"]
    assert next(entries) == "f"  # the one before it said that there are more


def test_pages_of_nothing_and_less() -> None:
    assert paging.page("ab", str, {"MaxResults": 0}) == ([], None)
    with pytest.raises(AwsError) as refused:
        paging.page("ab", str, {"MaxResults": -1})
    assert (refused.value.code, str(refused.value.hint)) == ("InvalidRequest", "MaxResults is -1")
