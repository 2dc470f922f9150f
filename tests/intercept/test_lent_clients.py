"""Clients of the default session: given out again, as new, where nobody holds them any more."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from unittest import mock
from weakref import WeakSet

import boto3
import botocore.args
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from s3tag_mock import mock_tagging
from s3tag_mock.intercept.scope import COUNTS_REFERENCES

pytestmark = pytest.mark.skipif(not COUNTS_REFERENCES, reason="references can't be counted here")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The services of the clients that botocore made."""
    services: list[str] = []
    original = botocore.args.ClientArgsCreator.get_client_args

    def get_client_args(self: Any, service_model: Any, *given: Any, **options: Any) -> Any:
        services.append(service_model.service_name)
        return original(self, service_model, *given, **options)

    monkeypatch.setattr(botocore.args.ClientArgsCreator, "get_client_args", get_client_args)
    monkeypatch.setenv("AWS_MARK", "made")  # an environment of its own: no session is kept for it
    return services


def made_after(
    made: list[str],
    use: Callable[[], Any],
    again: Callable[[], Any] = lambda: boto3.client("s3").list_buckets(),
) -> int:
    """How many clients are made in a mock, where ``use`` made one in the mock before."""
    with mock_tagging():
        kept = use()
    made.clear()
    with mock_tagging():
        again()
    del kept
    return len(made)


KEYS = {"aws_access_key_id": "AKIAMINE", "aws_secret_access_key": "secret"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"service_name": "s3"}, 0),
        ({"service_name": "s3control", "region_name": "eu-west-1", "config": None}, 0),
        ({"service_name": "s3", "endpoint_url": "http://localhost:9000", **KEYS}, 0),
        ({"service_name": "sts"}, 1),
        ({"service_name": "s3", "config": Config()}, 1),
    ],
)
def test_one_that_nobody_holds_is_lent_again(made: list[str], options: Any, expected: int) -> None:
    def use() -> None:
        boto3.client(**options)

    assert made_after(made, use, use) == expected


def test_variables_of_proxies_count(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def again() -> None:
        monkeypatch.setenv("HTTPS_PROXY", "http://localhost:3128")
        boto3.client("s3")

    assert made_after(made, lambda: boto3.client("s3").list_buckets(), again) > 0


def test_a_session_of_an_earlier_mock_lends_nothing(made: list[str]) -> None:
    def use() -> Any:
        boto3.client("s3")
        return boto3.DEFAULT_SESSION

    sessions: list[Any] = []
    assert made_after(made, lambda: sessions.append(use()), lambda: sessions[0].client("s3")) == 1


@pytest.mark.parametrize(
    ("hold", "held"),
    [
        (lambda client: client, lambda kept: kept),
        (lambda client: client.list_buckets, lambda kept: kept.__self__),
        (lambda client: client.get_paginator("list_objects_v2"), lambda kept: kept._method.__self__),
        (lambda client: {"clients": [client]}, lambda kept: kept["clients"][0]),
    ],
    ids=["client", "method", "paginator", "container"],
)
def test_one_that_somebody_holds_is_not(hold: Callable[[Any], Any], held: Callable[[Any], Any]) -> None:
    with mock_tagging():
        kept = hold(boto3.client("s3"))
    with mock_tagging():
        clients = [boto3.client("s3") for _ in range(9)]
    assert held(kept) not in clients


def test_one_that_somebody_marked_by_a_weak_reference_is_not() -> None:
    """It may be noted there that it has handlers, which a new one hasn't."""
    with mock_tagging():
        instrumented = WeakSet([boto3.client("s3")])
    with mock_tagging():
        assert not [client for client in (boto3.client("s3") for _ in range(9)) if client in instrumented]


@pytest.mark.parametrize(
    "place",
    [
        "boto3.session.Session.client",
        "botocore.session.Session.create_client",
        "botocore.client.ClientCreator.create_client",
    ],
)
def test_whoever_makes_clients_himself_is_asked(place: str) -> None:
    with mock_tagging():
        boto3.client("s3")
    with mock_tagging(), mock.patch(place, return_value=mock.MagicMock()) as make:
        assert boto3.client("s3") is make.return_value
    with mock_tagging():
        assert not any(isinstance(boto3.client("s3"), mock.MagicMock) for _ in range(9))


def test_whoever_makes_sessions_himself_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Session(boto3.Session):
        pass

    with mock_tagging():
        boto3.client("s3")
    with mock_tagging(), monkeypatch.context() as patches:
        patches.setattr(boto3, "Session", Session)
        boto3.client("s3")
        assert type(boto3.DEFAULT_SESSION) is Session
    with mock_tagging():
        boto3.client("s3")
        assert type(boto3.DEFAULT_SESSION) is boto3.Session


def test_credentials_that_somebody_changed_are_not_the_next_mocks() -> None:
    with mock_tagging():
        credentials: Any = boto3.client("s3")._request_signer._credentials  # type: ignore[attr-defined]
        credentials.access_key = "somebodys"
    with mock_tagging():
        client: Any = boto3.client("s3")
        assert client._request_signer._credentials.access_key != "somebodys"


def spoil(client: Any) -> None:
    client.meta.events.register("before-parameter-build.s3", lambda **kwargs: 1 / 0)
    client.mark = 1
    client.list_buckets = None
    client.meta.mark = 1
    client.meta.events.mark = 1


def test_a_lent_one_is_as_new(made: list[str]) -> None:
    assert made_after(made, lambda: spoil(boto3.client("s3"))) == 0
    with mock_tagging():
        client: Any = boto3.client("s3")
        assert client.list_buckets()["Buckets"] == []
        assert not hasattr(client, "mark")
        assert not hasattr(client.meta, "mark")
        assert not hasattr(client.meta.events, "mark")


def make(aws: Any) -> Any:
    return boto3.client("s3")


@pytest.mark.parametrize("client_of", [make, lambda aws: aws.client("s3")], ids=["boto3", "handle"])
def test_one_whose_class_was_changed_is_not_lent_again(client_of: Callable[[Any], Any]) -> None:
    with mock_tagging() as aws:
        for _ in range(9):  # all that may be idle
            type(client_of(aws)).list_buckets = None
    with mock_tagging() as aws:
        assert client_of(aws).list_buckets()["Buckets"] == []


def test_two_clients_are_two_things() -> None:
    with mock_tagging():
        boto3.client("s3").list_buckets()
    with mock_tagging():
        assert boto3.client("s3") is not boto3.client("s3")


def test_one_of_other_options_is_made(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging():
        assert boto3.client("s3").meta.region_name == "us-east-1"
    with mock_tagging():
        assert boto3.client("s3", region_name="eu-west-1").meta.region_name == "eu-west-1"
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
        assert boto3.client("s3").meta.region_name == "eu-west-2"


def test_one_that_was_led_to_another_region_is_not_lent_again() -> None:
    for region, statuses in (("eu-west-1", [400, 200]), ("us-east-1", [200])):
        with mock_tagging() as aws:
            aws.create_bucket("photos", region=region)
            boto3.client("s3").list_objects_v2(Bucket="photos")
            assert [call.status for call in aws.calls.of("ListObjectsV2")] == statuses


def test_one_does_not_run_out_of_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there are in botocore's standard mode."""
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "10")
    for _ in range(13):
        with mock_tagging() as aws:
            aws.faults.add("ListBuckets", "InternalError")
            with suppress(ClientError):  # which holds nothing of the client
                boto3.client("s3").list_buckets()
            tries = len(aws.calls)
    assert tries == 10


def test_handlers_of_one_that_is_held_stay() -> None:
    """It is its holder's, whose handlers go on in the next mock."""
    heard: list[str] = []
    with mock_tagging():
        client = boto3.client("s3")
        client.meta.events.register("before-call.s3", lambda **kwargs: heard.append("call"))
    with mock_tagging():
        boto3.client("s3").list_buckets()
        client.list_buckets()
    assert heard == ["call"]
