"""What ``aws.faults.add`` was asked for: checked, and made into a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from s3tag_mock.dispatch.call import matches
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError, Misuse, did_you_mean
from s3tag_mock.faults import catalogue
from s3tag_mock.operations import operation_names
from s3tag_mock.state.fault import ANY, NO_ANSWERS, Fault, Faults, NoAnswer, Only, Params, Pattern

__tracebackhide__ = FROM_TEST_AUTHORS


#: The longest delay in seconds: a year.
_LONGEST_DELAY: Final = 365 * 24 * 3600


def _is_whole(value: object, lowest: int) -> bool:
    return isinstance(value, int) and value >= lowest


def _is_number(value: object, lowest: float, highest: float) -> bool:
    return isinstance(value, (int, float)) and lowest <= value <= highest


#: Parameter to the check of its value, and what a valid value is.
_RANGES: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "times": (
        lambda value: value is None or _is_whole(value, 1),
        "it is a whole number from 1 up; None means no limit.",
    ),
    "after": (lambda value: _is_whole(value, 0), "it is a whole number from 0 up."),
    "every": (
        lambda value: _is_whole(value, 1),
        "it is a whole number from 1 up; 3 hits every third call.",
    ),
    "probability": (
        lambda value: _is_number(value, 0, 1) and value > 0,
        "it is a number above 0, up to 1.",
    ),
    "delay": (
        lambda value: _is_number(value, 0, _LONGEST_DELAY),
        f"it is a number of seconds from 0 to {_LONGEST_DELAY} (a year).",
    ),
}


@dataclass(frozen=True, kw_only=True)
class FaultSpec:
    """The parameters of ``aws.faults.add``, which describes them.

    :raises Misuse: for an invalid value, with what is valid.
    """

    operation: str
    error: str | AwsError | None
    times: int | None
    after: int
    every: int
    probability: float
    when: Callable[[Params], object] | Mapping[str, Any] | None
    only: Only | None
    message: str | None
    delay: float
    takes_effect: bool
    optional: bool

    def __post_init__(self) -> None:
        self._check_error()
        for name, (is_valid, valid) in _RANGES.items():
            value = getattr(self, name)
            if not is_valid(value):
                raise Misuse(f"aws.faults.add(..., {name}={value!r}): {valid}")
        if self.only is not None and self.only not in get_args(Only):
            near = did_you_mean(str(self.only), get_args(Only), none_known="")
            raise Misuse(f"aws.faults.add(..., only={self.only!r}): it is 'calls' or 'tasks'. {near}")
        if self.message is not None and not self.message.isprintable():
            raise Misuse(
                f"aws.faults.add(..., message={self.message!r}): a response can't contain these characters."
            )
        if not (self.when is None or isinstance(self.when, Mapping) or callable(self.when)):
            raise Misuse(
                f"aws.faults.add(..., when={self.when!r}): it is a mapping such as {{'Key': 'a.jpg'}}, or a "
                "function of the call's parameters."
            )

    def _check_error(self) -> None:
        if self.error is None and not self.delay:
            raise Misuse(
                "aws.faults.add(operation) has nothing to do: give it an error such as 'SlowDown', or a "
                "delay."
            )
        if self.error is not None and not isinstance(self.error, (str, AwsError)):
            raise Misuse(
                f"aws.faults.add(..., {self.error!r}): an error is a code such as 'SlowDown', or an "
                "AwsError('MyCode', 400, 'its message'). For a connection that fails, write "
                "'ReadTimeoutError' or 'ConnectionClosedError'; for an exception or a function of your own, "
                f"aws.answers.add({self.operation!r}, ...)."
            )
        if self.only == "tasks" and self._is_connection_error:
            raise Misuse(
                f"aws.faults.add(..., {self.error!r}, only='tasks'): only clients have connections, tasks "
                "don't. Write one of AWS's errors, such as 'InternalError'."
            )

    @property
    def _is_connection_error(self) -> bool:
        return self.error in NO_ANSWERS

    def fault(self, among: Faults) -> Fault:
        """The fault.

        :param among: the faults that it will be one of.
        :raises Misuse: for an unknown operation or error, with the nearest names.
        """
        service, name = (None, ANY) if self.operation == ANY else operation_names.find(self.operation)
        if isinstance(self.when, Mapping):
            operation_names.check_parameters(self.operation, self.when, "aws.faults.add(..., when=...)")
        pattern = Pattern(
            service,
            name,
            self._predicate(),
            "calls" if self._is_connection_error else self.only,
            self.after,
            self.every,
            self.times,
            self.probability,
        )
        return Fault(
            pattern, self._make_error(), self._text(), self.delay, self.takes_effect, among, self.optional
        )

    def _text(self) -> str:
        if self.error is None:
            return f"{self.operation} delayed"
        return f"{self.operation} {self.error.code if isinstance(self.error, AwsError) else self.error}"

    def _predicate(self) -> Callable[[Params], object] | None:
        if not isinstance(self.when, Mapping):
            return self.when
        wanted = dict(self.when)
        return lambda params: matches(params, wanted)

    def _make_error(self) -> Callable[[Params], AwsError | NoAnswer] | None:
        """Makes the error that a call with these parameters gets; None if it is only delayed."""
        error, message = self.error, self.message
        if error is None:
            return None
        if isinstance(error, AwsError):
            return lambda params: catalogue.copied(error, message)
        row = catalogue.error(error)
        if row is None:
            return lambda params: NoAnswer(error)
        return lambda params: catalogue.raised(row, params, message)
