"""Variables of the environment, read and written quickly: every mock does both, and so does every test."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from s3tag_mock.intercept.undo import Undo


class Variables:
    """The environment as it is, or as it was.

    :param copied: whether it is to stay what it was when this was made.
    """

    def __init__(self, *, copied: bool = False) -> None:
        raw = getattr(os.environ, "_data", None)
        self._is_raw = type(raw) is dict and os.name == "posix"
        values: Mapping[Any, Any] = raw if type(raw) is dict and self._is_raw else os.environ
        self._values = dict(values) if copied else values

    def read(self, names: Iterable[str]) -> dict[str, str | None]:
        """The values of variables; None for those that aren't there."""
        if self._is_raw:
            get = self._values.get
            return {
                name: None if (value := get(_encoded(name))) is None else os.fsdecode(value) for name in names
            }
        # To ask for one that isn't there costs an exception inside, more than all names together.
        there = set(self._values)
        return {name: self._values[name] if name in there else None for name in names}


def change(undo: Undo, values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Set variables, and remove those whose value is None; ``undo`` puts back what they were.

    :return: what they were.
    """
    before = Variables().read(values)
    undo.callback(write, before)
    _write(values, before)
    return before


def write(values: Mapping[str, str | None]) -> None:
    """Set variables, and remove those whose value is None."""
    _write(values, Variables().read(values))


def _write(values: Mapping[str, str | None], now: Mapping[str, str | None]) -> None:
    # Most are what they are to be, and writing costs more than reading.
    for name, value in values.items():
        if value == now[name]:
            continue
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


@cache
def _encoded(name: str) -> bytes:
    return os.fsencode(name)
