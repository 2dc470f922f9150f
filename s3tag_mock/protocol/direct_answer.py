"""Results as botocore's parser would read them from an answer, without one being read.

Only of plain values, as :mod:`s3tag_mock.protocol.direct` has it for parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape
from botocore.parsers import create_parser
from botocore.utils import parse_timestamp

from s3tag_mock.protocol import model, scalars
from s3tag_mock.protocol.http import Response
from s3tag_mock.protocol.plain_values import NOTHING, NotDirect, Passing, never, printable

Parsed = dict[str, Any]
#: Reads a result and the answer that was written of it; raises NotDirect.
AnswerReader = Callable[[Mapping[str, Any], Response], Parsed]

#: A header that botocore's handlers look at once more.
_READ_TWICE: Final = "Expires"


def compile_answer_reader(operation: OperationModel) -> AnswerReader:
    """How an operation's results are read, after its model (this takes time; keep the result)."""
    metadata_of = create_parser("rest-xml").parse
    shape = operation.output_shape
    if not isinstance(shape, StructureShape):
        return lambda result, response: _head(metadata_of, response)
    if operation.has_streaming_output or model.key_of(operation) in model.ROOT_IS_MEMBER:
        return never
    headers, maps = _places(shape)
    read_body = _body(shape)

    def read(result: Mapping[str, Any], response: Response) -> Parsed:
        if _READ_TWICE in result:
            raise NotDirect
        parsed = _head(metadata_of, response)
        for name, read_header in headers.items():
            if name in result:
                parsed[name] = read_header(result[name])
            elif name in maps:
                parsed[name] = {}
        parsed.update(read_body(result))
        return parsed

    return read


def _head(metadata_of: Callable[..., Parsed], response: Response) -> Parsed:
    answer = {"status_code": response.status, "headers": response.headers, "body": b""}
    return metadata_of(answer, None)


def _places(shape: StructureShape) -> tuple[dict[str, Passing], list[str]]:
    headers: dict[str, Passing] = {}
    maps = []
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        if location == "header":
            headers[name] = _header_text if member.type_name == "string" else _scalar(member, "rfc822")
        elif location == "headers":
            maps.append(name)
            headers[name] = _header_texts
    return headers, maps


def _body(shape: StructureShape) -> Callable[[Mapping[str, Any]], Parsed]:
    payload = shape.serialization.get("payload")
    if payload is not None:
        if not isinstance(shape.members[payload], StructureShape):
            return never
        read_payload = _of(shape.members[payload])
        return lambda result: {payload: read_payload(result.get(payload, {}))}
    members = {name: one for name, one in shape.members.items() if "location" not in one.serialization}
    return _members(members)


def _of(shape: Shape) -> Passing:
    if isinstance(shape, StructureShape):
        return _members(shape.members)
    if isinstance(shape, ListShape):
        return _list(shape)
    if isinstance(shape, MapShape):
        return _map(shape)
    return _scalar(shape, "iso8601")


def _members(members: Mapping[str, Shape]) -> Callable[[Mapping[str, Any]], Parsed]:
    readers = [(name, _of(member)) for name, member in members.items()]

    def read(values: Mapping[str, Any]) -> Parsed:
        found = {name: read_one(values[name]) for name, read_one in readers if name in values}
        if any(value is NOTHING for value in found.values()):
            return {name: value for name, value in found.items() if value is not NOTHING}
        return found

    return read


def _list(shape: ListShape) -> Passing:
    read_item, is_flattened = _of(shape.member), shape.serialization.get("flattened")

    def read(values: Any) -> Any:
        return NOTHING if is_flattened and not values else [read_item(value) for value in values]

    return read


def _map(shape: MapShape) -> Passing:
    read_key, read_value = _of(shape.key), _of(shape.value)

    def read(values: Any) -> Any:
        if not values:
            raise NotDirect
        return {read_key(key): read_value(value) for key, value in values.items()}

    return read


def _scalar(shape: Shape, timestamp_format: str) -> Passing:
    if shape.type_name == "timestamp":
        write = scalars.writer(shape, timestamp_format)
        return lambda value: _time(write, value)
    kind = {"string": str, "integer": int, "long": int, "boolean": bool}.get(shape.type_name)
    if kind is None:
        return never
    if kind is str:
        return printable

    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise NotDirect
        return value

    return read


def _header_text(value: Any) -> str:
    text = printable(value)
    if not text.isascii() or "=?" in text:
        raise NotDirect
    return text


def _header_texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _header_text(value) for name, value in values.items()}


@lru_cache(maxsize=4096, typed=True)
def _time(write: Callable[[Any], str], value: Any) -> Any:
    # By its type, too: packages that replace the clock have datetimes of their own.
    return parse_timestamp(write(value))
