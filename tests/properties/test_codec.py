"""What botocore writes, the mock reads back equal; what the mock writes, botocore reads back equal.

For every operation of both services, with values made from the models.
"""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.model import OperationModel, StructureShape
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.protocol.address import locate
from s3tag_mock.protocol.direct import compile_direct
from s3tag_mock.protocol.direct_answer import compile_answer_reader
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.model import DOCUMENT_REQUIRED
from s3tag_mock.protocol.plain_values import NotDirect
from s3tag_mock.protocol.wire_format import compile_wire_format
from tests.properties.shapes import ANSWER_TEXT, BODY_TEXT, HEADER_TEXT, PLAIN_TEXT, structure

MODELS = {name: service_model(name) for name in ("s3", "s3control")}

#: A call that goes to a host of its own, with headers that stand twice in its model.
NOT_READ = {"WriteGetObjectResponse"}
#: An event stream, and an answer that a handler of botocore's clients reads, not its parser.
NOT_WRITTEN = {"SelectObjectContent", "WriteGetObjectResponse", "GetBucketLocation"}
#: Two members with one name on the wire, in a deprecated operation.
AMBIGUOUS = {"PutBucketNotification", "GetBucketNotification"}


def operations(left_out: set[str]) -> list[Any]:
    return [
        pytest.param(model.operation_model(name), id=f"{service}.{name}")
        for service, model in MODELS.items()
        for name in model.operation_names
        if name not in left_out
    ]


@pytest.mark.parametrize("operation", operations(NOT_READ | AMBIGUOUS))
@fuzzing(8)
@given(data=st.data())
def test_requests(operation: OperationModel, data: Any) -> None:
    shape = operation.input_shape
    params = data.draw(structure(shape)) if isinstance(shape, StructureShape) else {}
    if operation.name in DOCUMENT_REQUIRED:
        assume(shape.serialization["payload"] in params)
    assert _read(operation, params) == _as_read(params, shape)


@pytest.mark.parametrize("operation", operations(NOT_READ | AMBIGUOUS))
@fuzzing(4)
@given(data=st.data())
def test_requests_that_are_not_written(operation: OperationModel, data: Any) -> None:
    shape, direct = operation.input_shape, compile_direct(operation)
    text = data.draw(st.sampled_from((PLAIN_TEXT, HEADER_TEXT, BODY_TEXT)))
    params = data.draw(structure(shape, text)) if isinstance(shape, StructureShape) else {}
    try:
        passed = direct.read(params)
    except NotDirect:
        return
    assert passed == _read(operation, params)


def _read(operation: OperationModel, params: dict[str, Any]) -> dict[str, Any]:
    """What is read of the request that botocore writes."""
    serialized = create_serializer("rest-xml", False).serialize_to_request(params, operation)
    plan = compile_wire_format(operation)
    query = urlencode(_pairs(serialized["query_string"]))
    body = serialized["body"]
    request = Request(
        method=serialized["method"],
        url=f"https://s3.us-east-1.amazonaws.com{serialized['url_path']}{'&' if '?' in serialized['url_path'] else '?'}{query}",
        headers={name.lower(): str(value) for name, value in serialized["headers"].items()},
        body=body.encode() if isinstance(body, str) else body,
    )
    address = locate(request.url, names_bucket=plan.names_bucket)
    return plan.parser(request, address)


def _pairs(query: Any) -> list[tuple[str, str]]:
    pairs = query.items() if isinstance(query, dict) else query
    return [(name, one) for name, value in pairs for one in (value if isinstance(value, list) else [value])]


def _as_read(params: dict[str, Any], shape: Any) -> dict[str, Any]:
    """What a request can tell of the parameters: an empty raw body and none are the same."""
    payload = shape.serialization.get("payload") if shape is not None else None
    if payload is not None and shape.members[payload].type_name in {"blob", "string"}:
        return {payload: b"" if shape.members[payload].type_name == "blob" else "", **params}
    return params


@pytest.mark.parametrize("operation", operations(NOT_WRITTEN | AMBIGUOUS))
@fuzzing(8)
@given(data=st.data())
def test_answers(operation: OperationModel, data: Any) -> None:
    shape = operation.output_shape
    result = data.draw(structure(shape, ANSWER_TEXT)) if isinstance(shape, StructureShape) else {}
    reply = compile_wire_format(operation).write(result, "REQUESTID", "HOSTID")
    streams = operation.has_streaming_output
    body = io.BytesIO(reply.body) if streams else reply.body
    answer = {"status_code": reply.status, "headers": reply.headers, "body": body}
    parsed = create_parser("rest-xml").parse(answer, shape)
    if streams:
        (name,) = (name for name, value in parsed.items() if value is body)
        parsed[name] = parsed[name].read()
    with suppress(NotDirect):
        assert compile_answer_reader(operation)(result, reply) == parsed
    assert parsed.pop("ResponseMetadata")["RequestId"] == "REQUESTID"
    assert _told(parsed, shape) == _told(result, shape)


def _told(result: dict[str, Any], shape: Any) -> dict[str, Any]:
    """Without what botocore reads from elsewhere, or can't tell from nothing."""
    if shape is None:
        return {}
    payload = shape.serialization.get("payload")
    told = dict(result)
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        if location == "statusCode" or (location == "headers" and not told.get(name)):
            told.pop(name, None)
        if name == payload and not told.get(name):
            told.pop(name, None)
    return told
