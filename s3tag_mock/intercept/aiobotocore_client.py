"""The calls of asynchronous clients: aiobotocore's, and those of what is built on it (aioboto3, s3fs).

They take the same way as boto3's, through ``Endpoint.make_request`` and the event ``before-send``; what is a
function there gives a coroutine here. Nothing of aiobotocore is imported before somebody else has done so.
An answer is made without giving way to other tasks, so that one that is cancelled leaves a whole world.
"""

from __future__ import annotations

import io
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from importlib import import_module
from inspect import isawaitable
from typing import Any, Final

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.client_calls import Begun, call_of, on_its_way
from s3tag_mock.intercept.in_flight import BegunCall, InFlight
from s3tag_mock.intercept.ours import PlainRequest
from s3tag_mock.intercept.private_names import find
from s3tag_mock.protocol.body import whole
from s3tag_mock.protocol.http import Response


def _noting(original: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
    """Note calls from where they were made on, which may be long before they are awaited."""

    def make_api_call(self: Any, operation_name: str, api_params: Any) -> Coroutine[Any, Any, Any]:
        scope = ACTIVE.current
        if scope is None:
            return original(self, operation_name, api_params)
        return noted(call_of(self, scope, api_params), self, operation_name, api_params)

    async def noted(call: BegunCall, *given: Any) -> Any:
        with Begun(call):
            return await original(*given)

    return make_api_call


#: By the place of what they wrap, once aiobotocore is imported.
OF_IMPORTED: Final = {"aiobotocore.client:AioBaseClient._make_api_call": _noting}


async def awaited(in_flight: InFlight, sent: Coroutine[Any, Any, Any]) -> Any:
    """What an asynchronous client's endpoint gives; its call runs where it is awaited."""
    in_flight.is_async = True
    try:
        with on_its_way(in_flight):
            return await sent
    finally:
        sent.close()


async def answered(in_flight: InFlight, request: Any, answer: Callable[[PlainRequest], Response]) -> Any:
    """The answer to a request, as aiobotocore's HTTP gives it.

    :param request: as botocore prepared it.
    :param answer: gives it for a request whose body can be read at once.
    """
    plain = PlainRequest(request.method, request.url, request.headers, await _whole(request.body))
    world = in_flight.scope.world
    if world.clock.takes_real_time and world.faults:
        # A delay takes its time then; others go on meanwhile.
        return to_aiobotocore(in_flight, request, await _in_a_thread(in_flight, answer, plain))
    return to_aiobotocore(in_flight, request, answer(plain))


async def _in_a_thread(in_flight: InFlight, function: Callable[..., Response], *given: Any) -> Response:
    """Run a function without holding up the event loop; clients that send by httpx may have trio's."""
    # asyncio takes a while to import, and most tests do without.
    asynchronous = import_module("anyio.to_thread" if _sends_by_httpx(in_flight) else "asyncio")
    run = getattr(asynchronous, "run_sync", None) or asynchronous.to_thread
    result: Response = await run(function, *given)
    return result


def to_aiobotocore(in_flight: InFlight, request: Any, response: Response) -> Any:
    """A response as aiobotocore's HTTP gives it."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    if _sends_by_httpx(in_flight):
        return _by_httpx(request, response, headers)
    raw = _Raw(request.url, response.status, headers, response.body)
    return find("aiobotocore.awsrequest:AioAWSResponse")(request.url, response.status, headers, raw)


async def _whole(body: Any) -> Any:
    """A body of which nothing is to be awaited any more."""
    if not hasattr(body, "read"):
        return b"".join([piece async for piece in body]) if hasattr(body, "__aiter__") else body
    pieces = []
    while piece := await _resolved(body.read(_PIECE)):
        pieces.append(whole(piece))
    return b"".join(pieces)


async def _resolved(value: Any) -> Any:
    return await value if isawaitable(value) else value


#: How much of a body is read at once, in bytes.
_PIECE: Final = 1 << 20


def _sends_by_httpx(in_flight: InFlight) -> bool:
    module = sys.modules.get("aiobotocore.httpxsession")
    return module is not None and isinstance(in_flight.endpoint.http_session, module.HttpxSession)


def _by_httpx(request: Any, response: Response, headers: dict[str, str]) -> Any:
    httpx = find("aiobotocore.httpxsession:httpx")
    raw = httpx.Response(
        response.status,
        headers=headers,
        stream=httpx.ByteStream(response.body),
        request=httpx.Request(request.method, request.url),
    )
    return find("aiobotocore.awsrequest:HttpxAWSResponse")(request.url, response.status, headers, raw)


class _Raw:
    """aiohttp's response, as far as aiobotocore and those who use its streaming body read it."""

    def __init__(self, url: str, status: int, headers: dict[str, str], body: bytes) -> None:
        self.url, self.status, self.headers = url, status, headers
        self.raw_headers = tuple((name.encode(), value.encode()) for name, value in headers.items())
        self.content = _Content(body)

    async def read(self) -> bytes:
        return await self.content.read()

    def close(self) -> None:
        """Nothing is open."""

    async def __aenter__(self) -> _Raw:
        return self

    async def __aexit__(self, *raised: object) -> None:
        """Likewise."""


class _Content:
    """aiohttp's stream of a response's body."""

    def __init__(self, body: bytes) -> None:
        self._bytes = io.BytesIO(body)
        self._length = len(body)

    def at_eof(self) -> bool:
        return self._bytes.tell() >= self._length

    async def read(self, amount: int = -1) -> bytes:
        return self._bytes.read(amount)

    async def iter_chunked(self, size: int) -> AsyncIterator[bytes]:
        while piece := self._bytes.read(size):
            yield piece
