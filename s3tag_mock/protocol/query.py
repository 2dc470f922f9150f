"""The Query protocol, as STS speaks it: form-encoded parameters in, wrapped XML out.

Source: botocore's own Query serialiser and parser, read backwards.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

from s3tag_mock import errors
from s3tag_mock.protocol import nodes, scalars, xml
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Reply, Request
from s3tag_mock.protocol.parse import Params, Parser
from s3tag_mock.protocol.shape import Result, Shaper

Fields = dict[str, str]


def compile_parser(operation: OperationModel) -> Parser:
    """The function that turns this operation's requests into parameters."""
    shape = operation.input_shape

    def parse(request: Request, address: Address) -> Params:
        fields = dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
        if not isinstance(shape, StructureShape):
            return {}
        try:
            return _structure(shape, fields, "")
        except scalars.NotAScalar as problem:
            raise errors.INVALID_ARGUMENT(
                message="Invalid value", ArgumentName=operation.name, ArgumentValue=str(problem)
            ) from None

    return parse


def _read(shape: Shape, fields: Fields, name: str) -> Any:
    if isinstance(shape, StructureShape):
        return _structure(shape, fields, f"{name}.")
    if isinstance(shape, ListShape):
        item = (
            ""
            if shape.serialization.get("flattened")
            else f".{shape.member.serialization.get('name', 'member')}"
        )
        return [_read(shape.member, fields, one) for one in _numbered(fields, f"{name}{item}")]
    if isinstance(shape, MapShape):
        entry = "" if shape.serialization.get("flattened") else ".entry"
        pairs = _numbered(fields, f"{name}{entry}")
        return {fields[f"{one}.key"]: _read(shape.value, fields, f"{one}.value") for one in pairs}
    return scalars.reader(shape)(fields[name])


def _structure(shape: StructureShape, fields: Fields, prefix: str) -> Params:
    names = {
        member: f"{prefix}{part.serialization.get('name', member)}" for member, part in shape.members.items()
    }
    return {
        member: _read(part, fields, names[member])
        for member, part in shape.members.items()
        if any(field == names[member] or field.startswith(f"{names[member]}.") for field in fields)
    }


def _numbered(fields: Fields, prefix: str) -> list[str]:
    found = {
        int(number)
        for number in (
            field[len(prefix) + 1 :].partition(".")[0] for field in fields if field.startswith(f"{prefix}.")
        )
        if number.isdigit()
    }
    return [f"{prefix}.{number}" for number in sorted(found)]


def compile_shaper(operation: OperationModel) -> Shaper:
    """The function that makes an answer of what an operation returned."""
    shape = operation.output_shape
    namespace = operation.service_model.metadata.get("xmlNamespace", "")
    root = f"{operation.name}Response"
    write = None
    if shape is not None:
        wrapper = shape.serialization.get("resultWrapper", f"{operation.name}Result")
        write = nodes.compile_writer(shape, wrapper)
    declared = xml.attributes({"xmlns": namespace})

    def reply(result: Result, request_id: str) -> Reply:
        described = "" if write is None else write(result)
        noted = f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>"
        body = xml.document(f"<{root}{declared}>{described}{noted}</{root}>")
        return Reply(200, {"Content-Type": "text/xml"}, body)

    return reply
