"""The short way of a client's call: from its parameters to the operation, without a request.

Where nobody but botocore listens to a call and its parameters are plain, nobody could tell whether a request
was written, signed and read. botocore emits its events up to ``before-call``, checks the parameters and finds
the endpoint as ever, and its parser reads the answer. What isn't a success is done once more the long way:
errors change nothing, and redirects and retries are botocore's. ``S3TAG_MOCK_WAY=wire`` closes the short way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from botocore.client import BaseClient
from botocore.endpoint import Endpoint
from botocore.hooks import EventAliaser
from botocore.model import OperationModel
from botocore.parsers import ResponseParserFactory

from s3tag_mock.exceptions import FROM_TEST_AUTHORS
from s3tag_mock.intercept import variables
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.botocore_answer import to_botocore
from s3tag_mock.intercept.in_flight import BegunCall, DirectCall, InFlight
from s3tag_mock.intercept.listeners import Listeners, logs_are_read
from s3tag_mock.intercept.request_cycle import answer_directly, identify
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.intercept.steps import STEPS
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.registry import Operation
from s3tag_mock.protocol.address import Address, locate
from s3tag_mock.protocol.direct import Params, compile_direct
from s3tag_mock.protocol.direct_answer import compile_answer_reader
from s3tag_mock.protocol.direct_form import DirectForm
from s3tag_mock.protocol.http import Response
from s3tag_mock.protocol.plain_values import NotDirect
from s3tag_mock.protocol.wire_format import compile_wire_format

__tracebackhide__ = FROM_TEST_AUTHORS

_SERVICES: Final = frozenset({"s3", "s3control"})
#: Operations whose answers are streams of events, or which the client remembers, or which ask for permission
#: again after something was changed, and might need a header then.
_NEVER: Final = frozenset({"CreateSession", "DeleteObjects", "SelectObjectContent"})
#: What the long way needs of an endpoint, and looks for.
_NEEDED: Final = frozenset({"_event_emitter", "host", "http_session"})
#: Types of parameters that have to be read from somewhere.
_PLAIN: Final = (str, bytes, bytearray)


def is_open(
    client: Any,
    call: BegunCall,
    listeners: Listeners,
    service_id: str,
    operation: str,
    params: Params,
) -> bool:
    """Whether a call may go the short way.

    :param listeners: of the client.
    :param service_id: as it stands in the names of events.
    :param params: as they were given to the client's method.
    """
    scope, endpoint = call.scope, call.endpoint
    world = scope.world
    return (
        call.service in _SERVICES
        and operation in OPERATIONS.of_service(call.service)
        and operation not in _NEVER
        and not (world.faults or world.answers or scope.settings.passthrough)
        and isinstance(params.get("Body", b""), _PLAIN)
        and type(params) is dict
        and type(endpoint) is Endpoint
        and _is_as_botocore_made_it(client, endpoint)
        and ACTIVE.steps.are_their_own()
        # botocore tells of a success, too, that no more tries were left.
        and (client.meta.config.retries or {}).get("total_max_attempts") != 1
        and listeners.are_harmless(client.meta.events, service_id, operation)
        and not logs_are_read()
        and variables.value(b"S3TAG_MOCK_WAY") != b"wire"
    )


def _is_as_botocore_made_it(client: Any, endpoint: Any) -> bool:
    factory = getattr(endpoint, "_response_parser_factory", None)
    return (
        vars(endpoint).keys() >= _NEEDED
        and type(factory) is ResponseParserFactory
        # Parsers of somebody who wants texts in place of times.
        and vars(factory) == {"_defaults": {}}
        and vars(endpoint).keys().isdisjoint(STEPS[Endpoint])
        and vars(client).keys().isdisjoint(STEPS[BaseClient])
        and vars(client.meta.events).keys().isdisjoint(STEPS[EventAliaser])
    )


def _serializing(original: Callable[..., Any]) -> Callable[..., Any]:
    def serialize_to_request(self: Any, parameters: Params, operation_model: OperationModel) -> Any:
        call = ACTIVE.begun.current
        direct = None if call is None else call.direct
        if call is None or direct is None or direct.operation != operation_model.name:
            return original(self, parameters, operation_model)
        try:
            form = ACTIVE.compiled(operation_model, _compile_form)
            direct.params = form.passing.read(parameters)
        except NotDirect:
            call.direct = None
            return original(self, parameters, operation_model)
        direct.form = form
        # What botocore looks at before the call; the parameters are read already.
        return {"url_path": "/", "query_string": {}, "headers": {}, "body": b""}

    return serialize_to_request


#: Around what writes requests.
WRAPPERS: Final = {"botocore.serialize:BaseRestSerializer.serialize_to_request": _serializing}


@dataclass(slots=True, eq=False)
class DirectRequest:
    """What stands in a request's place.

    :param params: as the operation gets them.
    :param response: the answer, once there is one.
    """

    method: str
    url: str
    params: Params
    address: Address
    headers: Mapping[str, Any] = field(default_factory=dict)
    body: bytes = b""
    response: Response | None = None


def _compile_form(operation: OperationModel) -> DirectForm:
    return DirectForm(
        compile_direct(operation),
        ACTIVE.compiled(operation, compile_wire_format),
        compile_answer_reader(operation),
    )


def request_of(
    call: BegunCall,
    form: DirectForm,
    params: Params,
    request: Mapping[str, Any],
    context: Mapping[str, Any],
) -> DirectRequest:
    """What is sent in place of the request.

    :param params: as the operation gets them; what botocore puts into headers beside them is added here.
    :param request: as botocore made it, without what the parameters would have put there.
    :param context: botocore's own of the call.
    :raises NotDirect: where the request's address or headers say more than the parameters.
    """
    direct, format_ = form.passing, form.wire_format
    checksum = context.get("checksum", {})
    if "request_algorithm" in checksum:
        algorithm = checksum["request_algorithm"]
        if not isinstance(algorithm, dict):
            raise NotDirect  # older versions send the MD5 of the very bytes
        if direct.has_raw_body and algorithm["in"] != "trailer":
            raise NotDirect  # the body's length is a parameter, too
        direct.add_checksum(params, algorithm["algorithm"])
        named = checksum.get("request_algorithm_header")
        if named is not None:
            params[_param_of(direct.headers, named["name"])] = named["value"]
    elif direct.has_raw_body:
        raise NotDirect
    for header, value in request["headers"].items():
        if header != "User-Agent":
            params[_param_of(direct.headers, header)] = value
    if context.get("signing", {}).get("signing_name") == "s3express":
        raise NotDirect  # botocore signs with a session, which it has to begin
    address = _located(request["url"], format_.names_bucket, call.endpoint.host, context["client_region"])
    if address.bucket != (params["Bucket"] if format_.names_bucket else ""):
        raise NotDirect  # an access point's other spelling, or an endpoint that names a bucket itself
    return DirectRequest(format_.method, request["url"], params, address)


@lru_cache(maxsize=256)
def _located(url: str, names_bucket: bool, endpoint_url: str, region: str | None) -> Address:
    address = locate(url, names_bucket=names_bucket, endpoint_url=endpoint_url, region=region)
    if "/" in address.path.strip("/"):
        raise NotDirect  # the endpoint names the bucket itself, so that its name begins the key, too
    return address


def _param_of(headers: Mapping[str, str], header: str) -> str:
    name = headers.get(header.lower())
    if name is None:
        raise NotDirect
    return name


def answer(
    scope: Scope, in_flight: InFlight, operation: Operation, form: DirectForm, request: DirectRequest
) -> Any:
    """The answer to what is no request, and what botocore's parser makes of it.

    :raises NotDirect: where it isn't a success.
    """
    call = in_flight.api_call
    assert call is not None
    call.identity = identify(scope)
    response, result = answer_directly(
        scope,
        operation,
        form.wire_format,
        in_flight.origin(),
        request.params,
        request.address,
        call.identity,
    )
    try:
        answered = to_botocore(request, response), form.read_answer(result, response)
    except NotDirect:
        answered = _parsed(in_flight, request, response)
    answered[1]["ResponseMetadata"]["RetryAttempts"] = 0
    return answered


def _parsed(in_flight: InFlight, request: DirectRequest, response: Response) -> Any:
    """An answer that botocore's parser has to read: our handler gives it as any other."""
    request.response = response
    answered, _ = in_flight.endpoint._do_get_response(
        request, in_flight.operation, in_flight.request["context"]
    )
    return answered


def attempt(call: BegunCall, operation: str, params: Params, make: Callable[[], Any]) -> Any:
    """Try the short way.

    :param params: of the call; botocore replaces some of them by what it sends.
    :param make: makes the call.
    :return: its result; None where the long way has to be taken, with the parameters as they were given.
    """
    call.direct, given = DirectCall(operation), dict(params)
    try:
        return make()
    except NotDirect:
        params.clear()
        params.update(given)
        return None
    except Exception:
        # Without our handlers, which were taken out with the mock, botocore makes no request of it.
        call.refuse_if_cut_off()
        raise
    finally:
        call.direct = None
