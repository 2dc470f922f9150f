"""The JSON protocol: documents as no client writes them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.model import Shape

from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.operation_names import operation_model
from s3tag_mock.protocol import json_rpc
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request


def read(body: bytes, operation: str = "TagResources") -> Any:
    parse = json_rpc.compile_parser(operation_model(f"resourcegroupstaggingapi.{operation}"))
    return parse(Request("POST", "", {}, body), Address("/", "", None))


def test_what_is_read() -> None:
    arns = {"ResourceARNList": ["a"], "Tags": {"k": "v"}}
    assert read(b'{"ResourceARNList": ["a"], "Tags": {"k": "v"}, "Other": 1}') == arns
    assert read(b"", "GetTagKeys") == read(b'{"PaginationToken": null}', "GetTagKeys") == {}
    assert read(b'{"ResourcesPerPage": 5}', "GetResources") == {"ResourcesPerPage": 5}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"ResourcesPerPage": "5"}',
        b'{"ResourcesPerPage": true}',
        b'{"ResourceARNList": {}}',
        b"1" * 5000,
    ],
)
def test_what_is_no_document(body: bytes) -> None:
    with pytest.raises(AwsError) as refused:
        read(body, "GetResources")
    assert refused.value.code == "SerializationException"


def test_what_is_missing() -> None:
    with pytest.raises(AwsError) as refused:
        read(b'{"Tags": {}}')
    assert refused.value.code == "InvalidParameterException"
    assert (
        "Value null at 'resourceARNList' failed to satisfy constraint: Member must not be null"
        in refused.value.message
    )


@pytest.mark.parametrize(
    ("kind", "found", "value"),
    [
        ("timestamp", 1777638600, datetime(2026, 5, 1, 12, 30, tzinfo=timezone.utc)),
        ("timestamp", 1777638600.5, datetime(2026, 5, 1, 12, 30, 0, 500_000, timezone.utc)),
        ("double", 1, 1.0),
        ("blob", "AP8=", b"\x00\xff"),
    ],
)
def test_types_that_no_operation_of_ours_has(kind: str, found: Any, value: Any) -> None:
    assert json_rpc._converter(Shape("Any", {"type": kind}), json_rpc._READERS)(found) == value
    assert json_rpc._converter(Shape("Any", {"type": kind}), json_rpc._WRITERS)(value) == found


def test_an_answer() -> None:
    operation = operation_model("resourcegroupstaggingapi.GetTagKeys")
    answer = json_rpc.compile_serializer(operation)({"TagKeys": ["é"]}, "ID")
    assert (answer.status, answer.body) == (200, b'{"TagKeys":["\\u00e9"]}')
