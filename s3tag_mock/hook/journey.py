"""The whole journey of a call, from the request's bytes to the answer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from typing import Any

from s3tag_mock import dispatch
from s3tag_mock.aws_error import AwsError
from s3tag_mock.calls import Call
from s3tag_mock.hook.activation import Scope, Sender
from s3tag_mock.operations.context import CallContext, Notes
from s3tag_mock.operations.registry import Operation
from s3tag_mock.protocol import body
from s3tag_mock.protocol.address import locate
from s3tag_mock.protocol.http import Reply, Request
from s3tag_mock.protocol.scalars import rfc822
from s3tag_mock.protocol.wire import Plan
from s3tag_mock.rules.access_keys import ANONYMOUS, account_of
from s3tag_mock.rules.regions import US_EAST_1
from s3tag_mock.state.fault import InjectedError, NoAnswer


def answer(
    scope: Scope,
    served: Operation,
    plan: Plan,
    sender: Sender,
    request: Any,
    *,
    retries: int = 0,
    read_timeout: Callable[[], float | None] = lambda: None,
) -> Reply:
    """The whole journey of a call: read, perform, write, record.

    :param retries: how often it was tried before.
    :param read_timeout: tells for how long the sender waits, in seconds; None for ever.
    :raises NoAnswer: when none comes, or none in time.
    """
    now = scope.world.clock.now()
    with scope.world.lock:
        request_id, host_id = scope.world.ids.request_id(), scope.world.ids.host_id()
    scope.senders.add((sender.access_key, sender.endpoint_url))
    journey = _Journey(scope, served, now, scope.world.moment(), retries)
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
            notes=journey.notes,
        )
        if served.honours is not None:
            journey.params = plan.read(arrived, address)
        result = dispatch.perform(served, call, journey.params, scope.settings.job_progress)
        if _is_too_late(journey.notes, read_timeout):
            journey.notes.took_effect = True
            raise NoAnswer("ReadTimeoutError")
        reply = plan.write(result, request_id, host_id)
        journey.record(reply.status, result)
    except AwsError as error:
        if _is_too_late(journey.notes, read_timeout):
            journey.record(None, {}, "ReadTimeoutError", injected=True)
            raise NoAnswer("ReadTimeoutError") from None
        reply = plan.write_error(error, request_id, host_id)
        journey.record_error(reply.status, error)
    except NoAnswer as none:
        journey.record(None, {}, none.name, injected=True)
        raise
    reply.headers["Date"] = rfc822(now)
    return reply


def _is_too_late(notes: Notes, read_timeout: Callable[[], float | None]) -> bool:
    return bool(notes.delay) and notes.delay > (read_timeout() or inf)


def received(request: Any, *, streams: bool, method: str = "POST") -> Request:
    """A request with its whole body, as :func:`s3tag_mock.protocol.body.read` reads it."""
    return body.read(method, request.url, request.headers, request.body, streams=streams)


def _account(scope: Scope, sender: Sender) -> str:
    if sender.is_anonymous:
        return ANONYMOUS
    return account_of(sender.access_key) or scope.settings.account_id


@dataclass(slots=True)
class _Journey:
    """What the call log is told of a call."""

    scope: Scope
    served: Operation
    now: datetime
    moment: int
    retries: int
    params: dict[str, Any] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)

    def record_error(self, status: int, error: AwsError) -> None:
        described = {"Code": error.code, "Message": error.message, **error.elements}
        self.record(
            status,
            {"Error": described},
            error.code,
            hint=error.hint,
            injected=isinstance(error, InjectedError),
        )

    def record(
        self,
        status: int | None,
        response: dict[str, Any],
        error_code: str | None = None,
        *,
        hint: str | None = None,
        injected: bool = False,
    ) -> None:
        self.scope.calls.record(
            Call(
                service=self.served.service,
                operation=self.served.name,
                params=self.params,
                status=status,
                error_code=error_code,
                response=response,
                at=self.now,
                hint=hint,
                retries=self.retries,
                erased=self.notes.erased,
                injected=injected,
                delay=self.notes.delay,
                took_effect=error_code is None or (injected and self.notes.took_effect),
                moment=self.moment,
            )
        )
