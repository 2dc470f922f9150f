"""Clients of the default session: given out again, as new, where nobody holds them any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import boto3
import botocore.client
import pytest

from s3tag_mock import mock_tagging
from s3tag_mock.intercept.cache.as_made import COUNTS_REFERENCES

pytestmark = pytest.mark.skipif(not COUNTS_REFERENCES, reason="references can't be counted here")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The services of the clients that botocore made."""
    services: list[str] = []
    original = botocore.client.ClientCreator.create_client

    def create_client(self: Any, service_name: str, *given: Any, **options: Any) -> Any:
        services.append(service_name)
        return original(self, service_name, *given, **options)

    monkeypatch.setattr(botocore.client.ClientCreator, "create_client", create_client)
    return services


def made_after(made: list[str], use: Callable[[], Any]) -> int:
    """How many clients are made in a mock, where ``use`` made one in the mock before."""
    with mock_tagging():
        kept = use()
    made.clear()
    with mock_tagging():
        boto3.client("s3").list_buckets()
    del kept
    return len(made)


def test_one_that_nobody_holds_is_lent_again(made: list[str]) -> None:
    assert made_after(made, lambda: boto3.client("s3").list_buckets()["Buckets"]) == 0


@pytest.mark.parametrize(
    ("hold", "held"),
    [
        (lambda client: client, lambda kept: kept),
        (lambda client: client.list_buckets, lambda kept: kept.__self__),
        (lambda client: client.get_paginator("list_buckets"), lambda kept: kept._method.__self__),
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


def spoil(client: Any) -> None:
    client.meta.events.register("before-parameter-build.s3", lambda **kwargs: 1 / 0)
    client.mark = 1
    client.list_buckets = None
    client.meta.mark = 1


def test_a_lent_one_is_as_new(made: list[str]) -> None:
    assert made_after(made, lambda: spoil(boto3.client("s3"))) == 0
    with mock_tagging():
        client: Any = boto3.client("s3")
        assert client.list_buckets()["Buckets"] == []
        assert not hasattr(client, "mark")
        assert not hasattr(client.meta, "mark")


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


def test_one_does_not_run_out_of_tries() -> None:
    for _ in range(60):
        with mock_tagging() as aws:
            aws.faults.add("ListBuckets", "InternalError")
            client = boto3.client("s3")
            with pytest.raises(client.exceptions.ClientError):
                client.list_buckets()
            tries = len(aws.calls)
    assert tries >= 3


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
