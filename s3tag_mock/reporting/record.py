"""A run of a mock as plain data, which outlives the mock and is passed between processes as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, Literal, TypedDict

from s3tag_mock.dispatch.call import Call, written
from s3tag_mock.findings import reporter
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.state.job import Job

#: How much of a run is kept: the last calls and jobs, the first failed tasks of each.
MOST_CALLS: Final = 200
MOST_JOBS: Final = 20
MOST_TASKS: Final = 10


class CallRecord(TypedDict):
    """A call.

    :param given: the parameters, as text.
    :param status: None if there was no response.
    """

    sequence: int
    name: str
    given: str
    status: int | None
    error: str | None
    message: str | None
    remarks: list[str]
    injected: bool


class TaskRecord(TypedDict):
    """A task that failed."""

    where: str
    error: str
    status: int
    message: str


class JobRecord(TypedDict):
    """A job.

    :param counts: how many tasks succeeded and failed, as text.
    :param history: statuses, each with the sequence number at which it began.
    :param failed_tasks: the first few.
    """

    id: str
    operation: str
    status: str
    counts: str
    failed: int
    total: int
    failure: str | None
    history: list[tuple[str, int]]
    failed_tasks: list[TaskRecord]


class FaultRecord(TypedDict):
    """A fault that the test added."""

    text: str
    hits: int
    seen: int


class FindingRecord(TypedDict):
    """A finding."""

    kind: str
    text: str
    is_note: bool


class RunRecord(TypedDict):
    """A run.

    :param hidden_calls: how many earlier calls are left out.
    :param hidden_jobs: how many earlier jobs are left out.
    """

    calls: list[CallRecord]
    hidden_calls: int
    jobs: list[JobRecord]
    hidden_jobs: int
    faults: list[FaultRecord]
    findings: list[FindingRecord]


def record(scope: Scope, *, failed: bool, since: int = 0) -> RunRecord:
    """What happened in a mock.

    :param failed: whether the test failed.
    :param since: the sequence number at which it began; earlier calls belong to other tests.
    """
    calls = [call for call in scope.calls if call.sequence >= since]
    jobs = [job for job in scope.world.jobs.values() if job.history[-1][1] >= since]
    return {
        "calls": [_call(call) for call in calls[-MOST_CALLS:]],
        "hidden_calls": max(0, len(calls) - MOST_CALLS),
        "jobs": [_job(job) for job in jobs[-MOST_JOBS:]],
        "hidden_jobs": max(0, len(jobs) - MOST_JOBS),
        "faults": [
            {"text": fault.text, "hits": fault.hits, "seen": fault.seen}
            for fault in scope.world.faults.all_added
        ],
        "findings": [
            {"kind": one.kind.name, "text": one.text, "is_note": one.kind.is_note}
            for one in reporter.collect(scope, test_failed=failed, since=since)
            if failed or not one.kind.is_note
        ],
    }


def _call(call: Call) -> CallRecord:
    error = call.response.get("Error", {}) if call.error_code else {}
    return {
        "sequence": call.sequence,
        "name": f"{call.service}.{call.operation}",
        "given": written(_own_parameters(call)),
        "status": call.status,
        "error": call.error_code,
        "message": error.get("Message"),
        "remarks": list(call.remarks()),
        "injected": call.injected,
    }


def _own_parameters(call: Call) -> dict[str, Any]:
    """The parameters without those that botocore adds by itself."""
    added = ("Checksum", "ContentMD5")
    return {name: value for name, value in call.params.items() if not name.startswith(added)}


def outcome(call: CallRecord) -> Literal["good", "odd", "bad", "none"]:
    """How a call went: it succeeded, it got a 4xx, it got a 5xx, or it got no response."""
    if call["status"] is None:
        return "none"
    if call["error"] is None:
        return "good"
    return "bad" if call["status"] >= 500 else "odd"


def _job(job: Job) -> JobRecord:
    return {
        "id": job.id,
        "operation": job.operation,
        "status": job.status,
        "counts": job.counts,
        "failed": job.failed_tasks,
        "total": len(job.rows),
        "failure": job.failure.told if job.failure else None,
        "history": list(job.history),
        "failed_tasks": list(islice(_failed(job), MOST_TASKS)),
    }


def _failed(job: Job) -> Iterator[TaskRecord]:
    for task in job.results(failed_only=True):
        yield {
            "where": f"{task.bucket}/{task.key}",
            "error": task.error_code,
            "status": task.http_status,
            # Leave out the request ids that AWS appends to a message.
            "message": task.message.partition(" (Service: ")[0],
        }
