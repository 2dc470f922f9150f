"""Variables of the environment, read and written quickly: every mock does both, and so does every test.

Names and values are bytes here, as systems other than Windows keep them: ``os.environ`` encodes and decodes
them each time that it is asked. Where it can't be done without ``os.environ``, that is asked.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from s3tag_mock.intercept.undo import Undo


class Variables(NamedTuple):
    """Variables with their values.

    :param names: of all of them.
    :param values: of those that are there; the others have none.
    """

    names: frozenset[bytes]
    values: Mapping[bytes, bytes]


def encoded(values: Mapping[str, str | None]) -> Variables:
    """Variables as they are kept here.

    :param values: None for that of one that isn't there.
    """
    there = {os.fsencode(name): os.fsencode(value) for name, value in values.items() if value is not None}
    return Variables(frozenset(map(os.fsencode, values)), there)


def copied() -> Mapping[bytes, bytes]:
    """The whole environment as it is now."""
    data = _data()
    if data is not None:
        return dict(data)
    # Somebody's stand-in may hold anything.
    return encoded({name: text for name, text in os.environ.items() if isinstance(text, str)}).values


def read(names: frozenset[bytes]) -> Variables:
    """What some variables are now."""
    return Variables(names, _values(names))


def _values(names: frozenset[bytes]) -> Mapping[bytes, bytes]:
    data = _data()
    # Most of those that a mock hides aren't there; and another thread may take one away meanwhile.
    there, get = (names, value) if data is None else (data.keys() & names, data.get)
    return {name: text for name in there if (text := get(name)) is not None}


def value(name: bytes) -> bytes | None:
    """What one variable is now; None for one that isn't there."""
    data = _data()
    if data is not None:
        return data.get(name)
    found = os.environ.get(os.fsdecode(name))
    return None if found is None else os.fsencode(found)


def change(undo: Undo, to: Variables) -> Variables:
    """Set variables, and remove those that are to have no value; ``undo`` puts back what they were.

    :return: what they were.
    """
    before = read(to.names)
    undo.callback(write, before)
    _write(to, before.values)
    return before


def write(to: Variables) -> None:
    """Set variables, and remove those that are to have no value. Those that are so already aren't touched."""
    _write(to, _values(to.names))


def _write(to: Variables, now: Mapping[bytes, bytes]) -> None:
    data = _data()
    for name in now.keys() - to.values.keys():
        if data is None:
            del os.environ[os.fsdecode(name)]
        else:
            os.unsetenv(name)
            data.pop(name, None)
    for name, text in to.values.items():
        if now.get(name) == text:
            continue
        if data is None:
            os.environ[os.fsdecode(name)] = os.fsdecode(text)
        else:
            os.putenv(name, text)
            data[name] = text


def _data() -> dict[bytes, bytes] | None:
    """What ``os.environ`` keeps; None where it keeps something else, or isn't Python's own."""
    data = getattr(os.environ, "_data", None)
    return data if type(data) is dict and os.name == "posix" else None
