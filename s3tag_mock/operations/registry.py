"""How a function says which operation it is, and how the operations of a package are found."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, Final, Literal, TypeVar

from s3tag_mock.operations.record import Need, TagUse
from s3tag_mock.operations.record import Operation as Operation
from s3tag_mock.operations.record import Params as Params
from s3tag_mock.operations.record import Result as Result
from s3tag_mock.operations.record import Run as Run
from s3tag_mock.rules.checksums import CHECKSUM_PARAMETERS

#: Parameters that the protocol has dealt with before an operation runs.
ON_THE_WIRE: Final = frozenset(CHECKSUM_PARAMETERS) | {"ChecksumAlgorithm", "ContentLength", "ContentMD5"}
#: Parameters that most operations have: those about a bucket, an object, one of its versions.
BUCKET: Final = "Bucket ExpectedBucketOwner"
OBJECT: Final = f"{BUCKET} Key RequestPayer"
VERSION: Final = f"{OBJECT} VersionId"

F = TypeVar("F", bound=Callable[..., Any])
_MARK: Final = "__s3tag_operation__"
#: What the actions of a service begin with, where that isn't botocore's name of it.
_PREFIXES: Final[Mapping[str, str]] = {"resourcegroupstaggingapi": "tag", "s3control": "s3"}


def operation(
    service: str,
    name: str,
    *honours: str,
    ignores: str = "",
    action: str = "",
    also: Mapping[str, str] = MappingProxyType({}),
    access_points: bool = False,
    directory_buckets: bool = False,
    unsigned: bool = False,
    tags: tuple[
        Literal["bucket", "job", "object", "resource"], Literal["reads", "replaces", "removes", "changes"]
    ]
    | None = None,
) -> Callable[[F], F]:
    """Mark a function as an operation; :class:`Operation` describes what is said of it.

    :param honours: names of parameters, one or several (separated by blanks) in each. Any other is refused,
        so that a parameter which a newer botocore knows is never ignored in silence.
    :param ignores: the same.
    :param action: without its service, where that is the operation's own; the operation's name by default.
    :param also: further actions that calls need, without their service, each with the parameters that make it
        needed; none for one that is always needed.
    :param tags: the kind of resource, and what is done with its tags.
    """
    prefix = _PREFIXES.get(service, service)

    def mark(function: F) -> F:
        record = Operation(
            service,
            name,
            function,
            frozenset(" ".join(honours).split()) | ON_THE_WIRE,
            frozenset(ignores.split()),
            _action(prefix, name, action),
            tuple(Need(f"{prefix}:{further}", tuple(when.split())) for further, when in also.items()),
            access_points,
            directory_buckets,
            unsigned,
            None if tags is None else TagUse(*tags),
        )
        setattr(function, _MARK, record)
        return function

    return mark


def _action(prefix: str, name: str, action: str) -> str:
    return action if ":" in action else f"{prefix}:{action or name}"


def record_of(function: Callable[..., Any]) -> Operation:
    """The record of a function that is an operation."""
    record: Operation = getattr(function, _MARK)
    return record


def modules_in(folder: str) -> tuple[str, ...]:
    """The names of the modules in a folder of this package: a new file is found by itself."""
    path = import_module(folder).__path__
    return tuple(module.name for module in pkgutil.iter_modules(path, f"{folder}."))


def operations_in(modules: Iterable[str]) -> Iterator[Operation]:
    """The operations in modules, which are imported for it, and those that they use."""
    for name in modules:
        yield from _marked(import_module(name))


def _marked(module: ModuleType) -> Iterator[Operation]:
    for value in vars(module).values():
        record = getattr(value, _MARK, None)
        if isinstance(record, Operation):
            yield record
