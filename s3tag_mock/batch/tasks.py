"""The tasks of a job, one for each row of its manifest, in the manifest's order.

What the report's row says of a task that failed follows the rows that were published (OBSERVED for a copy
job: the AWS SDK for Java's text; ASSUMED for the others).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from functools import partial
from itertools import islice, takewhile
from typing import Final

from s3tag_mock.batch.calls import within_region
from s3tag_mock.exceptions import AwsError
from s3tag_mock.faults.injection import effect_on
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.operations.job_operation import Task, TaskFailed, target_of
from s3tag_mock.operations.record import Operation
from s3tag_mock.rules import limits
from s3tag_mock.state.job import Job, ManifestRow, Outcome

#: Makes a ManifestRow of a row, in a third of the time of ManifestRow(...).
_named: Final = partial(tuple.__new__, ManifestRow)
_SUCCEEDED: Final = Outcome("succeeded", "", 200, "Successful")
_MISSING_VERSION: Final = Outcome("failed", "InvalidRequest", 400, "Task failed due to missing VersionId")


def run(call: CallContext, job: Job, most: int | None) -> None:
    """Do a job's tasks from where it stands, until all are done, too many failed, or it is cancelled.

    :param most: how many tasks at most.
    """
    operation = JOB_OPERATIONS[job.operation]
    start = len(job.outcomes)
    rows: Iterable[ManifestRow] = map(_named, islice(job.rows, start, None if most is None else start + most))
    if not operation.holds_lock:
        # Only then can somebody cancel it meanwhile.
        rows = takewhile(lambda row: job.status == "Active", rows)
    with call.world.lock if operation.holds_lock else nullcontext():
        task = _under_faults(call, operation.calls, operation.task(job))
        _do_all(within_region(call, operation.calls), job, rows, task)


def _under_faults(call: CallContext, called: Operation, task: Task) -> Task:
    """The task, failing where the test author wants it to; itself, where no fault is about it."""
    if not call.world.faults.concern(called.service, called.name, is_task=True):
        return task

    def under_faults(call: CallContext, row: ManifestRow) -> str | None:
        effect = effect_on(call.world, called.service, called.name, target_of(row), is_task=True)
        if effect is None:
            return task(call, row)
        return effect.run(call.world, lambda: task(call, row) or _SUCCEEDED.message)

    return under_faults


def too_many_failed(job: Job) -> bool:
    """Whether so many tasks failed that the job fails."""
    done = len(job.outcomes)
    return done >= limits.JOB_FAILURE_FLOOR_TASKS and job.failed_tasks > done * limits.JOB_FAILURE_SHARE


def _do_all(call: CallContext, job: Job, rows: Iterable[ManifestRow], task: Task) -> None:
    note, notes = job.outcomes.append, call.notes
    for row in rows:
        if row.version_id == "":
            outcome = _MISSING_VERSION
        else:
            try:
                message = task(call, row)
                outcome = _SUCCEEDED if message is None else Outcome("succeeded", "", 200, message)
            except AwsError as error:
                outcome = Outcome("failed", error.code, error.status, _message(call, error))
            except TaskFailed as failure:
                outcome = Outcome("failed", failure.code, failure.status, failure.message)
        if notes.erased:
            job.note_erased(row, notes.erased)
            notes.erased = ()
        note(outcome)
        if outcome is not _SUCCEEDED and outcome.status == "failed":
            job.failed_tasks += 1
            if too_many_failed(job):
                return


def _message(call: CallContext, error: AwsError) -> str:
    ids = call.world.ids
    return (
        f"{error.message} (Service: Amazon S3; Status Code: {error.status}; Error Code: {error.code}; "
        f"Request ID: {ids.request_id()}; S3 Extended Request ID: {ids.host_id()}; Proxy: null)"
    )
