"""How a function says which operation it is, and which of the operation's parameters it honours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, Protocol, TypeVar

from s3tag_mock.operations.context import CallContext

Params = Mapping[str, Any]
Result = dict[str, Any]


class Run(Protocol):
    """An operation: parameters in boto3's shape to a result in boto3's shape, or an AwsError."""

    def __call__(self, call: CallContext, params: Params, /) -> Result:
        """Do it."""


#: Values of checksums that the protocol has held against the body.
CHECKSUMS: Final = frozenset(
    {
        "ChecksumCRC32",
        "ChecksumCRC32C",
        "ChecksumCRC64NVME",
        "ChecksumMD5",
        "ChecksumSHA1",
        "ChecksumSHA256",
        "ChecksumSHA512",
    }
)
#: Parameters that the protocol has dealt with before an operation runs.
ON_THE_WIRE: Final = CHECKSUMS | {"ChecksumAlgorithm", "ContentLength", "ContentMD5"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One served operation.

    :param honours: parameters that it acts on; None for an operation that refuses every call anyway.
    :param ignores: parameters that it takes and that change nothing in its answers, because what
        they are about isn't modelled; listed in docs/coverage.md.
    """

    service: str
    name: str
    run: Run
    honours: frozenset[str] | None
    ignores: frozenset[str] = frozenset()

    def refused(self, params: Params) -> list[str]:
        """The parameters in a call that are neither honoured nor ignored."""
        return [] if self.honours is None else sorted(params.keys() - self.honours - self.ignores)


F = TypeVar("F", bound=Callable[..., Any])
_MARK: Final = "__s3tag_operation__"


def operation(service: str, name: str, *, honours: str = "", ignores: str = "") -> Callable[[F], F]:
    """Mark a function as an operation.

    :param service: botocore's name of the service.
    :param name: AWS's name of the operation.
    :param honours: names of parameters, separated by blanks.
    :param ignores: the same; see :class:`Operation`.
    """

    def mark(function: F) -> F:
        honoured = frozenset(honours.split()) | ON_THE_WIRE
        setattr(function, _MARK, Operation(service, name, function, honoured, frozenset(ignores.split())))
        return function

    return mark


def operations_in(*modules: ModuleType) -> dict[tuple[str, str], Operation]:
    """The operations that these modules hold, by service and name."""
    found = (getattr(value, _MARK, None) for module in modules for value in vars(module).values())
    return {(one.service, one.name): one for one in found if one is not None}
