"""Entering and leaving at the edges of a process: wrappers that outlive the mock, forks, the end."""

from __future__ import annotations

import gc
import os
import socket
from datetime import datetime, timezone
from unittest.mock import Mock

import boto3
import pytest
from botocore.config import Config
from botocore.endpoint import Endpoint
from botocore.exceptions import HTTPClientError
from botocore.httpsession import URLLib3Session

from s3tag_mock import TaggingMockWarning, mock_tagging
from s3tag_mock.api.mock import fresh_mock
from s3tag_mock.intercept import enter, environment, fork
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.observer import OBSERVER
from s3tag_mock.state.ids import Ids

WITH_KEYS = boto3.Session("AKIAMINE", "secret", region_name="us-east-1")


def test_a_wrapper_that_outlives_the_mock_steps_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging():
        ours = Endpoint.make_request
    monkeypatch.setattr(Endpoint, "make_request", ours)
    client = WITH_KEYS.client("s3", config=Config(retries={"total_max_attempts": 1}))
    with pytest.raises(HTTPClientError, match="reached for the network"):
        client.list_buckets()


def test_what_somebody_else_replaced_inside_stays_theirs() -> None:
    send, make_request = URLLib3Session.send, Endpoint.make_request
    try:
        with mock_tagging():
            URLLib3Session.send = theirs = Mock()  # type: ignore[method-assign]
        assert URLLib3Session.send is theirs
        assert Endpoint.make_request is make_request
    finally:
        URLLib3Session.send = send  # type: ignore[method-assign]


def test_what_somebody_else_took_away_inside_stays_away() -> None:
    lookup, make_request = socket.gethostbyname_ex, Endpoint.make_request
    try:
        with mock_tagging():
            del socket.gethostbyname_ex
        assert not hasattr(socket, "gethostbyname_ex")
        assert Endpoint.make_request is make_request
    finally:
        socket.gethostbyname_ex = lookup


def test_a_copy_has_what_it_is_given_of_its_own() -> None:
    noon, evening = (datetime(2026, 5, 1, hour, tzinfo=timezone.utc) for hour in (12, 20))
    with mock_tagging(clock=noon, seed=1):
        with fresh_mock({}) as alike:
            assert (alike.clock.now(), alike._world.ids.job_id()) == (noon, Ids(1).job_id())
        with fresh_mock({"clock": evening, "seed": 2}) as other:
            assert (other.clock.now(), other._world.ids.job_id()) == (evening, Ids(2).job_id())


def test_a_copy_shares_neither_sessions_nor_clients() -> None:
    with mock_tagging() as around:
        boto3.client("s3")
        session, heard = boto3.DEFAULT_SESSION, Mock()
        with fresh_mock({}) as inner:
            assert boto3.DEFAULT_SESSION is None
            inner.client("s3").meta.events.register("before-call.s3", heard)
        assert boto3.DEFAULT_SESSION is session
        around.client("s3").list_buckets()
    heard.assert_not_called()


def test_a_copy_that_cant_be_entered_leaves_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging():
        boto3.client("s3")
        session = boto3.DEFAULT_SESSION
        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
            patch.setattr(environment, "show_region", Mock(side_effect=ZeroDivisionError))
            fresh_mock({"region": "eu-west-1"}).start()
        assert boto3.DEFAULT_SESSION is session


def test_all_that_were_forgotten_inside_end_with_a_mock() -> None:
    around = mock_tagging().start()
    inside = [mock_tagging().start() for _ in range(2)]
    del inside
    gc.collect()
    with pytest.warns(TaggingMockWarning, match="was never left") as warned:
        around.stop()
    assert (len(warned), ACTIVE.scopes) == (2, ())


def test_whoever_observes_hears_of_what_the_next_mock_ended() -> None:
    observer = Mock(fail_on=(), allow=(), failed=False, place=None)
    before = OBSERVER.set(observer)
    try:
        mock_tagging().start()
        gc.collect()
        (forgotten,) = ACTIVE.scopes
        with pytest.warns(TaggingMockWarning, match="was never left"):
            mock = mock_tagging().start()
        observer.ended.assert_called_once_with(forgotten)
        mock.stop()
    finally:
        OBSERVER.reset(before)


def test_the_rest_is_replaced_where_an_optional_name_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    client = WITH_KEYS.client("s3")
    monkeypatch.delattr("botocore.session.create_loader")  # the first of all
    with mock_tagging():
        assert client.list_buckets()["Buckets"] == []


def test_a_system_without_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "register_at_fork", raising=False)
    fork.watch()


def test_the_end_of_the_process() -> None:
    mock = mock_tagging().start()
    with pytest.warns(TaggingMockWarning, match=r"test_enter.py:\d+ was never left"):
        enter._end_all()
    assert ACTIVE.scopes == ()
    mock.stop()  # by somebody else's function for the end of the process
