"""A signal (Ctrl-C, an alarm) that comes while a mock is entered or left waits until that is done."""

from __future__ import annotations

import importlib
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

#: What ``signal`` itself calls: its wrappers look for a member of an enum first, which takes twenty times as
#: long.
_SIGNAL: Final[Any] = importlib.import_module("_signal")
#: Those whose handlers raise; some systems have not all of them.
_NUMBERS: Final = tuple(
    int(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGHUP") if hasattr(signal, name)
)


@contextmanager
def deferred() -> Iterator[None]:
    """Hold signals back; those that came are let go at the end.

    :raises KeyboardInterrupt: or whatever the process's handlers make of them.
    """
    # Python runs handlers in its main thread alone, and lets nobody else set them.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers: dict[int, Callable[..., Any]] = {}
    came: list[tuple[int, FrameType | None]] = []
    try:
        for number in _NUMBERS:
            handler = _SIGNAL.getsignal(number)
            if callable(handler):
                handlers[number] = handler
                _SIGNAL.signal(number, lambda *signalled: came.append(signalled))
        yield
    finally:
        for number, handler in handlers.items():
            _SIGNAL.signal(number, handler)
        for number, frame in came:
            handlers[number](number, frame)
