"""HTTP as clients send it, and as nobody should."""

from __future__ import annotations

import base64
import socket
import zlib
from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock import mock_tagging
from s3tag_mock.server.connection import Connection

Send = Callable[[bytes], bytes]


@pytest.fixture
def open_bucket(aws: Any) -> str:
    """A bucket in which anybody may read and write."""
    aws.create_bucket("open")
    s3 = aws.client("s3")
    s3.delete_public_access_block(Bucket="open")
    s3.put_bucket_policy(
        Bucket="open",
        Policy='{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*",'
        ' "Resource": ["arn:aws:s3:::open", "arn:aws:s3:::open/*"]}]}',
    )
    return "open"


def put(key: str, headers: str, body: bytes = b"") -> bytes:
    return f"PUT /open/{key} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode() + body


def test_three_requests_at_once(aws: Any, open_bucket: str, send: Send) -> None:
    sent = b"".join(put(f"{number}", "Content-Length: 1\r\n", b"x") for number in range(3))
    assert send(sent).count(b"HTTP/1.1 200 OK\r\n") == 3
    assert aws.client("s3").list_objects_v2(Bucket="open")["KeyCount"] == 3


@pytest.mark.parametrize("wish", ["100-continue", "100-Continue"])
@pytest.mark.parametrize(("key", "status"), [("open/k", b"200 OK"), ("closed/k", b"404 Not Found")])
def test_expect(aws: Any, open_bucket: str, send: Send, wish: str, key: str, status: bytes) -> None:
    answer = send(
        put(f"../{key}", f"Expect: {wish}\r\nContent-Length: 1\r\n", b"x").replace(b"/open/../", b"/")
    )
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 " + status)


def test_head_has_the_length_and_no_body(aws: Any, open_bucket: str, send: Send) -> None:
    aws.put_objects("open", {"k": b"12345"})
    answer = send(b"HEAD /open/k HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert b"\r\nContent-Length: 5\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_a_range(aws: Any, open_bucket: str, send: Send) -> None:
    aws.put_objects("open", {"k": b"12345"})
    answer = send(b"GET /open/k HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=1-2\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 206 Partial Content\r\n")
    assert answer.endswith(b"\r\n\r\n23")


def test_keys_arrive_as_they_were_sent(aws: Any, open_bucket: str, send: Send) -> None:
    for path in (b"a%2Fb//c%2B+d/./..", b"/slash", "ü#x y".encode()):
        send(b"PUT /open/" + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")
    listed = aws.client("s3").list_objects_v2(Bucket="open")["Contents"]
    assert [one["Key"] for one in listed] == ["/slash", "a/b//c++d/./..", "ü#x y"]


def test_the_date_is_the_real_one() -> None:
    """Node's SDK takes the difference for its clock's, and sends again what failed."""
    with mock_tagging(clock=datetime(2020, 1, 1)) as aws, aws.serve() as server:
        date = requests.get(server.url).headers["Date"]
    assert abs((datetime.now(timezone.utc) - parsedate_to_datetime(date)).total_seconds()) < 600


def chunked(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))


def test_chunks_of_http_around_chunks_of_s3(aws: Any, open_bucket: str, send: Send) -> None:
    """botocore's uploads by https, with a checksum behind the body; Java's, with signatures of chunks too."""
    crc = base64.b64encode(zlib.crc32(b"hello").to_bytes(4, "big"))
    inner = b"5;chunk-signature=0\r\nhello\r\n0;chunk-signature=0\r\nx-amz-checksum-crc32:%s\r\n\r\n"
    headers = (
        "Transfer-Encoding: chunked\r\nContent-Encoding: aws-chunked\r\nx-amz-trailer: x-amz-checksum-crc32\r\n"
        "x-amz-decoded-content-length: 5\r\nx-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\n"
    )
    right, wrong = inner % crc, inner % b"AAAAAA=="
    assert b" 200 OK\r\n" in send(put("k", headers, chunked(right[:7], right[7:])))
    assert b"<Code>BadDigest</Code>" in send(put("other", headers, chunked(wrong)))
    assert aws.client("s3").get_object(Bucket="open", Key="k")["Body"].read() == b"hello"


def test_chunks_of_http_alone_are_refused_as_s3_refuses_them(open_bucket: str, send: Send) -> None:
    answer = send(put("k", "Transfer-Encoding: chunked\r\n", chunked(b"hello")))
    assert answer.startswith(b"HTTP/1.1 501 Not Implemented\r\n")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\x16\x03\x01\x02\x00\n", b"BadRequest"),
        (b"GET /\r\n\r\n", b"BadRequest"),
        (b"GET / HTTP/1.1\r\n\r\n", b"BadRequest"),
        (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", b"BadRequest"),
        (b"GET / HTTP/1.1\r\nHost: [1.2]\r\n\r\n", b"BadRequest"),
        (b"GET http://[::1/k HTTP/1.1\r\nHost: a\r\n\r\n", b"BadRequest"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"BadRequest"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", b"BadRequest"),
        (b"GET / HTTP/1.1\r\nHost: a", b"BadRequest"),
        (put("k", "Content-Length: -1\r\n"), b"BadRequest"),
        (put("k", "Content-Length: 5\r\n", b"1234"), b"IncompleteBody"),
        (put("k", "Content-Length: 6000000000\r\n"), b"EntityTooLarge"),
        (put("k", "Transfer-Encoding: gzip\r\n"), b"NotImplemented"),
        (put("k", "Transfer-Encoding: chunked\r\n", b"5\r\nhello!\r\n0\r\n\r\n"), b"IncompleteBody"),
        (put("k", "Transfer-Encoding: chunked\r\n", b"x\r\n"), b"IncompleteBody"),
        (put("k", ""), b"MissingContentLength"),
        (b"POST /open/k?uploads HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"MissingContentLength"),
        (put("k", f"X-Large: {'a' * 9000}\r\n"), b"RequestHeaderSectionTooLarge"),
        (put("k", f"X-Large: {'a' * 90000}\r\n"), b"RequestHeaderSectionTooLarge"),
    ],
)
def test_what_is_no_request(aws: Any, open_bucket: str, send: Send, sent: bytes, code: bytes) -> None:
    answer = send(sent)
    assert b"<Code>" + code + b"</Code>" in answer
    assert b"\r\nx-s3tag-mock: " in answer
    assert aws.client("s3").list_objects_v2(Bucket="open")["KeyCount"] == 0


def test_a_sender_that_stops(monkeypatch: pytest.MonkeyPatch, aws: Any, open_bucket: str, port: int) -> None:
    monkeypatch.setattr(Connection, "timeout", 0.01)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as own:
        own.sendall(put("k", "Content-Length: 5\r\n", b"1234"))
        assert b"<Code>RequestTimeout</Code>" in b"".join(iter(lambda: own.recv(1 << 16), b""))


@given(
    sent=st.binary(max_size=200)
    | st.from_regex(rb"(GET|PUT|POST) [ -~]{0,40} HTTP/1\.[01]\r\n([ -~]{0,40}\r\n){0,4}\r\n.{0,9}")
)
@fuzzing(60)
def test_any_bytes_are_answered_or_ended(send: Send, sent: bytes) -> None:
    answer = send(sent)
    assert not answer or answer.startswith(b"HTTP/1.1 ")
    assert b" 500 " not in answer.partition(b"\r\n")[0]


@pytest.mark.parametrize("error", ["ConnectionClosedError", "ReadTimeoutError"])
def test_a_fault_without_an_answer_ends_the_connection(
    aws: Any, open_bucket: str, send: Send, error: str
) -> None:
    aws.faults.add("PutObject", error)
    assert send(put("k", "Content-Length: 0\r\n")) == b""
    assert [call.error_code for call in aws.calls.of("PutObject")] == [error]
