"""What faults do to one call or task: delay it, make it fail, or lose its response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, TypeVar

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError, Misuse
from s3tag_mock.state.fault import Fault, NoAnswer
from s3tag_mock.state.ids import Ids
from s3tag_mock.state.world import World

__tracebackhide__ = FROM_TEST_AUTHORS


Params = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effect:
    """What faults do to one call.

    :param error: the error that it gets; None if it is only delayed.
    :param delay: in seconds.
    :param takes_effect: whether the operation happens, and only its response is lost.
    """

    error: AwsError | NoAnswer | None
    delay: float
    takes_effect: bool

    def run(self, world: World, operation: Callable[[], T], longest: float | None = None) -> T:
        """Run an operation, or fail, as this effect says.

        :param operation: runs at most once.
        :param longest: how long the client waits for a response, in seconds; None if it waits forever.
        :raises AwsError: the fault's, or the operation's.
        :raises NoAnswer: the fault's, or if the response comes too late.
        """
        if self.delay:
            world.clock.wait(self.delay)
        is_late = self.delay > (inf if longest is None else longest)
        try:
            result = operation() if self.error is None or self.takes_effect else None
            if self.error is not None:
                raise self.error
        except AwsError:
            if is_late:
                raise NoAnswer("ReadTimeoutError") from None
            raise
        if is_late:
            raise NoAnswer("ReadTimeoutError", took_effect=True)
        assert result is not None
        return result


def effect_on(
    world: World, service: str, operation: str, params: Params, *, is_task: bool = False
) -> Effect | None:
    """What faults do to a call or task; None if none hits it. Delays add up; the first error counts."""
    with world.lock:
        delay, is_hit = 0.0, False
        for fault in world.faults.active():
            if not fault.pattern.names(service, operation, is_task=is_task):
                continue
            if not is_due(fault, params, world.ids):
                continue
            delay, is_hit = delay + fault.delay, True
            if fault.describe is not None:
                return Effect(fault.describe(params), delay, fault.takes_effect)
    return Effect(None, delay, takes_effect=True) if is_hit else None


def is_due(fault: Fault, params: Params, ids: Ids) -> bool:
    """Count a call that a fault's pattern names; return whether the fault hits it."""
    pattern = fault.pattern
    if not _matches(fault, params):
        return False
    fault.seen += 1
    number = fault.seen - pattern.after
    if number < 1 or number % pattern.every or (pattern.times is not None and fault.hits >= pattern.times):
        return False
    if pattern.probability < 1.0 and ids.chance() >= pattern.probability:
        return False
    fault.hits += 1
    return True


def _matches(fault: Fault, params: Params) -> bool:
    try:
        return fault.pattern.when is None or bool(fault.pattern.when(params))
    except Exception as problem:
        raise Misuse(
            f"when= of the fault {fault.text} raised {problem!r} for {dict(params)!r}. It is called for "
            "every call of the operation, and for every task: use params.get(...) for parameters that may be "
            "absent."
        ) from problem
