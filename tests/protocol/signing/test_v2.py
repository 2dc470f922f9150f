"""Signature version 2 against the examples of AWS's documentation."""

from __future__ import annotations

from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol.signing import v2
from s3tag_mock.protocol.signing.arrived import Arrived
from s3tag_mock.protocol.signing.signature import Signature

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
HOST = "johnsmith.s3.amazonaws.com"


def test_arguments_without_a_value() -> None:
    arrived = Arrived("GET", "/", "/b/", "acl&empty=&a=%201", {})
    assert arrived.arguments == {"acl": "", "empty": "", "a": " 1"}
    assert list(arrived.pairs()) == [("acl", None), ("empty", ""), ("a", " 1")]


def test_a_mismatch_shows_the_bytes_that_were_sent() -> None:
    told = Signature(KEY, "x", "GET\n\udcff\u00e9", lambda secret: "y").mismatch()
    assert told.elements["StringToSignBytes"] == "47 45 54 0a ff c3 a9"


def test_presigned_url() -> None:
    """S3 user guide, "Query string request authentication alternative"."""
    query = f"AWSAccessKeyId={KEY}&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620"
    request = Arrived("GET", "/photos/puppy.jpg", "/johnsmith/photos/puppy.jpg", query, {"host": HOST})
    signature = v2.of_query(request, datetime(2007, 3, 1, tzinfo=timezone.utc), "us-east-1")
    assert signature.string_to_sign == "GET\n\n\n1175139620\n/johnsmith/photos/puppy.jpg"
    assert signature.matches(SECRET)
    assert not signature.matches("another")


def test_a_url_that_ended_before_there_were_calendars() -> None:
    request = Arrived(
        "GET", "/k", "/b/k", "AWSAccessKeyId=a&Signature=x&Expires=-99999999999", {"host": HOST}
    )
    with pytest.raises(AwsError, match="Request has expired"):
        v2.of_query(request, datetime(2026, 1, 1, tzinfo=timezone.utc), "us-east-1")


@pytest.mark.parametrize(
    ("method", "path", "query", "headers", "signature"),
    [
        (
            "GET",
            "/photos/puppy.jpg",
            "",
            {"date": "Tue, 27 Mar 2007 19:36:42 +0000"},
            "bWq2s1WEIj+Ydj0vQ697zp+IXMU=",
        ),
        (
            "PUT",
            "/photos/puppy.jpg",
            "",
            {"content-type": "image/jpeg", "date": "Tue, 27 Mar 2007 21:15:45 +0000"},
            "MyyxeRY7whkBe+bq8fHCL/2kKUg=",
        ),
        (
            "GET",
            "/",
            "prefix=photos&max-keys=50&marker=puppy",
            {"date": "Tue, 27 Mar 2007 19:42:41 +0000"},
            "htDYFYduRNen8P9ZfE/s9SuKy0U=",
        ),
        (
            "GET",
            "/",
            "acl",
            {"date": "Tue, 27 Mar 2007 19:44:46 +0000"},
            "c2WLPFtWHVgbEmeEG93a4cG37dM=",
        ),
    ],
    ids=["get_object", "put_object", "list_objects", "get_bucket_acl"],
)
def test_authorization_header(
    method: str, path: str, query: str, headers: dict[str, str], signature: str
) -> None:
    """S3 user guide, "Signing and authenticating REST requests"."""
    signed = {"host": HOST, **headers, "authorization": f"AWS {KEY}:{signature}"}
    request = Arrived(method, path, f"/johnsmith{path}", query, signed)
    now = parsedate_to_datetime(headers["date"])
    assert v2.of_header(request, now, "us-east-1").matches(SECRET)
