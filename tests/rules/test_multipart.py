"""Numbers of parts, and the ranges that parts are copied from."""

from __future__ import annotations

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import multipart


def test_numbers_of_parts() -> None:
    for number in (1, 10_000):
        multipart.check_part_number(number)
    for number in (0, 10_001):
        with pytest.raises(AwsError) as caught:
            multipart.check_part_number(number)
        assert caught.value.elements == {"ArgumentName": "partNumber", "ArgumentValue": str(number)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=3-9", (3, 9)),
        ("bytes=1-0", "InvalidArgument"),
        ("bytes=0-", "InvalidArgument"),
        ("bytes=9-10", "InvalidArgument"),
        ("bytes=10-10", "InvalidRequest"),
        (f"bytes=0-{'9' * 5000}", "InvalidArgument"),
    ],
)
def test_ranges_of_ten_bytes(text: str, found: tuple[int, int] | str) -> None:
    if isinstance(found, tuple):
        assert multipart.copy_range(text, 10) == found
        return
    with pytest.raises(AwsError) as caught:
        multipart.copy_range(text, 10)
    assert caught.value.code == found
