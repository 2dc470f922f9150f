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
    """Some variables.

    :param names: of all of them.
    :param values: of those that are there.
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
    return dict(_there())


def read(names: frozenset[bytes]) -> Variables:
    """What some variables are now."""
    there = _there()
    # Another thread may take one away meanwhile.
    found = [(name, there.get(name)) for name in there.keys() & names]
    return Variables(names, {name: value for name, value in found if value is not None})


def value(name: bytes) -> bytes | None:
    """What one variable is now; None for one that isn't there."""
    return _there().get(name)


def change(undo: Undo, to: Variables) -> Variables:
    """Make variables what they are to be; ``undo`` puts back what they were.

    :return: what they were.
    """
    before = read(to.names)
    undo.callback(write, before)
    write(to)
    return before


def write(to: Variables) -> None:
    """Make variables what they are to be. Those that are so already aren't touched."""
    data, there = _data(), _there()
    for name in (there.keys() & to.names) - to.values.keys():
        if data is None:
            del os.environ[os.fsdecode(name)]
        else:
            os.unsetenv(name)
            data.pop(name, None)
    for name, value in to.values.items():
        if there.get(name) == value:
            continue
        if data is None:
            os.environ[os.fsdecode(name)] = os.fsdecode(value)
        else:
            os.putenv(name, value)
            data[name] = value


def _there() -> Mapping[bytes, bytes]:
    """The whole environment, which goes on changing where it needn't be encoded."""
    data = _data()
    return encoded(os.environ).values if data is None else data


def _data() -> dict[bytes, bytes] | None:
    """What ``os.environ`` keeps; None where it keeps something else, or isn't Python's own."""
    data = getattr(os.environ, "_data", None)
    return data if type(data) is dict and os.name == "posix" else None
