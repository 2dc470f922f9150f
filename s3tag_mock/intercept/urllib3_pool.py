"""Plain HTTP to S3: presigned URLs and browsers' forms, sent by urllib3 or by what is built on it.

``HTTPConnectionPool.urlopen`` is what requests, urllib3 and others send through. It is wrapped while
a mock is active; requests to hosts that aren't S3's go where they went before. Clients' calls never
come here: they are answered before they are sent.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from http.client import RemoteDisconnected
from typing import Any
from urllib.parse import urlsplit

from urllib3 import HTTPConnectionPool, HTTPResponse, exceptions
from urllib3.connection import HTTPConnection

from s3tag_mock.dispatch.find import find, no_such_method
from s3tag_mock.intercept import signatures
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.in_flight import RequestOrigin
from s3tag_mock.intercept.ours import PlainRequest, mock_of
from s3tag_mock.intercept.patching import patch
from s3tag_mock.intercept.request_cycle import answer
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.intercept.undo import Undo
from s3tag_mock.operations.credentials import Credentials
from s3tag_mock.operations.registry import Operation
from s3tag_mock.operations.s3.post_object import POST_OBJECT
from s3tag_mock.operations.s3.preflight import OPTIONS_OBJECT, rules_of
from s3tag_mock.protocol import form, preflight, query_headers, route
from s3tag_mock.protocol.address import Address, is_s3, locate
from s3tag_mock.protocol.http import Response
from s3tag_mock.protocol.signing import forms, requests
from s3tag_mock.protocol.wire_format import WireFormat
from s3tag_mock.rules import cors_requests
from s3tag_mock.state.fault import INJECTED, NoAnswer


def install(undo: Undo) -> None:
    """Wrap urllib3's sending; ``undo`` unwraps it."""
    patch(undo, "urllib3.connectionpool:HTTPConnectionPool.urlopen", _answering)


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
            response = _answer(scope, request)
        except NoAnswer as none:
            raise _as_urllib3_raises(none.name, self, url) from None
        return _response(response, method, **options)

    return urlopen


def _answer(scope: Scope, request: PlainRequest) -> Response:
    endpoint = _endpoint(scope, request.url)
    address = locate(request.url, names_bucket=True, endpoint_url=endpoint)
    if request.method == "OPTIONS":
        origin = _origin(scope, endpoint, address, (None, None))
        return answer(scope, OPTIONS_OBJECT, preflight.OPTIONS_OBJECT, origin, request)
    response = _performed(scope, request, endpoint, address)
    if "origin" in request.lower:
        response.headers.update(_cors_headers(scope, request, address))
    return response


def _cors_headers(scope: Scope, request: PlainRequest, address: Address) -> Mapping[str, str]:
    """What an answer says to a browser that is on another site."""
    bucket = scope.world.bucket_behind(address.bucket)
    rules = () if bucket is None else rules_of(bucket)
    return cors_requests.headers_of_answer(rules, request.method, request.lower) or {}


def _performed(scope: Scope, request: PlainRequest, endpoint: str, address: Address) -> Response:
    check = signatures.checker(scope, request, address)
    if request.is_form():
        origin = _origin(scope, endpoint, address, forms.credentials_of(request.fields))
        return answer(scope, POST_OBJECT, form.POST_OBJECT, origin, request, authenticate=check)
    served, wire_format = _found(request, address)
    origin = _origin(scope, endpoint, address, requests.credentials_of(address.query, request.lower))
    if not served.is_supported:
        return answer(scope, served, wire_format, origin, request)
    wire_format = replace(wire_format, parser=query_headers.reading(wire_format.parser))
    return answer(scope, served, wire_format, origin, request, authenticate=check)


def _endpoint(scope: Scope, url: str) -> str:
    """The endpoint that a URL belongs to: of a client that has called, or the URL's own host."""
    parts = urlsplit(url)
    for _, endpoint in list(scope.callers):
        own = urlsplit(endpoint)
        is_host = parts.netloc == own.netloc or parts.netloc.endswith(f".{own.netloc}")
        if is_host and not is_s3(own.hostname or "") and parts.path.startswith(own.path):
            return endpoint
    return f"{parts.scheme}://{parts.netloc}"


def _origin(
    scope: Scope, endpoint: str, address: Address, credentials: tuple[str | None, str | None]
) -> RequestOrigin:
    region = signatures.region_of(scope, address) or address.region
    is_anonymous = credentials[0] is None
    return RequestOrigin(endpoint, region, Credentials(*credentials), is_anonymous=is_anonymous)


def _found(request: PlainRequest, address: Address) -> tuple[Operation, WireFormat]:
    operation = route.find(ACTIVE.routes, request.method, address.path, address.query, request.lower)
    if operation is None and request.method == "POST" and route.is_of_bucket(address.path):
        return POST_OBJECT, form.POST_OBJECT  # which says what a form must be
    if operation is None:
        return no_such_method(request.method), WireFormat.of_errors("s3", request.method)
    served = find("s3", operation.name)
    assert served is not None  # every operation of S3 is ours
    return served, ACTIVE.wire_format(operation)


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
