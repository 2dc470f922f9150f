"""The Query protocol: what botocore writes is read back equal, and what is written, botocore reads back equal.

For every operation of IAM and STS, with values made from the models.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from botocore.model import ListShape, MapShape, OperationModel, StructureShape
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.protocol import query
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.wire_format import compile_wire_format
from tests.properties.shapes import ANSWER_TEXT, structure

OPERATIONS = [
    pytest.param(service_model(service).operation_model(name), id=f"{service}.{name}")
    for service in ("iam", "sts")
    for name in service_model(service).operation_names
]
ADDRESS = Address(path="/", query="", region="us-east-1", endpoint="regional")


def request(body: str) -> Request:
    return Request("POST", "https://sts.amazonaws.com/", {}, body.encode())


def has_nothing(value: Any) -> bool:
    """Whether there is an empty structure or map in a value, of which botocore sends nothing at all."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value == {} or any(has_nothing(one) for one in inner)


@pytest.mark.parametrize("operation", OPERATIONS)
@fuzzing(4)
@given(data=st.data())
def test_requests(operation: OperationModel, data: Any) -> None:
    shape = operation.input_shape
    params = data.draw(structure(shape)) if isinstance(shape, StructureShape) else {}
    assume(not any(has_nothing(value) for value in params.values()))
    serialized = create_serializer("query", False).serialize_to_request(params, operation)
    assert query.compile_parser(operation)(request(urlencode(serialized["body"])), ADDRESS) == params


@pytest.mark.parametrize("operation", OPERATIONS)
@fuzzing(4)
@given(data=st.data())
def test_answers(operation: OperationModel, data: Any) -> None:
    shape = operation.output_shape
    result = data.draw(structure(shape, ANSWER_TEXT)) if isinstance(shape, StructureShape) else {}
    response = compile_wire_format(operation).serializer(result, "id")
    parsed = create_parser("query").parse(
        {"status_code": response.status, "headers": response.headers, "body": response.body}, shape
    )
    parsed = _documents_decoded(parsed, shape)
    assert parsed.pop("ResponseMetadata")["RequestId"] == "id"
    lists = (
        {}
        if shape is None
        else {name for name, member in shape.members.items() if member.type_name == "list"}
    )
    assert {name: value for name, value in parsed.items() if value != [] or name in result} == result
    assert all(parsed[name] == [] for name in lists if name not in result and name in parsed)


def _documents_decoded(value: Any, shape: Any) -> Any:
    """A value with its policies as they were before they were percent-encoded, as botocore's clients do it."""
    if isinstance(shape, StructureShape):
        members = shape.members
        return {
            name: _documents_decoded(one, members[name]) if name in members else one
            for name, one in value.items()
        }
    if isinstance(shape, ListShape):
        return [_documents_decoded(one, shape.member) for one in value]
    if isinstance(shape, MapShape):
        return {key: _documents_decoded(one, shape.value) for key, one in value.items()}
    return unquote(value) if shape is not None and shape.name == "policyDocumentType" else value


#: Names and texts that botocore doesn't write, and what is read of them by AssumeRole.
ODD: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("Action=AssumeRole&Version=2011-06-15&RoleArn=a", {"RoleArn": "a"}),
    ("RoleArn=a&RoleArn=b", {"RoleArn": "b"}),
    ("RoleArn.member.1=a", {"RoleArn": ""}),
    ("Tags=", {"Tags": []}),
    (
        "Tags.member.2.Key=b&Tags.member.1.Key=a&Tags.member.10.Key=c",
        {"Tags": [{"Key": key} for key in "abc"]},
    ),
    ("Tags.member.x.Key=a&Tags.member.-1.Key=b&Tags.member.1=c", {"Tags": [{}]}),
    ("Tags.member.1.Key=a&Tags.member=b", {"Tags": [{"Key": "a"}]}),
    ("Tags.member=b&Tags.member.1.Key=a", {"Tags": [{"Key": "a"}]}),
    (f"Tags.member.{'9' * 5000}.Key=a", {"Tags": []}),
    (f"{'a.' * 5000}=1&Nothing=2", {}),
]


@pytest.mark.parametrize(("body", "params"), ODD)
def test_odd_requests(body: str, params: dict[str, Any]) -> None:
    assume_role = service_model("sts").operation_model("AssumeRole")
    assert query.compile_parser(assume_role)(request(body), ADDRESS) == params
