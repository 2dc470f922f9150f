"""Values that stay as they are, whether they are written and read or not: what both directions share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

#: Gives a value as it is read; raises NotDirect.
Passing = Callable[[Any], Any]
#: In place of a value that leaves no trace.
NOTHING: Final = object()


class NotDirect(Exception):
    """A call that can't do without its bytes."""


def never(*values: Any) -> Any:
    """Give up on whatever it is."""
    raise NotDirect


def printable(value: Any) -> str:
    """A text that stays as it is in a document.

    :raises NotDirect: for any other value.
    """
    if type(value) is not str or not value.isprintable():
        raise NotDirect
    return value
