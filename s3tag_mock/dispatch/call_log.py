"""The log of the AWS calls that a mock answered, and assertions on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, overload

from s3tag_mock.dispatch.body_budget import BodyBudget, body_bytes, without_bodies, without_lists
from s3tag_mock.dispatch.call import Call, is_secret, matches, shown, written
from s3tag_mock.dispatch.tags_in import tags_in
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, UnknownName, did_you_mean
from s3tag_mock.operations import operation_names

if TYPE_CHECKING:
    from s3tag_mock.rules.typed_names import OperationName

__tracebackhide__ = FROM_TEST_AUTHORS


#: How many calls a failed assertion shows.
_MOST_SHOWN: Final = 10
#: How many characters of a value are compared with another's.
_MOST_COMPARED: Final = 500


class CallLog(Sequence[Call]):
    """The calls of a mock, in the order in which they were answered.

    It keeps every call, and the newest 32 MiB of their bodies: in older calls a
    ``DroppedBody`` stands for a body, which equals the same bytes.
    """

    def __init__(self, calls: Sequence[Call] = ()) -> None:
        self._calls = list(calls)
        self._bodies = BodyBudget()

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

    def of(
        self, operation: OperationName | str, *, tags: Mapping[str, str] | None = None, **params: Any
    ) -> CallLog:
        """The calls of one operation.

        :param operation: such as ``"PutObjectTagging"`` or ``"s3control.PutBucketTagging"``.
        :param tags: the tags that the calls must give, all of them, in any order, in a body or a header.
        :param params: parameters that the calls must have, as boto3 takes them; others don't matter.
        :raises Misuse: for a name that no operation, or no parameter of it, has.
        """
        service, name = operation_names.find_anywhere(operation)
        operation_names.check_parameters(operation, params, "aws.calls")
        wanted = _wanted(params, tags)
        called = (one for one in self if one.operation == name and service in {None, one.service})
        return CallLog([call for call in called if matches(_given(call), wanted)])

    @property
    def last(self) -> Call:
        """The last call.

        :raises UnknownName: if there is none.
        """
        return self.nth(len(self._calls) or 1)

    def nth(self, number: int) -> Call:
        """The n-th call.

        :param number: 1 is the first.
        :raises UnknownName: if there is none.
        """
        if not 1 <= number <= len(self._calls):
            raise UnknownName(f"There is no call number {number}. {self!r}")
        return self._calls[number - 1]

    @property
    def failed(self) -> CallLog:
        """The calls that got an error, or no response."""
        return CallLog([call for call in self if call.error_code is not None])

    @property
    def retried(self) -> CallLog:
        """The calls that are retries of an earlier call."""
        return CallLog([call for call in self if call.retries])

    def assert_called(
        self,
        operation: OperationName | str,
        *,
        times: int | None = None,
        tags: Mapping[str, str] | None = None,
        **params: Any,
    ) -> None:
        """Fail unless an operation was called with these parameters.

        :param operation: such as ``"PutObjectTagging"``.
        :param times: how often exactly, not counting a client's retries; at least once if it isn't given.
        :param tags: the tags that the calls must give, all of them, in any order, in a body or a header.
        :param params: parameters that the calls must have; others don't matter.
        :raises AssertionError: with the nearest call, and how it differs.
        :raises Misuse: for a name that no operation, or no parameter of it, has.
        """
        __tracebackhide__ = True  # pytest shows the line of the test
        matching = self.of(operation, tags=tags, **params)
        number = sum(call.retries == 0 for call in matching)
        if number == times or (times is None and matching):
            return
        wanted = _wanted(params, tags)
        how_often = "at least once" if times is None else _times(times)
        lines = [
            f"{operation}({written(wanted)}) was expected {how_often}, and was called {_times(number)}.",
            *self._nearest(operation, wanted),
        ]
        raise AssertionError("\n".join(lines))

    def assert_not_called(
        self, operation: OperationName | str, *, tags: Mapping[str, str] | None = None, **params: Any
    ) -> None:
        """Fail if an operation was called with these parameters.

        :param operation: such as ``"PutObjectTagging"``.
        :param tags: the tags that the calls must give, all of them, in any order, in a body or a header.
        :param params: parameters that the calls must have; others don't matter.
        :raises AssertionError: with the calls.
        :raises Misuse: for a name that no operation, or no parameter of it, has.
        """
        __tracebackhide__ = True
        matching = self.of(operation, tags=tags, **params)
        if matching:
            number = _times(len(matching))
            lines = [
                f"{operation}({written(_wanted(params, tags))}) was not expected, and was called {number}:"
            ]
            raise AssertionError("\n".join([*lines, *_listed(matching)]))

    def _nearest(self, operation: str, wanted: Mapping[str, Any]) -> Iterator[str]:
        called = self.of(operation)
        if not called:
            names = {call.operation for call in self}
            yield did_you_mean(operation, names, none_known="Nothing was called.")
            return
        nearest = max(called, key=lambda call: _likeness(_given(call), wanted))
        given = _given(nearest)
        if not matches(given, wanted):
            yield f"The nearest call is {nearest}"
            yield "It differs (- expected, + called):"
            for name, value in wanted.items():
                yield from _difference(name, value, given)
        yield f"Calls of {operation}:"
        yield from _listed(called)

    def __repr__(self) -> str:
        if not self._calls:
            return "<no calls>"
        return "\n".join(["<calls:", *(f"  {call}" for call in self), ">"])


def record(log: CallLog, call: Call) -> None:
    """Add a call at the end. Whoever calls this holds the world's lock."""
    calls = log._calls
    calls.append(call)
    size = body_bytes(call.params, call.response)
    if size:
        for position in log._bodies.take(len(calls) - 1, size):
            old = calls[position]
            calls[position] = replace(
                old,
                params=without_bodies(old.params),
                response=without_lists(without_bodies(old.response)),
            )


def clear(log: CallLog) -> None:
    """Forget them all. Whoever calls this holds the world's lock."""
    log._calls.clear()
    log._bodies.clear()


def _wanted(params: Mapping[str, Any], tags: Mapping[str, str] | None) -> Mapping[str, Any]:
    """What an assertion asks for: parameters, and the tags, whatever parameter they are in."""
    if tags is None:
        return params
    if not isinstance(tags, Mapping):
        raise Misuse(f"tags={tags!r} is not a mapping. Write tags={{'team': 'blue'}}.")
    return {**params, "tags": dict(tags)}


def _given(call: Call) -> Mapping[str, Any]:
    """What a call has of that."""
    tags = tags_in(call.params)
    return call.params if tags is None else {**call.params, "tags": tags}


def _likeness(given: Mapping[str, Any], wanted: Mapping[str, Any]) -> float:
    """How near a call comes: equal parameters count one, others at most a half, by their similarity."""
    from difflib import SequenceMatcher

    return sum(
        1.0
        if name in given and given[name] == value
        else SequenceMatcher(None, _start(value), _start(given.get(name))).ratio() / 2
        for name, value in wanted.items()
    )


def _start(value: Any) -> str:
    """Enough of a value to see how much it is like another."""
    return repr(value[:_MOST_COMPARED] if isinstance(value, (bytes, str)) else value)[:_MOST_COMPARED]


def _difference(name: str, expected: Any, called: Mapping[str, Any]) -> Iterator[str]:
    if name not in called:
        yield f"  - {name}={shown(name, expected)}"
        yield f"  + {name} is absent"
    elif called[name] != expected:
        if is_secret(name) or isinstance(expected, bytes):
            before, after = [shown(name, expected)], [shown(name, called[name])]
        else:
            from pprint import pformat

            before, after = pformat(expected).splitlines(), pformat(called[name]).splitlines()
        from difflib import ndiff

        yield f"    {name}="
        yield from (f"  {line.rstrip()}" for line in ndiff(before, after))


def _listed(calls: CallLog) -> Iterator[str]:
    for call in calls[:_MOST_SHOWN]:
        yield f"  {call}"
    if len(calls) > _MOST_SHOWN:
        yield f"  ... and {len(calls) - _MOST_SHOWN} more"


def _times(number: int) -> str:
    return {0: "never", 1: "once"}.get(number, f"{number} times")
