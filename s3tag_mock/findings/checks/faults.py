"""Faults that were never hit: a test of a failure that did not happen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.state.answer import Answer
from s3tag_mock.state.fault import ANY, Fault

#: How many of the operations that were called are named.
_MOST_NAMED: Final = 5
_UNLESS: Final = "If it need not be hit, add it with optional=True."


def findings(run: MockRun) -> Iterator[Finding]:
    """Each fault that was never hit, unless that was chance."""
    for fault in run.world.faults.all_added:
        if fault.hits == 0 and not fault.optional and not (fault.seen and fault.pattern.probability < 1):
            text = f"the fault {fault.text} was never hit: {_why(run, fault)} {_UNLESS}"
            yield Finding(Kind.unused_fault, text)
    for answer in run.world.answers.all_added:
        if answer.hits == 0:
            yield Finding(Kind.unused_fault, _never_given(run, answer))


def _never_given(run: MockRun, answer: Answer) -> str:
    number = sum(answer.names(call.service, call.operation) for call in run.calls)
    why = f"was called {number} times, but when= matched none of the calls" if number else "was never called"
    return f"the answer to {answer.operation} was never given: {answer.operation} {why}."


def _why(run: MockRun, fault: Fault) -> str:
    pattern = fault.pattern
    if fault.seen:
        skipped = f"after={pattern.after}" if fault.seen <= pattern.after else f"every={pattern.every}"
        return f"{fault.seen} calls matched, and {skipped} let them pass."
    named = [call for call in run.calls if pattern.operation in {ANY, call.operation}]
    if named:
        times = f"{pattern.operation} was called {len(named)} times, but"
        if pattern.service not in {None, *(call.service for call in named)}:
            return f"{times} not of {pattern.service}."
        if pattern.when is not None:
            return f"{times} when= matched none of the calls."
        if pattern.only == "tasks":
            return f"{times} not by a job: only='tasks'."
        return f"{times} an earlier fault hit it first, or this one was added too late."
    called = sorted({call.operation for call in run.calls})
    if not called:
        return f"{pattern.operation} was never called, and nothing else was."
    more = f" and {len(called) - _MOST_NAMED} more" if len(called) > _MOST_NAMED else ""
    return f"{pattern.operation} was never called, but {', '.join(called[:_MOST_NAMED])}{more}."
