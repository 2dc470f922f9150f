"""botocore's sleep between two tries of a call: while a mock is active it takes no time.

Its back-off is exponential: five tries against one ``SlowDown`` took 6.6 s. The calls of services that
may go to the network sleep as usual. Waiters sleep too: what they wait for may come from another thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.patching import patch
from s3tag_mock.intercept.undo import Undo


def install(undo: Undo) -> None:
    """Stand before the sleep of all retry modes; ``undo`` steps aside."""
    patch(undo, "botocore.endpoint:time", lambda original: _Time())
    patch(undo, "botocore.retries.bucket:TokenBucket._sleep_amount", _of_token_bucket)


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


def _of_token_bucket(original: Callable[[Any, float], float]) -> Callable[[Any, float], float]:
    """The adaptive mode's own limit of its rate, which it waits for before it sends."""

    def sleep_amount(self: Any, amount: float) -> float:
        seconds = original(self, amount)
        scope = ACTIVE.serving
        capacity = getattr(self, "_current_capacity", None)
        if scope is None or seconds <= 0 or capacity is None:
            return seconds
        scope.world.clock.back_off(seconds)
        # As if it had been waited for: the bucket holds just what is asked for.
        self._current_capacity = max(capacity, amount)
        return 0

    return sleep_amount
