"""Plain HTTP to S3: presigned URLs and browsers' forms, sent by urllib3 or by what is built on it.

``HTTPConnectionPool.urlopen`` is what requests, urllib3 and others send through. It is wrapped while
a mock is active; requests to hosts that aren't S3's go where they went before. Clients' calls never
come here: they are answered before they are sent.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from http import HTTPStatus
from http.client import RemoteDisconnected
from typing import Any, Final
from urllib.parse import urlsplit

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
        request = _Urllib3Request(method.upper(), whole, sent, body)
        scope = mock_of(request)
        if scope is None:
            return original(self, method, url, body, headers, *args, **options)
        try:
            response = answer_here(scope, request)
        except NoAnswer as none:
            raise _as_urllib3_raises(none.name, self, url) from None
        return _response(response, method, **options)

    return urlopen


#: Around urllib3's sending.
WRAPPERS: Final = {"urllib3.connectionpool:HTTPConnectionPool.urlopen": _answering}


class _Urllib3Request(PlainRequest):
    """A request that urllib3 is about to send."""

    @cached_property
    def lower(self) -> dict[str, str]:
        """The headers as they would be sent, by their names in lower case."""
        given = PlainRequest(self.method, self.url, self.headers, self.body).lower
        return {**self._added(given), **given}

    def _added(self, given: Mapping[str, str]) -> dict[str, str]:
        """The headers that urllib3 adds where they aren't given."""
        added = {
            "accept-encoding": "identity",
            "host": urlsplit(self.url).netloc.rpartition("@")[2],
            "user-agent": "python-urllib3",
        }
        if "content-length" in given or "transfer-encoding" in given:
            return added
        if self.body is None:
            return added if self.method in _WITHOUT_BODY else {**added, "content-length": "0"}
        is_whole = isinstance(self.body, (bytes, bytearray, memoryview, str))
        if not is_whole and (hasattr(self.body, "read") or isinstance(self.body, Iterable)):
            return {**added, "transfer-encoding": "chunked"}
        return {**added, "content-length": str(len(body.whole(self.body)))}


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
