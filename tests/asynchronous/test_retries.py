"""Failures on demand: asynchronous clients try again as they do at AWS, and nobody waits, unless asked to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, ReadTimeoutError

from s3tag_mock import mock_tagging
from tests.asynchronous.conftest import MakeClient

pytest.importorskip("aiobotocore", reason="aiobotocore isn't installed")

MODES = ["legacy", "standard", "adaptive"]


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How long was really slept; nobody is."""
    seconds: list[float] = []
    at_once = asyncio.sleep

    async def sleep(delay: float, *args: Any) -> None:
        seconds.append(delay)
        await at_once(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    with pytest.MonkeyPatch.context() as patch:
        with suppress(ImportError):
            patch.setattr(import_module("anyio"), "sleep", sleep)
        yield seconds


@pytest.mark.parametrize("mode", MODES)
async def test_tries(
    aws: Any, client: MakeClient, mode: str, backend: dict[str, Any], slept: list[float]
) -> None:
    aws.faults.add("ListBuckets", "SlowDown", times=2)
    async with client(config={**backend, "retries": {"mode": mode}}) as s3:
        for _ in range(3):
            answer = await s3.list_buckets()
            assert answer["ResponseMetadata"]["RetryAttempts"] == (2 if aws.calls[-1].retries else 0)
    assert [call.retries for call in aws.calls.of("ListBuckets")] == [0, 1, 2, 0, 0]
    assert [seconds for seconds in slept if seconds] == []


@pytest.mark.parametrize("mode", MODES[:2])
async def test_tries_that_take_their_time(
    client: MakeClient, mode: str, backend: dict[str, Any], slept: list[float]
) -> None:
    with mock_tagging(real_sleep=True) as aws:
        aws.faults.add("ListBuckets", "SlowDown", times=2)
        async with client(config={**backend, "retries": {"mode": mode}}) as s3:
            await s3.list_buckets()
    assert len([seconds for seconds in slept if seconds]) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ReadTimeoutError", ReadTimeoutError),
        ("EndpointConnectionError", EndpointConnectionError),
        ("ConnectionClosedError", ConnectionClosedError),
    ],
)
async def test_connections_that_fail(
    aws: Any, client: MakeClient, name: str, kind: type[Exception], backend: dict[str, Any]
) -> None:
    aws.faults.add("ListBuckets", name, times=2)
    async with client(config={**backend, "retries": {"total_max_attempts": 2}}) as s3:
        with pytest.raises(kind):
            await s3.list_buckets()
        await s3.list_buckets()
    assert [call.error_code for call in aws.calls] == [name, name, None]


async def test_a_delay_longer_than_the_client_waits(
    aws: Any, client: MakeClient, backend: dict[str, Any]
) -> None:
    aws.faults.add("ListBuckets", delay=4)
    config = {**backend, "read_timeout": 3, "retries": {"total_max_attempts": 1}}
    async with client(config=config) as s3:
        with pytest.raises(ReadTimeoutError):
            await s3.list_buckets()
    async with client(config={**config, "read_timeout": 5}) as s3:
        await s3.list_buckets()


async def test_others_go_on_during_a_delay_that_takes_its_time(client: MakeClient) -> None:
    """Ten calls that are answered late need no longer than one, or they would outlast the time limit."""
    with mock_tagging(real_sleep=True) as aws:
        aws.faults.add("ListBuckets", delay=0.2)
        async with client() as s3:
            late = asyncio.ensure_future(s3.list_buckets())
            ticks = 0
            while not late.done():
                await asyncio.sleep(0.01)
                ticks += 1
    assert ticks > 3
