"""Into every client's calls while a mock is active, and out again.

``Endpoint.make_request`` is what every client of botocore sends through, however and whenever it
was made: boto3's clients and resources, s3transfer's threads, the AWS CLI. It is wrapped while a
mock is active, and puts our handlers into the client's own emitter just before the client sends.
So our answer comes at ``before-send``, after all that botocore and the user's handlers do.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping
from functools import partial
from inspect import iscoroutine
from typing import Any, Final
from weakref import WeakKeyDictionary

import botocore
from botocore.credentials import RefreshableCredentials
from botocore.model import OperationModel, ServiceModel

from s3tag_mock.exceptions import FROM_TEST_AUTHORS
from s3tag_mock.intercept import (
    aiobotocore_client,
    direct_calls,
    emitters,
    moto_sessions,
    other_services,
)
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.botocore_answer import to_botocore
from s3tag_mock.intercept.client_calls import (
    Begun,
    answer_call,
    call_of,
    on_its_way,
    raising_as_botocore,
)
from s3tag_mock.intercept.emitters import EnteredClient
from s3tag_mock.intercept.in_flight import InFlight, reset
from s3tag_mock.intercept.ours import client_call
from s3tag_mock.intercept.patching import is_their_own
from s3tag_mock.intercept.private_names import unknown
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.credentials import Credentials
from s3tag_mock.protocol.plain_values import NotDirect
from s3tag_mock.rules.services import EVENT_NAMES

__tracebackhide__ = FROM_TEST_AUTHORS


#: The emitters of clients that have our handlers.
_Entered = WeakKeyDictionary[Any, EnteredClient]
#: How botocore names credentials that assuming a role gave.
_OF_ROLES: Final = ("assume-role", "assume-role-with-web-identity")


def _answering(original: Callable[..., Any]) -> Callable[..., Any]:
    def make_request(self: Any, operation_model: OperationModel, request_dict: dict[str, Any]) -> Any:
        call = ACTIVE.begun.current
        scope = ACTIVE.current if call is None else call.scope
        if scope is None:
            # Somebody else's wrapper around this one outlived the mock.
            return original(self, operation_model, request_dict)
        try:
            emitter, _, _ = self._event_emitter, self.host, self.http_session
        except AttributeError as gone:
            raise unknown(f"botocore.endpoint:Endpoint.{gone.name}") from None
        client = _entered(emitter, operation_model.service_model, scope)
        number = 0 if client is None else client.number
        in_flight = InFlight(operation_model, self, scope, request_dict, api_call=call, client=number)
        with on_its_way(in_flight):
            sent = original(self, operation_model, request_dict)
        if iscoroutine(sent):
            return aiobotocore_client.awaited(in_flight, sent)
        moto_sessions.note(in_flight, sent)
        return sent

    return make_request


def _noting(original: Callable[..., Any]) -> Callable[..., Any]:
    """Note calls from their first step on: a handler may hold one until its mock was left."""
    # Somebody's wrapper of it would see a call twice that is tried both ways.
    may_try = is_their_own(original)

    def make_api_call(self: Any, operation_name: str, api_params: Any) -> Any:
        scope = ACTIVE.current
        if scope is None:
            return original(self, operation_name, api_params)
        call = call_of(self, scope, api_params)
        with Begun(call):
            client = _entered(self.meta.events, self.meta.service_model, scope)
            if (
                may_try
                and client is not None
                and direct_calls.is_open(
                    self, call, client.listeners, client.service_id, operation_name, api_params
                )
            ):
                call.number = client.number
                make = partial(original, self, operation_name, api_params)
                made = direct_calls.attempt(call, operation_name, api_params, make)
                if made is not None:
                    return made
            return original(self, operation_name, api_params)

    return make_api_call


#: Around a client's call, and its sending.
WRAPPERS: Final = {
    "botocore.client:BaseClient._make_api_call": _noting,
    "botocore.endpoint:Endpoint.make_request": _answering,
}


def _entered(emitter: Any, service: ServiceModel, scope: Scope) -> EnteredClient | None:
    """A client with our handlers in its emitter, where there are any for its service."""
    entered: _Entered = ACTIVE.entered_emitters
    client = entered.get(emitter)
    if client is not None:
        return client
    service_id = service.service_id.hyphenize()
    if service_id not in EVENT_NAMES and not scope.world.answers:
        return None
    with ACTIVE.lock:
        if emitter not in entered:
            kept = ACTIVE.kept_emitters.get(id(emitter))
            entered[emitter] = emitters.enter(emitter, kept, service_id, _handlers(service_id))
        return entered[emitter]


def leave_all() -> None:
    """Take our handlers out of every client."""
    entered: _Entered = ACTIVE.entered_emitters
    if not entered:
        return
    for emitter, client in list(entered.items()):
        emitters.leave(emitter, ACTIVE.kept_emitters.get(id(emitter)), client, _handlers(client.service_id))
    entered.clear()


def _handlers(service_id: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Our handlers, with the events that they hear and ids that make them enter an emitter once."""
    handlers: dict[str, Callable[..., Any]] = (
        {
            "before-call": _answer_directly,
            "before-send": _answer,
            "before-sign": _note_credentials,
            "choose-signer": _unsigned,
        }
        if service_id in EVENT_NAMES
        else {"before-send": _answer_other, "after-call": other_services.fill_in}
    )
    for event, handler in handlers.items():
        # Whoever chooses a signer for S3 alone is asked before us, and is heard.
        heard = event if event == "choose-signer" else f"{event}.{service_id}"
        yield heard, f"s3tag_mock-{event}-{service_id}", handler


def _note_credentials(
    request_signer: Any = None, signature_version: Any = None, **kwargs: Any
) -> Coroutine[Any, Any, None] | None:
    """Remember whose call it is.

    Credentials that would have to be fetched first are left alone, but for those of a role that were made
    inside a mock, whose AssumeRole is this mock's.
    """
    in_flight = ACTIVE.in_flight.get()
    if in_flight is None or request_signer is None:
        return None
    is_chosen = signature_version is botocore.UNSIGNED and not in_flight.is_left_unsigned
    in_flight.is_unsigned = is_chosen or request_signer.signature_version is botocore.UNSIGNED
    in_flight.is_left_unsigned = False
    in_flight.signs_old = request_signer.signature_version == "s3"
    try:
        credentials = request_signer._credentials
    except AttributeError:
        raise unknown("botocore.signers:RequestSigner._credentials") from None
    # Reading `access_key` of refreshable credentials would fetch them.
    kept = {} if credentials is None else vars(credentials)
    if isinstance(credentials, RefreshableCredentials):
        if credentials in ACTIVE.made_inside and credentials.method in _OF_ROLES:
            return _note_role(in_flight, credentials.get_frozen_credentials())
        if "_access_key" not in kept:
            raise unknown("botocore.credentials:RefreshableCredentials._access_key")
    in_flight.credentials = Credentials(
        kept.get("access_key", kept.get("_access_key")),
        kept.get("token", kept.get("_token")),
        kept.get("secret_key", kept.get("_secret_key")),
    )
    return None


def _note_role(in_flight: InFlight, fetched: Any) -> Coroutine[Any, Any, None] | None:
    """Remember fetched credentials, those of an asynchronous client once they have been awaited."""

    def note(frozen: Any) -> None:
        in_flight.credentials = Credentials(frozen.access_key, frozen.token, frozen.secret_key)

    async def awaited() -> None:
        note(await fetched)

    if iscoroutine(fetched):
        return awaited()
    note(fetched)
    return None


def _unsigned(context: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
    """Leave requests unsigned, so that no credentials are needed, fetched or refreshed.

    Only in a call that is ours: outside one, generate_presigned_url must sign as usual, and moto reads
    signatures. And not for directory buckets, whose calls botocore can't leave unsigned.
    """
    ours = client_call()
    if ours is None or (context or {}).get("signing", {}).get("signing_name") == "s3express":
        return None
    _, in_flight, _ = ours
    in_flight.is_left_unsigned = True
    return botocore.UNSIGNED


def _answer_directly(
    model: OperationModel, params: Mapping[str, Any], request_signer: Any, context: Any, **kwargs: Any
) -> Any:
    """The answer to a call that goes the short way; None to any other."""
    call = ACTIVE.begun.current
    direct = None if call is None else call.direct
    if call is None or direct is None or direct.form is None:
        return None
    # Functions that get its events may serialize what they like, such as a URL that they presign.
    form, call.direct = direct.form, None
    request = direct_calls.request_of(call, form, direct.params, params, context)
    in_flight = InFlight(model, call.endpoint, call.scope, params, api_call=call, client=call.number)
    # Not `on_its_way`: nothing is sent, and that the client's call has begun is noted already.
    token = ACTIVE.in_flight.set(in_flight)
    try:
        _note_credentials(request_signer)
        ours = client_call()
        if ours is None:
            call.refuse_if_cut_off()
            raise NotDirect
        return direct_calls.answer(*ours, form, request)
    finally:
        reset(ACTIVE.in_flight, token)


def _answer(request: Any, **kwargs: Any) -> Any:
    """The answer to a request, for an asynchronous client what it awaits; None when it isn't ours."""
    if isinstance(request, direct_calls.DirectRequest):
        return None if request.response is None else to_botocore(request, request.response)
    ours = client_call()
    if ours is None:
        return None
    _, in_flight, _ = ours
    if in_flight.is_async:
        return aiobotocore_client.answered(in_flight, request, partial(answer_call, *ours))
    return to_botocore(request, answer_call(*ours, request))


def _answer_other(request: Any, **kwargs: Any) -> Any:
    """The answer of ``aws.answers`` to a request of a service that isn't ours; None where there is none."""
    serving = ACTIVE.serving
    if serving is None:
        return None
    scope, in_flight = serving
    with raising_as_botocore(in_flight):
        response = other_services.answer(scope, in_flight)
    if response is None:
        return None
    if in_flight.is_async:
        return aiobotocore_client.to_aiobotocore(in_flight, request, response)
    return to_botocore(request, response)
