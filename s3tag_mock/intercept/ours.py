"""Whose request it is: the one place that tells what the mock answers, what may go out, and what neither."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from s3tag_mock.dispatch.find import find, not_supported
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.in_flight import InFlight
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.registry import Operation
from s3tag_mock.protocol import body, form, header_values
from s3tag_mock.protocol.address import Address, is_near_s3, is_of_machine, is_s3
from s3tag_mock.protocol.http import Request
from s3tag_mock.protocol.signing import forms, requests
from s3tag_mock.protocol.signing.arrived import Arrived
from s3tag_mock.rules.services import MOTOS, SERVICES

#: Bytes in which a form's fields stand, before its file.
_FIELDS_SIZE: Final = 1 << 16


def client_call() -> tuple[Scope, InFlight, Operation] | None:
    """The client's call that this thread is in, with its mock and operation, where it is ours."""
    serving = ACTIVE.serving
    if serving is None:
        return None
    scope, in_flight = serving
    service, name = in_flight.service, in_flight.operation.name
    is_answered = service in SERVICES and scope.world.answers.concern(service, name)
    if name not in MOTOS.get(service, {name}) and is_moto_active() and not is_answered:
        return None
    operation = find(service, name)
    if operation is None and is_answered:
        operation = not_supported(service, name)
    return None if operation is None else (scope, in_flight, operation)


def is_moto_active() -> bool:
    """Whether one of moto's mocks is active."""
    stubber = getattr(sys.modules.get("moto.core.models"), "botocore_stubber", None)
    return bool(getattr(stubber, "enabled", False))


@dataclass(frozen=True)
class PlainRequest:
    """A request of plain HTTP, which no client of botocore made.

    :param method: in capitals.
    :param url: the whole of it.
    """

    method: str
    url: str
    headers: Mapping[str, Any]
    body: Any

    @cached_property
    def lower(self) -> dict[str, str]:
        """The headers by their names in lower case."""
        return {name.lower(): header_values.from_bytes(value) for name, value in self.headers.items()}

    def arrived(self, address: Address) -> Arrived:
        """The request, as far as its signature is concerned."""
        path = urlsplit(self.url).path
        return Arrived(self.method, path, address.path, address.query, self.lower)

    def is_form(self) -> bool:
        """Whether a browser's form is sent."""
        return self.method == "POST" and bool(form.boundary_of(self.lower.get("content-type", "")))

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The form's fields, by their names in lower case."""
        fields, _, _ = form.fields_of(Request(self.method, self.url, self.lower, body.whole(self.body)))
        return fields


def mock_of(request: PlainRequest) -> Scope | None:
    """The mock that answers a request of plain HTTP, if one does."""
    scope = ACTIVE.current
    # A client's call in flight has been let through by its service's name already.
    if scope is None or ACTIVE.in_flight.get() is not None or "s3" in scope.settings.passthrough:
        return None
    host, _ = place_of(request.url)
    is_ours = is_s3(host) or (host != "" and _is_signed_for_s3(request))
    return scope if is_ours and not _is_for_server(request.url) else None


def place_of(url: str) -> tuple[str, int | None]:
    """The host and the port that a URL names; an empty host where it names none, or can't be taken apart."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port
    except ValueError:
        return "", None


def _is_for_server(url: str) -> bool:
    """Whether a URL leads to a server of the mock's own, which answers by itself."""
    netloc = urlsplit(url).netloc
    return any(netloc == urlsplit(server.url).netloc for scope in ACTIVE.scopes for server in scope.servers)


def _is_signed_for_s3(request: PlainRequest) -> bool:
    """Whether a client signed it, whose endpoint isn't one of AWS's."""
    if request.is_form():
        # Others' forms may hold files of any size, and streams that can be read but once.
        is_whole = isinstance(request.body, bytes) and b"aws" in request.body[:_FIELDS_SIZE].lower()
        return is_whole and forms.is_form_for_s3(request.fields)
    return requests.is_for_s3(urlsplit(request.url).query, request.lower)


def may_botocore_send() -> bool:
    """Whether botocore's HTTP may go to the network: outside a mock, and for services let through."""
    scope, in_flight = ACTIVE.current, ACTIVE.in_flight.get()
    if in_flight is None:
        return scope is None
    return in_flight.service in in_flight.scope.settings.passthrough


def may_resolve(host: str) -> bool:
    """Whether anybody may ask where a host is: not inside a mock, where it is one of ours, or where the
    machine's own credentials are.
    """
    scope = ACTIVE.current
    if scope is None or SERVICES.keys() & scope.settings.passthrough:
        return True
    return not (is_near_s3(host) or is_of_machine(host))
