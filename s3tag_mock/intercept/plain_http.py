"""Requests of plain HTTP, that no client of this process makes: which operation each is, and its answer.

All ways in for them use this: the HTTP libraries of this process, and the server for other processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from s3tag_mock.dispatch.find import find, no_such_operation, not_supported
from s3tag_mock.exceptions import AwsError
from s3tag_mock.intercept import caller_place, signatures
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.in_flight import RequestOrigin
from s3tag_mock.intercept.ours import PlainRequest
from s3tag_mock.intercept.request_cycle import answer
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.credentials import Credentials
from s3tag_mock.operations.registry import Operation
from s3tag_mock.operations.s3.post_object import POST_OBJECT
from s3tag_mock.operations.s3.preflight import OPTIONS_OBJECT, rules_of
from s3tag_mock.protocol import body, form, operation_of, preflight, query_headers, route
from s3tag_mock.protocol.address import Address, locate
from s3tag_mock.protocol.destination import service_of
from s3tag_mock.protocol.http import Response
from s3tag_mock.protocol.signing import forms, requests
from s3tag_mock.protocol.wire_format import WireFormat, compile_wire_format
from s3tag_mock.rules import cors_requests
from s3tag_mock.rules.regions import LOCATION_CONSTRAINTS, US_EAST_1
from s3tag_mock.rules.services import SERVICES


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a request came in.

    :param endpoint: the URL of which its URL is a part, as a client would have it for its endpoint.
    :param retries: how often it was sent before, as far as its sender says.
    :param is_served: whether it came to a server of the mock's own.
    :param place: file and line of whoever sent it; None where they are at work while it is answered.
    """

    endpoint: str
    retries: int = 0
    is_served: bool = False
    place: tuple[str, int] | None = None


def answer_here(scope: Scope, request: PlainRequest, place: tuple[str, int] | None = None) -> Response:
    """The answer to a request of this process, which is sent to S3's hosts or signed for S3.

    :param place: file and line of whoever sent it; None where they are at work.

    :raises NoAnswer: when none comes.
    :raises NotSupported: for a parameter that isn't supported.
    """
    service = service_of(request.method, request.url, request.lower)
    if service not in SERVICES:  # it has two signatures, or its host is another service's
        service = "s3"
    return answer_plain(scope, service, request, Arrival(_endpoint(scope, request.url), place=place))


def error_response(scope: Scope, problem: AwsError, service: str = "s3", method: str = "GET") -> Response:
    """The answer that tells of an error which no operation raised: the request can't be read, say.

    :param service: botocore's name of the one that answers.
    """
    with scope.world.lock:
        request_id, host_id = scope.world.ids.request_id(), scope.world.ids.host_id()
    return WireFormat.of_errors(service, method).write_error(problem, request_id, host_id)


def _endpoint(scope: Scope, url: str) -> str:
    """The endpoint that a URL belongs to: of a client that has called, or the URL's own host."""
    parts = urlsplit(url)
    for _, endpoint in list(scope.callers):
        own = urlsplit(endpoint)
        is_host = parts.netloc == own.netloc or parts.netloc.endswith(f".{own.netloc}")
        if endpoint and is_host and parts.path.startswith(own.path):
            return endpoint
    return f"{parts.scheme}://{parts.netloc}"


def answer_plain(scope: Scope, service: str, request: PlainRequest, arrival: Arrival) -> Response:
    """The answer to a request.

    :param service: botocore's name of the one that it is for, which is ours.
    :raises NoAnswer: when none comes.
    :raises NotSupported: for a parameter that isn't supported.
    """
    if service == "s3":
        return _answer_s3(scope, request, arrival)
    served, wire_format = _found(service, request)
    address = locate(request.url, names_bucket=wire_format.names_bucket, endpoint_url=arrival.endpoint)
    origin = _origin(scope, arrival, address, requests.credentials_of(address.query, request.lower), request)
    check = signatures.checker(scope, request, address, service)
    return answer(scope, served, wire_format, origin, request, authenticate=check, retries=arrival.retries)


def _answer_s3(scope: Scope, request: PlainRequest, arrival: Arrival) -> Response:
    address = locate(request.url, names_bucket=True, endpoint_url=arrival.endpoint)
    if request.method == "OPTIONS":
        origin = _origin(scope, arrival, address, (None, None), request)
        return answer(scope, OPTIONS_OBJECT, preflight.OPTIONS_OBJECT, origin, request)
    response = _performed(scope, request, arrival, address)
    if "origin" in request.lower:
        response.headers.update(_cors_headers(scope, request, address))
    return response


def _cors_headers(scope: Scope, request: PlainRequest, address: Address) -> Mapping[str, str]:
    """What an answer says to a browser that is on another site."""
    bucket = scope.world.bucket_behind(address.bucket, address.region or scope.settings.region)
    rules = () if bucket is None else rules_of(bucket)
    return cors_requests.headers_of_answer(rules, request.method, request.lower) or {}


def _performed(scope: Scope, request: PlainRequest, arrival: Arrival, address: Address) -> Response:
    check = signatures.checker(scope, request, address, "s3")
    if request.is_form():
        origin = _origin(scope, arrival, address, forms.credentials_of(request.fields), request)
        return answer(scope, POST_OBJECT, form.POST_OBJECT, origin, request, authenticate=check)
    served, wire_format = _found_s3(request, address)
    origin = _origin(scope, arrival, address, requests.credentials_of(address.query, request.lower), request)
    if not served.is_supported:
        return answer(scope, served, wire_format, origin, request, retries=arrival.retries)
    wire_format = replace(wire_format, parser=query_headers.reading(wire_format.parser))
    return answer(scope, served, wire_format, origin, request, authenticate=check, retries=arrival.retries)


def _origin(
    scope: Scope,
    arrival: Arrival,
    address: Address,
    credentials: tuple[str | None, str | None],
    request: PlainRequest,
) -> RequestOrigin:
    region = signatures.region_of(scope, address) or address.region or _signed_region(scope, request)
    return RequestOrigin(
        arrival.endpoint,
        region,
        Credentials(*credentials),
        is_anonymous=credentials[0] is None,
        place=None if arrival.is_served else arrival.place or caller_place.find(),
        is_served=arrival.is_served,
    )


def _signed_region(scope: Scope, request: PlainRequest) -> str:
    """The region that a request to an endpoint of all regions was signed for; the mock's own where that is
    none of AWS's: clients that need no region sign for ones of their own invention.
    """
    signed = requests.scope_of(urlsplit(request.url).query, request.lower)
    is_region = signed is not None and (signed[0] == US_EAST_1 or signed[0] in LOCATION_CONSTRAINTS)
    return signed[0] if signed is not None and is_region else scope.settings.region


def _found_s3(request: PlainRequest, address: Address) -> tuple[Operation, WireFormat]:
    operation = route.find(ACTIVE.routes, request.method, address.path, address.query, request.lower)
    if operation is None and request.method == "POST" and route.is_of_bucket(address.path):
        return POST_OBJECT, form.POST_OBJECT  # which says what a form must be
    if operation is None:
        return no_such_operation("s3", request.method), WireFormat.of_errors("s3", request.method)
    served = find("s3", operation.name)
    assert served is not None  # every operation of S3 is ours
    return served, ACTIVE.compiled(operation, compile_wire_format)


def _found(service: str, request: PlainRequest) -> tuple[Operation, WireFormat]:
    parts, operations = urlsplit(request.url), ACTIVE.operations(service)
    if SERVICES[service].errors == "wrapped":
        name, operation = request.method, operations.by_path(request.method, parts.path)
    else:
        name = operation_of.name_of(parts.query, request.lower, body.whole(request.body))
        operation = operations.by_name(name)
    if operation is None:
        return no_such_operation(service, name), WireFormat.of_errors(service, request.method)
    served = find(service, operation.name) or not_supported(service, operation.name)
    return served, ACTIVE.compiled(operation, compile_wire_format)
