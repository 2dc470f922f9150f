"""Which bucket and which region a URL is for, and whose host it names; see also test_captured_requests.py."""

from __future__ import annotations

import pytest

from s3tag_mock.protocol.address import Address, is_near_s3, locate

GATEWAY = "http://localhost:9000/goX/"


@pytest.mark.parametrize(
    ("url", "endpoint_url", "address"),
    [
        # The bucket's name alone leads to its region: the signature says which is meant.
        ("https://photos.s3.amazonaws.com/k?a", None, Address("/photos/k", "a", "eu-west-1", "global")),
        (
            "https://photos.s3.eu-north-1.amazonaws.com",
            None,
            Address("/photos/", "", "eu-north-1", "regional"),
        ),
        ("https://s3.amazonaws.com/photos/k", None, Address("/photos/k", "", "us-east-1", "regional")),
        ("https://S3.amazonaws.com", None, Address("/", "", "us-east-1", "regional")),
        ("http://localhost:9000/photos/k", None, Address("/photos/k", "", "eu-west-1")),
        ("http://photos.LOCALHOST:9000/goX/k", GATEWAY, Address("/photos/k", "", "eu-west-1")),
        ("http://photos.localhost:9000/goX", GATEWAY, Address("/photos/", "", "eu-west-1")),
        ("http://localhost:9000/goX", GATEWAY, Address("/", "", "eu-west-1")),
        ("http://localhost:9000/goXen", GATEWAY, Address("/goXen", "", "eu-west-1")),
        ("http://localhost:9000/photos/k", GATEWAY, Address("/photos/k", "", "eu-west-1")),
        ("/photos/k", None, Address("/photos/k", "", "eu-west-1")),
    ],
)
def test_where_a_request_goes(url: str, endpoint_url: str | None, address: Address) -> None:
    assert locate(url, names_bucket=True, endpoint_url=endpoint_url, region="eu-west-1") == address


def test_a_region_that_nobody_says() -> None:
    assert locate("http://localhost:9000/photos", names_bucket=True).region is None


def test_a_host_may_end_with_a_dot() -> None:
    assert is_near_s3("S3.amazonaws.com.")
    assert not is_near_s3("s3.example.com")
