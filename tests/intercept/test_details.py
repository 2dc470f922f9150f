"""What the hook does at its edges: outside of calls, in other threads, after the mock."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import boto3
import botocore.endpoint
import pytest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.endpoint import Endpoint
from botocore.exceptions import HTTPClientError
from botocore.loaders import Loader
from botocore.retries.bucket import Clock, TokenBucket

from s3tag_mock import TaggingMockWarning, mock_tagging
from s3tag_mock.intercept import enter, fork
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.cache.models import _sharing
from s3tag_mock.intercept.signals import deferred
from tests.support import interruptible

BEFORE = boto3.Session(region_name="us-east-1")
WITH_KEYS = boto3.Session("AKIAMINE", "secret", region_name="us-east-1")


def test_sessions_that_were_made_before() -> None:
    """They get fakes, unless they have credentials already, and are afterwards as they were."""
    with mock_tagging():
        assert BEFORE.get_credentials().access_key == "testing"
        assert WITH_KEYS.get_credentials().access_key == "AKIAMINE"
        assert BEFORE.client("s3").list_buckets()["Buckets"] == []
    inner: Any = BEFORE
    assert inner._session._credentials is None


def test_sessions_that_were_made_before_take_the_tests_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging() as aws:
        key = aws.client("s3", account_id="111122223333")._request_signer._credentials.access_key
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
        session = boto3.Session(region_name="us-east-1")
        assert session.client("sts").get_caller_identity()["Account"] == "111122223333"
        assert BEFORE.client("sts").get_caller_identity()["Account"] == "111122223333"


def test_a_sessions_own_component_counts() -> None:
    class Own:
        def load_credentials(self) -> Any:
            return Credentials("AKIAOWN", "secret")

    with mock_tagging():
        session: Any = boto3.Session(region_name="us-east-1")
        session._session.register_component("credential_provider", Own())
        assert session.get_credentials().access_key == "AKIAOWN"


def test_sleep_outside_of_a_call_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with mock_tagging():
        replaced: Any = vars(botocore.endpoint)["time"]
        replaced.sleep(0.25)
        bucket: Any = TokenBucket(10, Clock())
        assert bucket._sleep_amount(1) > 0
    assert slept == [0.25]


def test_a_wrapper_that_outlives_the_mock_steps_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging():
        ours = Endpoint.make_request
    monkeypatch.setattr(Endpoint, "make_request", ours)
    client = WITH_KEYS.client("s3", config=Config(retries={"total_max_attempts": 1}))
    with pytest.raises(HTTPClientError, match="reached for the network"):
        client.list_buckets()


def test_loaders_inside_have_what_loaders_have() -> None:
    with mock_tagging():
        loader: Any = boto3.Session()._loader  # type: ignore[attr-defined]
        assert isinstance(loader, Loader)
        with pytest.raises(AttributeError, match="nothing"):
            _ = loader.nothing


def test_what_is_shared_does_not_grow_without_end() -> None:
    made: dict[Any, Any] = {}
    shared = _sharing(lambda name: object(), made)
    assert shared("same") is shared("same")
    for number in range(200):
        shared(str(number))
    assert len(made) <= 64


def test_an_interrupt_waits() -> None:
    done: list[str] = []
    with interruptible():
        with pytest.raises(KeyboardInterrupt):
            hold_one(done)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert done == ["to the end"]


def hold_one(done: list[str], number: int = signal.SIGINT) -> None:
    with deferred():
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
        with deferred():
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


def test_a_system_without_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "register_at_fork", raising=False)
    fork.watch()


def test_the_end_of_the_process() -> None:
    mock_tagging().start()
    with pytest.warns(TaggingMockWarning, match=r"test_details.py:\d+ was never left"):
        enter._end_all()
    assert ACTIVE.scopes == ()
