"""One call from the request's bytes to the response's: read, perform, write, record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import get_ident
from typing import Any
from urllib.parse import parse_qsl

from s3tag_mock.dispatch import call_log
from s3tag_mock.dispatch.call import Call
from s3tag_mock.dispatch.perform import perform, refuse_document
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError, NotSupported
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.in_flight import Identity, RequestOrigin
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.caller import ANONYMOUS, Caller
from s3tag_mock.operations.context import CallContext, Notes
from s3tag_mock.operations.credentials import caller_of
from s3tag_mock.operations.registry import Operation, Result
from s3tag_mock.permissions.sent import Sent, is_endpoint_secure, is_secure
from s3tag_mock.protocol import body
from s3tag_mock.protocol.address import Address, locate
from s3tag_mock.protocol.http import Request, Response
from s3tag_mock.protocol.parse import Params, UnreadableDocument
from s3tag_mock.protocol.plain_values import NotDirect
from s3tag_mock.protocol.scalars import rfc822
from s3tag_mock.protocol.signing import v4
from s3tag_mock.protocol.wire_format import WireFormat
from s3tag_mock.rules.regions import US_EAST_1
from s3tag_mock.rules.services import SERVICES
from s3tag_mock.state.fault import InjectedError, NoAnswer

__tracebackhide__ = FROM_TEST_AUTHORS


def answer(
    scope: Scope,
    operation: Operation,
    wire_format: WireFormat,
    origin: RequestOrigin,
    request: Any,
    *,
    authenticate: Callable[[], None] = lambda: None,
    retries: int = 0,
    read_timeout: Callable[[], float | None] = lambda: None,
    identity: Identity | None = None,
) -> Response:
    """The response to a request.

    :param authenticate: checks the request's signature, where it has one, before anything is read and once
        its key and token are known.
    :param retries: how often it was tried before.
    :param identity: which it was given already; None for a new one.
    :param read_timeout: how long the client waits, in seconds; None for ever.
    :raises NoAnswer: when none comes, or none in time.
    """
    endpoint = "" if origin.is_served else origin.endpoint_url
    scope.callers.add((origin.credentials.access_key, endpoint))
    cycle = _Cycle(scope, operation, wire_format, origin, identity or identify(scope), retries)
    try:
        caller = _caller(cycle, origin)
        authenticate()
        call = _read(cycle, origin, caller, request)
        result = perform(call, cycle.params, scope.settings.job_progress, read_timeout)
        response = cycle.write(result)
    except AwsError as error:
        response = wire_format.write_error(error, cycle.identity.request_id, cycle.identity.host_id)
        cycle.record_error(response.status, error)
    except NoAnswer as failure:
        cycle.record_no_answer(failure)
        cycle.deliver()
        raise
    except NotSupported as refusal:
        raise scope.refuse(str(refusal)) from None
    return cycle.end(response)


def answer_directly(
    scope: Scope,
    operation: Operation,
    wire_format: WireFormat,
    origin: RequestOrigin,
    params: Params,
    address: Address,
    identity: Identity,
) -> tuple[Response, Result]:
    """The response to a call of which no request was written, and what it was written of.

    :param params: as the operation gets them.
    :raises NotDirect: where it isn't a success; nothing has changed then.
    """
    scope.callers.add((origin.credentials.access_key, origin.endpoint_url))
    cycle = _Cycle(scope, operation, wire_format, origin, identity, params=params)
    try:
        sent = Sent(
            is_secure=is_endpoint_secure(origin.endpoint_url),
            headers=_NotWritten(),
            has_old_signature=origin.signs_old,
        )
        call = cycle.begin(_caller(cycle, origin), address, sent)
        result = perform(call, params, scope.settings.job_progress)
    except (AwsError, NoAnswer, NotSupported):
        raise NotDirect from None
    return cycle.end(cycle.write(result)), result


class _NotWritten(dict[str, str]):
    """The headers of a request that wasn't written: whoever needs one needs all of it."""

    def get(self, name: str, default: Any = None) -> Any:
        raise NotDirect


def identify(scope: Scope) -> Identity:
    """What a call is known by that is answered now."""
    # Without the world's lock, for which threads would wait twice a call: each id is drawn in one step.
    world = scope.world
    request_id, host_id = world.ids.request_id(), world.ids.host_id()
    return Identity(world.clock.now(), request_id, host_id, world.next_sequence())


@dataclass(slots=True)
class _Cycle:
    """One call on its way, and what the call log will hold of it.

    :param params: as far as they could be read.
    """

    scope: Scope
    operation: Operation
    wire_format: WireFormat
    origin: RequestOrigin
    identity: Identity
    retries: int = 0
    params: dict[str, Any] = field(default_factory=dict)
    call: CallContext | None = None
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        self.notes = Notes(request_id=self.identity.request_id, host_id=self.identity.host_id)

    def begin(self, caller: Caller, address: Address, sent: Sent) -> CallContext:
        """The call that a request makes."""
        self.call = CallContext(
            world=self.scope.world,
            now=self.identity.now,
            caller=caller,
            region=address.region or US_EAST_1,
            operation=self.operation,
            method=self.wire_format.method,
            endpoint=address.endpoint,
            sent=sent,
            notes=self.notes,
            served_at=_served_at(self.origin, address),
        )
        return self.call

    def write(self, result: Result) -> Response:
        """Write a success, and record it."""
        response = self.wire_format.write(result, self.identity.request_id, self.identity.host_id)
        self.record(response.status, result)
        return response

    def end(self, response: Response) -> Response:
        """Deliver what the call brought about, and date its answer."""
        self.deliver()
        response.headers["Date"] = rfc822(self.identity.now)
        return response

    def deliver(self) -> None:
        """Deliver the events that it brought about. Functions that get them make calls of their own."""
        is_about_jobs = self.operation.service == "s3control"
        if self.call is None or not (self.notes.happened or is_about_jobs):
            return
        from s3tag_mock.events import delivery

        token = ACTIVE.in_flight.set(None)
        try:
            delivery.deliver(self.call)
            if is_about_jobs:
                delivery.tell_of_jobs(self.call)
        finally:
            ACTIVE.in_flight.reset(token)

    def record(self, status: int, result: Result) -> None:
        """Record a success."""
        took_effect = self.notes.took_effect or not self.notes.answered
        self._record(status, result, None, took_effect=took_effect)

    def record_error(self, status: int, error: AwsError) -> None:
        """Record an error that AWS answers."""
        described = {"Code": error.code, "Message": error.message, **error.elements}
        is_injected = isinstance(error, InjectedError)
        self._record(
            status,
            {"Error": described},
            error.code,
            hint_source=error.hint_source,
            injected=is_injected,
            took_effect=(is_injected or self.notes.answered) and self.notes.took_effect,
        )

    def record_no_answer(self, failure: NoAnswer) -> None:
        """Record a connection that failed."""
        injected = failure.raised is None
        self._record(None, {}, failure.name, injected=injected, took_effect=self.notes.took_effect)

    def _record(self, status: int | None, response: Result, error_code: str | None, **details: Any) -> None:
        call = Call(
            service=self.operation.service,
            operation=self.operation.name,
            params=self.params,
            status=status,
            error_code=error_code,
            response=response,
            at=self.identity.now,
            retries=self.retries,
            erased=self.notes.erased,
            tags_before=self.notes.before,
            tags_after=self.notes.after,
            delay=self.notes.delay,
            answered=self.notes.answered,
            place=self.origin.place,
            writer=(self.origin.client, get_ident()) if self.origin.client else None,
            sequence=self.identity.sequence,
            **details,
        )
        self.scope.world.alone(call_log.record, self.scope.calls, call)


def _read(cycle: _Cycle, origin: RequestOrigin, caller: Caller, request: Any) -> CallContext:
    """The call that a request makes; its parameters go into the cycle."""
    wire_format = cycle.wire_format
    arrived = body.read(
        wire_format.method, request.url, request.headers, request.body, streams=wire_format.streams
    )
    if cycle.operation.service == "s3":
        body.check_length(arrived.headers)
    address = locate(
        arrived.url,
        names_bucket=wire_format.names_bucket,
        endpoint_url=origin.endpoint_url,
        region=origin.region,
    )
    call = cycle.begin(caller, address, _sent(cycle.operation, arrived, origin))
    operation = cycle.operation
    if operation.is_supported or call.world.answers.concern(operation.service, operation.name):
        try:
            cycle.params = wire_format.read(arrived, address)
        except UnreadableDocument as problem:
            cycle.params = problem.params
            refuse_document(call, problem.params, problem)
    return call


def _served_at(origin: RequestOrigin, address: Address) -> str | None:
    """The URL of the mock's own server, where a request came to it, and not through it to a host of AWS's."""
    is_here = origin.is_served and address.endpoint == "custom"
    return origin.endpoint_url.replace("https:", "http:", 1) if is_here else None


def _sent(operation: Operation, arrived: Request, origin: RequestOrigin) -> Sent:
    """How a request was sent, and says who it is from."""
    query = arrived.url.partition("?")[2]
    secure, headers = is_secure(arrived.url), arrived.headers
    if operation.name == "PostObject":
        return Sent("POST", secure, headers=headers)
    if "Signature=" not in query:
        has_old_signature = origin.signs_old or headers.get("authorization", "").startswith("AWS ")
        return Sent("REST-HEADER", secure, headers=headers, has_old_signature=has_old_signature)
    given = dict(parse_qsl(query))
    return Sent(
        "REST-QUERY-STRING",
        secure,
        headers=headers,
        signed_at=v4.date(given.get("X-Amz-Date", "")),
        has_old_signature="X-Amz-Signature" not in given,
    )


def _caller(cycle: _Cycle, origin: RequestOrigin) -> Caller:
    if origin.is_anonymous:
        return ANONYMOUS
    settings = cycle.scope.settings
    return caller_of(
        cycle.scope.world,
        origin.credentials,
        cycle.identity.now,
        account=settings.account_id,
        form=SERVICES[cycle.operation.service].errors,
        refuses_unknown=settings.unknown_keys == "refuse",
    )
