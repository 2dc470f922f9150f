"""The JSON protocol: what botocore writes is read back equal, and what is written, botocore reads back equal.

For every operation of the Resource Groups Tagging API, with values made from the models.
"""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.model import OperationModel, StructureShape
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock.exceptions import AwsError
from s3tag_mock.protocol import json_rpc
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.wire_format import compile_wire_format
from tests.properties.shapes import structure

MODEL = botocore.session.get_session().get_service_model("resourcegroupstaggingapi")
OPERATIONS = [pytest.param(MODEL.operation_model(name), id=name) for name in MODEL.operation_names]
ADDRESS = Address(path="/", query="", region="us-east-1", endpoint="regional")


def request(body: bytes) -> Request:
    return Request("POST", "https://tagging.us-east-1.amazonaws.com/", {}, body)


@pytest.mark.parametrize("operation", OPERATIONS)
@fuzzing(4)
@given(data=st.data())
def test_requests(operation: OperationModel, data: Any) -> None:
    shape = operation.input_shape
    params = data.draw(structure(shape)) if isinstance(shape, StructureShape) else {}
    serialized = create_serializer("json", False).serialize_to_request(params, operation)
    assert json_rpc.compile_parser(operation)(request(serialized["body"]), ADDRESS) == params


@pytest.mark.parametrize("operation", OPERATIONS)
@fuzzing(4)
@given(data=st.data())
def test_answers(operation: OperationModel, data: Any) -> None:
    shape = operation.output_shape
    result = data.draw(structure(shape)) if isinstance(shape, StructureShape) else {}
    response = compile_wire_format(operation).write(result, "id", "")
    headers = {name.lower(): value for name, value in response.headers.items()}
    told = {"status_code": response.status, "headers": headers, "body": response.body}
    parsed = create_parser("json").parse(told, shape)
    assert parsed.pop("ResponseMetadata")["RequestId"] == "id"
    assert parsed == result


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{", b'{"Key": 1}', b'{"ResourcesPerPage": true}', b'{"TagFilters": {}}', b"\xff", b"[" * 10**5],
)
def test_documents_that_do_not_fit(body: bytes) -> None:
    name = "GetTagValues" if b"Key" in body else "GetResources"
    with pytest.raises(AwsError, match="SerializationException"):
        json_rpc.compile_parser(MODEL.operation_model(name))(request(body), ADDRESS)


def test_null_and_unknown_members_are_nothing() -> None:
    read = json_rpc.compile_parser(MODEL.operation_model("GetTagKeys"))
    assert read(request(b'{"PaginationToken": null, "Other": 1}'), ADDRESS) == {}
