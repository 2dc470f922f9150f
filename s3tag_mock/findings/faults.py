"""Faults that hit nothing: a test of a failure that did not happen."""

from __future__ import annotations

from collections.abc import Iterator

from s3tag_mock.exceptions import did_you_mean
from s3tag_mock.findings.finding import Finding, Seen
from s3tag_mock.state.fault import ANY, Fault


def findings(seen: Seen) -> Iterator[Finding]:
    """Each fault that was never hit, where that isn't chance."""
    for fault in seen.world.faults.all_added:
        if fault.hits == 0 and not (fault.seen and fault.pattern.probability < 1):
            yield Finding("unused_fault", f"the fault {fault.text} was never hit: {_why(seen, fault)}")


def _why(seen: Seen, fault: Fault) -> str:
    pattern = fault.pattern
    if fault.seen:
        skipped = f"after={pattern.after}" if fault.seen <= pattern.after else f"every={pattern.every}"
        return f"{fault.seen} calls matched, and {skipped} let them pass."
    named = [call for call in seen.calls if pattern.operation in {ANY, call.operation}]
    if named:
        times = f"{pattern.operation} was called {len(named)} times, but"
        if pattern.service not in {None, *(call.service for call in named)}:
            return f"{times} not of {pattern.service}."
        if pattern.when is not None:
            return f"{times} when= matched none of them."
        if pattern.only == "tasks":
            return f"{times} not by a job: only='tasks'."
        return f"{times} an earlier fault hit it first, or this one was added too late."
    called = sorted({call.operation for call in seen.calls})
    near = did_you_mean(pattern.operation, called, none_known="Nothing was.")
    return f"{pattern.operation} was never called. {near}"
