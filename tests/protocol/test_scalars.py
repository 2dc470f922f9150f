"""Every type that texts on the wire can have, written by the mock and read by botocore."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import create_parser

from s3tag_mock.protocol import scalars
from s3tag_mock.protocol.wire_format import compile_wire_format

MOMENT = datetime(2026, 5, 1, 12, 30, tzinfo=timezone.utc)
VALUES: dict[str, Any] = {
    "blob": b"\x00\xff",
    "boolean": False,
    "character": "c",
    "double": 0.5,
    "float": 1.25,
    "integer": -1,
    "long": 2**40,
    "string": "<&>",
    "timestamp": MOMENT,
}


def operation() -> OperationModel:
    """An operation whose answer has a member of each type; S3's own have all but few of them."""
    members = {name: {"shape": name} for name in VALUES}
    shapes: Any = {name: {"type": name} for name in VALUES}
    model = {
        "metadata": {"protocol": "rest-xml", "endpointPrefix": "s3", "serviceId": "S3"},
        "operations": {
            "GetAll": {
                "name": "GetAll",
                "http": {"method": "GET", "requestUri": "/"},
                "output": {"shape": "All"},
            }
        },
        "shapes": {**shapes, "All": {"type": "structure", "members": members}},
    }
    return ServiceModel(model, "s3").operation_model("GetAll")


def test_botocore_reads_what_is_written() -> None:
    described: Any = operation()
    response = compile_wire_format(described).write(VALUES, "REQUESTID", "HOSTID")
    answer = {"status_code": response.status, "headers": response.headers, "body": response.body}
    parsed = create_parser("rest-xml").parse(answer, described.output_shape)
    assert {name: parsed[name] for name in VALUES} == VALUES


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("boolean", " TRUE", True),
        ("double", "0.5", 0.5),
        ("integer", " 12 ", 12),
        ("string", " kept ", " kept "),
        ("timestamp", "2026-05-01T12:30:00Z", MOMENT),
        ("timestamp", "2026-05-01T12:30:00", MOMENT),
        ("timestamp", "2026-05-01T14:30:00+02:00", MOMENT),
        ("integer", str(2**31 - 1), 2**31 - 1),
        ("long", str(-(2**63)), -(2**63)),
        ("timestamp", "Fri, 01 May 2026 12:30:00 GMT", MOMENT),
        ("timestamp", "1777638600", MOMENT),
    ],
)
def test_reading(kind: str, text: str, value: Any) -> None:
    assert scalars.reader(Shape("Any", {"type": kind}))(text) == value


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("boolean", "1", "not a boolean"),
        ("double", "much", "not a number"),
        ("integer", "0.5", "not an integer or within integer range"),
        ("integer", str(2**31), "not an integer or within integer range"),
        ("long", str(2**63), "not an integer or within integer range"),
        ("timestamp", "soon", "not a timestamp"),
    ],
)
def test_what_is_of_another_type(kind: str, text: str, problem: str) -> None:
    with pytest.raises(scalars.NotAScalar, match=f"^{problem}$"):
        scalars.reader(Shape("Any", {"type": kind}))(text)


def test_integers_with_a_range_of_their_own() -> None:
    assert scalars.reader(Shape("Any", {"type": "integer", "max": 5}))(str(2**31)) == 2**31


def test_forms_of_times() -> None:
    of_http = Shape("Any", {"type": "timestamp", "timestampFormat": "rfc822"})
    assert scalars.writer(of_http, "iso8601")(MOMENT) == "Fri, 01 May 2026 12:30:00 GMT"
    assert (
        scalars.writer(Shape("Any", {"type": "timestamp"}), "iso8601")(MOMENT) == "2026-05-01T12:30:00.000Z"
    )
