"""UpdateJobStatus, UpdateJobPriority."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules import limits
from s3tag_mock.rules.job_status import ENDED, may_follow
from s3tag_mock.state.job import Job


@operation("s3control", "UpdateJobStatus", "AccountId JobId RequestedJobStatus StatusUpdateReason")
def update_job_status(call: CallContext, params: Params) -> Result:
    """Confirm a job that waits for it, or cancel one that hasn't ended; what was done stays done.

    Source: UpdateJobStatus; the statuses that it answers OBSERVED (aws-cli's examples); that what isn't
    legal is JobStatusException is ASSUMED, also for a job that is being cancelled already.
    """
    job = require.job(call, params)
    wanted, reason = params["RequestedJobStatus"], params.get("StatusUpdateReason")
    if wanted not in {"Cancelled", "Ready"}:
        raise errors.BAD_JOB_REQUEST(hint=f"RequestedJobStatus {wanted!r} isn't Cancelled or Ready")
    if reason is not None and len(reason) > limits.JOB_STATUS_REASON_CHARACTERS:
        raise errors.BAD_JOB_REQUEST(hint="StatusUpdateReason has more than 256 characters")
    following = _following(job, wanted)
    if following is None:
        raise errors.ILLEGAL_JOB_STATUS(status=job.status, wanted=wanted)
    job.enter(following, call.now, call.world.next_sequence())
    job.status_reason = reason or job.status_reason
    answer: Result = {"JobId": job.id, "Status": following}
    return answer if reason is None else {**answer, "StatusUpdateReason": reason}


def _following(job: Job, wanted: str) -> str | None:
    """A job that waits is cancelled at once, one that is under way begins to be (OBSERVED)."""
    if wanted == "Ready":
        return "Ready" if job.status == "Suspended" else None
    return next((status for status in ("Cancelled", "Cancelling") if _may_be(job, status)), None)


def _may_be(job: Job, status: str) -> bool:
    return job.status != "Cancelling" and may_follow(job.status, status)


@operation("s3control", "UpdateJobPriority", "AccountId JobId Priority")
def update_job_priority(call: CallContext, params: Params) -> Result:
    """Change a job's priority, also while it runs.

    Source: UpdateJobPriority. It models no JobStatusException: that a job which ended is refused with
    BadRequestException is ASSUMED.
    """
    job = require.job(call, params)
    lowest, highest = limits.JOB_PRIORITY
    if not lowest <= params["Priority"] <= highest:
        raise errors.BAD_JOB_REQUEST(
            hint=f"Priority {params['Priority']} isn't between {lowest} and {highest}"
        )
    if job.status in ENDED:
        raise errors.BAD_JOB_REQUEST(hint=f"the job is {job.status} already")
    job.priority = params["Priority"]
    return {"JobId": job.id, "Priority": job.priority}
