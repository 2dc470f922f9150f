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
        assert bucket._sleep_amount(1) > 0
        assert replaced.monotonic() > 0
    assert slept == [0.25]
