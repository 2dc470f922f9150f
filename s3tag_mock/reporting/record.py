"""A run of a mock as plain data, which outlives the mock and is passed between processes as JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final, Literal, TypedDict

from s3tag_mock.dispatch.call import Call, written
from s3tag_mock.dispatch.tags_in import tags_in
from s3tag_mock.findings import reporter
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.rules import arns
from s3tag_mock.state.job import Job

#: How much of a run is kept: the last calls and jobs, the first failed tasks of each.
MOST_CALLS: Final = 200
MOST_JOBS: Final = 20
MOST_TASKS: Final = 10


class CallRecord(TypedDict):
    """A call.

    :param given: the parameters, as text, without the tags.
    :param tags: those that the call gave or got, in full; where it replaced others, those before, too.
    :param place: file and line of the code that made it.
    :param status: None if there was no response.
    """

    sequence: int
    name: str
    given: str
    tags: str | None
    place: str | None
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

    :param details: its operation's parameters and its manifest, as text.
    :param counts: how many tasks succeeded and failed, as text.
    :param history: statuses, each with the sequence number at which it began.
    :param failed_tasks: the first few.
    """

    id: str
    operation: str
    status: str
    details: str
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
        "tags": _tags(call),
        "place": None if call.place is None else _place(*call.place),
        "status": call.status,
        "error": call.error_code,
        "message": error.get("Message"),
        "remarks": list(call.remarks()),
        "injected": call.injected,
    }


def _own_parameters(call: Call) -> dict[str, Any]:
    """The parameters without those that botocore adds by itself, and without tags, which are shown apart."""
    apart = {"Tagging", "TagSet", "Tags"} if tags_in(call.params) is not None else set()
    added = ("Checksum", "ContentMD5")
    return {
        name: value for name, value in call.params.items() if name not in apart and not name.startswith(added)
    }


def _tags(call: Call) -> str | None:
    if call.tags_before is not None and call.tags_after is not None:
        return f"{_set(call.tags_before)} -> {_set(call.tags_after)}"
    tags = tags_in(call.params)
    if tags is None and call.error_code is None:
        tags = tags_in(call.response)
    return None if tags is None else _set(tags)


def _set(tags: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in tags.items()) or "none"


def _place(file: str, line: int) -> str:
    """File and line as short as may be."""
    here = os.path.join(os.getcwd(), "")
    return f"{file.removeprefix(here) if file.startswith(here) else os.path.basename(file)}:{line}"


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
        "details": _details(job),
        "counts": job.counts,
        "failed": job.failed_tasks,
        "total": len(job.rows),
        "failure": job.failure.told if job.failure else None,
        "history": list(job.history),
        "failed_tasks": list(islice(_failed(job), MOST_TASKS)),
    }


def _details(job: Job) -> str:
    tags = tags_in(job.parameters)
    wanted = written(job.parameters) if tags is None else f"tags {_set(tags)}"
    manifest = job.request.get("Manifest")
    if manifest is None:
        source = job.request["ManifestGenerator"]["S3JobManifestGenerator"]["SourceBucket"]
        return "; ".join(filter(None, [wanted, f"manifest generated from {arns.bucket_of(source)}"]))
    where = manifest["Location"]["ObjectArn"].partition(":::")[2]
    return "; ".join(filter(None, [wanted, f"manifest {where}"]))


def _failed(job: Job) -> Iterator[TaskRecord]:
    for task in job.results(failed_only=True):
        yield {
            "where": f"{task.bucket}/{task.key}",
            "error": task.error_code,
            "status": task.http_status,
            # Leave out the request ids that AWS appends to a message.
            "message": task.message.partition(" (Service: ")[0],
        }
