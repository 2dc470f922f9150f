"""An interrupt (Ctrl-C) that comes while a mock is entered or left waits until that is done."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIGINT
from types import FrameType
from typing import Any, Final

#: What ``signal`` itself calls: its wrappers look for a member of an enum first, which takes twenty times as
#: long.
_SIGNAL: Final[Any] = importlib.import_module("_signal")


@contextmanager
def held() -> Iterator[None]:
    """Hold interrupts back; one that came is let go at the end.

    :raises KeyboardInterrupt: or whatever the process's handler makes of an interrupt.
    """
    handler = _SIGNAL.getsignal(SIGINT)
    # Python runs handlers in its main thread alone, and lets nobody else set them.
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    _SIGNAL.signal(SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        _SIGNAL.signal(SIGINT, handler)
        if came:
            handler(*came[-1])
