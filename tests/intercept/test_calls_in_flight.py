"""A call that is on its way when its mock is left goes no further, and never out with the user's keys."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.httpsession import URLLib3Session

from s3tag_mock import NotSupported, mock_tagging
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.client_calls import Begun, call_of

KEYS = {
    "aws_access_key_id": "AKIAREAL000000000000",
    "aws_secret_access_key": "real",
    "region_name": "us-east-1",
}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """URLs that reached botocore's HTTP, beneath the mock."""
    urls: list[str] = []

    def send(self: Any, request: Any) -> Any:
        urls.append(request.url)
        raise AssertionError("it went out")

    monkeypatch.setattr(URLLib3Session, "send", send)
    return urls


class Held:
    """A client's call in a thread, held at one of its events until it is let go."""

    def __init__(self, client: Any, event: str, call: Callable[[], Any]) -> None:
        self._reached, self._go = threading.Event(), threading.Event()
        self.result: Any = None
        client.meta.events.register_first(event, self._hold)
        self._thread = threading.Thread(target=self._run, args=(call,))
        self._thread.start()
        assert self._reached.wait(30)

    def _hold(self, **kwargs: Any) -> None:
        if threading.current_thread() is self._thread:
            self._reached.set()
            assert self._go.wait(30)

    def _run(self, call: Callable[[], Any]) -> None:
        try:
            self.result = call()
        except BaseException as error:
            self.result = error

    def let_go(self) -> Any:
        self._go.set()
        self._thread.join(30)
        assert not self._thread.is_alive()
        return self.result


@contextmanager
def untouched(client: Any) -> Iterator[None]:
    """The client's own HTTP session is its own again."""
    before = client._endpoint.http_session
    yield
    assert client._endpoint.http_session is before
    assert ACTIVE.begun._calls == set()


EVENTS = [
    "provide-client-params.s3",
    "before-parameter-build.s3",
    "before-call.s3",
    "request-created.s3",
    "before-sign.s3",
    "before-send.s3",
]


@pytest.mark.parametrize("event", EVENTS)
def test_it_is_refused(event: str, sent: list[str]) -> None:
    client = boto3.client("s3", **KEYS)
    with untouched(client):
        mock = mock_tagging().start()
        held = Held(client, event, client.list_buckets)
        mock.stop()
        refused = held.let_go()
    assert isinstance(refused, NotSupported)
    assert "was still on its way when the mock_tagging() that was entered at" in str(refused)
    assert __file__ in str(refused)
    assert sent == []


@pytest.mark.parametrize("event", EVENTS)
def test_it_is_no_call_of_the_next_mock(event: str, sent: list[str]) -> None:
    client = boto3.client("s3", **KEYS)
    with untouched(client):
        mock = mock_tagging().start()
        held = Held(client, event, lambda: client.create_bucket(Bucket="late"))
        mock.stop()
        with mock_tagging():
            assert client.list_buckets()["Buckets"] == []
            assert isinstance(held.let_go(), NotSupported)
            assert client.list_buckets()["Buckets"] == []
    assert sent == []


@pytest.mark.parametrize(
    "step", ["botocore.client.resolve_checksum_context", "s3tag_mock.intercept.direct_calls.request_of"]
)
def test_one_that_needs_no_request_is_refused(
    step: str, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mock is left after its parameters were read: it is neither signed nor sent."""
    monkeypatch.setenv("AWS_RETRY_MODE", "legacy")
    module, _, name = step.rpartition(".")
    original, active = getattr(sys.modules[module], name), []

    def leave(*given: Any) -> Any:
        while active:
            active.pop().stop()
        return original(*given)

    monkeypatch.setattr(step, leave)
    client: Any = boto3.client("s3", **KEYS)
    monkeypatch.setattr(client._request_signer, "sign", lambda *given, **options: 1 / 0)
    active.append(mock_tagging().start())
    with untouched(client), pytest.raises(NotSupported, match="was still on its way"):
        client.list_buckets()
    assert (active, sent) == ([], [])


def test_other_calls_of_the_client_go_out_meanwhile(sent: list[str]) -> None:
    client = boto3.client("s3", **KEYS, config=Config(retries={"total_max_attempts": 1}))
    with untouched(client):
        mock = mock_tagging().start()
        held = [Held(client, "before-call.s3", client.list_buckets) for _ in range(2)]
        mock.stop()
        assert isinstance(held[0].let_go(), NotSupported)
        with pytest.raises(Exception, match="it went out"):
            client.list_buckets()
        assert isinstance(held[1].let_go(), NotSupported)
    assert len(sent) == 1


def test_a_retry_is_refused_too(sent: list[str]) -> None:
    client = boto3.client("s3", **KEYS)
    with untouched(client):
        mock = mock_tagging().start()
        mock.faults.add("ListBuckets", "InternalError", times=1)
        held = Held(client, "needs-retry.s3", client.list_buckets)
        mock.stop()
        assert isinstance(held.let_go(), NotSupported)
    assert sent == []


def test_each_client_has_its_http_again_when_its_own_calls_end() -> None:
    clients = [boto3.client("s3", **KEYS) for _ in range(2)]
    mock = mock_tagging().start()
    held = [Held(client, "before-call.s3", client.list_buckets) for client in clients]
    mock.stop()
    for client, call in zip(clients, held, strict=True):
        client.close()
        assert not isinstance(client._endpoint.http_session, URLLib3Session)  # type: ignore[attr-defined]
        call.let_go()
        assert isinstance(client._endpoint.http_session, URLLib3Session)  # type: ignore[attr-defined]


def test_one_that_begins_just_then_is_refused_at_once() -> None:
    client = boto3.client("s3", **KEYS)
    with mock_tagging():
        scope = ACTIVE.current
        assert scope is not None
    with untouched(client), pytest.raises(NotSupported), Begun(call_of(client, scope, {})):
        pass


def test_services_that_were_let_through_go_on(sent: list[str]) -> None:
    client = boto3.client("sqs", **KEYS, config=Config(retries={"total_max_attempts": 1}))
    with untouched(client):
        mock = mock_tagging(passthrough=["sqs"]).start()
        held = Held(client, "before-call.sqs", client.list_queues)
        mock.stop()
        assert "it went out" in str(held.let_go())
    assert len(sent) == 1


def test_services_that_are_not_ours_are_refused(sent: list[str]) -> None:
    client = boto3.client("sqs", **KEYS)
    with untouched(client):
        mock = mock_tagging().start()
        held = Held(client, "before-call.sqs", client.list_queues)
        mock.stop()
        assert isinstance(held.let_go(), NotSupported)
    assert sent == []


@pytest.mark.parametrize("event", EVENTS)
def test_it_is_answered_while_a_mock_around_its_own_is_active(event: str) -> None:
    client = boto3.client("s3", **KEYS)
    with untouched(client), mock_tagging() as aws:
        aws.create_bucket("photos")
        inner = mock_tagging().start()
        held = Held(client, event, client.list_buckets)
        inner.stop()
        assert [bucket["Name"] for bucket in held.let_go()["Buckets"]] == ["photos"]
