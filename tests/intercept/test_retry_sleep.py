"""The sleep between two tries: the mock's for its own calls, and nobody's else."""

from __future__ import annotations

import time
from typing import Any

import botocore.endpoint
import pytest
from botocore.retries.bucket import Clock, TokenBucket

from s3tag_mock import mock_tagging


def test_sleep_outside_of_a_call_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with mock_tagging():
        replaced: Any = vars(botocore.endpoint)["time"]
        replaced.sleep(0.25)
        bucket: Any = TokenBucket(10, Clock())
        assert [bucket._sleep_amount(5) > 0 for _ in range(2)] == [True, True]
        assert replaced.monotonic() > 0
    assert slept == [0.25]


def test_the_rate_of_the_adaptive_mode_is_not_waited_for(aws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bucket is as if it had been waited for."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    bucket: Any = TokenBucket(10, Clock())
    amounts: list[float] = []

    def measure(**kwargs: Any) -> None:
        amounts.append(bucket._sleep_amount(5))
        bucket.acquire(5)

    client = aws.client("s3")
    client.meta.events.register("before-send.s3", measure)
    client.list_buckets()
    assert (amounts, slept) == ([0], [])
