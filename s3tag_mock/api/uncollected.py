"""Import, or make many objects, without collections of garbage meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Have no garbage collected. What is imported, or put into a world, stays, and Python would look through
    it again and again, and with it through all that a process has: that takes as long as a quarter of the
    import, or a third of what it takes to put a million objects.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
