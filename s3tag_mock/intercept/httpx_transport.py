"""Plain HTTP by httpx, and by httpx2, its other name: answered in the place of its transports.

Transports of a test's own (``httpx.MockTransport``, those to an application) are left alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from typing import Any, Final

from s3tag_mock.intercept.network_guard import check_host
from s3tag_mock.intercept.ours import PlainRequest, mock_of
from s3tag_mock.intercept.plain_http import answer_here
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.state.fault import INJECTED, NoAnswer

_RAISED: Final = {
    "ReadTimeoutError": "ReadTimeout",
    "ConnectTimeoutError": "ConnectTimeout",
    "EndpointConnectionError": "ConnectError",
}


def _answering(original: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    library = _library_of(original)

    def handle_request(self: Any, request: Any) -> Any:
        scope = _mock_of(library, request, request.read() if _is_form(request) else None)
        if scope is None:
            return original(self, request)
        return _answer(library, scope, request, request.read())

    return handle_request


def _answering_async(
    original: Callable[[Any, Any], Coroutine[Any, Any, Any]],
) -> Callable[[Any, Any], Coroutine[Any, Any, Any]]:
    library = _library_of(original)

    async def handle_async_request(self: Any, request: Any) -> Any:
        scope = _mock_of(library, request, await request.aread() if _is_form(request) else None)
        if scope is None:
            return await original(self, request)
        return _answer(library, scope, request, await request.aread())

    return handle_async_request


#: By the place of what they wrap, once it is imported.
OF_IMPORTED: Final = {
    "httpx:HTTPTransport.handle_request": _answering,
    "httpx:AsyncHTTPTransport.handle_async_request": _answering_async,
    "httpx2:HTTPTransport.handle_request": _answering,
    "httpx2:AsyncHTTPTransport.handle_async_request": _answering_async,
}


def _library_of(function: Callable[..., Any]) -> Any:
    return sys.modules[function.__module__.partition(".")[0]]


def _is_form(request: Any) -> bool:
    return _plain(request, None).is_form()


def _mock_of(httpx: Any, request: Any, body: bytes | None) -> Scope | None:
    scope = mock_of(_plain(request, body))
    if scope is None:
        try:
            check_host(request.url.host)
        except OSError as problem:
            raise httpx.ConnectError(str(problem), request=request) from problem
    return scope


def _plain(request: Any, body: bytes | None) -> PlainRequest:
    url = request.url
    # As it goes out: the text of the URL may be written otherwise.
    whole = f"{url.scheme}://{url.netloc.decode('ascii')}{url.raw_path.decode('ascii')}"
    return PlainRequest(request.method.upper(), whole, dict(request.headers), body)


def _answer(httpx: Any, scope: Scope, request: Any, body: bytes) -> Any:
    try:
        response = answer_here(scope, _plain(request, body))
    except NoAnswer as none:
        kind = getattr(httpx, _RAISED.get(none.name, "RemoteProtocolError"))
        raise kind(INJECTED, request=request) from None
    stream = httpx.ByteStream(response.body)
    return httpx.Response(response.status, headers=response.headers, stream=stream, request=request)
