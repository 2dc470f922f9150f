"""Results in boto3's shape to REST-XML answers, by serializers that are compiled once per operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from s3tag_mock.protocol import header_values, model, nodes, scalars, xml
from s3tag_mock.protocol.http import Response
from s3tag_mock.protocol.service_model import is_structure

if TYPE_CHECKING:
    from botocore.model import OperationModel, StructureShape

Result = Mapping[str, Any]
#: Makes an answer of a result and the request's id.
Serializer = Callable[[Result, str], Response]
BodyWriter = Callable[[Result], bytes]

XML_HEADERS: Final = {"Content-Type": "application/xml", "Transfer-Encoding": "chunked"}


def compile_serializer(operation: OperationModel) -> Serializer:
    """The function that makes an answer of what an operation returned."""
    status = model.success_status(operation)
    shape = operation.output_shape
    if not is_structure(shape):
        return lambda result, request_id: Response(status, _length_of_nothing(status))
    write_headers = _headers_writer(shape)
    body_headers, write_body = _body_writer(operation, shape, status)

    def response(result: Result, request_id: str) -> Response:
        metadata = result.get("ResponseMetadata", {})
        found = metadata.get("HTTPStatusCode", status)
        if "ContentRange" in result:
            found = model.PARTIAL_CONTENT
        headers = {**body_headers, **write_headers(result), **metadata.get("HTTPHeaders", {})}
        return Response(found, headers, write_body(result))

    return response


def _length_of_nothing(status: int) -> dict[str, str]:
    # RECORDED, LS test_response_structure: a 204 has no Content-Length, an empty 200 has.
    return {} if status == 204 else {"Content-Length": "0"}


def _headers_writer(shape: StructureShape) -> Callable[[Result], dict[str, str]]:
    singles: list[tuple[str, str, Callable[[Any], str]]] = []
    maps: list[tuple[str, str]] = []
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        if location == "header":
            is_text = member.type_name == "string"
            write = header_values.to_latin1 if is_text else scalars.writer(member, "rfc822")
            singles.append((name, member.serialization.get("name", name), write))
        elif location == "headers":
            maps.append((name, member.serialization["name"]))

    encode = header_values.encode_metadata

    def write_headers(result: Result) -> dict[str, str]:
        headers = {header: write(result[name]) for name, header, write in singles if name in result}
        for name, prefix in maps:
            headers.update({f"{prefix}{key}": encode(value) for key, value in result.get(name, {}).items()})
        return headers

    return write_headers


def _body_writer(
    operation: OperationModel, shape: StructureShape, status: int
) -> tuple[dict[str, str], BodyWriter]:
    payload = shape.serialization.get("payload")
    if payload is not None and shape.members[payload].type_name in {"blob", "string"}:
        return {}, lambda result: _as_bytes(result.get(payload, b""))
    if payload is not None:
        member = shape.members[payload]
        assert is_structure(member)  # documents are; texts were above
        write_payload = nodes.children_writer(member.members)
        return _document(operation, payload, lambda result: write_payload(result.get(payload, {})))
    members = {
        name: member for name, member in shape.members.items() if "location" not in member.serialization
    }
    if not members:
        length = {} if operation.http.get("method") == "HEAD" else _length_of_nothing(status)
        return {**length, **model.HEADERS_WITHOUT_BODY.get(model.key_of(operation), {})}, lambda result: b""
    last = model.LAST_ELEMENTS.get(model.key_of(operation), ())
    members = {
        **{name: member for name, member in members.items() if name not in last},
        **{name: members[name] for name in last if name in members},
    }
    only = model.ROOT_IS_MEMBER.get(model.key_of(operation))
    if only is not None:
        return _document(operation, only, lambda result: xml.escaped(result.get(only, "")))
    return _document(operation, _root(operation, shape), nodes.children_writer(members))


def _root(operation: OperationModel, shape: StructureShape) -> str:
    named: str = shape.serialization.get("name", shape.name)
    return model.RESPONSE_ROOT.get(model.key_of(operation), named)


def _document(operation: OperationModel, root: str, write: nodes.Writer) -> tuple[dict[str, str], BodyWriter]:
    service = operation.service_model.service_name
    namespace = model.RESPONSE_NAMESPACE.get(service)
    headers = {} if service in model.WITHOUT_CONTENT_TYPE else XML_HEADERS
    start = root + xml.attributes({} if namespace is None else {"xmlns": namespace})

    def write_document(result: Result) -> bytes:
        content = write(result)
        # RECORDED, LS test_response_structure_get_bucket_location.
        return xml.document(f"<{start}>{content}</{root}>" if content else f"<{start}/>")

    return headers, write_document


def _as_bytes(value: bytes | str) -> bytes:
    return value.encode() if isinstance(value, str) else value
