"""Our handlers in the emitters of clients that are kept from one mock to the next."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import boto3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import fuzzing
from s3tag_mock import mock_tagging
from s3tag_mock.intercept.scope import COUNTS_REFERENCES

EVENT = "before-parameter-build.s3.ListBuckets"


class Heard:
    """A handler of the user's, and how often it was called."""

    times = 0

    def __call__(self, **kwargs: Any) -> None:
        self.times += 1


def state_of(client: Any) -> dict[str, int]:
    return {name: id(value) for name, value in vars(client.meta.events._emitter).items()}


@pytest.mark.skipif(not COUNTS_REFERENCES, reason="references can't be counted here")
def test_a_kept_clients_emitter_is_the_same_after_each_mock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MARK", "emitters")  # an environment of its own: it lends no others' clients
    clients, inside = [], []
    for _ in range(4):
        with mock_tagging():
            client = boto3.client("s3")
            before = state_of(client)
            client.list_buckets()
            inside.append(state_of(client))
            assert inside[-1] != before
        assert state_of(client) == before
        clients.append(id(client))
        del client
    assert len(set(clients)) == 1
    assert inside[2] == inside[3]  # nothing is registered again


def test_handlers_of_one_mock_are_not_heard_in_the_next() -> None:
    for _ in range(4):
        heard = Heard()
        with mock_tagging() as aws:
            for client in (boto3.client("s3"), aws.client("s3")):
                client.list_buckets()
                client.meta.events.register(EVENT, heard)
                client.list_buckets()
            assert heard.times == 2
            del client


@example(
    ["leave", "enter", "call", "leave", "register", "enter", "call", "leave", "unregister", "enter", "call"]
)
@given(st.lists(st.sampled_from(["call", "register", "unregister", "leave", "enter"]), max_size=30))
@fuzzing(60)
def test_whoever_holds_a_client_is_heard_as_ever(steps: list[str]) -> None:
    """Whatever comes between, inside mocks and outside them."""
    mock, heard, registered, expected = mock_tagging().start(), Heard(), False, 0
    client: Any = boto3.client("s3")
    is_inside = True
    for step in steps:
        if step == "register":
            client.meta.events.register(EVENT, heard, unique_id="theirs")
            registered = True
        elif step == "unregister":
            client.meta.events.unregister(EVENT, unique_id="theirs")
            registered = False
        elif step == "call" and is_inside:
            assert client.list_buckets()["Buckets"] == []
            expected += registered
        elif step == "leave" and is_inside:
            mock.stop()
            is_inside = False
        elif step == "enter" and not is_inside:
            mock.start()
            is_inside = True
        assert heard.times == expected
    if is_inside:
        mock.stop()
    names = [str(one) for one in client.meta.events._emitter._unique_id_handlers]
    assert [name for name in names if "s3tag_mock" in name] == []
    assert ("theirs" in names) == registered


def test_no_other_clients_emitter_is_kept() -> None:
    client = boto3.Session("AKID", "secret").client("s3", region_name="eu-west-1")
    emitter = weakref.ref(client.meta.events)
    for _ in range(3):
        with mock_tagging():
            client.list_buckets()
    del client
    gc.collect()
    assert emitter() is None
