"""A signal (Ctrl-C, an alarm) that comes while a mock is entered or left waits until that is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from s3tag_mock.intercept.private_names import find

#: What ``signal`` itself calls: its wrappers look for a member of an enum first, which takes twenty times as
#: long.
_GET: Final[Any] = find("_signal:getsignal") or signal.getsignal
_SET: Final[Any] = find("_signal:signal") or signal.signal
#: Those whose handlers raise; no system has all of them.
_NUMBERS: Final = tuple(
    int(getattr(signal, name))
    for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
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
            handler = _GET(number)
            if callable(handler):
                handlers[number] = handler
                _SET(number, lambda *signalled: came.append(signalled))
        yield
    finally:
        for number, handler in handlers.items():
            _SET(number, handler)
        for number, frame in came:
            handlers[number](number, frame)
