"""botocore's sleep between two tries of a call: while a mock is active it takes no time.

Its back-off is exponential: five tries against one ``SlowDown`` took 6.6 s. The calls of services that
may go to the network sleep as usual. Waiters sleep too: what they wait for may come from another thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from s3tag_mock.intercept.activation import ACTIVE


class _Module:
    """A module as botocore's or aiobotocore's endpoint sees it."""

    def __init__(self, original: Any) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


class _Time(_Module):
    """The module ``time``."""

    def sleep(self, seconds: float) -> None:
        if to_sleep := _to_sleep(seconds):
            self._original.sleep(to_sleep)


class _Asyncio(_Module):
    """The module ``asyncio``."""

    async def sleep(self, seconds: float) -> None:
        await self._original.sleep(_to_sleep(seconds))


def _of_anyio(original: Callable[[Any, float], Any]) -> Callable[[Any, float], Any]:
    """The sleep of aiobotocore's endpoint for httpx."""

    async def sleep(self: Any, seconds: float) -> None:
        await original(self, _to_sleep(seconds))

    return sleep


def _to_sleep(seconds: float) -> float:
    """How long botocore really sleeps between two tries.

    The mock's time stays where it is: how long botocore backs off is chance.
    """
    serving = ACTIVE.serving
    return seconds if serving is None or serving[0].world.clock.takes_real_time else 0


def _of_token_bucket(original: Callable[[Any, float], float]) -> Callable[[Any, float], float]:
    """The adaptive mode's own limit of its rate, which it waits for before it sends."""

    def sleep_amount(self: Any, amount: float) -> float:
        seconds = original(self, amount)
        capacity = getattr(self, "_current_capacity", None)
        if ACTIVE.serving is None or capacity is None:
            return seconds
        # As if it had been waited for: the bucket holds just what is asked for.
        self._current_capacity = max(capacity, amount)
        return _to_sleep(seconds)

    return sleep_amount


#: Around the sleep of all retry modes.
WRAPPERS: Final = {
    "botocore.endpoint:time": _Time,
    "botocore.retries.bucket:TokenBucket._sleep_amount": _of_token_bucket,
}
OF_IMPORTED: Final = {
    "aiobotocore.endpoint:asyncio": _Asyncio,
    "aiobotocore.endpoint:AnyioEndpoint._sleep": _of_anyio,
    "aiobotocore.retries.bucket:AsyncTokenBucket._sleep_amount": _of_token_bucket,
}
