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
from typing import Any
from weakref import WeakKeyDictionary

import botocore
import botocore.exceptions
from botocore.awsrequest import AWSResponse
from botocore.endpoint import Endpoint
from botocore.model import OperationModel

from s3tag_mock.intercept import moto
from s3tag_mock.intercept.activation import ACTIVE, InFlight
from s3tag_mock.intercept.ours import client_call
from s3tag_mock.intercept.patching import patch
from s3tag_mock.intercept.request_cycle import answer
from s3tag_mock.rules.services import EVENT_NAMES
from s3tag_mock.state.fault import INJECTED, NoAnswer


def install(undo: ExitStack) -> None:
    """Answer clients from now on; ``undo`` takes the handlers out of every client again."""
    entered: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
    step_before_moto = moto.install(undo)
    step_before_moto()
    undo.callback(_leave_all, entered)
    original = Endpoint.make_request

    # botocore gives no public way from an endpoint to its client's emitter; a test pins this one.
    def make_request(self: Any, operation_model: OperationModel, request_dict: dict[str, Any]) -> Any:
        if ACTIVE.current is None:
            # Somebody else's wrapper around this one outlived the mock.
            return original(self, operation_model, request_dict)
        step_before_moto()
        if self._event_emitter not in entered:
            _enter(self._event_emitter, operation_model.service_model.service_id.hyphenize(), entered)
        in_flight = ACTIVE.in_flight.set(InFlight(operation_model, self, request_dict))
        try:
            return original(self, operation_model, request_dict)
        finally:
            ACTIVE.in_flight.reset(in_flight)

    patch(undo, Endpoint, "make_request", make_request)


def _enter(emitter: Any, service_id: str, entered: WeakKeyDictionary[Any, str]) -> None:
    """Put our handlers into a client's emitter; a client is of one service."""
    if service_id not in EVENT_NAMES:
        return
    with ACTIVE.lock:
        if emitter in entered:
            return
        for event, unique_id, handler in _handlers(service_id):
            emitter.register_first(event, handler, unique_id)
        entered[emitter] = service_id


def _leave_all(entered: WeakKeyDictionary[Any, str]) -> None:
    for emitter, service_id in list(entered.items()):
        for event, unique_id, _ in _handlers(service_id):
            emitter.unregister(event, unique_id=unique_id)
    entered.clear()


def _handlers(service_id: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Our handlers, with the events that they hear and ids that make them enter an emitter once."""
    handlers: dict[str, Callable[..., Any]] = {
        "before-send": _answer,
        "before-sign": _note_access_key,
        "choose-signer": _unsigned,
    }
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
    in_flight.access_key = kept.get("access_key", kept.get("_access_key"))


def _unsigned(context: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
    """Leave requests unsigned, so that no credentials are needed, fetched or refreshed.

    Only in a call: outside one, generate_presigned_url must sign as ever. And not for directory
    buckets, whose calls botocore can't leave unsigned.
    """
    if ACTIVE.serving is None:
        return None
    if (context or {}).get("signing", {}).get("signing_name") == "s3express":
        return None
    return botocore.UNSIGNED


def _answer(request: Any, **kwargs: Any) -> AWSResponse | None:
    """The answer to a request; None when it isn't ours."""
    ours = client_call()
    if ours is None:
        return None
    scope, in_flight, operation = ours
    retries, in_flight.tries = in_flight.tries, in_flight.tries + 1
    if retries or operation.name == "CreateSession":
        # The client remembers it: where a bucket was found, what tries are left, whose session it has.
        ACTIVE.clients.discard()
    try:
        response = answer(
            scope,
            operation,
            ACTIVE.wire_format(in_flight.operation),
            in_flight.origin(),
            request,
            retries=retries,
            read_timeout=lambda: in_flight.read_timeout,
        )
    except NoAnswer as none:
        raise _as_botocore_raises(none.name, in_flight.endpoint.host) from None
    headers: Any = response.headers
    return AWSResponse(request.url, response.status, headers, _Raw(response.body))


def _as_botocore_raises(name: str, url: str) -> Exception:
    """The exception of botocore's that its HTTP would raise; the retries know it."""
    kind: Any = getattr(botocore.exceptions, name)
    raised: Exception = kind(endpoint_url=url, error=INJECTED)
    return raised


class _Raw(io.BytesIO):
    """A body with the methods of urllib3's response that botocore uses."""

    def stream(self, amt: int = 2**16, decode_content: bool | None = None) -> Iterator[bytes]:
        while chunk := self.read(amt):
            yield chunk
