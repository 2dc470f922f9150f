"""HTTP/1.1 on the wire: requests out of a connection, answers into it.

Source: RFC 9112. What S3 answers to a request that is no HTTP stands in :mod:`s3tag_mock.errors`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from s3tag_mock import errors
from s3tag_mock.protocol.http import Response

#: The longest request line and header section that are read at all, in bytes.
_MOST_HEAD: Final = 1 << 16
#: The longest chunk size line, with its extensions, in bytes.
_MOST_CHUNK_LINE: Final = 1 << 12
#: S3's longest header section, in bytes.
_MOST_HEADERS: Final = 8192
#: S3's longest body, in bytes: of one object, or one part.
_MOST_BODY: Final = 5 << 30
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HOST: Final = re.compile(r"(?:[A-Za-z0-9._~-]*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_DIGITS: Final = re.compile(r"\d{1,18}")
_HEX_DIGITS: Final = re.compile(rb"[0-9A-Fa-f]{1,15}")
#: Characters of a request's target that stand there percent-encoded, whoever forgot it.
_ENCODED: Final = re.compile(r"[^!-~]|#")

_LINE_ENDS: Final = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Head:
    """A request up to its body.

    :param target: as it was sent: a path and a query, a whole URL, or of CONNECT a host and a port.
    :param headers: names in lower case; the values of a header that is there several times, behind commas.
    :param is_kept_alive: whether another request may follow on the connection.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    is_kept_alive: bool

    @property
    def waits_for_continue(self) -> bool:
        """Whether the sender waits for leave to send the body."""
        return self.headers.get("expect", "").lower() == "100-continue"


def read_head(stream: BinaryIO) -> Head | None:
    """The next request up to its body; None where the connection ends before it.

    :raises AwsError: BadRequest for what is no HTTP; RequestHeaderSectionTooLarge.
    """
    line, left = b"\r\n", _MOST_HEAD
    while line in {b"\r\n", b"\n"}:  # empty lines before a request don't count
        line = stream.readline(left)
        left -= len(line)
    if not line:
        return None
    method, _, rest = _text(line).partition(" ")
    target, _, version = rest.rpartition(" ")
    if not _TOKEN.fullmatch(method) or not target or version not in {"HTTP/1.0", "HTTP/1.1"}:
        raise errors.NO_HTTP(hint=f"the request line is {line[:200]!r}")
    headers = _read_headers(stream, left)
    if version == "HTTP/1.1" and "host" not in headers:
        raise errors.NO_HTTP(hint="there is no Host header")
    host = headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise errors.NO_HTTP(hint=f"the Host header is {host!r}")
    wishes = {wish.strip().lower() for wish in headers.get("connection", "").split(",")}
    is_kept_alive = "close" not in wishes and (version == "HTTP/1.1" or "keep-alive" in wishes)
    target = _ENCODED.sub(lambda found: f"%{ord(found[0]):02X}", target)
    for url in (target, f"//{host}"):
        _check_url(url)
    # A request with two lengths may be two requests to somebody on its way.
    is_kept_alive &= not ("content-length" in headers and "transfer-encoding" in headers)
    return Head(method, target, headers, is_kept_alive)


def _check_url(url: str) -> None:
    """Refuse what Python doesn't take apart, such as brackets around what isn't an address of IPv6."""
    try:
        urlsplit(url)
    except ValueError as problem:
        raise errors.NO_HTTP(hint=f"{url[:200]!r}: {problem}") from None


def _text(line: bytes) -> str:
    if not line.endswith(b"\n"):
        raise errors.NO_HTTP(hint="the request ends inside a line, or a line is too long")
    return line.rstrip(b"\r\n").decode("latin-1")


def _read_headers(stream: BinaryIO, most: int) -> dict[str, str]:
    headers: dict[str, str] = {}
    size = 0
    while True:
        line = stream.readline(most)
        size += len(line)
        if size >= most:
            raise errors.HEADERS_TOO_LARGE(MaxSizeAllowed=str(_MOST_HEADERS))
        text = _text(line)
        if not text:
            break
        name, colon, value = text.partition(":")
        if not colon or not _TOKEN.fullmatch(name):
            raise errors.NO_HTTP(hint=f"a header is {text[:200]!r}")
        name, value = name.lower(), value.strip(" \t")
        if name in headers and name in {"content-length", "transfer-encoding"}:
            raise errors.NO_HTTP(hint=f"there are two {name} headers")
        headers[name] = f"{headers[name]},{value}" if name in headers else value
    if size > _MOST_HEADERS:
        raise errors.HEADERS_TOO_LARGE(MaxSizeAllowed=str(_MOST_HEADERS))
    return headers


def length_of(headers: Mapping[str, str]) -> int | None:
    """How long the body of a request is, in bytes; None where it comes in HTTP's own chunks.

    :raises AwsError: BadRequest for a Content-Length that is none; EntityTooLarge; NotImplemented for another
        Transfer-Encoding.
    """
    if "transfer-encoding" in headers:
        if headers["transfer-encoding"].lower() != "chunked":
            raise errors.BARE_HEADER_NOT_IMPLEMENTED(Header="Transfer-Encoding")
        return None
    length = headers.get("content-length", "0")
    if not _DIGITS.fullmatch(length):
        raise errors.NO_HTTP(hint=f"the Content-Length is {length!r}")
    if int(length) > _MOST_BODY:
        raise errors.FILE_TOO_LARGE(ProposedSize=length, MaxSizeAllowed=str(_MOST_BODY))
    return int(length)


def read_body(stream: BinaryIO, headers: Mapping[str, str]) -> bytes:
    """The body of a request, out of HTTP's own chunks (aws-chunked may be inside).

    :raises AwsError: IncompleteBody where the connection ends inside it, or a chunk isn't as long as it says;
        and as :func:`length_of`.
    """
    length = length_of(headers)
    return _read_chunks(stream) if length is None else _read_exactly(stream, length)


def _read_exactly(stream: BinaryIO, length: int) -> bytes:
    body = stream.read(length)
    if len(body) < length:
        raise errors.INCOMPLETE_BODY(hint="the connection ended inside the body")
    return body


def _read_chunks(stream: BinaryIO) -> bytes:
    pieces: list[bytes] = []
    total = 0
    while True:
        line = stream.readline(_MOST_CHUNK_LINE)
        size = line.partition(b";")[0].strip()
        if not line.endswith(b"\n") or not _HEX_DIGITS.fullmatch(size):
            raise errors.INCOMPLETE_BODY(hint="a chunk has no size")
        length = int(size, 16)
        total += length
        if total > _MOST_BODY:
            raise errors.FILE_TOO_LARGE(ProposedSize=str(total), MaxSizeAllowed=str(_MOST_BODY))
        if length == 0:
            break
        pieces.append(_read_exactly(stream, length))
        if stream.readline(_MOST_CHUNK_LINE).strip(b"\r\n"):
            raise errors.INCOMPLETE_BODY(hint="a chunk is longer than it says")
    while stream.readline(_MOST_CHUNK_LINE).strip():
        pass  # HTTP's own trailer, which says nothing to S3
    return b"".join(pieces)


def written(response: Response, method: str, further: Mapping[str, str]) -> bytes:
    """An answer as it goes out, up to its body.

    :param method: of the request: HEAD's answers have headers alone.
    :param further: headers beside the answer's own. The Date is the real one whatever the mock's clock says:
        clients take its difference from their own for a clock that is wrong.
    """
    headers = {name: value for name, value in response.headers.items() if name != "Transfer-Encoding"}
    has_length = method != "HEAD" and response.status not in {204, 304}
    if has_length:
        headers["Content-Length"] = str(len(response.body))
    headers |= {"Date": formatdate(usegmt=True), **further}
    lines = [f"HTTP/1.1 {response.status} {_phrase(response.status)}"]
    lines += [f"{name}: {_LINE_ENDS.sub(' ', value)}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
