"""The JSON protocol, as the Resource Groups Tagging API speaks it: a document in, a document out.

Source: botocore's own JSON serialiser and parser, read backwards.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final, cast

from s3tag_mock import errors
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request, Response
from s3tag_mock.protocol.parse import Params, Parser, UnreadableDocument
from s3tag_mock.protocol.serialize import Serializer
from s3tag_mock.protocol.service_model import is_list, is_map, is_structure

if TYPE_CHECKING:
    from botocore.model import OperationModel, Shape, StructureShape

#: Turns a value of one side into the other side's.
Converter = Callable[[Any], Any]

HEADERS: Final = {"Content-Type": "application/x-amz-json-1.1"}


def compile_parser(operation: OperationModel) -> Parser:
    """The function that turns this operation's requests into parameters.

    It raises AwsError: SerializationException, for what isn't JSON or doesn't fit the shape; and
    InvalidParameterException for a member that is required and isn't there (the text ASSUMED).
    """
    shape = operation.input_shape
    read = _converter(shape, _READERS) if shape is not None else lambda found: {}
    required = shape.required_members if is_structure(shape) else ()

    def parse(request: Request, address: Address) -> Params:
        try:
            params = cast("Params", read(json.loads(request.body or b"{}")))
        except (ValueError, OverflowError, RecursionError) as problem:
            raise errors.SERIALIZATION(hint=str(problem)) from None
        for name in required:
            if name not in params:
                place = name[:1].lower() + name[1:]
                missing = f"Value null at '{place}' failed to satisfy constraint: Member must not be null"
                raise UnreadableDocument(errors.PARAMETER_OUT_OF_BOUNDS(problem=missing), params)
        return params

    return parse


def compile_serializer(operation: OperationModel) -> Serializer:
    """The function that makes an answer of what an operation returned."""
    shape = operation.output_shape
    write = _converter(shape, _WRITERS) if shape is not None else lambda result: {}
    return lambda result, request_id: Response(200, dict(HEADERS), document(write(result)))


def document(value: Any) -> bytes:
    """A value as a document."""
    return json.dumps(value, separators=(",", ":")).encode()


def _converter(shape: Shape, scalars: dict[str, Converter]) -> Converter:
    if is_structure(shape):
        return _structure_converter(shape, scalars)
    if is_list(shape):
        convert = _converter(shape.member, scalars)
        return lambda found: [convert(one) for one in _of_type(list, found)]
    if is_map(shape):
        convert_value = _converter(shape.value, scalars)
        return lambda found: {key: convert_value(value) for key, value in _of_type(dict, found).items()}
    return scalars[shape.type_name]


def _structure_converter(shape: StructureShape, scalars: dict[str, Converter]) -> Converter:
    # Null and nothing are the same, and members that the model doesn't know are left out.
    plan = [(name, _converter(member, scalars)) for name, member in shape.members.items()]

    def convert(found: Any) -> dict[str, Any]:
        given = _of_type(dict, found)
        return {name: one(given[name]) for name, one in plan if given.get(name) is not None}

    return convert


def _of_type(kind: type, found: Any) -> Any:
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise ValueError(f"{found!r} is no {kind.__name__}")
    return found


def _reads(kind: type) -> Converter:
    return lambda found: _of_type(kind, found)


def _read_number(found: Any) -> float:
    return float(_of_type(int, found) if isinstance(found, int) else _of_type(float, found))


def _read_timestamp(found: Any) -> datetime:
    return datetime.fromtimestamp(_read_number(found), timezone.utc)


def _as_it_is(value: Any) -> Any:
    return value


_READERS: Final[dict[str, Converter]] = {
    "string": _reads(str),
    "integer": _reads(int),
    "long": _reads(int),
    "boolean": _reads(bool),
    "float": _read_number,
    "double": _read_number,
    "timestamp": _read_timestamp,
    "blob": lambda found: base64.b64decode(_of_type(str, found)),
}
_WRITERS: Final[dict[str, Converter]] = {
    **dict.fromkeys(("string", "integer", "long", "boolean", "float", "double"), _as_it_is),
    "timestamp": datetime.timestamp,
    "blob": lambda value: base64.b64encode(value).decode(),
}
