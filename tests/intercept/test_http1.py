"""HTTP/1.1 itself: requests as they are read, answers as they are written."""

from __future__ import annotations

import io

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.intercept.http1 import read_body, read_head, written
from s3tag_mock.protocol.http import Response

GET = "GET / HTTP/1.1\r\nHost: a\r\n"


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        ("Host: a:80\r\n", {"host": "a:80"}),
        ("Host: a\r\nX-Y:\t Xb X \t\r\nx-y: 2XX\n", {"host": "a", "x-y": "Xb X,2XX"}),
    ],
)
def test_headers(sent: str, headers: dict[str, str]) -> None:
    head = read_head(io.BytesIO(f"\r\n\nGET /k HTTP/1.1\r\n{sent}\r\n".encode()))
    assert head is not None
    assert (head.method, head.target, head.headers) == ("GET", "/k", headers)


@pytest.mark.parametrize(
    ("version", "headers", "expected"),
    [
        ("1.1", "", True),
        ("1.1", "Connection: upgrade, Close\r\n", False),
        ("1.1", "Connection: keep-alive, close\r\n", False),
        ("1.0", "", False),
        ("1.0", "Connection: Keep-Alive\r\n", True),
        ("1.1", "Content-Length: 1\r\n", True),
        ("1.1", "Transfer-Encoding: chunked\r\n", True),
        ("1.1", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", False),
    ],
)
def test_connections_that_are_kept(version: str, headers: str, expected: bool) -> None:
    head = read_head(io.BytesIO(f"GET / HTTP/{version}\r\nHost: a\r\n{headers}\r\n".encode()))
    assert head is not None
    assert head.is_kept_alive is expected


def test_old_clients_name_no_host() -> None:
    assert read_head(io.BytesIO(b"GET / HTTP/1.0\r\n\r\n"))


@pytest.mark.parametrize(
    "sent",
    [
        "GET /\r\nHost: a",
        "GET  HTTP/1.1\r\nHost: a",
        "G@T / HTTP/1.1\r\nHost: a",
        "GET / HTTP/2.0\r\nHost: a",
        "GET / HTTP/1.1\r\nX-Y: a",
        "GET / HTTP/1.1\r\nHost: a b",
        "GET / HTTP/1.1\r\nHost: [1.2]",
        "GET http://[::1/k HTTP/1.1\r\nHost: a",
        f"{GET}a b: c",
        f"{GET}Host: b",
        f"{GET}Content-Length: 1\r\nContent-Length: 1",
        f"{GET}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    ],
)
def test_what_is_refused(sent: str) -> None:
    with pytest.raises(AwsError, match="BadRequest"):
        read_head(io.BytesIO(f"{sent}\r\n\r\n".encode()))


def test_the_largest_header_section() -> None:
    """It ends with its empty line."""
    rest = 8192 - len("Host: a\r\nX: \r\n\r\n")
    assert read_head(io.BytesIO(f"{GET}X: {'x' * rest}\r\n\r\n".encode()))
    for more in (1, 90_000):
        with pytest.raises(AwsError, match="RequestHeaderSectionTooLarge"):
            read_head(io.BytesIO(f"{GET}X: {'x' * (rest + more)}\r\n\r\n".encode()))


LENGTH, CHUNKED = "content-length", "transfer-encoding"


@pytest.mark.parametrize(
    ("headers", "sent", "expected"),
    [
        ({LENGTH: "5"}, b"hello", b"hello"),
        ({LENGTH: "5368709120"}, b"", "IncompleteBody"),
        ({LENGTH: "5368709121"}, b"", "EntityTooLarge"),
        ({CHUNKED: "chunked"}, b"5;a=b\r\nhello\r\n1\n \n0\r\nX-Y: z\r\n\r\n", b"hello "),
        ({CHUNKED: "chunked"}, b"5\r\nhelloX\r\n0\r\n\r\n", "IncompleteBody"),
        ({CHUNKED: "chunked"}, b"x\r\n", "IncompleteBody"),
        ({CHUNKED: "chunked"}, b"140000000\r\n", "IncompleteBody"),
        ({CHUNKED: "chunked"}, b"140000001\r\n", "EntityTooLarge"),
        ({CHUNKED: "gzip"}, b"", "NotImplemented"),
    ],
)
def test_bodies(headers: dict[str, str], sent: bytes, expected: bytes | str) -> None:
    stream = io.BytesIO(sent)
    if isinstance(expected, bytes):
        assert read_body(stream, headers) == expected
        assert stream.read() == b""
        return
    with pytest.raises(AwsError) as refused:
        read_body(stream, headers)
    assert refused.value.code == expected
    assert refused.value.elements.get("Header") == (
        "Transfer-Encoding" if expected == "NotImplemented" else None
    )


@pytest.mark.parametrize(
    ("status", "method", "line", "length"),
    [
        (200, "GET", b"HTTP/1.1 200 OK", [b"Content-Length: 1"]),
        (200, "HEAD", b"HTTP/1.1 200 OK", []),
        (204, "DELETE", b"HTTP/1.1 204 No Content", []),
        (304, "GET", b"HTTP/1.1 304 Not Modified", []),
        (299, "GET", b"HTTP/1.1 299 ", [b"Content-Length: 1"]),
    ],
)
def test_answers(status: int, method: str, line: bytes, length: list[bytes]) -> None:
    headers = {"x-y": "a\r\nb☃", "Transfer-Encoding": "chunked", "Date": "of the mock"}
    head = written(Response(status, headers, b"x"), method, {"Date": "now"})
    assert head.split(b"\r\n") == [line, b"x-y: a b?", b"Date: now", *length, b"", b""]
    assert b" GMT\r\n" in written(Response(status, {}, b""), method, {})
