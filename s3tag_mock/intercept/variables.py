"""Variables of the environment, read and written quickly: every mock does both, and so does every test.

Names and values are bytes here, as systems other than Windows keep them: ``os.environ`` encodes and decodes
them each time that it is asked. Where it can't be done without ``os.environ``, that is asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from s3tag_mock.intercept.undo import Undo

#: Variables by name; None for the value of one that isn't there.
Values: TypeAlias = Mapping[bytes, bytes | None]


def encoded(values: Mapping[str, str | None]) -> Values:
    """Variables as they are kept here."""
    return {
        os.fsencode(name): None if value is None else os.fsencode(value) for name, value in values.items()
    }


def copied() -> Values:
    """The whole environment as it is now."""
    data = _data()
    return encoded(os.environ) if data is None else dict(data)


def read(names: Iterable[bytes]) -> Values:
    """What some variables are now."""
    data = _data()
    there = copied() if data is None else data
    # Most of those that a mock hides aren't.
    return {**dict.fromkeys(names), **{name: there.get(name) for name in there.keys() & names}}


def value(name: bytes) -> bytes | None:
    """What one variable is now; None for one that isn't there."""
    return read([name])[name]


def change(undo: Undo, values: Values) -> Values:
    """Set variables, and remove those whose value is None; ``undo`` puts back what they were.

    :return: what they were.
    """
    before = read(values)
    undo.callback(write, before)
    _write(values, before)
    return before


def write(values: Values) -> None:
    """Set variables, and remove those whose value is None. Those that are so already aren't touched."""
    _write(values, read(values))


def _write(values: Values, now: Values) -> None:
    data = _data()
    for name, value in values.items():
        if now[name] == value:
            continue
        if data is None:
            _write_slowly(name, value)
        elif value is None:
            os.unsetenv(name)
            data.pop(name, None)
        else:
            os.putenv(name, value)
            data[name] = value


def _write_slowly(name: bytes, value: bytes | None) -> None:
    if value is None:
        del os.environ[os.fsdecode(name)]
    else:
        os.environ[os.fsdecode(name)] = os.fsdecode(value)


def _data() -> dict[bytes, bytes] | None:
    """What ``os.environ`` keeps; None where it keeps something else, or isn't Python's own."""
    data = getattr(os.environ, "_data", None)
    return data if type(data) is dict and os.name == "posix" else None
