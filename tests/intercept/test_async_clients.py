"""Asynchronous clients of services that aren't ours are refused by the names of what they call.

An asynchronous endpoint stands in for aiobotocore's, so that these tests need not have it. Those with
aiobotocore itself are in ``tests/asynchronous``.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc
import sys
import types
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSRequest
from botocore.endpoint import Endpoint

from s3tag_mock import NotSupported, mock_tagging
from s3tag_mock.intercept.activation import ACTIVE

KEYS = {
    "aws_access_key_id": "AKIAREAL000000000000",
    "aws_secret_access_key": "real",
    "region_name": "us-east-1",
}


class Session:
    """An HTTP session whose requests go out."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, request: Any) -> str:
        self.sent.append(request.url)
        return "it went out"


class AsyncEndpoint(Endpoint):
    """As aiobotocore's: all but ``make_request`` is asynchronous."""

    async def _send_request(self, request_dict: Any, operation_model: Any) -> Any:
        request = AWSRequest(method="GET", url=request_dict["url"]).prepare()
        event = f"{operation_model.service_model.service_id.hyphenize()}.{operation_model.name}"
        await asyncio.sleep(0)
        responses = self._event_emitter.emit(f"before-send.{event}", request=request)
        answers = [response for _, response in responses if response is not None]
        return answers[0] if answers else await self.http_session.send(request)


@pytest.fixture
def aiobotocore(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it had been imported."""
    module: Any = types.ModuleType("aiobotocore.httpsession")
    module.AIOHTTPSession = Session
    monkeypatch.setitem(sys.modules, "aiobotocore", types.ModuleType("aiobotocore"))
    monkeypatch.setitem(sys.modules, "aiobotocore.httpsession", module)


class Client:
    """A client of one service, whose calls give coroutines."""

    def __init__(self, service: str) -> None:
        real: Any = boto3.client(service, **KEYS)
        self.model = real.meta.service_model
        self.session = Session()
        self.endpoint: Any = AsyncEndpoint("https://x.amazonaws.com", "x", real.meta.events)
        self.endpoint.http_session = self.session

    def call(self, operation: str) -> Any:
        url = f"https://{self.model.endpoint_prefix}.us-east-1.amazonaws.com/"
        request = {"url": url, "context": {"client_region": "us-east-1"}}
        return self.endpoint.make_request(self.model.operation_model(operation), request)


REFUSED = [("sqs", "ListQueues"), ("dynamodb", "ListTables")]


@pytest.mark.parametrize(("service", "operation"), REFUSED)
@pytest.mark.parametrize("made", ["before", "inside"])
@pytest.mark.usefixtures("aiobotocore")
def test_they_are_refused_by_name(made: str, service: str, operation: str) -> None:
    client = Client(service)
    with mock_tagging():
        client = client if made == "before" else Client(service)
        with pytest.raises(NotSupported, match=rf"{service}\.{operation} was called"):
            asyncio.run(client.call(operation))
    assert client.session.sent == []
    assert asyncio.run(client.call(operation)) == "it went out"


@pytest.mark.usefixtures("aiobotocore")
def test_what_is_let_through_goes_out() -> None:
    client = Client("sqs")
    with mock_tagging(passthrough=["sqs"]):
        assert asyncio.run(client.call("ListQueues")) == "it went out"


@pytest.mark.usefixtures("aiobotocore")
def test_a_look_for_credentials_is_refused() -> None:
    """It is no client's call: a machine is asked for its role."""

    async def look() -> Any:
        return await Session().send(AWSRequest(method="GET", url="http://169.254.169.254/latest").prepare())

    with mock_tagging(), pytest.raises(NotSupported, match="most likely it looks for credentials"):
        asyncio.run(look())


@pytest.mark.parametrize("awaited", ["begun before", "begun after"])
@pytest.mark.usefixtures("aiobotocore")
def test_a_call_on_its_way_when_the_mock_is_left(awaited: str, recwarn: pytest.WarningsRecorder) -> None:
    client = Client("sqs")

    async def late() -> Any:
        with mock_tagging():
            call = asyncio.ensure_future(client.call("ListQueues")) if awaited == "begun before" else None
            waiting = call or client.call("ListQueues")
            await asyncio.sleep(0)
        return await waiting

    with pytest.raises(NotSupported, match="was still on its way"):
        asyncio.run(late())
    gc.collect()  # with it go coroutines that nobody awaited, and warn
    assert (client.session.sent, recwarn.list) == ([], [])
    assert client.endpoint.http_session is client.session
    assert ACTIVE.begun._calls == set()


@pytest.mark.usefixtures("aiobotocore")
def test_a_call_whose_loop_has_ended() -> None:
    """It is closed by the garbage collector, elsewhere than where it began, and complains of nothing."""
    client = Client("sqs")
    with mock_tagging():
        call = client.call("ListQueues")
        contextvars.copy_context().run(call.send, None)
        call.close()
    assert ACTIVE.begun._calls == set()
    assert client.session.sent == []
