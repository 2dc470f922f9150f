"""CreateJob, DescribeJob. The jobs themselves run in :mod:`s3tag_mock.batch`."""

from __future__ import annotations

from typing import Any

from s3tag_mock import errors
from s3tag_mock.misuse import NotServed
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import arns, job_request
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.state.job import Job

#: The operations of Operation that jobs can run.
SERVED_JOB_OPERATIONS = frozenset({"S3PutObjectTagging"})


@operation(
    "s3control",
    "CreateJob",
    honours="AccountId ConfirmationRequired Operation Report ClientRequestToken Manifest Description "
    "Priority RoleArn Tags ManifestGenerator",
)
def create_job(call: CallContext, params: Params) -> Result:
    """Take a job on; it runs as the mock's ``job_progress`` says.

    Source: CreateJob. The same ClientRequestToken with the same request gives the same job
    (ASSUMED, AWS's convention), with another one IdempotencyException.
    """
    job_request.check(params)
    require.own_account(call, params)
    _refuse_what_does_not_run(params)
    tags = tag_rules.JOB.check(pairs(params.get("Tags", ())))
    earlier = _job_of_token(call, params)
    if earlier is not None:
        if earlier.request != params:
            raise errors.IDEMPOTENCY(hint=f"the token belongs to job {earlier.id}")
        return {"JobId": earlier.id}
    job = Job(
        id=call.world.ids.job_id(),
        account=params["AccountId"],
        region=call.region,
        request=params,
        created=call.now,
        tags=tags,
    )
    call.world.jobs[job.id] = job
    return {"JobId": job.id}


def _job_of_token(call: CallContext, params: Params) -> Job | None:
    token, place = params.get("ClientRequestToken"), (params["AccountId"], call.region)
    return next(
        (
            job
            for job in call.world.jobs.values()
            if job.request.get("ClientRequestToken") == token and (job.account, job.region) == place
        ),
        None,
    )


def _refuse_what_does_not_run(params: Params) -> None:
    (wanted,) = params["Operation"]
    if wanted not in SERVED_JOB_OPERATIONS:
        raise NotServed(
            f"CreateJob was called with the operation {wanted}, and s3tag_mock runs no such jobs yet.\n"
            f"Jobs run: {', '.join(sorted(SERVED_JOB_OPERATIONS))}."
        )
    if "ManifestGenerator" in params:
        raise NotServed(
            "CreateJob was called with a ManifestGenerator, and s3tag_mock doesn't generate manifests yet.\n"
            "Write a CSV manifest to a bucket, and give it as Manifest."
        )
    if params["Manifest"]["Spec"]["Format"] != job_request.CSV_FORMAT:
        raise NotServed(
            "CreateJob was called with an inventory report as its manifest, and s3tag_mock doesn't read "
            "those yet.\n"
            f"Give a manifest of the format {job_request.CSV_FORMAT}."
        )


@operation("s3control", "DescribeJob", honours="AccountId JobId")
def describe_job(call: CallContext, params: Params) -> Result:
    """All that there is to know of a job but its tags.

    Source: DescribeJob; which members AWS fills OBSERVED (aws-cli's examples, linz/geostore #894).
    """
    job = require.job(call, params)
    described: Result = {
        "JobId": job.id,
        "JobArn": arns.job(job.region, job.account, job.id),
        "Status": job.status,
        "ProgressSummary": _progress(call, job),
        "FailureReasons": _failure_reasons(job),
        "CreationTime": job.created,
    }
    for name in (
        "ConfirmationRequired",
        "Description",
        "Manifest",
        "Operation",
        "Priority",
        "Report",
        "RoleArn",
    ):
        if name in job.request:
            described[name] = job.request[name]
    if job.suspended is not None:
        # The cause's spelling is the IAM reference's example for s3:JobSuspendedCause (ASSUMED here).
        described.update(SuspendedDate=job.suspended, SuspendedCause="AWAITING_CONFIRMATION")
    if job.ended is not None:
        described["TerminationDate"] = job.ended
    return {"Job": described}


def _progress(call: CallContext, job: Job) -> dict[str, Any]:
    seconds = job.active_seconds
    if job.active_since is not None:
        seconds += int((call.now - job.active_since).total_seconds())
    return {
        "TotalNumberOfTasks": len(job.rows),
        "NumberOfTasksSucceeded": job.succeeded_tasks,
        "NumberOfTasksFailed": job.failed_tasks,
        "Timers": {"ElapsedTimeInActiveSeconds": seconds},
    }


def _failure_reasons(job: Job) -> list[dict[str, str]]:
    if job.failure is None:
        return []
    return [{"FailureCode": job.failure.code, "FailureReason": job.failure.reason}]
