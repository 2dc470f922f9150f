"""What the calls of all clients have in common, whether they wait for their answers or await them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import botocore.exceptions

from s3tag_mock.exceptions import FROM_TEST_AUTHORS
from s3tag_mock.intercept import caller_place
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.in_flight import BegunCall, InFlight, reset
from s3tag_mock.intercept.private_names import unknown
from s3tag_mock.intercept.request_cycle import answer
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.registry import Operation
from s3tag_mock.protocol.http import Response
from s3tag_mock.protocol.wire_format import compile_wire_format
from s3tag_mock.state.fault import INJECTED, NoAnswer

__tracebackhide__ = FROM_TEST_AUTHORS


def call_of(client: Any, scope: Scope, params: Mapping[str, Any]) -> BegunCall:
    """A call that a client begins.

    :param scope: the mock that is active.
    :param params: as they were given to the client's method.
    """
    try:
        endpoint = client._endpoint
    except AttributeError:
        raise unknown("botocore.client:BaseClient._endpoint") from None
    return BegunCall(
        endpoint, client.meta.service_model.service_name, scope, params, place=caller_place.find()
    )


class Begun:
    """A call from its first step to its end.

    To enter it raises NotSupported when its mock was left before its first step.
    """

    # No generator: every call is in one, and that would take three times as long.
    __slots__ = ("_call", "_token")

    def __init__(self, call: BegunCall) -> None:
        self._call = call

    def __enter__(self) -> None:
        self._token = ACTIVE.begin(self._call)
        if self._call.is_cut_off:
            ACTIVE.begun.end(self._call, self._token)
            self._call.refuse_if_cut_off()

    def __exit__(self, *raised: object) -> None:
        ACTIVE.begun.end(self._call, self._token)


@contextmanager
def on_its_way(in_flight: InFlight) -> Iterator[None]:
    """A call that is being sent.

    :raises NotSupported: when its mock was left since it began.
    """
    token = ACTIVE.in_flight.set(in_flight)
    try:
        with Begun(BegunCall(in_flight.endpoint, in_flight.service, in_flight.scope)):
            yield
    finally:
        reset(ACTIVE.in_flight, token)


def answer_call(scope: Scope, in_flight: InFlight, operation: Operation, request: Any) -> Response:
    """The answer to a client's request.

    :param request: as botocore prepared it; its body can be read at once.
    :raises BotoCoreError: of the kind that botocore's HTTP would raise, when no answer comes.
    """
    retries, in_flight.tries = in_flight.tries, in_flight.tries + 1
    if retries or operation.name == "CreateSession":
        # The client remembers it: where a bucket was found, what tries are left, whose session it has.
        ACTIVE.clients.discard()
        ACTIVE.sessions.discard_clients()
    with raising_as_botocore(in_flight):
        return answer(
            scope,
            operation,
            ACTIVE.compiled(in_flight.operation, compile_wire_format),
            in_flight.origin(),
            request,
            retries=retries,
            read_timeout=lambda: in_flight.read_timeout,
            identity=None if retries or in_flight.api_call is None else in_flight.api_call.identity,
        )


@contextmanager
def raising_as_botocore(in_flight: InFlight) -> Iterator[None]:
    """Where no answer comes, raise what botocore's HTTP would; the retries know it.

    :raises BotoCoreError: of that kind.
    """
    try:
        yield
    except NoAnswer as none:
        if none.raised is not None:
            raise none.raised from None
        kind: Any = getattr(botocore.exceptions, none.name)
        raise kind(endpoint_url=in_flight.endpoint.host, error=INJECTED) from None
