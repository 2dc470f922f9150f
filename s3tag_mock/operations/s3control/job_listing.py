"""ListJobs."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import paging, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.s3control.jobs import progress
from s3tag_mock.rules import limits
from s3tag_mock.rules.job_status import NEXT
from s3tag_mock.state.job import Job


@operation("s3control", "ListJobs", "AccountId JobStatuses NextToken MaxResults")
def list_jobs(call: CallContext, params: Params) -> Result:
    """A page of the account's jobs in the region, newest first, also those that ended recently.

    Source: ListJobs; order and members OBSERVED (jwnichols3's list; TerminationDate is never there).
    That MaxResults 0 is as none is ASSUMED.
    """
    require.own_account(call, params)
    most, wanted = params.get("MaxResults", 0), params.get("JobStatuses", [])
    if not 0 <= most <= limits.LISTING_PAGE:
        raise errors.INVALID_LIST_REQUEST(problem="The range for the MaxResults parameter is not valid")
    unknown = [status for status in wanted if status not in NEXT]
    if unknown:
        raise errors.INVALID_LIST_REQUEST(problem="The job status is not valid", hint=f"unknown: {unknown}")
    jobs = (
        job
        for job in call.world.jobs.newest_first()
        if (job.account, job.region) == (call.account, call.region) and (not wanted or job.status in wanted)
    )
    page, token = paging.page(
        jobs,
        _newest_first,
        {**params, "MaxResults": most or limits.LISTING_PAGE},
        invalid_token=errors.INVALID_NEXT_TOKEN,
    )
    result: Result = {"Jobs": [_job_entry(call, job) for job in page]}
    return result if token is None else {**result, "NextToken": token}


def _newest_first(job: Job) -> str:
    return f"{limits.JOBS_EVER - job.number:020d}"


def _job_entry(call: CallContext, job: Job) -> Result:
    description = job.request.get("Description")
    return {
        "JobId": job.id,
        **({} if description is None else {"Description": description}),
        "Operation": job.operation,
        "Priority": job.priority,
        "Status": job.status,
        "CreationTime": job.created,
        "ProgressSummary": progress(call, job),
    }
