"""Parameters as an operation would read them from a request, without one being written.

Only values that arrive as they were sent: plain text, numbers, flags, times, lists and structures of them.
:func:`compile_direct` gives up on any other, and the request is written and read as ever.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Final

from botocore.model import ListShape, MapShape, OperationModel, Shape, StringShape, StructureShape

from s3tag_mock.protocol import model
from s3tag_mock.protocol.plain_values import NOTHING, NotDirect, Passing, never, printable
from s3tag_mock.rules.checksums import ALGORITHMS, CHECKSUM_PARAMETERS

Params = dict[str, Any]

#: Characters of a text, and items of a list, up to which no limit of a document's or URL's is near.
_LONGEST: Final = 2048
_MOST: Final = 100
_INTEGER_LIMITS: Final = {"integer": 1 << 31, "long": 1 << 63}
#: Parameters that say something of the very bytes that are sent.
_OF_BYTES: Final = frozenset({"ContentLength", "ContentMD5", *CHECKSUM_PARAMETERS, "ChecksumType"})
_RESPONSE_ARGUMENT: Final = "response-"
_TOKEN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


@dataclass(frozen=True, slots=True)
class Direct:
    """How one operation's parameters pass.

    :param headers: names of headers, in lower case, to those of parameters.
    """

    headers: Mapping[str, str]
    _members: Mapping[str, Passing]
    _required: tuple[str, ...]
    _raw_body: str | None

    @property
    def has_raw_body(self) -> bool:
        """Whether a parameter is the body as it is."""
        return self._raw_body is not None

    def read(self, params: Mapping[str, Any]) -> Params:
        """Parameters as they arrive.

        :param params: as botocore's serialiser gets them.
        :raises NotDirect: for any that bytes might change, or that isn't of its type.
        """
        try:
            arrived = _arrived(self._members, params, self._required)
        except (AttributeError, KeyError, TypeError):
            raise NotDirect from None  # a client whose parameters nobody checks
        if self._raw_body is not None:
            arrived.setdefault(self._raw_body, b"")
        return arrived

    def add_checksum(self, arrived: Params, algorithm: str) -> None:
        """Add the checksum of the body that botocore would have sent along.

        :param algorithm: in lower case.
        :raises NotDirect: for one that isn't calculated here.
        """
        name = self.headers.get(f"x-amz-checksum-{algorithm}")
        if algorithm not in ALGORITHMS:
            raise NotDirect
        if name is not None and self._raw_body is not None:
            digest = ALGORITHMS[algorithm](arrived[self._raw_body])
            arrived[name] = b64encode(digest).decode()


def _arrived(members: Mapping[str, Passing], values: Mapping[str, Any], required: Iterable[str]) -> Params:
    arrived = {}
    for name, value in values.items():
        if value is not None:
            passed = members[name](value)
            if passed is not NOTHING:
                arrived[name] = passed
    for name in required:
        if name not in arrived:
            raise NotDirect
    return arrived


def compile_direct(operation: OperationModel) -> Direct:
    """How the parameters of an operation pass, after its model (this takes time; keep the result)."""
    shape = operation.input_shape
    if not isinstance(shape, StructureShape):
        return Direct(headers={}, _members={}, _required=(), _raw_body=None)
    payload = shape.serialization.get("payload")
    members = {
        name: never if name in _OF_BYTES else _member(member, is_payload=name == payload)
        for name, member in shape.members.items()
    }
    required = {name for name in shape.required_members if (shape.name, name) not in model.NOT_REQUIRED}
    if payload is not None and operation.name in model.DOCUMENT_REQUIRED:
        required.add(payload)
    is_raw = payload is not None and shape.members[payload].type_name == "blob"
    return Direct(
        headers={
            member.serialization["name"].lower(): name
            for name, member in shape.members.items()
            if member.serialization.get("location") == "header"
        },
        _members=members,
        _required=tuple(sorted(required)),
        _raw_body=payload if is_raw else None,
    )


def _member(member: Shape, *, is_payload: bool) -> Passing:
    location = member.serialization.get("location", "body")
    if location == "headers":
        return _header_map
    if location == "body":
        if is_payload and member.type_name == "blob":
            return _raw_bytes
        if is_payload and member.type_name == "string":
            return _raw_text
        return _of_document(member)
    if isinstance(member, ListShape):
        item = _of_argument(member.member)
        return lambda values: _arguments(item, values)
    return _of_argument(member)


def _of_argument(member: Shape) -> Passing:
    """What stands in the path, in the query or in a header."""
    location, name = member.serialization.get("location"), member.serialization.get("name", "")
    if member.type_name == "string" and (location == "header" or name.startswith(_RESPONSE_ARGUMENT)):
        return _header_text
    if member.type_name == "timestamp":
        return _time_of_second
    return _SCALARS.get(member.type_name, never)


def _arguments(item: Passing, values: Any) -> Any:
    if not values:
        return NOTHING
    _again(values)
    arrived = [item(value) for value in values]
    if any(isinstance(value, str) and ("," in value or not value) for value in arrived):
        raise NotDirect
    return arrived


def _of_document(shape: Shape) -> Passing:
    """What stands in an XML document."""
    if isinstance(shape, StructureShape):
        return _structure(shape)
    if isinstance(shape, ListShape):
        return _list(shape)
    if isinstance(shape, MapShape):
        return _map(shape)
    if isinstance(shape, StringShape) and shape.name in model.DOCUMENT_ENUMS:
        words = frozenset(shape.enum)
        return lambda value: value if value in words else never(value)
    return _SCALARS.get(shape.type_name, never)


def _structure(shape: StructureShape) -> Passing:
    members = {name: _of_document(member) for name, member in shape.members.items()}
    required = [name for name in shape.required_members if (shape.name, name) not in model.NOT_REQUIRED]

    return lambda values: _arrived(members, values, required)


def _list(shape: ListShape) -> Passing:
    item, is_flattened = _of_document(shape.member), shape.serialization.get("flattened")

    def arrive(values: Any) -> Any:
        if is_flattened and not values:
            return NOTHING
        if len(_again(values)) > _MOST:
            raise NotDirect
        return [item(value) for value in values]

    return arrive


def _again(values: Any) -> Any:
    """What can be read again, should the request have to be written: no generator."""
    return values if isinstance(values, (list, tuple)) else never(values)


def _map(shape: MapShape) -> Passing:
    key, item = _of_document(shape.key), _of_document(shape.value)

    def arrive(values: Any) -> Any:
        if not 0 < len(values) <= _MOST:
            raise NotDirect
        return {key(name): item(value) for name, value in values.items()}

    return arrive


def _text(value: Any) -> str:
    text = printable(value)
    if len(text) > _LONGEST or text != text.strip():
        raise NotDirect
    return text


def _header_text(value: Any) -> str:
    text = _text(value)
    if not text.isascii() or "aws-chunked" in text:
        raise NotDirect
    return text


def _header_map(values: Any) -> Any:
    arrived = {}
    for name, value in values.items():
        lower = name.lower()
        if not name or not _TOKEN.issuperset(lower) or lower in arrived or "=?" in value:
            raise NotDirect
        arrived[lower] = _header_text(value)
    return arrived or NOTHING


def _integer(type_name: str) -> Passing:
    limit = _INTEGER_LIMITS[type_name]

    def arrive(value: Any) -> int:
        if type(value) is not int or not -limit <= value < limit:
            raise NotDirect
        return value

    return arrive


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise NotDirect
    return value


def _time(value: Any) -> datetime:
    # Others than the standard library's own are those of packages that replace the clock.
    if type(value) is not datetime or value.tzinfo is None or not 1900 < value.year < 9999:
        raise NotDirect
    return value.astimezone(timezone.utc)


def _time_of_second(value: Any) -> datetime:
    return _time(value).replace(microsecond=0)


def _raw_bytes(value: Any) -> bytes:
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if type(value) is io.BytesIO and value.tell() == 0:
        return value.getvalue()  # botocore makes one of bytes
    raise NotDirect


def _raw_text(value: Any) -> str:
    if type(value) is not str or not value.isascii():
        raise NotDirect
    return value


_SCALARS: Final[Mapping[str, Passing]] = {
    "string": _text,
    "integer": _integer("integer"),
    "long": _integer("long"),
    "boolean": _flag,
    "timestamp": _time,
}
