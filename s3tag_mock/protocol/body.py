"""The body of a request: read whole, out of aws-chunked, and checked against every digest sent with it.

Sources: S3 user guide, "Checking object integrity" and "SigV4 streaming"; the answers are in
:mod:`s3tag_mock.errors`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.exceptions import NotSupported
from s3tag_mock.protocol import header_values
from s3tag_mock.protocol.http import Request
from s3tag_mock.rules.checksums import ALGORITHMS

_CHECKSUM: Final = "x-amz-checksum-"
#: Headers that begin like a checksum but say something about it.
_NOT_A_VALUE: Final = frozenset({"x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"})
_STREAMING: Final = "STREAMING-"
_SHA256: Final = re.compile("[0-9a-f]{64}")
_CHUNKED: Final = "aws-chunked"
#: Headers of a body in chunks; Content-Encoding may name them for one that isn't (LIKELY: it is stored).
_DECODED_LENGTH, _TRAILER = "x-amz-decoded-content-length", "x-amz-trailer"
_OF_CHUNKS: Final = frozenset({_DECODED_LENGTH, _TRAILER})
#: How much of a body is read at once, in bytes.
_PIECE: Final = 1 << 20
_HEX_DIGITS: Final = b"0123456789abcdefABCDEF"


def read(method: str, url: str, raw_headers: Mapping[str, Any], raw_body: Any, *, streams: bool) -> Request:
    """The request with its whole body, out of aws-chunked, the trailer's headers among the others.

    :param raw_headers: as botocore prepared them: values may be bytes.
    :param raw_body: None, bytes, text, a file or file-like object, or an iterable of bytes.
    :param streams: whether the operation takes a streaming payload at all.
    :raises AwsError: IncompleteBody when the chunks don't add up; InvalidRequest for a streaming
        payload where none is taken.
    """
    headers = _lowered(raw_headers)
    body = whole(raw_body)
    encodings = [one.strip() for one in headers.get("content-encoding", "").split(",") if one.strip()]
    content = headers.get("x-amz-content-sha256", "")
    is_streaming = content.startswith(_STREAMING)
    if is_streaming and not streams:
        raise errors.INVALID_CONTENT_SHA256()
    if "authorization" in headers and _SHA256.fullmatch(content):
        _check_sha256(content, body)
    is_chunked = is_streaming or not _OF_CHUNKS.isdisjoint(headers)
    if is_chunked and (is_streaming or _CHUNKED in encodings):
        body, trailer = _unchunked(body)
        headers.update(trailer)
        if headers.get(_DECODED_LENGTH, str(len(body))) != str(len(body)):
            raise errors.INCOMPLETE_BODY(hint="x-amz-decoded-content-length differs from the body")
    if _CHUNKED in encodings:
        encodings = [one for one in encodings if one != _CHUNKED]
        del headers["content-encoding"]
        if encodings:
            headers["content-encoding"] = ",".join(encodings)
    return Request(method, url, headers, body)


def check_length(headers: Mapping[str, str]) -> None:
    """Refuse a body of which nothing says how long it is: S3 takes HTTP's chunks for its own ones alone.

    :param headers: with names in lower case.
    :raises AwsError: NotImplemented (OBSERVED, botocore #911 and aws-sdk-js #1237); MissingContentLength for
        a body with a trailer (OBSERVED, boto3 #4398).
    """
    if headers.get("transfer-encoding") != "chunked" or _DECODED_LENGTH in headers:
        return
    if _TRAILER in headers:
        raise errors.CONTENT_LENGTH_MISSING(hint="the client can't tell the length of its stream")
    raise errors.BARE_HEADER_NOT_IMPLEMENTED(
        hint="the client can't tell the length of its stream", Header="Transfer-Encoding"
    )


def _check_sha256(signed: str, body: bytes) -> None:
    calculated = hashlib.sha256(body).hexdigest()
    if calculated != signed:
        raise errors.CONTENT_SHA256_MISMATCH(
            ClientComputedContentSHA256=signed, S3ComputedContentSHA256=calculated
        )


def _lowered(raw: Mapping[str, Any]) -> dict[str, str]:
    # botocore's own mapping ignores case by making an object of every name that it is asked for; what
    # it holds is read at once, where it is there.
    held = getattr(raw, "_dict", raw)
    return {str(name).lower(): header_values.from_bytes(value) for name, value in held.items()}


def whole(body: Any) -> bytes:
    """The bytes of a body, whatever it was given as.

    :raises TypeError: for what is none.
    """
    if body is None:
        return b""
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    if isinstance(body, str):
        return body.encode()
    if hasattr(body, "read"):
        # By the piece: botocore's wrapper of chunks adds up what is read at once in quadratic time.
        return b"".join(_pieces(body))
    if isinstance(body, Iterable):
        return b"".join(whole(piece) for piece in body)
    raise TypeError(f"a request body of type {type(body).__name__} is not supported")


def _pieces(body: Any) -> Iterator[bytes]:
    while piece := body.read(_PIECE):
        yield whole(piece)


def _unchunked(body: bytes) -> tuple[bytes, dict[str, str]]:
    """Content and trailing headers of ``<hex size>[;chunk-signature=...]\\r\\n<data>\\r\\n ... 0\\r\\n``."""
    pieces: list[memoryview] = []
    view, position = memoryview(body), 0
    while True:
        line, position = _line(body, position)
        size = _chunk_size(line)
        if size == 0:
            return b"".join(pieces), _trailer(body[position:])
        pieces.append(view[position : position + size])
        position += size + 2


def _chunk_size(line: bytes) -> int:
    size = line.partition(b";")[0].strip()
    if not size or size.strip(_HEX_DIGITS):
        raise errors.INCOMPLETE_BODY(hint="an aws-chunked body without a chunk size")
    return int(size, 16)


def _line(body: bytes, start: int) -> tuple[bytes, int]:
    end = body.find(b"\r\n", start)
    if end < 0:
        raise errors.INCOMPLETE_BODY(hint="an aws-chunked body without its last chunk")
    return body[start:end], end + 2


def _trailer(rest: bytes) -> dict[str, str]:
    lines = (line.decode("latin-1").partition(":") for line in rest.split(b"\r\n") if line)
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def check_digests(
    request: Request, *, required: bool, upload_part: bool = False, of_body: bool = True
) -> None:
    """Check a body against Content-MD5 and the flexible checksums that came with it.

    :param required: whether AWS refuses the call when there is neither.
    :param of_body: whether the checksums are the body's at all; CompleteMultipartUpload's are the object's.
    :param upload_part: whether ExpectedDigest is written in base64, as for UploadPart, not in hex.
    :raises AwsError: InvalidDigest, BadDigest, or InvalidRequest with the text that AWS has for it.
    """
    md5 = request.headers.get("content-md5")
    sent = {
        name: value
        for name, value in request.headers.items()
        if name.startswith(_CHECKSUM) and name not in _NOT_A_VALUE
    }
    if md5 is not None:
        _check_md5(md5, request.body, upload_part)
    if len(sent) > 1:
        raise errors.SEVERAL_CHECKSUMS()
    for header, value in sent.items() if of_body else ():
        _check_checksum(header, value, request.body)
    _check_named_algorithm(request.headers.get("x-amz-sdk-checksum-algorithm"), sent)
    if required and md5 is None and not sent:
        raise errors.CHECKSUM_REQUIRED()


def _check_md5(given: str, body: bytes, upload_part: bool) -> None:
    expected = _decoded(given)
    if expected is None or len(expected) != 16:
        raise errors.INVALID_DIGEST(elements={"Content-MD5": given})
    calculated = hashlib.md5(body).digest()
    if calculated != expected:
        raise errors.BAD_DIGEST_MD5(
            ExpectedDigest=given if upload_part else expected.hex(),
            CalculatedDigest=base64.b64encode(calculated).decode(),
        )


def _check_checksum(header: str, given: str, body: bytes) -> None:
    algorithm = header.removeprefix(_CHECKSUM)
    function = ALGORITHMS.get(algorithm)
    if function is None:
        raise NotSupported(
            f"The request carries {header}, and s3tag_mock can't calculate {algorithm}.\n"
            f"It calculates: {', '.join(ALGORITHMS)}. Send one of these, or none."
        )
    calculated, expected = function(body), _decoded(given)
    if expected is None or len(expected) != len(calculated):
        raise errors.INVALID_CHECKSUM_VALUE(header=header)
    if calculated != expected:
        raise errors.BAD_DIGEST_CHECKSUM(algorithm=algorithm.upper())


def _check_named_algorithm(named: str | None, sent: Mapping[str, str]) -> None:
    if named is None:
        return
    if not sent:
        raise errors.CHECKSUM_VALUE_MISSING()
    if f"{_CHECKSUM}{named.lower()}" not in sent:
        raise errors.CHECKSUM_ALGORITHM_MISMATCH()


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
