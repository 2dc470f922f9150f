"""Bodies of requests: however they are given, out of their chunks."""

from __future__ import annotations

import io
from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol.body import read


class Readable:
    """What has nothing but read()."""

    def __init__(self, content: bytes) -> None:
        self.read = io.BytesIO(content).read


DIGEST = "0" * 64
LENGTH = "x-amz-decoded-content-length"
CHUNKS = b"3;chunk-signature=a\r\nhel\r\n2\r\nlo\r\n0\r\nX-Amz-Trailer-One: a:b\r\nx-two:c\r\n\r\n"
TRAILER = {"x-amz-trailer-one": "a:b", "x-two": "c"}
STREAMED = {"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}
ENCODED = {"content-encoding": "aws-chunked"}


def read_put(headers: dict[str, str], body: Any) -> Any:
    return read("PUT", "https://s3.amazonaws.com/b/k", headers, body, streams=True)


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (None, b""),
        (memoryview(b"ab"), b"ab"),
        (io.BytesIO(b"a" * (1 << 20) + b"b"), b"a" * (1 << 20) + b"b"),
        (io.StringIO("ab"), b"ab"),
        (Readable(b"ab"), b"ab"),
        ((b"a", "b"), b"ab"),
    ],
    ids=["none", "view", "file", "text", "readable", "pieces"],
)
def test_kinds(body: Any, content: bytes) -> None:
    assert read_put({}, body).body == content


@pytest.mark.parametrize(
    ("headers", "chunked", "kept"),
    [
        (
            {"Content-Encoding": "gzip,, aws-chunked, br", LENGTH: "5"},
            True,
            {"content-encoding": "gzip,br", LENGTH: "5"},
        ),
        ({**ENCODED, "x-amz-trailer": "x-two"}, True, {"x-amz-trailer": "x-two"}),
        (STREAMED, True, STREAMED),
        # A name of the encoding alone makes no chunks, nor does a length.
        (ENCODED, False, {}),
        ({LENGTH: "5"}, False, {LENGTH: "5"}),
        # Who signs nothing has no digest that is checked.
        ({"x-amz-content-sha256": DIGEST}, False, {"x-amz-content-sha256": DIGEST}),
    ],
)
def test_chunks(headers: dict[str, str], chunked: bool, kept: dict[str, str]) -> None:
    request = read_put(headers, CHUNKS)
    assert request.body == (b"hello" if chunked else CHUNKS)
    assert request.headers == {**kept, **(TRAILER if chunked else {})}


def test_chunks_without_an_end() -> None:
    with pytest.raises(AwsError) as refused:
        read_put(STREAMED, b"00")
    assert refused.value.code == "IncompleteBody"


def test_the_digest_of_a_signed_request() -> None:
    with pytest.raises(AwsError, match="x-amz-content-sha256"):
        read_put({"authorization": "AWS4-HMAC-SHA256", "x-amz-content-sha256": DIGEST}, b"a")
