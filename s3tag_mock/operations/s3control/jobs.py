"""CreateJob, DescribeJob. The jobs themselves run in :mod:`s3tag_mock.batch`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.exceptions import Misuse, NotSupported
from s3tag_mock.operations import authorization, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import arns, job_request, limits
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.job_bounds import BATCH_SERVICE
from s3tag_mock.rules.job_status import ENDED
from s3tag_mock.state.job import SUSPENDED_CAUSE, Job


@operation(
    "s3control",
    "CreateJob",
    "AccountId ConfirmationRequired Operation Report ClientRequestToken Manifest Description "
    "Priority RoleArn Tags ManifestGenerator",
    also={"PutJobTagging": "Tags"},
)
def create_job(call: CallContext, params: Params) -> Result:
    """Create a job; it runs as the mock's ``job_progress`` says.

    Source: CreateJob. The same ClientRequestToken with the same request gives the same job
    (ASSUMED, AWS's convention), with another one IdempotencyException.
    """
    _reproduce_storage_class_without_target_error(params)
    job_request.check(params, _problems_of_operation)
    _check_permission(call, params)
    _refuse_unsupported(call, params)
    tags = tag_rules.JOB.check(pairs(params.get("Tags", ())))
    token = params.get("ClientRequestToken")
    earlier = call.world.jobs.of_token(params["AccountId"], call.region, token)
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
        number=call.world.jobs_created,
        priority=params["Priority"],
        tags=tags,
        history=[("New", call.world.next_sequence())],
        untold=[("New", call.now)],
    )
    call.world.jobs_created += 1
    call.world.jobs.add(job)
    return {"JobId": job.id}


def _check_permission(call: CallContext, params: Params) -> None:
    """Refuse a caller who may not create the job, tag it, or pass its role on.

    That AWS's examples of job tags work needs the request's tags to be the job's too, for s3:PutJobTagging
    (ASSUMED).

    :raises AwsError: AccessDenied; for a role of another account, and for ARNs of another partition LIKELY.
    """
    role = params["RoleArn"]
    require.own_account(call, params, resource_tags=dict(pairs(params.get("Tags", ()))))
    if role.split(":")[4] != call.account:
        raise errors.CROSS_ACCOUNT_PASS_ROLE(hint=f"the role is {role}, the call {call.account}'s")
    elsewhere = [arn for arn in _arns(params) if not arns.is_of_partition(arn, call.region)]
    if elsewhere:
        raise errors.ACCESS_DENIED(hint=f"{elsewhere[0]} is of another partition than {call.region}")
    jobs = arns.job(call.region, call.account, "*")
    authorization.check_pass_role(call, role, BATCH_SERVICE, params, associatedresourcearn=jobs)


def _arns(part: Any) -> Iterator[str]:
    """The ARNs that a job's request, or a part of it, names."""
    if isinstance(part, Mapping):
        for name, one in part.items():
            if name in _NAMES_OF_ARNS and isinstance(one, str) and one.startswith("arn:"):
                yield one
            yield from _arns(one)


#: Members of a job's request that are ARNs.
_NAMES_OF_ARNS: Final = frozenset(
    {"Bucket", "FunctionArn", "ObjectArn", "RoleArn", "SourceBucket", "TargetResource"}
)


def _reproduce_storage_class_without_target_error(params: Params) -> None:
    """A copy with a storage class and no target makes AWS itself fail (OBSERVED, aws-sdk-java-v2#3085)."""
    copy = params["Operation"].get("S3PutObjectCopy", {})
    if "StorageClass" in copy and "TargetResource" not in copy:
        raise errors.INTERNAL_ERROR(hint="S3PutObjectCopy has a StorageClass, but no TargetResource")


def _problems_of_operation(name: str, request: Params) -> Iterator[str]:
    found = JOB_OPERATIONS.get(name)
    return iter(()) if found is None else found.problems_of(request)


def _refuse_unsupported(call: CallContext, params: Params) -> None:
    ((name, wanted),) = params["Operation"].items()
    found = JOB_OPERATIONS.get(name)
    if found is None:
        raise NotSupported(
            f"CreateJob was called with the operation {name}, and s3tag_mock runs no such jobs.\n"
            f"Jobs run: {', '.join(sorted(JOB_OPERATIONS))}."
        )
    not_modelled = found.not_modelled_in(wanted)
    if not_modelled:
        raise NotSupported(
            f"CreateJob was called with {', '.join(not_modelled)}, which s3tag_mock doesn't model."
        )
    found.refuse(call, wanted)


@operation("s3control", "DescribeJob", "AccountId JobId")
def describe_job(call: CallContext, params: Params) -> Result:
    """Everything about a job but its tags.

    Source: DescribeJob; which members AWS fills OBSERVED (aws-cli's examples, linz/geostore #894).
    """
    job = require.job(call, params)
    call.world.jobs.note_poll(job)
    _check_polling(job)
    described: Result = {
        "JobId": job.id,
        "JobArn": arns.job(job.region, job.account, job.id),
        "Status": job.status,
        "ProgressSummary": progress(call, job),
        "Priority": job.priority,
        "FailureReasons": _failure_reasons(job),
        "CreationTime": job.created,
    }
    for name in (
        "ConfirmationRequired",
        "Description",
        "Manifest",
        "ManifestGenerator",
        "Operation",
        "Report",
        "RoleArn",
    ):
        if name in job.request:
            described[name] = job.request[name]
    if job.status_reason is not None:
        described["StatusUpdateReason"] = job.status_reason
    if job.generated is not None:
        described["GeneratedManifestDescriptor"] = job.generated
    if job.suspended is not None:
        described.update(SuspendedDate=job.suspended, SuspendedCause=SUSPENDED_CAUSE)
    if job.ended is not None:
        described["TerminationDate"] = job.ended
    return {"Job": described}


def _check_polling(job: Job) -> None:
    """End an endless loop: a job that nobody runs, or that has ended, doesn't change any more."""
    if job.polls <= limits.POLLS_WITHOUT_CHANGE:
        return
    told = f"describe_job was called {job.polls} times, and job {job.id} is {job.status} all the while.\n"
    if job.status in ENDED:
        raise Misuse(
            f"{told}It has ended, and stays so. Does the code wait for a status that no job ever has, such "
            f"as 'Completed'? Jobs end {', '.join(sorted(ENDED))}."
        )
    if job.status == "Suspended":
        raise Misuse(
            f"{told}It waits for its confirmation: update_job_status(..., RequestedJobStatus='Ready'), or "
            "create it with ConfirmationRequired=False."
        )
    if job.interrupted:
        raise Misuse(f"{told}It was interrupted: aws.run_jobs() takes it up again.")
    raise Misuse(
        f"{told}With job_progress='manual' jobs wait for aws.run_jobs() or aws.step_jobs(), with "
        "'timed' for aws.clock.advance() where the clock stands still; write "
        "mock_tagging(job_progress='on_describe') to have each describe_job move it one status on."
    )


def progress(call: CallContext, job: Job) -> dict[str, Any]:
    """ProgressSummary of a job: how many tasks there are, and how many succeeded and failed so far."""
    return {
        "TotalNumberOfTasks": len(job.rows),
        "NumberOfTasksSucceeded": job.succeeded_tasks,
        "NumberOfTasksFailed": job.failed_tasks,
        "Timers": {"ElapsedTimeInActiveSeconds": job.seconds_active(call.now)},
    }


def _failure_reasons(job: Job) -> list[dict[str, str]]:
    if job.failure is None:
        return []
    return [{"FailureCode": job.failure.code, "FailureReason": job.failure.reason}]
