"""The tasks of a job, one for each row of its manifest, in the manifest's order.

What the report's row says of a task that failed follows the rows that were published (OBSERVED for a copy
job: the AWS SDK for Java's text; ASSUMED for the others).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice

from s3tag_mock.aws_error import AwsError
from s3tag_mock.batch import lambda_invoke
from s3tag_mock.batch.native import NATIVE, Task
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import arns, limits
from s3tag_mock.state.job import Job, ManifestRow, TaskResult

#: Does the task of a row, and says what became of it.
Perform = Callable[[ManifestRow], TaskResult]


def run(call: CallContext, job: Job, most: int | None) -> None:
    """Do a job's tasks from where it stands, until all are done, too many failed, or it is cancelled.

    :param most: how many tasks at most.
    """
    ((name, wanted),) = job.request["Operation"].items()
    start = len(job.results)
    rows = islice(job.rows, start, None if most is None else start + most)
    if name == "LambdaInvoke":
        function = call.world.functions[arns.function_name(wanted["FunctionArn"])]
        _do(job, rows, partial(_invoke, call, job, function))
        return
    action, prepare = NATIVE[name]
    with call.world.lock:
        _do(job, rows, partial(_perform, call.calling(action), prepare(wanted)))


def too_many_failed(job: Job) -> bool:
    """Whether so many tasks failed that the job fails."""
    done = len(job.results)
    return done >= limits.JOB_FAILURE_FLOOR_TASKS and job.failed_tasks > done * limits.JOB_FAILURE_SHARE


def _do(job: Job, rows: islice[ManifestRow], perform: Perform) -> None:
    for row in rows:
        if job.status != "Active":
            return
        result = _missing_version(row) if row.version_id == "" else perform(row)
        job.results.append(result)
        if result.status == "failed":
            job.failed_tasks += 1
            if too_many_failed(job):
                return


def _perform(call: CallContext, task: Task, row: ManifestRow) -> TaskResult:
    target = {"Bucket": row.bucket, "Key": row.key}
    if row.version_id is not None:
        target["VersionId"] = row.version_id
    try:
        message = task(call, target)
    except AwsError as error:
        return _failed(row, error.code, error.status, _message(call, error))
    return TaskResult(row.bucket, row.key, row.version_id, "succeeded", "", 200, message, row.encoded_key)


def _invoke(call: CallContext, job: Job, function: Callable[..., object], row: ManifestRow) -> TaskResult:
    status, code, message = lambda_invoke.invoke(call, job, function, row)
    return TaskResult(row.bucket, row.key, row.version_id, status, code, 200, message, row.encoded_key)


def _missing_version(row: ManifestRow) -> TaskResult:
    return _failed(row, "InvalidRequest", 400, "Task failed due to missing VersionId")


def _failed(row: ManifestRow, code: str, status: int, message: str) -> TaskResult:
    return TaskResult(row.bucket, row.key, row.version_id, "failed", code, status, message, row.encoded_key)


def _message(call: CallContext, error: AwsError) -> str:
    ids = call.world.ids
    return (
        f"{error.message} (Service: Amazon S3; Status Code: {error.status}; Error Code: {error.code}; "
        f"Request ID: {ids.request_id()}; S3 Extended Request ID: {ids.host_id()}; Proxy: null)"
    )
