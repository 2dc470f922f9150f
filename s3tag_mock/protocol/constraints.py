"""What the model says of values (lengths, ranges, patterns, enumerations), checked as IAM and STS do it.

Source: RECORDED, LS test_sts_invalid_parameters and test_user_match_id_mismatch (the texts of patterns and
enumerations, and that IAM shows neither the value nor the words); OBSERVED aws/eks-hybrid #113 and many
others (those of lengths), newscorpaus/consigliere #18 and mmmorris1975/aws-runas #80 (a pattern's problem
before a length's). That problems stand in the model's order, and how a missing value is shown, is ASSUMED.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from s3tag_mock import errors
from s3tag_mock.protocol import model
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.parse import Params, Parser, UnreadableDocument
from s3tag_mock.protocol.service_model import is_list, is_map, is_string, is_structure
from s3tag_mock.rules.tags import SEPARATORS

if TYPE_CHECKING:
    from botocore.model import ListShape, OperationModel, Shape, StringShape, StructureShape

#: Gives what is wrong with a value: the place in it, the value there, and the constraint.
Check = Callable[[str, Any], Iterator[tuple[str, Any, str]]]


def checked(parse: Parser, operation: OperationModel) -> Parser:
    """A parser that refuses parameters which don't fit the model.

    It raises UnreadableDocument: ValidationError.
    """
    shape = operation.input_shape
    if not is_structure(shape):
        return parse
    check = _structure(shape)
    shows_values = operation.service_model.service_name in model.SHOWS_INVALID_VALUES

    def parse_checked(request: Request, address: Address) -> Params:
        params = parse(request, address)
        found = list(check("", params))
        if found:
            violations = "; ".join(_violation(*one, shows_values) for one in found)
            many = f"{len(found)} validation error{'' if len(found) == 1 else 's'} detected: {violations}"
            raise UnreadableDocument(errors.VALIDATION_FAILED(violations=many), params)
        return params

    return parse_checked


def _violation(path: str, value: Any, constraint: str, shows_values: bool) -> str:
    shown = ""
    if shows_values and not isinstance(value, (dict, list)):
        shown = " null" if value is None else f" '{value}'"
    return f"Value{shown} at '{path}' failed to satisfy constraint: Member must {constraint}"


def _check(shape: Shape) -> Check:
    if is_structure(shape):
        return _structure(shape)
    if is_list(shape):
        return _list(shape)
    if is_map(shape):
        return _lengths(shape)
    return _text(shape) if is_string(shape) else _number(shape)


def _structure(shape: StructureShape) -> Check:
    plan = [
        (name, f"{name[0].lower()}{name[1:]}", _check(member), name in shape.required_members)
        for name, member in shape.members.items()
    ]

    def check(path: str, value: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
        for name, shown, check_member, is_required in plan:
            place = f"{path}.{shown}" if path else shown
            if name in value:
                yield from check_member(place, value[name])
            elif is_required:
                yield place, None, "not be null"

    return check


def _list(shape: ListShape) -> Check:
    check_item, check_length = _check(shape.member), _lengths(shape)

    def check(path: str, value: list[Any]) -> Iterator[tuple[str, Any, str]]:
        yield from check_length(path, value)
        for number, item in enumerate(value, 1):
            yield from check_item(f"{path}.{number}.member", item)

    return check


def _lengths(shape: Shape) -> Check:
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max")

    def check(path: str, value: Any) -> Iterator[tuple[str, Any, str]]:
        if len(value) < least:
            yield path, value, f"have length greater than or equal to {least}"
        if most is not None and len(value) > most:
            yield path, value, f"have length less than or equal to {most}"

    return check


def _number(shape: Shape) -> Check:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")

    def check(path: str, value: Any) -> Iterator[tuple[str, Any, str]]:
        if least is not None and value < least:
            yield path, value, f"have value greater than or equal to {least}"
        if most is not None and value > most:
            yield path, value, f"have value less than or equal to {most}"

    return check


def _text(shape: StringShape) -> Check:
    check_length, pattern, words = _lengths(shape), shape.metadata.get("pattern"), shape.enum
    compiled = None if pattern is None else _compiled(pattern)

    def check(path: str, value: Any) -> Iterator[tuple[str, Any, str]]:
        if compiled is not None and compiled.fullmatch(value) is None:
            yield path, value, f"satisfy regular expression pattern: {pattern}"
        yield from check_length(path, value)
        if words and value not in words:
            yield path, value, "satisfy enum value set"

    return check


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of Java's; of Unicode's classes it has letters, numbers and separators, always together."""
    if r"\p{" not in pattern:
        return re.compile(pattern, re.ASCII)
    known = pattern.replace(r"\p{L}", r"\w").replace(r"\p{N}", r"\d").replace(r"\p{Z}", SEPARATORS)
    return re.compile(known)
