"""The operation that a call is served with."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.exceptions import did_you_mean
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation, Params, Result
from s3tag_mock.rules.services import SERVICES


def find(service: str, name: str) -> Operation | None:
    """The operation to serve a call with; None when the call is not ours.

    One that is ours and isn't supported is answered too: that it isn't.

    :param service: botocore's name of the service.
    """
    found = OPERATIONS.of_service(service).get(name)
    if found is None and service in SERVICES and SERVICES[service].is_whole:
        return not_supported(service, name)
    return found


def no_such_operation(service: str, name: str) -> Operation:
    """What serves a request of plain HTTP that is none of a service's operations.

    :param name: of the method, or whatever the request names for its operation.
    """

    def run(call: CallContext, params: Params) -> Result:
        if SERVICES[service].errors in {"flat", "wrapped"}:
            raise errors.METHOD_NOT_ALLOWED(Method=name, ResourceType="SERVICE")
        raise errors.INVALID_ACTION(action=name)

    return Operation(service, name, run, honours=None)


def not_supported(service: str, name: str) -> Operation:
    """What serves an operation that isn't supported: it answers 501, naming itself, never a false success."""

    def run(call: CallContext, params: Params) -> Result:
        raise errors.OPERATION_NOT_SUPPORTED(operation=f"{service}.{name}", hint=near)

    def near() -> str:
        return did_you_mean(name, OPERATIONS.of_service(service), none_known="")

    return Operation(service, name, run, honours=None)
