"""The names that editors complete are those that the mock knows."""

from __future__ import annotations

from typing import get_args

from s3tag_mock.faults import catalogue
from s3tag_mock.operations import operation_names
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.rules.typed_names import ErrorCode, OperationName
from tools import typed_names


def test_they_are_current() -> None:
    assert typed_names.MODULE.read_text("utf-8") == typed_names.module(), "run: python tools/typed_names.py"


def test_each_is_known_under_its_name() -> None:
    found = {operation_names.find(name) for name in get_args(OperationName)}
    assert {name for _, name in found} == {name for _, name in OPERATIONS}
    for code in get_args(ErrorCode):
        catalogue.error(code)
