"""Taking the time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """How long something takes, the collector's breaks included: whoever makes garbage pays for it."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
