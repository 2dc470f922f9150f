"""Jobs that nobody ran or looked at again, and manifests whose keys were not URL-encoded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import quote_plus

from s3tag_mock.findings.finding import Finding, Seen
from s3tag_mock.rules.job_status import ENDED
from s3tag_mock.state.job import Job, ManifestRow

#: Calls that tell of one job, and of any.
_ABOUT_JOB: Final = frozenset({"DescribeJob", "GetJobTagging", "UpdateJobStatus", "UpdateJobPriority"})
_ABOUT_ALL: Final = "ListJobs"
_READS: Final = ("Get", "Head", "List")
#: Ways of looking through the handle that tell of every job.
_ALL_JOBS: Final = ("jobs",)


def findings(seen: Seen) -> Iterator[Finding]:
    """What is to be said of each job that a call created."""
    jobs = seen.world.jobs
    for number, call in enumerate(seen.calls):
        job = jobs.get(call.response.get("JobId", "")) if call.operation == "CreateJob" else None
        if job is not None:
            yield from _of_manifest(seen, job)
            yield from _of_end(seen, number, job)


def _of_manifest(seen: Seen, job: Job) -> Iterator[Finding]:
    if not job.failed_tasks or (not seen.failed and ("tasks", job.id) in seen.inspected):
        return
    raw = list(islice((row for row in _failed_rows(job) if _is_raw(seen, row)), 4))
    if raw:
        shown = ", ".join(f"{row.encoded_key!r} was read as {row.key!r}" for row in raw[:3])
        more = ", and more" if len(raw) > 3 else ""
        yield Finding(
            "unencoded_manifest",
            f"the keys in the manifest of job {job.id} must be URL-encoded, and weren't: {shown}{more}. "
            f"Write urllib.parse.quote(key): {quote_plus(raw[0].encoded_key, safe='/')!r}.",
        )


def _failed_rows(job: Job) -> Iterator[ManifestRow]:
    for row, outcome in zip(job.rows, job.outcomes, strict=False):
        if outcome.error_code == "NoSuchKey" and row.encoded_key != row.key:
            yield row


def _is_raw(seen: Seen, row: ManifestRow) -> bool:
    """Whether the key as the manifest spells it is an object's."""
    bucket = seen.world.buckets.get(row.bucket)
    return bucket is not None and bucket.latest(row.encoded_key) is not None


def _of_end(seen: Seen, number: int, job: Job) -> Iterator[Finding]:
    looked_at = _was_looked_at(seen, number, job)
    if looked_at and not seen.failed:
        return
    if job.status not in ENDED and seen.is_manual:
        todo = {
            "Suspended": "It waits for its confirmation: update_job_status(..., RequestedJobStatus='Ready').",
        }.get(job.status, "With job_progress='manual' nobody runs it: write aws.run_jobs().")
        yield Finding("unfinished_job", f"job {job.id} is still {job.status}. {todo}")
    elif not looked_at:
        failed = f", with {job.failed_tasks} failed tasks" if job.failed_tasks else ""
        yield Finding(
            "unseen_job",
            f"nobody looked at job {job.id} after CreateJob; it is {job.status}{failed}. CreateJob succeeds "
            "whatever becomes of the job: describe_job tells, and its report, and aws.jobs[job_id]. If the "
            "test means it, write mock_tagging(allow=['unseen_job']).",
        )


def _was_looked_at(seen: Seen, number: int, job: Job) -> bool:
    if seen.inspected_since(number, _ALL_JOBS, ("job", job.id), ("tasks", job.id)):
        return True
    went_well = job.status in {"Complete", "Suspended"} and not job.failed_tasks
    if went_well and any(position > number for position in seen.inspected.values()):
        return True  # whoever looks at the objects looks at what the job did
    return any(
        (call.operation in _ABOUT_JOB and call.params.get("JobId") == job.id)
        or call.operation == _ABOUT_ALL
        or (call.operation.startswith(_READS) and (went_well or _is_of_report(job, call.params.get("Key"))))
        for call in seen.calls[number + 1 :]
    )


def _is_of_report(job: Job, key: str | None) -> bool:
    return key is not None and f"job-{job.id}/" in key
