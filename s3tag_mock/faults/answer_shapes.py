"""Whether an answer of the test author's has the form that botocore's model gives the operation's output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from botocore.model import ListShape, MapShape, Shape, StructureShape

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, did_you_mean

__tracebackhide__ = FROM_TEST_AUTHORS


#: Type of a shape to the Python types of its values, and what a valid value is.
_SCALARS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "string": ((str,), "a str"),
    "character": ((str,), "a str"),
    "integer": ((int,), "an int"),
    "long": ((int,), "an int"),
    "float": ((int, float), "a number"),
    "double": ((int, float), "a number"),
    "boolean": ((bool,), "True or False"),
    "timestamp": ((datetime,), "a datetime"),
    "blob": ((bytes, str), "bytes"),
}


def check(written: str, answer: Any, shape: Shape | None) -> None:
    """Refuse an answer that AWS can't give.

    :param written: the operation, for the message.
    :param shape: of the operation's output; None where it has none.
    :raises Misuse: for an unknown member, with the nearest name, or a value of another type.
    """

    def refuse(path: str, problem: str) -> None:
        raise Misuse(f"The answer to {written}: {path or 'the answer'} {problem}")

    if not isinstance(answer, Mapping):
        refuse("", f"is {answer!r}, and a response of boto3 is a dict.")
    metadata = answer.get("ResponseMetadata", {})
    if not isinstance(metadata, Mapping) or not isinstance(metadata.get("HTTPStatusCode", 200), int):
        refuse("ResponseMetadata", f"is {metadata!r}, and not a dict with an int for its HTTPStatusCode.")
    members = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
    if shape is not None:
        _check(members, shape, "", refuse)
    elif members:
        refuse("", f"has {', '.join(map(repr, members))}, and AWS's answer has no members: write {{}}.")


def _check(value: Any, shape: Shape, path: str, refuse: Callable[[str, str], None]) -> None:
    if isinstance(shape, StructureShape):
        if not getattr(shape, "is_document_type", False):
            _check_structure(value, shape, path, refuse)
    elif isinstance(shape, ListShape):
        if not isinstance(value, (list, tuple)):
            refuse(path, f"is {value!r}, and not a list.")
        for number, item in enumerate(value):
            _check(item, shape.member, f"{path}[{number}]", refuse)
    elif isinstance(shape, MapShape):
        if not isinstance(value, Mapping):
            refuse(path, f"is {value!r}, and not a dict.")
        for key, item in value.items():
            _check(item, shape.value, f"{path}[{key!r}]", refuse)
    else:
        types, valid = _SCALARS[shape.type_name]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            refuse(path, f"is {value!r}, and not {valid}.")


def _check_structure(
    value: Any, shape: StructureShape, path: str, refuse: Callable[[str, str], None]
) -> None:
    if not isinstance(value, Mapping):
        refuse(path, f"is {value!r}, and not a dict.")
    for name, item in value.items():
        if name not in shape.members:
            near = did_you_mean(str(name), shape.members, none_known="AWS's has no members.")
            refuse(path, f"has no member {name!r}. {near}")
        _check(item, shape.members[name], f"{path}.{name}" if path else name, refuse)
