"""All that a world remembers, as plain values that can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Final

from s3tag_mock.state.keys import KeyIndex

#: What isn't memory: time, chance, locks, what the test author gave.
_LEFT_OUT: Final = {"clock", "ids", "lock", "running", "functions", "_sequence"}
_PLAIN: Final = frozenset((str, bytes, int, float, bool, type(None), datetime))


def snapshot(aws: Any) -> dict[str, Any]:
    """What the world of a mock that was entered remembers.

    :param aws: its handle.
    """
    seen: set[int] = set()
    return {name: _written(value, seen) for name, value in _attributes(aws._world) if name not in _LEFT_OUT}


def _attributes(thing: Any) -> Iterator[tuple[str, Any]]:
    kind: Any = type(thing)
    own = (name for name in getattr(thing, "__dict__", ()) if not _is_cache(kind, name))
    return ((name, getattr(thing, name)) for name in (*_names(kind), *own))


def _is_cache(kind: type, name: str) -> bool:
    """Whether an attribute is calculated from others when it is wanted first."""
    return isinstance(getattr(kind, name, None), cached_property)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """What things of a type hold beside what is in their ``__dict__``."""
    names = kind.__dict__.get("__slots__", ())
    return tuple(one for one in ((names,) if isinstance(names, str) else names) if one not in _LEFT_OUT)


def _written(thing: Any, seen: set[int]) -> Any:
    kind = type(thing)
    if kind in _PLAIN:
        return thing
    if kind is dict or isinstance(thing, Mapping):
        return [
            (key, value if type(value) in _PLAIN else _written(value, seen)) for key, value in thing.items()
        ]
    if kind is KeyIndex:
        return [(key, _written(one, seen)) for key, one in thing.after("", inclusive=True)]
    if isinstance(thing, (list, tuple)):
        return [_written(one, seen) for one in thing]
    if isinstance(thing, (set, frozenset)):
        return sorted(map(repr, thing))
    if id(thing) in seen:
        return "<seen>"
    seen.add(id(thing))
    if callable(thing):
        return "<callable>"
    return [
        (name, value if type(value) in _PLAIN else _written(value, seen))
        for name, value in _attributes(thing)
        if name not in _LEFT_OUT
    ]


def difference(before: Any, after: Any, path: str = "world") -> str:
    """Where two snapshots differ first."""
    if isinstance(before, dict) and isinstance(after, dict):
        before, after = list(before.items()), list(after.items())
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
