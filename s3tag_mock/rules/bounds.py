"""A model's rules for values (lengths, ranges, enumerations, patterns) as data, with one check.

botocore checks hardly more than types and what is required. Texts are for the test author: AWS seldom says
which member is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Protocol


class Bound(Protocol):
    """What a value must be."""

    def problems(self, path: str, value: Any) -> Iterator[str]:
        """What is wrong with a value.

        :param path: where it stands, such as ``"Report.Prefix"``.
        :param value: in boto3's shape.
        """


@dataclass(frozen=True)
class Text:
    """A string.

    :param least: how many characters it has at least.
    :param most: at most; None where there is no limit.
    :param pattern: a regular expression that the whole of it must match, as the model spells it.
    :param what: what a string that matches it is, for the test author.
    """

    least: int = 0
    most: int | None = None
    pattern: str | None = None
    what: str = ""

    @cached_property
    def _compiled(self) -> re.Pattern[str] | None:
        return None if self.pattern is None else re.compile(self.pattern, re.ASCII | re.DOTALL)

    def problems(self, path: str, value: Any) -> Iterator[str]:
        """What is wrong with a string."""
        yield from _counted(path, "characters", len(value), self.least, self.most)
        if self._compiled is not None and self._compiled.fullmatch(value) is None:
            yield f"{path} {value!r} isn't {self.what}"


@dataclass(frozen=True, slots=True)
class Number:
    """An integer between two others."""

    least: int
    most: int | None = None

    def problems(self, path: str, value: Any) -> Iterator[str]:
        """What is wrong with a number."""
        if not _is_within(value, self.least, self.most):
            wanted = f"at least {self.least}" if self.most is None else f"{self.least} to {self.most}"
            yield f"{path} is {value}, not {wanted}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these strings."""

    values: frozenset[str]

    def problems(self, path: str, value: Any) -> Iterator[str]:
        """What is wrong with a word."""
        if value not in self.values:
            known = ", ".join(sorted(self.values))
            yield f"{path} {value!r} isn't {known if len(self.values) == 1 else f'one of {known}'}"


@dataclass(frozen=True, slots=True)
class Members:
    """A structure; members without bounds are left out."""

    of: Mapping[str, Bound] = field(default_factory=dict)

    def problems(self, path: str, value: Any) -> Iterator[str]:
        """What is wrong with its members, in the order of the bounds."""
        for name, bound in self.of.items():
            if name in value:
                yield from bound.problems(f"{path}.{name}" if path else name, value[name])


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    of: Bound
    least: int = 0
    most: int | None = None

    def problems(self, path: str, value: Any) -> Iterator[str]:
        """What is wrong with the number of items, and with each."""
        yield from _counted(path, "items", len(value), self.least, self.most)
        for number, item in enumerate(value):
            yield from self.of.problems(f"{path}[{number}]", item)


@dataclass(frozen=True, slots=True)
class Entries:
    """A map of strings."""

    keys: Bound
    values: Bound
    least: int = 0
    most: int | None = None

    def problems(self, path: str, value: Any) -> Iterator[str]:
        """What is wrong with the number of entries, and with each key and value."""
        yield from _counted(path, "entries", len(value), self.least, self.most)
        for key, one in value.items():
            yield from self.keys.problems(f"{path}'s key", key)
            yield from self.values.problems(f"{path}[{key!r}]", one)


NO_BOUNDS: Final = Members()


def one_of(values: Iterable[str]) -> OneOf:
    """One of these strings."""
    return OneOf(frozenset(values))


def _counted(path: str, unit: str, count: int, least: int, most: int | None) -> Iterator[str]:
    if not _is_within(count, least, most):
        wanted = f"at least {least}" if most is None else str(most) if least == most else f"{least} to {most}"
        yield f"{path} has {count} {unit}, not {wanted}"


def _is_within(value: int, least: int, most: int | None) -> bool:
    return value >= least and (most is None or value <= most)
