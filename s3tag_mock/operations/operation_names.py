"""The names of operations, as a test author writes them: ``"PutObjectTagging"``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, did_you_mean
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.rules.services import SERVICES, WHOLE
from s3tag_mock.state.fault import ANY

if TYPE_CHECKING:
    from botocore.loaders import Loader
    from botocore.model import OperationModel, ServiceModel

__tracebackhide__ = FROM_TEST_AUTHORS


def find(name: str) -> tuple[str | None, str]:
    """The service, where it is said, and the operation that a name means.

    :param name: ``"PutObjectTagging"``; where S3 and S3 Control share one, ``"s3control.PutBucketTagging"``
        says which.
    :raises Misuse: for a name that is no operation's, with the nearest.
    """
    service, bare = _parts(name)
    if bare in _of(service, supported_only=True) or bare in (known := _of(service, supported_only=False)):
        return service or None, bare
    near = did_you_mean(bare, known, none_known=f"s3tag_mock knows no service {service!r}.")
    raise Misuse(
        f"There is no operation {name!r}. {near}\nWrite AWS's name, as the API reference has it, such as "
        "'PutObjectTagging'."
    )


def find_anywhere(name: str) -> tuple[str | None, str]:
    """The same for the operations of every service that botocore knows: ``"dynamodb.GetItem"``."""
    service, bare = _parts(name)
    if not service or bare in _of(service, supported_only=False):
        return find(name)
    return service, operation_model(name).name


def operation_model(name: str) -> OperationModel:
    """botocore's model of an operation, of any service.

    :param name: ``"PutObjectTagging"``; of services that the mock doesn't play ``"dynamodb.GetItem"``.
    :raises Misuse: for a name that is no operation's, with the nearest.
    """
    from botocore.exceptions import UnknownServiceError

    service, bare = _parts(name)
    owners = [service] if service else list(SERVICES)
    try:
        for owner in owners:
            if bare in model(owner).operation_names:
                return model(owner).operation_model(bare)
    except UnknownServiceError:
        available = _loader().list_available_services("service-2")
        near = did_you_mean(service, available, none_known="")
        raise Misuse(f"botocore knows no service {service!r}. {near}") from None
    known = {other for owner in owners for other in model(owner).operation_names}
    near = did_you_mean(bare, known, none_known="")
    more = "" if service else f"\nFor another service, write its name, too, such as 'dynamodb.{bare}'."
    raise Misuse(f"There is no operation {name!r}. {near}{more}")


def _parts(name: object) -> tuple[str, str]:
    """The service's and the operation's own name; of what is no text, such as a method, of what is shown."""
    service, _, bare = str(name).rpartition(".")
    return service, bare


def check_parameters(operation: str, names: Iterable[str], written: str) -> None:
    """Refuse a name that no parameter of an operation has: what is asked for by it would never be found.

    :param operation: as :func:`find` takes it, or ``"*"`` for all.
    :param written: how the test author wrote it, for the message.
    :raises Misuse: with the nearest name.
    """
    unknown = set(names)
    known: set[str] = set()
    for service, name in _meant(operation) if unknown else ():
        known |= _parameters(service, name)
        unknown -= known
        if not unknown:
            return
    for name in sorted(unknown):
        near = did_you_mean(name, known, none_known="It has none.")
        raise Misuse(f"{written}: {operation} has no parameter {name!r}. {near}")


def _meant(operation: str) -> Iterator[tuple[str, str]]:
    """Every operation that a name means; first the supported ones, whose models were most likely read."""
    if operation.rpartition(".")[0] not in {"", *SERVICES}:
        owner, _, other = operation.rpartition(".")
        yield owner, other
        return
    service, name = (None, None) if operation == ANY else find(operation)
    supported = [one for one in OPERATIONS if service in {None, one[0]} and name in {None, one[1]}]
    yield from supported
    for owner in WHOLE:
        names = model(owner).operation_names if service in {None, owner} else ()
        yield from ((owner, other) for other in names if name in {None, other})


@cache
def _parameters(service: str, name: str) -> frozenset[str]:
    """The parameters of an operation. What isn't in botocore's model has those that it honours."""
    if name not in model(service).operation_names:
        record = OPERATIONS[service, name]
        return (record.honours or frozenset()) | record.ignores
    shape: Any = model(service).operation_model(name).input_shape
    return frozenset() if shape is None else frozenset(shape.members)


def _of(service: str, *, supported_only: bool) -> set[str]:
    owners = [(owner, name) for owner, name in OPERATIONS]
    if not supported_only:
        owners += [(owner, name) for owner in WHOLE for name in model(owner).operation_names]
    return {name for owner, name in owners if service in {"", owner}}


@cache
def model(service: str) -> ServiceModel:
    """botocore's model of a service; read at most once in a process."""
    from botocore.model import ServiceModel

    return ServiceModel(_loader().load_service_model(service, "service-2"), service_name=service)


@cache
def _loader() -> Loader:
    """What reads them, as a session's own does: a session needs what a server needn't import."""
    from botocore.loaders import create_loader

    return create_loader(os.environ.get("AWS_DATA_PATH"))
