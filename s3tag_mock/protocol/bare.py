"""Answers of services that the mock doesn't play, by whichever protocol: next to empty, or an error.

A success carries no members here: botocore parses an empty document, and what the test author answered is put
into the result. Errors are whole documents, by which botocore decides on retries and on the exception.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol import xml
from s3tag_mock.protocol.http import Response

if TYPE_CHECKING:
    from botocore.model import OperationModel


def success(operation: OperationModel, request_id: str, stream: bytes = b"") -> Response:
    """An answer without any member.

    :param stream: its body, where the operation's is a stream.
    """
    protocol = _protocol(operation)
    if operation.has_streaming_output:
        body = stream
    elif protocol == "query":
        shape = operation.output_shape
        wrapper = None if shape is None else shape.serialization.get("resultWrapper")
        result = {wrapper: None} if wrapper else {}
        body = xml.write("Response", {**result, "ResponseMetadata": {"RequestId": request_id}})
    elif protocol == "ec2":
        body = xml.write("Response", {"requestId": request_id})
    else:
        body = _EMPTY.get(protocol, b"")
    return Response(200, {_REQUEST_ID: request_id}, body)


def failure(operation: OperationModel, error: AwsError, request_id: str) -> Response:
    """The answer for an error."""
    write = _ERRORS.get(_protocol(operation), _wrapped)
    return Response(error.status, {**error.headers, _REQUEST_ID: request_id}, write(error, request_id))


def _protocol(operation: OperationModel) -> str:
    service = operation.service_model
    found: str = getattr(service, "resolved_protocol", None) or service.metadata["protocol"]
    return found


def _described(error: AwsError) -> dict[str, str]:
    return {"Code": error.code, "Message": error.message, **error.elements}


def _json(error: AwsError, request_id: str) -> bytes:
    return json.dumps(_typed(error)).encode()


def _typed(error: AwsError) -> dict[str, str]:
    return {"__type": error.code, "message": error.message, **error.elements}


def _cbor(error: AwsError, request_id: str) -> bytes:
    """A map of texts (RFC 8949, major types 5 and 3)."""
    texts = [text for pair in _typed(error).items() for text in pair]
    return _cbor_head(5, len(texts) // 2) + b"".join(
        _cbor_head(3, len(text.encode())) + text.encode() for text in texts
    )


def _cbor_head(kind: int, length: int) -> bytes:
    return bytes([kind << 5 | 26]) + length.to_bytes(4, "big")


def _wrapped(error: AwsError, request_id: str) -> bytes:
    described = {"Type": "Sender" if error.status < 500 else "Receiver", **_described(error)}
    return xml.write("ErrorResponse", {"Error": described, "RequestId": request_id})


def _ec2(error: AwsError, request_id: str) -> bytes:
    return xml.write("Response", {"Errors": {"Error": _described(error)}, "RequestID": request_id})


#: The header of its name; documents of XML name it themselves.
_REQUEST_ID: Final = "x-amzn-RequestId"
#: Protocol to a document without members, where that isn't an empty body.
_EMPTY: Final[Mapping[str, bytes]] = {
    "json": b"{}",
    "smithy-rpc-v2-cbor": b"\xa0",
}
_ERRORS: Final[Mapping[str, Callable[[AwsError, str], bytes]]] = {
    "json": _json,
    "rest-json": _json,
    "smithy-rpc-v2-cbor": _cbor,
    "ec2": _ec2,
}
