"""Into every client's calls while a mock is active, and out again.

``Endpoint.make_request`` is what every client of botocore sends through, however and whenever it
was made: boto3's clients and resources, s3transfer's threads, the AWS CLI. It is wrapped while a
mock is active, and puts our handlers into the client's own emitter just before the client sends.
So our answer comes at ``before-send``, after all that botocore and the user's handlers do.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from weakref import WeakSet

import botocore
from botocore.awsrequest import AWSResponse
from botocore.endpoint import Endpoint
from botocore.model import OperationModel

from s3tag_mock import dispatch
from s3tag_mock.aws_error import AwsError
from s3tag_mock.calls import Call
from s3tag_mock.hook.activation import ACTIVE, InFlight, Scope, Sender
from s3tag_mock.hook.patching import patched
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation
from s3tag_mock.protocol import body
from s3tag_mock.protocol.address import locate
from s3tag_mock.protocol.http import Reply, Request
from s3tag_mock.protocol.scalars import rfc822
from s3tag_mock.protocol.wire import Plan
from s3tag_mock.rules.access_keys import ANONYMOUS, account_of
from s3tag_mock.rules.regions import US_EAST_1

_SERVICE_IDS: Final = ("s3", "s3-control", "sts")


def install(undo: ExitStack) -> None:
    """Open the door; ``undo`` closes it and takes the handlers out of every client."""
    entered: WeakSet[Any] = WeakSet()
    undo.callback(_leave_all, entered)
    original = Endpoint.make_request

    # botocore gives no public way from an endpoint to its client's emitter; a test pins this one.
    def make_request(self: Any, operation_model: OperationModel, request_dict: dict[str, Any]) -> Any:
        if ACTIVE.current is None:
            # Somebody else's wrapper around this one outlived the mock.
            return original(self, operation_model, request_dict)
        if self._event_emitter not in entered:
            _enter(self._event_emitter, entered)
        in_flight = ACTIVE.in_flight.set(_described(self, operation_model, request_dict))
        try:
            return original(self, operation_model, request_dict)
        finally:
            ACTIVE.in_flight.reset(in_flight)

    undo.enter_context(patched(Endpoint, "make_request", make_request))


def _described(endpoint: Any, operation: OperationModel, request: dict[str, Any]) -> InFlight:
    context = request.get("context", {})
    region = context.get("signing", {}).get("region") or context.get("client_region")
    # An endpoint that serves several regions is signed for "*".
    return InFlight(
        operation, Sender(endpoint.host, context.get("client_region") if region == "*" else region)
    )


def _enter(emitter: Any, entered: WeakSet[Any]) -> None:
    with ACTIVE.lock:
        if emitter in entered:
            return
        for event, unique_id, handler in _handlers():
            emitter.register_first(event, handler, unique_id)
        entered.add(emitter)


def _leave_all(entered: WeakSet[Any]) -> None:
    for emitter in list(entered):
        for event, unique_id, _ in _handlers():
            emitter.unregister(event, unique_id=unique_id)
    entered.clear()


def _handlers() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Our handlers, with the events that they hear and ids that make them enter an emitter once."""
    handlers: dict[str, Callable[..., Any]] = {
        "before-send": _answer,
        "before-sign": _note_access_key,
        "choose-signer": _unsigned,
    }
    for service_id in _SERVICE_IDS:
        for event, handler in handlers.items():
            yield f"{event}.{service_id}", f"s3tag_mock-{event}-{service_id}", handler


def _note_access_key(request_signer: Any = None, **kwargs: Any) -> None:
    """Remember whose call it is. Credentials that would have to be fetched first are left alone."""
    in_flight = ACTIVE.in_flight.get()
    credentials = getattr(request_signer, "_credentials", None)
    if in_flight is None or credentials is None:
        return
    # Refreshable credentials keep theirs under another name, and reading `access_key` fetches them.
    kept = vars(credentials)
    key = kept.get("access_key", kept.get("_access_key"))
    ACTIVE.in_flight.set(replace(in_flight, sender=replace(in_flight.sender, access_key=key)))


def _unsigned(context: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
    """Leave requests unsigned, so that no credentials are needed, fetched or refreshed.

    Only in a call: outside one, generate_presigned_url must sign as ever. And not for directory
    buckets, whose calls botocore can't leave unsigned.
    """
    scope, in_flight = ACTIVE.current, ACTIVE.in_flight.get()
    if scope is None or in_flight is None or in_flight.service in scope.settings.passthrough:
        return None
    if (context or {}).get("signing", {}).get("signing_name") == "s3express":
        return None
    return botocore.UNSIGNED


def _answer(request: Any, **kwargs: Any) -> AWSResponse | None:
    """The answer to a request; None when it isn't ours."""
    scope, in_flight = ACTIVE.current, ACTIVE.in_flight.get()
    if scope is None or in_flight is None or in_flight.service in scope.settings.passthrough:
        return None
    served = dispatch.find(in_flight.service, in_flight.operation.name)
    if served is None:
        return None
    reply = answer(scope, served, ACTIVE.plan(in_flight.operation), in_flight.sender, request)
    headers: Any = reply.headers
    return AWSResponse(request.url, reply.status, headers, _Raw(reply.body))


def answer(scope: Scope, served: Operation, plan: Plan, sender: Sender, request: Any) -> Reply:
    """The whole journey of a call: read, perform, write, record."""
    now = scope.world.clock.now()
    with scope.world.lock:
        request_id, host_id = scope.world.ids.request_id(), scope.world.ids.host_id()
    params: dict[str, Any] = {}
    try:
        arrived = received(request, streams=plan.streams, method=plan.method)
        address = locate(
            arrived.url,
            names_bucket=plan.names_bucket,
            endpoint_url=sender.endpoint_url,
            region=sender.region,
        )
        call = CallContext(
            world=scope.world,
            now=now,
            account=_account(scope, sender),
            region=address.region or US_EAST_1,
            operation=served.name,
            method=plan.method,
            endpoint=address.endpoint,
        )
        if served.honours is not None:
            params = plan.read(arrived, address)
        result = dispatch.perform(served, call, params, scope.settings.job_progress)
        reply = plan.write(result, request_id, host_id)
        _record(scope, served, params, reply, result, now)
    except AwsError as error:
        reply = plan.write_error(error, request_id, host_id)
        _record(scope, served, params, reply, _described_error(error), now, error)
    reply.headers["Date"] = rfc822(now)
    return reply


def received(request: Any, *, streams: bool, method: str = "POST") -> Request:
    """A request with its whole body, as :func:`s3tag_mock.protocol.body.read` reads it."""
    return body.read(method, request.url, request.headers, request.body, streams=streams)


def _account(scope: Scope, sender: Sender) -> str:
    if sender.is_anonymous:
        return ANONYMOUS
    return account_of(sender.access_key) or scope.settings.account_id


def _described_error(error: AwsError) -> dict[str, Any]:
    return {"Error": {"Code": error.code, "Message": error.message, **error.elements}}


def _record(
    scope: Scope,
    served: Operation,
    params: dict[str, Any],
    reply: Reply,
    response: dict[str, Any],
    now: datetime,
    error: AwsError | None = None,
) -> None:
    scope.calls.record(
        Call(
            service=served.service,
            operation=served.name,
            params=params,
            status=reply.status,
            error_code=error.code if error else None,
            response=response,
            at=now,
            hint=error.hint if error else None,
        )
    )


class _Raw(io.BytesIO):
    """A body with the methods of urllib3's response that botocore uses."""

    def stream(self, amt: int = 2**16, decode_content: bool | None = None) -> Iterator[bytes]:
        while chunk := self.read(amt):
            yield chunk
