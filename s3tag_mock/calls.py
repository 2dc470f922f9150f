"""The log of the AWS calls that a mock answered, and assertions on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

from s3tag_mock.misuse import did_you_mean


@dataclass(frozen=True, slots=True)
class Call:
    """One request and its answer.

    :param service: botocore's name: ``s3``, ``s3control``, ``sts``.
    :param operation: AWS's name: ``PutObjectTagging``.
    :param params: parameters in boto3's shape, as they were read from the wire.
    :param status: the HTTP status.
    :param error_code: such as ``NoSuchKey``; None for a success.
    :param response: the answer in boto3's shape, without ResponseMetadata; of an error its ``Error``.
    :param at: when, by the mock's clock.
    :param hint: what AWS keeps silent about in an error: which field, which row.
    """

    service: str
    operation: str
    params: Mapping[str, Any]
    status: int
    error_code: str | None
    response: Mapping[str, Any]
    at: datetime
    hint: str | None = None

    def __str__(self) -> str:
        given = ", ".join(f"{name}={_short(value)}" for name, value in self.params.items())
        outcome = f"{self.status} {self.error_code}" if self.error_code else str(self.status)
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.service}.{self.operation}({given}) -> {outcome}{hint}"


def _short(value: Any, most: int = 60) -> str:
    text = f"<{len(value)} bytes>" if isinstance(value, bytes) else repr(value)
    return text if len(text) <= most else f"{text[: most - 3]}..."


class CallLog(Sequence[Call]):
    """The calls of a mock, in the order in which they were answered."""

    def __init__(self, calls: Sequence[Call] = ()) -> None:
        self._calls = list(calls)

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls))

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> CallLog: ...
    def __getitem__(self, index: int | slice) -> Call | CallLog:
        return CallLog(self._calls[index]) if isinstance(index, slice) else self._calls[index]

    def record(self, call: Call) -> None:
        """Add a call at the end."""
        self._calls.append(call)

    def clear(self) -> None:
        """Forget them all."""
        self._calls.clear()

    def of(self, operation: str) -> CallLog:
        """The calls of one operation.

        :param operation: such as ``"PutObjectTagging"``.
        """
        return CallLog([call for call in self if call.operation == operation])

    def assert_called(self, operation: str, *, times: int | None = None, **params: Any) -> None:
        """Fail unless an operation was called with these parameters.

        :param operation: such as ``"PutObjectTagging"``.
        :param times: how often exactly; at least once where it isn't given.
        :param params: parameters that the calls must have had; others don't matter.
        :raises AssertionError: with the calls that came nearest.
        """
        called = self.of(operation)
        matching = [call for call in called if _matches(call, params)]
        if len(matching) == times or (times is None and matching):
            return
        given = ", ".join(f"{name}={value!r}" for name, value in params.items())
        wanted = "at least once" if times is None else f"{times} times"
        lines = [f"{operation}({given}) was expected {wanted}, and was called {len(matching)} times."]
        if called:
            lines += [f"Calls of {operation}:", *(f"  {call}{_difference(call, params)}" for call in called)]
        else:
            names = {call.operation for call in self}
            lines.append(did_you_mean(operation, names, none_known="Nothing was called."))
        raise AssertionError("\n".join(lines))

    def __repr__(self) -> str:
        if not self._calls:
            return "<no calls>"
        return "\n".join(["<calls:", *(f"  {call}" for call in self), ">"])


def _matches(call: Call, params: Mapping[str, Any]) -> bool:
    return all(name in call.params and call.params[name] == value for name, value in params.items())


def _difference(call: Call, params: Mapping[str, Any]) -> str:
    different = [
        f"{name} is {_short(call.params[name])}" if name in call.params else f"{name} is absent"
        for name, value in params.items()
        if call.params.get(name, _ABSENT) != value
    ]
    return f"  [{'; '.join(different)}]" if different else ""


_ABSENT = object()
