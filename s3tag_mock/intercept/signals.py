"""A signal (Ctrl-C, an alarm) that comes while a mock is entered or left waits until that is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
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


class Deferred:
    """Hold signals back; those that came are let go at the end.

    :raises KeyboardInterrupt: or whatever the process's handlers make of them.
    """

    def __init__(self) -> None:
        self._handlers: dict[int, Callable[..., Any]] = {}
        self._came: list[tuple[int, FrameType | None]] = []

    def __enter__(self) -> None:
        # Python runs handlers in its main thread alone, and lets nobody else set them.
        if threading.get_ident() != threading.main_thread().ident:
            return
        try:
            for number, handler in zip(_NUMBERS, map(_GET, _NUMBERS), strict=True):
                if callable(handler):
                    self._handlers[number] = handler
                    _SET(number, self._note)
        except BaseException:
            self._let_go()
            raise

    def __exit__(self, *raised: object) -> None:
        self._let_go()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._came.append((number, frame))

    def _let_go(self) -> None:
        for number, handler in self._handlers.items():
            _SET(number, handler)
        for number, frame in self._came:
            self._handlers[number](number, frame)
