"""The errors that ``aws.faults`` knows: those that the mock raises, and others that AWS documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from botocore.model import OperationModel, Shape

from s3tag_mock import errors
from s3tag_mock.errors import ON_DEMAND, AwsError, ErrorSpec
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, did_you_mean
from s3tag_mock.operations.operation_names import model
from s3tag_mock.rules.services import WHOLE
from s3tag_mock.state.fault import INJECTED, NO_ANSWERS, InjectedError

__tracebackhide__ = FROM_TEST_AUTHORS

#: Error elements whose call parameter has another name.
_ELEMENTS: Final[dict[str, str]] = {"BucketName": "Bucket"}


def error(code: str) -> ErrorSpec | None:
    """The error that a code stands for; None for one of botocore's names of failed connections.

    :raises Misuse: for a code that no error has.
    """
    if code in NO_ANSWERS:
        return None
    row = _rows().get(code) or _modelled(code)
    if row is not None:
        return row
    known = {*_rows(), *NO_ANSWERS, *(shape.name for shape in _error_shapes())}
    raise Misuse(
        f"aws.faults.add(..., {code!r}): no error has this code. {did_you_mean(code, known, none_known='')}\n"
        f"For one of your own, write s3tag_mock.AwsError({code!r}, 400, 'its message')."
    )


def status_of(code: str, operation: OperationModel) -> int:
    """The HTTP status of an error of an operation, as far as it is known; else 400."""
    row = _rows().get(code)
    if row is not None:
        return row.status
    shape = next((one for one in operation.error_shapes if code in {one.name, _code(one)}), None)
    status: int = 400 if shape is None else shape.metadata.get("error", {}).get("httpStatusCode", 400)
    return status


def raised(spec: ErrorSpec, params: Mapping[str, Any], message: str | None) -> AwsError:
    """The error that a call with these parameters gets.

    :param message: in place of AWS's text.
    """
    known = {name: params.get(_ELEMENTS.get(name, name)) for name in spec.elements}
    return InjectedError(
        spec.code,
        spec.status,
        spec.message if message is None else message,
        {name: value for name, value in known.items() if isinstance(value, str)},
        hint=INJECTED,
    )


def copied(error: AwsError, message: str | None) -> AwsError:
    """The test author's own error, as a new exception."""
    text = error.message if message is None else message
    hint = error.hint_source or INJECTED
    return InjectedError(error.code, error.status, text, error.elements, error.headers, hint)


@cache
def _rows() -> Mapping[str, ErrorSpec]:
    """Code to its row; for a code with several rows, one whose text has no parts to fill in."""
    rows: dict[str, ErrorSpec] = {}
    for row in vars(errors).values():
        if isinstance(row, ErrorSpec) and (row.code not in rows or "{" in rows[row.code].message):
            rows[row.code] = row
    return {**{code: _without_holes(row) for code, row in rows.items()}, **ON_DEMAND}


def _without_holes(row: ErrorSpec) -> ErrorSpec:
    if "{" not in row.message:
        return row
    text = re.sub(r"(?<!\{)\{\w+\}(?!\})", "...", row.message).format()
    return replace(row, message=text)


def _modelled(code: str) -> ErrorSpec | None:
    """An error that only botocore's model describes."""
    shape = next((one for one in _error_shapes() if _code(one) == code), None)
    if shape is None:
        return None
    text = re.sub(r"<[^>]+>", "", shape.documentation).strip() or code
    status = shape.metadata.get("error", {}).get("httpStatusCode", 400)
    return ErrorSpec(code, status, text, (), "DOCUMENTED botocore's model; the text its documentation")


def _code(shape: Shape) -> str:
    code: str = shape.metadata.get("error", {}).get("code", shape.name)
    return code


def _error_shapes() -> Iterator[Shape]:
    for service in WHOLE:
        for name in model(service).operation_names:
            yield from model(service).operation_model(name).error_shapes
