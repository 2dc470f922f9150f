"""Where the statements of a policy stand in its text, as the policy simulator says it.

Source: RECORDED, LS test_simulate_principle_policy: lines and columns count from 1; a statement begins behind
its opening brace, and ends behind its closing one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

_DECODER: Final = json.JSONDecoder()
_BLANKS: Final = " \t\r\n"


class Position(NamedTuple):
    """A place in a text, as the answer has it."""

    Line: int
    Column: int


def statements(text: str) -> list[tuple[Position, Position]]:
    """Where each statement begins and ends.

    :param text: a policy's document, which was read before.
    """
    spans: list[tuple[int, int]] = []
    for name, start, end in _members(text, _skip(text, 0)):
        if name == "Statement":
            spans = list(_items(text, start)) if text[start] == "[" else [(start, end)]
    return [(_position(text, start + 1), _position(text, end)) for start, end in spans]


def _members(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of the members of the object that begins at a place; it has some."""
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, _skip(text, at + 1))
        start = _skip(text, _skip(text, at) + 1)
        _, end = _DECODER.raw_decode(text, start)
        yield name, start, end
        at = _skip(text, end)


def _items(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Start and end of the items of the list that begins at a place."""
    while text[at] != "]":
        start = _skip(text, at + 1)
        if text[start] == "]":
            return
        _, end = _DECODER.raw_decode(text, start)
        yield start, end
        at = _skip(text, end)


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANKS:
        at += 1
    return at


def _position(text: str, at: int) -> Position:
    before = text[:at]
    return Position(before.count("\n") + 1, at - before.rfind("\n"))
