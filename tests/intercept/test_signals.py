"""Signals that come while a mock is entered or left wait until that is done."""

from __future__ import annotations

import signal
import threading
from typing import Any

import pytest

from s3tag_mock import mock_tagging
from s3tag_mock.intercept import signals
from s3tag_mock.intercept.signals import Deferred
from tests.support import interruptible


def test_an_interrupt_waits() -> None:
    done: list[str] = []
    with interruptible():
        with pytest.raises(KeyboardInterrupt):
            hold_one(done)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert done == ["to the end"]


def hold_one(done: list[str], number: int = signal.SIGINT) -> None:
    with Deferred():
        signal.raise_signal(number)
        done.append("to the end")


@pytest.mark.parametrize("name", ["SIGALRM", "SIGTERM"])
def test_other_signals_wait_too(name: str) -> None:
    """A time-out's alarm, say, whose handler raises."""
    number = getattr(signal, name)

    def stop(*signalled: Any) -> None:
        raise TimeoutError

    before = signal.signal(number, stop)
    try:
        with pytest.raises(TimeoutError):
            hold_one([], number)
        assert signal.getsignal(number) is stop
    finally:
        signal.signal(number, before)


def test_other_threads_leave_interrupts_alone() -> None:
    def body() -> None:
        before = signal.getsignal(signal.SIGINT)
        with Deferred():
            seen.append(signal.getsignal(signal.SIGINT) is before)

    seen: list[bool] = []
    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert seen == [True]


def test_ignored_interrupts_stay_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with mock_tagging():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_handlers_are_put_back_when_one_cannot_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    set_really = signals._SET

    def refuse(number: int, handler: Any) -> Any:
        if number == signal.SIGTERM and handler is not mine:
            raise OSError
        return set_really(number, handler)

    def mine(number: int, frame: Any) -> None:
        raise AssertionError(number)

    before = signal.signal(signal.SIGTERM, mine)
    monkeypatch.setattr(signals, "_SET", refuse)
    try:
        with interruptible():
            with pytest.raises(OSError):
                Deferred().__enter__()
            assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        assert signal.getsignal(signal.SIGTERM) is mine
    finally:
        signal.signal(signal.SIGTERM, before)
