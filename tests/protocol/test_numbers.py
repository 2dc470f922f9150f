"""Numbers and moments in queries and headers, as S3 reads them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import refusal, send_raw


def list_with(s3: Any, limit: str) -> Any:
    """ListObjectsV2 with max-keys as it stands."""

    def replace(request: Any, **kwargs: Any) -> None:
        request.url = request.url.replace("max-keys=7", f"max-keys={limit}")

    s3.meta.events.register_first("request-created.s3.ListObjectsV2", replace)
    try:
        return s3.list_objects_v2(Bucket="photos", MaxKeys=7)
    finally:
        s3.meta.events.unregister("request-created.s3.ListObjectsV2", replace)


@pytest.mark.parametrize(("limit", "count"), [("2", 2), ("%2B2", 2), ("0", 0), ("2147483647", 3), ("002", 2)])
def test_integers(s3: Any, photos: str, limit: str, count: int) -> None:
    assert list_with(s3, limit)["KeyCount"] == count


@pytest.mark.parametrize(
    "limit", ["x", "1_0", "%D9%A1", "2147483648", "-2147483649", "9" * 5_000, "1.0", "0x1", "1e1"]
)
def test_what_is_no_integer_or_out_of_its_range(s3: Any, photos: str, limit: str) -> None:
    refused = refusal(lambda: list_with(s3, limit))
    assert (refused["Status"], refused["Code"]) == (400, "InvalidArgument")
    assert refused["Message"] == "Provided max-keys not an integer or within integer range"


@pytest.mark.parametrize(
    "moment", ["9" * 20, "tomorrow", "2020-13-45T99:99:99Z", "Thu, 99 Jan 1970 00:00:00 GMT"]
)
def test_moments_that_are_none(s3_once: Any, photos: str, moment: str) -> None:
    """ASSUMED: nobody recorded what S3 says."""
    headers = {"If-Modified-Since": moment}
    refused = refusal(
        lambda: send_raw(s3_once, "get_object", body=b"", headers=headers, Bucket=photos, Key="a.jpg")
    )
    assert (refused["Code"], refused["Message"]) == (
        "InvalidArgument",
        "Provided if-modified-since not a timestamp",
    )
