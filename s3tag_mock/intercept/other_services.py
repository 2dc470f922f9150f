"""Calls of services that the mock doesn't play, answered by ``aws.answers``.

The answer's document is next to empty, since its protocol may be any of AWS's: what the test author gave is
put into the result once botocore has parsed it.
"""

from __future__ import annotations

from typing import Any

from botocore.model import OperationModel

from s3tag_mock.dispatch import call_log
from s3tag_mock.dispatch.call import Call
from s3tag_mock.exceptions import AwsError, Misuse
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.in_flight import BegunCall, InFlight
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.protocol import bare
from s3tag_mock.protocol.body import whole
from s3tag_mock.protocol.http import Response
from s3tag_mock.state.answer import Result
from s3tag_mock.state.fault import NoAnswer


def answer(scope: Scope, in_flight: InFlight) -> Response | None:
    """The response to the call in flight; None where no answer is for it.

    :raises NoAnswer: when none comes.
    """
    call, name = in_flight.api_call, in_flight.operation.name
    if call is None:
        return None
    call.answer = None
    step = scope.world.answers.take(in_flight.service, name, call.params)
    if step is None:
        return None
    in_flight.tries, in_flight.is_answered = in_flight.tries + 1, True
    request_id = scope.world.ids.request_id()
    try:
        result = step(call.params, lambda: _no_answer_of_its_own(in_flight))
    except AwsError as error:
        response = bare.failure(in_flight.operation, error, request_id)
        told = {"Error": {"Code": error.code, "Message": error.message, **error.elements}}
        _record(scope, in_flight, call, response.status, told, error.code)
        return response
    except NoAnswer as failure:
        _record(scope, in_flight, call, None, {}, failure.name)
        raise
    call.answer = result
    _record(scope, in_flight, call, 200, result)
    return bare.success(in_flight.operation, request_id, _stream(in_flight.operation, result))


def _stream(model: OperationModel, result: Result) -> bytes:
    """The member of a result that a client reads as a stream."""
    shape = model.output_shape
    if shape is None or not model.has_streaming_output:
        return b""
    content: Any = result.get(shape.serialization["payload"], b"")
    return whole(content)


def fill_in(parsed: dict[str, Any], model: OperationModel, **kwargs: Any) -> None:
    """botocore's event after a response was parsed: put the answer into the result."""
    call = ACTIVE.begun.current
    if call is None or call.answer is None:
        return
    given, call.answer = {**call.answer}, None
    given.pop("ResponseMetadata", None)
    if model.output_shape is not None and model.has_streaming_output:
        given.pop(model.output_shape.serialization["payload"], None)
    parsed.update(given)


def _no_answer_of_its_own(in_flight: InFlight) -> Result:
    raise Misuse(
        f"s3tag_mock doesn't play {in_flight.service}, so it has no answer of its own to "
        f"{in_flight.operation.name}: don't call proceed()."
    )


def _record(
    scope: Scope,
    in_flight: InFlight,
    begun: BegunCall,
    status: int | None,
    response: Result,
    error_code: str | None = None,
) -> None:
    world = scope.world
    call = Call(
        service=in_flight.service,
        operation=in_flight.operation.name,
        params=begun.params,
        status=status,
        error_code=error_code,
        response=response,
        at=world.clock.now(),
        retries=in_flight.tries - 1,
        answered=True,
        place=begun.place,
        sequence=world.next_sequence(),
    )
    with world.lock:
        call_log.record(scope.calls, call)
