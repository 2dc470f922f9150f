"""The tasks of a job, one for each row of its manifest, in the manifest's order.

What the report's row says of a task that failed follows the rows that were published (OBSERVED for a copy
job: the AWS SDK for Java's text; ASSUMED for the others).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Final

from s3tag_mock.batch import lambda_invoke
from s3tag_mock.batch.native import NATIVE, SUCCESSFUL, Task, target_of
from s3tag_mock.exceptions import AwsError
from s3tag_mock.faults.injection import effect_on
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import arns, limits
from s3tag_mock.state.job import Job, ManifestRow, Outcome

_SUCCEEDED: Final = Outcome("succeeded", "", 200, SUCCESSFUL)
_MISSING_VERSION: Final = Outcome("failed", "InvalidRequest", 400, "Task failed due to missing VersionId")


def run(call: CallContext, job: Job, most: int | None) -> None:
    """Do a job's tasks from where it stands, until all are done, too many failed, or it is cancelled.

    :param most: how many tasks at most.
    """
    ((name, wanted),) = job.request["Operation"].items()
    start = len(job.outcomes)
    rows = islice(job.rows, start, None if most is None else start + most)
    if name == "LambdaInvoke":
        _invoke_all(call, job, rows, call.world.functions[arns.function_name(wanted["FunctionArn"])])
        return
    called, prepare = NATIVE[name]
    with call.world.lock:
        task = _under_faults(call, called.name, prepare(wanted))
        _do_all(call.calling(called), job, rows, task)


def _under_faults(call: CallContext, action: str, task: Task) -> Task:
    """The task, failing where the test author wants it to; itself, where no fault is about it."""
    if not call.world.faults.concern("s3", action, is_task=True):
        return task

    def under_faults(call: CallContext, row: ManifestRow) -> str:
        effect = effect_on(call.world, "s3", action, target_of(row), is_task=True)
        return task(call, row) if effect is None else effect.run(call.world, lambda: task(call, row))

    return under_faults


def too_many_failed(job: Job) -> bool:
    """Whether so many tasks failed that the job fails."""
    done = len(job.outcomes)
    return done >= limits.JOB_FAILURE_FLOOR_TASKS and job.failed_tasks > done * limits.JOB_FAILURE_SHARE


def _do_all(call: CallContext, job: Job, rows: Iterable[ManifestRow], task: Task) -> None:
    """Do native tasks. The world's lock is held, so nobody cancels the job meanwhile."""
    note = job.outcomes.append
    for row in rows:
        if row.version_id == "":
            outcome = _MISSING_VERSION
        else:
            try:
                message = task(call, row)
                outcome = _SUCCEEDED if message is SUCCESSFUL else Outcome("succeeded", "", 200, message)
            except AwsError as error:
                outcome = Outcome("failed", error.code, error.status, _message(call, error))
        note(outcome)
        if outcome.status == "failed" and _fails_the_job(job):
            return


def _invoke_all(
    call: CallContext, job: Job, rows: Iterable[ManifestRow], function: Callable[..., Any]
) -> None:
    for row in rows:
        if job.status != "Active":
            return
        missing = row.version_id == ""
        outcome = _MISSING_VERSION if missing else lambda_invoke.invoke(call, job, function, row)
        job.outcomes.append(outcome)
        if outcome.status == "failed" and _fails_the_job(job):
            return


def _fails_the_job(job: Job) -> bool:
    job.failed_tasks += 1
    return too_many_failed(job)


def _message(call: CallContext, error: AwsError) -> str:
    if error.code == "SrcObjectNotEligible":
        return error.message  # a replication's row has no trace of the SDK (OBSERVED)
    ids = call.world.ids
    return (
        f"{error.message} (Service: Amazon S3; Status Code: {error.status}; Error Code: {error.code}; "
        f"Request ID: {ids.request_id()}; S3 Extended Request ID: {ids.host_id()}; Proxy: null)"
    )
