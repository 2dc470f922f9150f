"""Texts of policies with the wildcards ``*`` and ``?`` and with policy variables such as ``${aws:username}``.

A text is split at its ``*``; each part between has a fixed width, and the leftmost place of each is found in
turn. So no text, however many ``*`` it has, takes more time than its length times the length of what it is
compared with.

Source: IAM user guide, "IAM JSON policy elements: Resource" and "Variables and tags".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final, NamedTuple

#: Gives the value of a condition key as a variable shows it; None where there is none.
Lookup = Callable[[str], "str | None"]


class Wild(Enum):
    """A wildcard."""

    RUN = "*"
    ONE = "?"


class Variable(NamedTuple):
    """A policy variable.

    :param key: a condition key.
    :param default: what stands in its place where the request has no such key; None for a text that then
        matches nothing.
    """

    key: str
    default: str | None


Piece = str | Wild | Variable
Resolved = str | Wild

_VARIABLE: Final = re.compile(
    r"\$\{\s*(?:(?P<literal>[*?$])|(?P<key>[^,}']+?)\s*(?:,\s*'(?P<default>[^']*)'\s*)?)\}"
)
_WILDCARD: Final = re.compile(r"([*?])")
_PARTS_OF_AN_ARN: Final = 6


def no_variables(key: str) -> str | None:
    """The look-up of a place where there are no condition keys."""
    return None


@dataclass(frozen=True)
class PolicyText:
    """A text of a policy's.

    :param text: as it was written.
    :param has_variables: whether ``${...}`` is a variable in it, as in policies of version 2012-10-17.
    :param ignores_case: whether it is compared without case, as actions are.
    """

    text: str
    has_variables: bool = False
    ignores_case: bool = False

    def is_like(self, value: str, lookup: Lookup = no_variables) -> bool:
        """Whether it matches a value, ``*`` being any run of characters and ``?`` any one."""
        pattern = self._pattern
        if pattern is None:
            resolved = _resolved(self._pieces, lookup)
            if resolved is None:
                return False
            pattern = _Pattern(resolved)
        return pattern.matches(value.lower() if self.ignores_case else value)

    def is_like_arn(self, value: str, lookup: Lookup = no_variables) -> bool:
        """Whether it matches an ARN: each of its six parts by itself, but a lone ``*`` everything."""
        if self._is_everything:
            return True
        patterns = self._arn_patterns
        if patterns is None:
            resolved = _resolved(self._pieces, lookup)
            if resolved is None:
                return False
            patterns = _arn_patterns(resolved)
        parts = value.split(":", _PARTS_OF_AN_ARN - 1)
        return len(parts) == len(patterns) and all(map(_Pattern.matches, patterns, parts))

    def literally(self, lookup: Lookup = no_variables) -> str | None:
        """The text with its variables replaced and wildcards meant literally; None where one has no value."""
        resolved = _resolved(self._pieces, lookup)
        if resolved is None:
            return None
        return "".join(piece.value if isinstance(piece, Wild) else piece for piece in resolved)

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        text = self.text.lower() if self.ignores_case else self.text
        return tuple(_pieces(text)) if self.has_variables else tuple(_wildcards(text))

    @cached_property
    def _is_constant(self) -> bool:
        return not any(isinstance(piece, Variable) for piece in self._pieces)

    @cached_property
    def _is_everything(self) -> bool:
        return bool(self._pieces) and all(piece is Wild.RUN for piece in self._pieces)

    @cached_property
    def _pattern(self) -> _Pattern | None:
        return _Pattern(_constant(self._pieces)) if self._is_constant else None

    @cached_property
    def _arn_patterns(self) -> tuple[_Pattern, ...] | None:
        return _arn_patterns(_constant(self._pieces)) if self._is_constant else None


def variables_of(text: str) -> list[str]:
    """The condition keys that a text has variables of."""
    return [piece.key for piece in _pieces(text) if isinstance(piece, Variable)]


def has_wildcard(text: str) -> bool:
    """Whether a text has ``*`` or ``?``."""
    return "*" in text or "?" in text


def _pieces(text: str) -> Iterable[Piece]:
    end = 0
    for match in _VARIABLE.finditer(text):
        yield from _wildcards(text[end : match.start()])
        yield match["literal"] or Variable(match["key"].strip(), match["default"])
        end = match.end()
    yield from _wildcards(text[end:])


def _wildcards(text: str) -> Iterable[Resolved]:
    for part in _WILDCARD.split(text):
        if part:
            yield Wild(part) if part in {"*", "?"} else part


def _constant(pieces: Iterable[Piece]) -> tuple[Resolved, ...]:
    return tuple(piece for piece in pieces if not isinstance(piece, Variable))


def _resolved(pieces: Iterable[Piece], lookup: Lookup) -> tuple[Resolved, ...] | None:
    """Pieces with a value in place of each variable; wildcards in a value are literal (LIKELY)."""
    resolved: list[Resolved] = []
    for piece in pieces:
        if isinstance(piece, Variable):
            value = lookup(piece.key)
            value = piece.default if value is None else value
            if value is None:
                return None
            resolved.append(value)
        else:
            resolved.append(piece)
    return tuple(resolved)


def _arn_patterns(pieces: Iterable[Resolved]) -> tuple[_Pattern, ...]:
    parts: list[list[Resolved]] = [[]]
    for piece in pieces:
        if isinstance(piece, Wild):
            parts[-1].append(piece)
            continue
        first, *further = piece.split(":", _PARTS_OF_AN_ARN - len(parts))
        parts[-1].append(first)
        parts.extend([part] for part in further)
    return tuple(_Pattern(part) for part in parts)


class _Pattern:
    """What resolved pieces match."""

    __slots__ = ("_segments",)

    def __init__(self, pieces: Iterable[Resolved]) -> None:
        segments: list[list[Resolved]] = [[]]
        for piece in pieces:
            if piece is Wild.RUN:
                segments.append([])
            else:
                segments[-1].append(piece)
        self._segments = [_Segment(segment) for segment in segments]

    def matches(self, text: str) -> bool:
        first, last = self._segments[0], self._segments[-1]
        if len(self._segments) == 1:
            return len(text) == first.width and first.stands_at(text, 0)
        start, end = first.width, len(text) - last.width
        if start > end or not first.stands_at(text, 0) or not last.stands_at(text, end):
            return False
        for segment in self._segments[1:-1]:
            found = segment.find(text, start, end)
            if found < 0:
                return False
            start = found + segment.width
        return True


class _Segment:
    """Literal text with single-character wildcards."""

    __slots__ = ("_literal", "_regex", "width")

    def __init__(self, pieces: list[Resolved]) -> None:
        self.width = sum(1 if isinstance(piece, Wild) else len(piece) for piece in pieces)
        self._literal = "".join(piece for piece in pieces if isinstance(piece, str))
        self._regex: re.Pattern[str] | None = None
        if Wild.ONE in pieces:
            # Of fixed width, so that a search never backtracks further than that.
            source = "".join("." if isinstance(piece, Wild) else re.escape(piece) for piece in pieces)
            self._regex = re.compile(source, re.DOTALL)

    def stands_at(self, text: str, start: int) -> bool:
        if self._regex is None:
            return text.startswith(self._literal, start)
        return self._regex.match(text, start) is not None

    def find(self, text: str, start: int, end: int) -> int:
        if self._regex is None:
            return text.find(self._literal, start, end)
        match = self._regex.search(text, start, end)
        return -1 if match is None else match.start()
