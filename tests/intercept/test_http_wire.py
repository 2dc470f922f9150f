"""A connection that leads to the mock: its request is complete with its last byte, and not before. What is no
request is answered, too.
"""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.http_wire import Wire

HEAD = b"PUT /k HTTP/1.1\r\nHost: photos.s3.amazonaws.com\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        HEAD + b"\r\n",
        HEAD + b"Content-Length: 0\r\n\r\n",
        HEAD + b"Content-Length: 5\r\n\r\nthree",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD
        + b"Transfer-Encoding: chunked\r\n\r\n7\r\n0\r\n\r\n..\r\n0\r\n\r\n",  # with what looks like an end
    ],
)
def test_a_request_byte_by_byte(aws: Any, sent: bytes) -> None:
    scope = ACTIVE.current
    assert scope is not None
    wire = Wire(scope, "https://photos.s3.amazonaws.com")
    for number in range(len(sent)):
        assert not wire.is_complete
        assert (wire.head is None) == (b"\r\n\r\n" not in sent[:number])
        wire.write(sent[number : number + 1])
    assert wire.is_complete


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"PUT /k HTTP/9.9\r\nHost: x\r\n\r\n", 400, "BadRequest"),
        (HEAD + b"Content-Length: some\r\n\r\n", 400, "BadRequest"),
        (HEAD + b"Content-Length: 9999999999999\r\n\r\n", 400, "EntityTooLarge"),
        (HEAD + b"Transfer-Encoding: gzip\r\n\r\n", 501, "NotImplemented"),
    ],
)
def test_what_cant_be_read(aws: Any, sent: bytes, status: int, code: str) -> None:
    assert ACTIVE.current is not None
    wire = Wire(ACTIVE.current, "https://photos.s3.amazonaws.com")
    wire.write(sent)
    assert wire.is_complete
    answer = wire.answer()
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b"<Code>%s</Code>" % code.encode() in answer
