"""Plain HTTP to S3: presigned URLs and browsers' forms, sent by urllib3 or by what is built on it.

``HTTPConnectionPool.urlopen`` is what requests, urllib3 and others send through. It is wrapped while
a mock is active; requests to hosts that aren't S3's go where they went before. Clients' calls never
come here: they are answered before they are sent.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus
from http.client import RemoteDisconnected
from typing import Any, Final
from urllib.parse import urlsplit

from urllib3 import HTTPConnectionPool, HTTPResponse, exceptions
from urllib3.connection import HTTPConnection

from s3tag_mock import dispatch
from s3tag_mock.aws_error import AwsError
from s3tag_mock.hook import journey
from s3tag_mock.hook.activation import ACTIVE, Scope, Sender
from s3tag_mock.hook.patching import patch
from s3tag_mock.operations.registry import Operation
from s3tag_mock.protocol import form, presigned, route
from s3tag_mock.protocol.address import Address, is_s3, locate
from s3tag_mock.protocol.http import Reply
from s3tag_mock.protocol.wire import Plan
from s3tag_mock.state.fault import INJECTED, NoAnswer


def install(undo: ExitStack) -> None:
    """Stand before urllib3; ``undo`` steps aside."""
    original = HTTPConnectionPool.urlopen

    def urlopen(
        self: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **options: Any
    ) -> Any:
        scope = ACTIVE.current
        if scope is None:
            return original(self, method, url, body, headers, *args, **options)
        port = "" if self.port in {None, 80, 443} else f":{self.port}"
        # Through a proxy the whole URL is asked for.
        whole = f"{self.scheme}://{self.host}{port}{url}" if url.startswith("/") else url
        sent = self.headers if headers is None else headers
        request = _Request(method.upper(), whole, sent, body)
        if not _is_ours(scope, request):
            return original(self, method, url, body, headers, *args, **options)
        try:
            reply = _answer(scope, request)
        except NoAnswer as none:
            raise _as_urllib3_raises(none.name, self, url) from None
        return _response(reply, method, **options)

    patch(undo, HTTPConnectionPool, "urlopen", urlopen)


@dataclass(frozen=True)
class _Request:
    method: str
    url: str
    headers: Mapping[str, Any]
    body: Any

    @cached_property
    def lower(self) -> dict[str, str]:
        """The headers, by their names in lower case."""
        return {name.lower(): str(value) for name, value in self.headers.items()}

    def is_form(self) -> bool:
        """Whether a browser's form is sent."""
        return self.method == "POST" and bool(form.boundary_of(self.lower.get("content-type", "")))

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The form's fields, by their names in lower case."""
        fields, _, _ = form.fields_of(journey.received(self, streams=False))
        return fields


def is_ours(prepared: Any) -> bool:
    """Whether a request of ``requests`` is answered here, now."""
    scope = ACTIVE.current
    request = _Request(prepared.method, prepared.url, prepared.headers, prepared.body)
    return scope is not None and _is_ours(scope, request)


def _is_ours(scope: Scope, request: _Request) -> bool:
    # A client's call in flight has been let through by its service's name already.
    if ACTIVE.in_flight.get() is not None or "s3" in scope.settings.passthrough:
        return False
    return is_s3(urlsplit(request.url).hostname or "") or _is_signed_for_s3(request)


def _is_signed_for_s3(request: _Request) -> bool:
    """Whether a client signed it, whose endpoint isn't one of AWS's."""
    if request.is_form():
        # Others' forms may hold files of any size, and streams that can be read but once.
        is_whole = isinstance(request.body, bytes) and b"aws" in request.body[:_FIELDS_SIZE].lower()
        try:
            return is_whole and presigned.is_form_for_s3(request.fields)
        except AwsError:
            return False
    return presigned.is_for_s3(urlsplit(request.url).query, request.lower)


#: Bytes in which a form's fields stand, before its file.
_FIELDS_SIZE: Final = 1 << 16


def _answer(scope: Scope, request: _Request) -> Reply:
    headers = request.lower
    endpoint = _endpoint(scope, request.url)
    address = locate(request.url, names_bucket=True, endpoint_url=endpoint)
    if request.is_form():
        sender = _sender(endpoint, address, presigned.access_key_of_form(request.fields))
        return journey.answer(scope, dispatch.POST_OBJECT, form.POST_OBJECT, sender, request)
    served, plan = _found(request, address, headers)
    plan = replace(plan, parser=presigned.reading(plan.parser, scope.world.clock.real_now()))
    sender = _sender(endpoint, address, presigned.access_key(address.query, headers))
    return journey.answer(scope, served, plan, sender, request)


def _endpoint(scope: Scope, url: str) -> str:
    """The endpoint that a URL belongs to: of a client that has called, or the URL's own host."""
    parts = urlsplit(url)
    for _, endpoint in list(scope.senders):
        own = urlsplit(endpoint)
        is_host = parts.netloc == own.netloc or parts.netloc.endswith(f".{own.netloc}")
        if is_host and not is_s3(own.hostname or "") and parts.path.startswith(own.path):
            return endpoint
    return f"{parts.scheme}://{parts.netloc}"


def _sender(endpoint: str, address: Address, access_key: str | None) -> Sender:
    return Sender(endpoint, address.region, access_key, is_anonymous=access_key is None)


def _found(request: _Request, address: Address, headers: Mapping[str, str]) -> tuple[Operation, Plan]:
    operation = route.find(ACTIVE.routes, request.method, address.path, address.query, headers)
    if operation is None:
        return dispatch.no_such_method(request.method), replace(form.POST_OBJECT, method=request.method)
    served = dispatch.find("s3", operation.name)
    assert served is not None  # every operation of S3 is ours
    return served, ACTIVE.plan(operation)


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


def _response(reply: Reply, method: str, **options: Any) -> HTTPResponse:
    headers = {name: value for name, value in reply.headers.items() if name != "Transfer-Encoding"}
    return HTTPResponse(
        body=io.BytesIO(reply.body),
        headers=headers,
        status=reply.status,
        reason=HTTPStatus(reply.status).phrase,
        preload_content=options.get("preload_content", True),
        decode_content=options.get("decode_content", True),
        request_method=method,
    )
