"""The tasks of a job: each done by the function that serves the single call.

So a task fails exactly as the call would. What the report's row says of it follows the rows that
were published (OBSERVED; the failing ones ASSUMED after a copy job's: the AWS SDK for Java's text).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from s3tag_mock.aws_error import AwsError
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.s3.object_tagging import put_object_tagging
from s3tag_mock.rules import limits
from s3tag_mock.state.job import Job, ManifestRow, TaskResult

#: Does one task: the parameters of Operation's member, and the object's Bucket, Key and VersionId.
Task = Callable[[CallContext, Mapping[str, Any], dict[str, Any]], object]


def _put_object_tagging(call: CallContext, wanted: Mapping[str, Any], target: dict[str, Any]) -> object:
    return put_object_tagging(call, {**target, "Tagging": wanted})


_TASKS: Final[dict[str, Task]] = {"S3PutObjectTagging": _put_object_tagging}


def run_all(call: CallContext, job: Job) -> bool:
    """Do a job's tasks one after another, in the manifest's order.

    :return: False when it stopped because too many failed.
    """
    ((name, wanted),) = job.request["Operation"].items()
    task, call = _TASKS[name], call.calling(name.removeprefix("S3"))
    for row in job.rows[len(job.results) :]:
        result = _run(call, task, wanted, row)
        job.results.append(result)
        if result.status == "failed":
            job.failed_tasks += 1
            if _too_many_failed(job):
                return False
    return True


def _too_many_failed(job: Job) -> bool:
    done = len(job.results)
    return done >= limits.JOB_FAILURE_FLOOR_TASKS and job.failed_tasks > done * limits.JOB_FAILURE_SHARE


def _run(call: CallContext, task: Task, wanted: Mapping[str, Any], row: ManifestRow) -> TaskResult:
    if row.version_id == "":
        return _failed(row, "InvalidRequest", 400, "Task failed due to missing VersionId")
    target = {"Bucket": row.bucket, "Key": row.key}
    if row.version_id is not None:
        target["VersionId"] = row.version_id
    try:
        task(call, wanted, target)
    except AwsError as error:
        return _failed(row, error.code, error.status, _message(call, error))
    return TaskResult(
        row.bucket, row.key, row.version_id, "succeeded", "", 200, "Successful", row.encoded_key
    )


def _failed(row: ManifestRow, code: str, status: int, message: str) -> TaskResult:
    return TaskResult(row.bucket, row.key, row.version_id, "failed", code, status, message, row.encoded_key)


def _message(call: CallContext, error: AwsError) -> str:
    ids = call.world.ids
    return (
        f"{error.message} (Service: Amazon S3; Status Code: {error.status}; Error Code: {error.code}; "
        f"Request ID: {ids.request_id()}; S3 Extended Request ID: {ids.host_id()}; Proxy: null)"
    )
