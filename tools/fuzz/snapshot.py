"""All that a world remembers, in a form that can be compared.

It is pickled, which is quick, since a fuzz looks at the world after every call. Equal bytes are equal worlds;
where the bytes differ, they are read again and compared as plain values: the same may be written in two ways.
"""

from __future__ import annotations

import io
import pickle
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, Final

from s3tag_mock.state.keys import KeyIndex

#: What isn't memory: time, chance, locks, what the test author gave.
_LEFT_OUT: Final = frozenset({"clock", "ids", "lock", "running", "functions", "_sequence"})


class Remembered:
    """What a world remembered at a moment."""

    __slots__ = ("_bytes",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, world: Any) -> None:
        written = io.BytesIO()
        _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(world)
        self._bytes = written.getvalue()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Remembered):
            return NotImplemented
        return self._bytes == other._bytes or self.plain() == other.plain()

    def plain(self) -> Any:
        """The same as lists of names and values, in which everything stands once."""
        return _plain(pickle.loads(self._bytes), set())


def snapshot(aws: Any) -> Remembered:
    """What the world of a mock that was entered remembers.

    :param aws: its handle.
    """
    return Remembered(aws._world)


class _Thing:
    """What stands for an object where a world is read again.

    :param held: its attributes, or its items.
    """

    held: dict[Any, Any]

    def __setstate__(self, held: dict[Any, Any]) -> None:
        self.held = held


class _Pickler(pickle.Pickler):
    """Writes objects as what they hold."""

    def reducer_override(self, thing: Any) -> Any:
        """How a thing is written whose type isn't one of Python's plain ones."""
        kind: Any = type(thing)
        held_by = _way_of(kind)
        return NotImplemented if held_by is None else (_Thing, (), held_by(thing))


@cache
def _way_of(kind: Any) -> Callable[[Any], dict[Any, Any]] | None:
    """What finds out what a thing of this type holds; None for a type that is written as it is."""
    if issubclass(kind, (datetime, timedelta, tzinfo, type)):
        return None
    if kind is KeyIndex:
        return lambda index: dict(index.after("", inclusive=True))
    if issubclass(kind, Mapping):
        return dict
    if issubclass(kind, (list, tuple, set, frozenset, deque)):
        return lambda things: dict(enumerate(things))
    if issubclass(kind, Callable):  # type: ignore[arg-type]
        return lambda function: {}
    return _attributes_of(kind)


def _attributes_of(kind: type) -> Callable[[Any], dict[Any, Any]]:
    in_slots = (base.__dict__.get("__slots__", ()) for base in kind.__mro__)
    slots = {name: attrgetter(name) for names in in_slots for name in names if name not in _LEFT_OUT}
    caches = {name for name in dir(kind) if isinstance(getattr(kind, name, None), cached_property)}
    left_out = _LEFT_OUT | caches

    def held(thing: Any) -> dict[Any, Any]:
        own = getattr(thing, "__dict__", {})
        if not left_out.isdisjoint(own):
            own = {name: value for name, value in own.items() if name not in left_out}
        return {name: value_in(thing) for name, value_in in slots.items()} | own

    return held


def _plain(thing: Any, seen: set[int]) -> Any:
    if isinstance(thing, _Thing):
        if id(thing) in seen:
            return "<seen>"
        seen.add(id(thing))
        thing = thing.held
    if isinstance(thing, dict):
        return [(key, _plain(value, seen)) for key, value in thing.items()]
    if isinstance(thing, (list, tuple, deque)):
        return [_plain(one, seen) for one in thing]
    return sorted(map(repr, thing)) if isinstance(thing, (set, frozenset)) else thing


def difference(before: Any, after: Any, path: str = "world") -> str:
    """Where two snapshots differ first."""
    if isinstance(before, Remembered) and isinstance(after, Remembered):
        before, after = before.plain(), after.plain()
    if isinstance(before, list) and isinstance(after, list):
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            if one != other:
                named = isinstance(one, (list, tuple)) and len(one) == 2 and isinstance(one[0], str)
                return difference(one, other, f"{path}.{one[0] if named else number}")
        if len(before) != len(after):
            return f"{path} has {len(after)} entries, and had {len(before)}"
    if isinstance(before, tuple) and isinstance(after, tuple) and before[0] == after[0]:
        return difference(before[1], after[1], path)
    return f"{path}: {str(before)[:200]} became {str(after)[:200]}"
