"""botocore's sleep between two tries of a call: while a mock is active it takes no time.

Its back-off is exponential: five tries against one ``SlowDown`` took 6.6 s. The calls of services that
may go to the network sleep as ever. Waiters sleep too: what they wait for may come from another thread.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

import botocore.endpoint
from botocore.retries.bucket import TokenBucket

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.patching import patch


def install(undo: ExitStack) -> None:
    """Stand before the sleep of all retry modes; ``undo`` steps aside."""
    patch(undo, botocore.endpoint, "time", _Time())
    _guard_token_bucket(undo)


class _Time:
    """The module ``time`` as botocore's endpoint sees it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    def sleep(self, seconds: float) -> None:
        scope = ACTIVE.serving
        if scope is None:
            time.sleep(seconds)
        else:
            scope.world.clock.back_off(seconds)


def _guard_token_bucket(undo: ExitStack) -> None:
    """The adaptive mode's own limit of its rate, which it waits for before it sends."""
    original = vars(TokenBucket)["_sleep_amount"]

    def sleep_amount(self: Any, amount: float) -> float:
        seconds: float = original(self, amount)
        scope = ACTIVE.serving
        if scope is None or seconds <= 0:
            return seconds
        scope.world.clock.back_off(seconds)
        # As if it had been waited for: the bucket holds just what is asked for.
        self._current_capacity = max(self._current_capacity, amount)
        return 0

    patch(undo, TokenBucket, "_sleep_amount", sleep_amount)
