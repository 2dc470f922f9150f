"""``aws.faults``: failures that AWS documents, on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast, get_args, overload

from s3tag_mock.dispatch.call_log import matches
from s3tag_mock.exceptions import AwsError, Misuse, did_you_mean
from s3tag_mock.faults import catalogue as catalogue
from s3tag_mock.operations import operation_names
from s3tag_mock.state.fault import ANY, NO_ANSWERS, Fault, Faults, NoAnswer, Only, Params, Pattern


class FaultList(Sequence[Fault]):
    """The faults of a mock that are in force; the first one that is due hits.

    :param faults: where the mock remembers them.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def add(
        self,
        operation: str,
        error: str | AwsError | None = None,
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
    ) -> Fault:
        """Make an operation fail as AWS documents, in calls and in the tasks of jobs.

        ::

            aws.faults.add("PutObjectTagging", "OperationAborted", times=1)
            aws.faults.add("PutObjectTagging", "SlowDown", every=3, only="tasks")

        :param operation: AWS's name: ``"PutObjectTagging"``; where S3 and S3 Control share one,
            ``"s3control.PutBucketTagging"`` says which; ``"*"`` stands for all. The tasks of jobs are
            the operations that they call: S3PutObjectTagging's are PutObjectTagging.
        :param error: a code, such as ``"SlowDown"``, or an ``AwsError`` of your own; one of
            botocore's exceptions for answers that don't come (``"ReadTimeoutError"``,
            ``"ConnectTimeoutError"``, ``"ConnectionClosedError"``, ``"EndpointConnectionError"``), which
            reach calls but not tasks; None for a delay alone.
        :param times: how often at most.
        :param after: how many matching calls pass first.
        :param every: 3 hits every third of the further ones.
        :param probability: of each hit, from 0 to 1; the mock's ``seed`` makes chance repeatable.
        :param when: parameters that a call must have, as a mapping or as a function of its parameters;
            tasks have Bucket, Key and perhaps VersionId.
        :param only: ``"calls"`` or ``"tasks"``; both by default.
        :param message: in the place of AWS's text.
        :param delay: in seconds of the mock's clock, which moves on by it; it is waited for with
            ``mock_tagging(real_sleep=True)`` alone. One that is longer than the client's read timeout ends
            in ReadTimeoutError, after the operation has happened.
        :param takes_effect: whether the operation happens, and only its answer is replaced by the error.
        :return: the fault, with its ``hits`` and ``remove()``; as a context manager it removes itself.
        :raises Misuse: for what can't be, with the nearest that can.
        """
        service, name = (None, ANY) if operation == ANY else operation_names.find(operation)
        _check(error, times, after, every, probability, only, delay, message)
        if error in NO_ANSWERS:
            only = "calls"  # a connection that fails is a client's
        pattern = Pattern(service, name, _predicate(when), only, after, every, times, probability)
        given = f"{operation} {'delayed' if error is None else _code(error)}"
        fault = Fault(pattern, _describer(error, message), given, delay, takes_effect, self._faults)
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


def _check(
    error: object,
    times: int | None,
    after: int,
    every: int,
    probability: float,
    only: str | None,
    delay: float,
    message: str | None,
) -> None:
    if error is None and not delay:
        raise Misuse(
            "aws.faults.add(operation) has nothing to do: give it an error such as 'SlowDown', or a delay."
        )
    if error is not None and not isinstance(error, (str, AwsError)):
        raise Misuse(
            f"aws.faults.add(..., {error!r}): an error is a code such as 'SlowDown', or an "
            "AwsError('MyCode', 400, 'its message'). For a connection that fails, write "
            "'ReadTimeoutError' or 'ConnectionClosedError'."
        )
    wrong = {
        "times": times is not None and times < 1,
        "after": after < 0,
        "every": every < 1,
        "probability": not 0 < probability <= 1,
        "delay": delay < 0,
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise Misuse(f"aws.faults.add(..., {name}={locals()[name]!r}): {_RANGES[name]}")
    if only == "tasks" and error in NO_ANSWERS:
        raise Misuse(
            f"aws.faults.add(..., {error!r}, only='tasks'): connections are clients', and tasks have none. "
            "Write an error of AWS's, such as 'InternalError'."
        )
    if message is not None and not message.isprintable():
        raise Misuse(f"aws.faults.add(..., message={message!r}): no answer can hold such characters.")
    if only is not None and only not in get_args(Only):
        near = did_you_mean(only, get_args(Only), none_known="")
        raise Misuse(f"aws.faults.add(..., only={only!r}): it is 'calls' or 'tasks'. {near}")


_RANGES: Final[dict[str, str]] = {
    "times": "it is a number from 1 on; None stands for no end.",
    "after": "it is a number from 0 on.",
    "every": "it is a number from 1 on; 3 hits every third call.",
    "probability": "it is a number above 0, up to 1.",
    "delay": "it is a number of seconds, from 0 on.",
}


def _predicate(
    when: Callable[[Params], object] | Mapping[str, Any] | None,
) -> Callable[[Params], object] | None:
    if isinstance(when, Mapping):
        wanted = dict(when)
        return lambda params: matches(params, wanted)
    if when is not None and not callable(when):
        raise Misuse(
            f"aws.faults.add(..., when={when!r}): it is a mapping such as {{'Key': 'a.jpg'}}, or a function "
            "of the call's parameters."
        )
    return when


def _describer(
    error: str | AwsError | None, message: str | None
) -> Callable[[Params], AwsError | NoAnswer] | None:
    if error is None:
        return None
    if isinstance(error, AwsError):
        own = error
        return lambda params: catalogue.copied(own, message)
    spec = catalogue.error(error)
    if spec is None:
        name = error
        return lambda params: NoAnswer(name)
    found = spec
    return lambda params: catalogue.raised(found, params, message)


def _code(error: str | AwsError) -> str:
    return cast(str, getattr(error, "code", error))
