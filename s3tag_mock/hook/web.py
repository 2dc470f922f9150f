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
from http import HTTPStatus
from http.client import RemoteDisconnected
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPResponse, exceptions
from urllib3.connection import HTTPConnection

from s3tag_mock import dispatch
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
        if scope is None or not _is_ours(scope, self.host):
            return original(self, method, url, body, headers, *args, **options)
        whole = url if "://" in url else f"{self.scheme}://{self.host}{url}"
        sent = self.headers if headers is None else headers
        try:
            reply = _answer(scope, _Request(method.upper(), whole, sent, body))
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


def _is_ours(scope: Scope, host: str) -> bool:
    # A client's call in flight has been let through by its service's name already.
    return ACTIVE.in_flight.get() is None and "s3" not in scope.settings.passthrough and is_s3(host)


def _answer(scope: Scope, request: _Request) -> Reply:
    headers = {name.lower(): str(value) for name, value in request.headers.items()}
    address = locate(request.url, names_bucket=True)
    if request.method == "POST" and form.boundary_of(headers.get("content-type", "")):
        fields, _, _ = form.fields_of(journey.received(request, streams=False))
        sender = _sender(request, address, presigned.access_key_of_form(fields))
        return journey.answer(scope, dispatch.POST_OBJECT, form.POST_OBJECT, sender, request)
    served, plan = _found(request, address, headers)
    plan = replace(plan, parser=presigned.reading(plan.parser, scope.world.clock.real_now()))
    sender = _sender(request, address, presigned.access_key(address.query, headers))
    return journey.answer(scope, served, plan, sender, request)


def _sender(request: _Request, address: Address, access_key: str | None) -> Sender:
    return Sender(request.url, address.region, access_key, is_anonymous=access_key is None)


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
