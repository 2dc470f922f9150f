"""An interrupt (Ctrl-C) that comes while a mock is entered or left waits until that is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def held() -> Iterator[None]:
    """Hold interrupts back; one that came is let go at the end.

    :raises KeyboardInterrupt: or whatever the process's handler makes of an interrupt.
    """
    handler = signal.getsignal(signal.SIGINT)
    # Python runs handlers in its main thread alone, and lets nobody else set them.
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            handler(*came[-1])
