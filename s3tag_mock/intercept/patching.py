"""Put something in the place of an attribute for a while."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any


def patch(undo: ExitStack, owner: Any, name: str, replacement: Any) -> None:
    """Replace an attribute of a class or module; ``undo`` puts the very same object back.

    If somebody else has replaced it in the meantime, theirs stays: it may call ours, which calls
    the original when no mock is active.
    """
    original = vars(owner)[name]
    setattr(owner, name, replacement)
    undo.callback(_put_back, owner, name, replacement, original)


def _put_back(owner: Any, name: str, replacement: Any, original: Any) -> None:
    if vars(owner)[name] is replacement:
        setattr(owner, name, original)
