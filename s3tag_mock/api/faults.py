"""``aws.faults``: failures that AWS documents, on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from s3tag_mock.api.fault_spec import FaultSpec
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError
from s3tag_mock.state.fault import Fault, Faults, Only, Params

if TYPE_CHECKING:
    from s3tag_mock.rules.typed_names import ErrorCode, OperationName

__tracebackhide__ = FROM_TEST_AUTHORS


class FaultList(Sequence[Fault]):
    """The active faults of a mock; the first one that is due hits.

    :param faults: where the mock remembers them.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def add(
        self,
        operation: OperationName | Literal["*"] | str,
        error: ErrorCode | str | AwsError | None = None,
        *,
        times: int | None = None,
        after: int = 0,
        every: int = 1,
        probability: float = 1.0,
        when: Callable[[Params], object] | Mapping[str, Any] | None = None,
        only: Only | None = None,
        message: str | None = None,
        delay: float = 0.0,
        takes_effect: bool = False,
        optional: bool = False,
    ) -> Fault:
        """Make an operation fail as AWS documents, in calls and in the tasks of jobs.

            aws.faults.add("PutObjectTagging", "OperationAborted", times=1)
            aws.faults.add("PutObjectTagging", "SlowDown", every=3, only="tasks")

        :param operation: AWS's name, such as ``"PutObjectTagging"``. If S3 and S3 Control both have it, write
            ``"s3control.PutBucketTagging"`` for S3 Control's. ``"*"`` means every operation. The tasks of a
            job are the operations that it calls: those of S3PutObjectTagging are PutObjectTagging.
        :param error: a code, such as ``"SlowDown"``; or an ``AwsError`` of your own; or one of botocore's
            exceptions for responses that don't come (``"ReadTimeoutError"``, ``"ConnectTimeoutError"``,
            ``"ConnectionClosedError"``, ``"EndpointConnectionError"``), which hit calls but not tasks; None
            for a delay alone.
        :param times: how many calls it hits at most; None for no limit.
        :param after: how many matching calls it lets pass first.
        :param every: 3 hits every third of the calls after those.
        :param probability: of each hit, from 0 to 1; the mock's ``seed`` makes chance repeatable.
        :param when: parameters that a call must have, as a mapping or as a function of its parameters;
            tasks have Bucket, Key and perhaps VersionId.
        :param only: ``"calls"`` or ``"tasks"``; both by default.
        :param message: in place of AWS's text.
        :param delay: in seconds of the mock's clock, which advances by it, up to a year. Nobody really waits,
            except with ``mock_tagging(real_sleep=True)``. A delay longer than the client's read timeout ends
            in ReadTimeoutError, after the operation has happened.
        :param takes_effect: whether the operation happens, and the error only replaces its response.
        :param optional: whether it may stay without hits; it is then no finding ``unused_fault``.
        :return: the fault, with its ``hits`` and ``remove()``; as a context manager it removes itself.
        :raises Misuse: for an invalid value or an unknown name, with the nearest names.
        """
        fault = FaultSpec(
            operation=operation,
            error=error,
            times=times,
            after=after,
            every=every,
            probability=probability,
            when=when,
            only=only,
            message=message,
            delay=delay,
            takes_effect=takes_effect,
            optional=optional,
        ).fault(self._faults)
        self._faults.add(fault)
        return fault

    def clear(self) -> None:
        """Remove them all."""
        for fault in self:
            fault.remove()

    def __len__(self) -> int:
        return len(self._faults.active())

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults.active())

    @overload
    def __getitem__(self, index: int) -> Fault: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Fault]: ...
    def __getitem__(self, index: int | slice) -> Fault | Sequence[Fault]:
        return self._faults.active()[index]

    def __repr__(self) -> str:
        return "\n".join(["<faults:", *(f"  {fault!r}" for fault in self), ">"]) if self else "<no faults>"
