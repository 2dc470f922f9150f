"""Plain HTTP to S3: presigned URLs and browsers' forms, sent by urllib3 or by what is built on it.

``HTTPConnectionPool.urlopen`` is what requests, urllib3 and others send through. It is wrapped while
a mock is active; requests to hosts that aren't S3's go where they went before. Clients' calls never
come here: they are answered before they are sent.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus
from http.client import RemoteDisconnected
from typing import Any, Final
from urllib.parse import urlsplit

import urllib3
from urllib3 import HTTPConnectionPool, HTTPResponse, exceptions
from urllib3.connection import HTTPConnection

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.ours import PlainRequest, mock_of
from s3tag_mock.intercept.plain_http import answer_here
from s3tag_mock.protocol import body
from s3tag_mock.protocol.http import Response
from s3tag_mock.state.fault import INJECTED, NoAnswer

#: Methods that urllib3 sends without a Content-Length where there is no body.
_WITHOUT_BODY: Final = frozenset({"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "TRACE"})


def _answering(original: Callable[..., Any]) -> Callable[..., Any]:
    def urlopen(
        self: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **options: Any
    ) -> Any:
        if ACTIVE.current is None:
            return original(self, method, url, body, headers, *args, **options)
        port = "" if self.port in {None, 80, 443} else f":{self.port}"
        # Through a proxy the whole URL is asked for.
        whole = f"{self.scheme}://{self.host}{port}{url}" if url.startswith("/") else url
        sent = self.headers if headers is None else headers
        request = PlainRequest(method.upper(), whole, sent, body)
        scope = mock_of(request)
        if scope is None:
            return original(self, method, url, body, headers, *args, **options)
        try:
            response = answer_here(scope, _as_sent(request))
        except NoAnswer as none:
            raise _as_urllib3_raises(none.name, self, url) from None
        return _response(response, method, **options)

    return urlopen


#: Around urllib3's sending.
WRAPPERS: Final = {"urllib3.connectionpool:HTTPConnectionPool.urlopen": _answering}


def _as_sent(request: PlainRequest) -> PlainRequest:
    """A request with the headers that urllib3 adds where they aren't given."""
    given = request.lower
    added = {
        "accept-encoding": "identity",
        "host": urlsplit(request.url).netloc,
        "user-agent": f"python-urllib3/{urllib3.__version__}",  # type: ignore[attr-defined]
    }
    if not given.keys() & {"content-length", "transfer-encoding"}:
        added |= _length(request)
    return replace(request, headers={**added, **given})


def _length(request: PlainRequest) -> dict[str, str]:
    """The header that says how long the body is."""
    sent = request.body
    if sent is None:
        return {} if request.method in _WITHOUT_BODY else {"content-length": "0"}
    is_whole = isinstance(sent, (bytes, bytearray, memoryview, str))
    if not is_whole and (hasattr(sent, "read") or isinstance(sent, Iterable)):
        return {"transfer-encoding": "chunked"}
    return {"content-length": str(len(body.whole(sent)))}


def _as_urllib3_raises(name: str, pool: HTTPConnectionPool, url: str) -> Exception:
    """The exception of urllib3's for one of botocore's."""
    if name == "ReadTimeoutError":
        return exceptions.ReadTimeoutError(pool, url, INJECTED)
    if name == "ConnectTimeoutError":
        return exceptions.MaxRetryError(pool, url, exceptions.ConnectTimeoutError(pool, INJECTED))
    if name == "EndpointConnectionError":
        unreachable = exceptions.NewConnectionError(HTTPConnection(pool.host), INJECTED)
        return exceptions.MaxRetryError(pool, url, unreachable)
    return exceptions.ProtocolError("Connection aborted.", RemoteDisconnected(INJECTED))


def _response(response: Response, method: str, **options: Any) -> HTTPResponse:
    return HTTPResponse(
        body=io.BytesIO(response.body),
        headers=response.headers,
        status=response.status,
        reason=HTTPStatus(response.status).phrase,
        preload_content=options.get("preload_content", True),
        decode_content=options.get("decode_content", True),
        request_method=method,
    )
