"""Jobs that nobody ran or looked at again, and manifests whose keys were not URL-encoded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import quote_plus

from s3tag_mock.dispatch.call import Call
from s3tag_mock.findings.finding import Finding, MockRun, created_jobs, use_of_tags
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.rules.job_status import ENDED
from s3tag_mock.state.job import Job, TaskResult

_READING: Final = ("Get", "Head", "List")
#: What ``MockRun.inspected`` says when the test looked at all jobs through the handle.
_ALL_JOBS: Final = ("jobs",)


def findings(run: MockRun) -> Iterator[Finding]:
    """What there is to report about each job that a call created."""
    for number, job in created_jobs(run):
        yield from _about_manifest(run, job)
        yield from _about_result(run, number, job)
        yield from _about_report(job)


def _about_manifest(run: MockRun, job: Job) -> Iterator[Finding]:
    if not job.failed_tasks or (not run.test_failed and ("tasks", job.id) in run.inspected):
        return
    unencoded = list(islice((row for row in _missing_keys(job) if _exists_as_written(run, job, row)), 4))
    if unencoded:
        shown = ", ".join(f"{row.encoded_key!r} was read as {row.key!r}" for row in unencoded[:3])
        more = ", and more" if len(unencoded) > 3 else ""
        yield Finding(
            Kind.unencoded_manifest,
            f"the keys in the manifest of job {job.id} must be URL-encoded, and weren't: {shown}{more}. "
            f"Write urllib.parse.quote(key): {quote_plus(unencoded[0].encoded_key, safe='/')!r}.",
        )


def _about_report(job: Job) -> Iterator[Finding]:
    report = job.request["Report"]
    shows_results = report["Enabled"] and report["ReportScope"] == "AllTasks"
    if job.succeeded_tasks and not shows_results and JOB_OPERATIONS[job.operation].results_are_in_report:
        yield Finding(
            Kind.lost_results,
            f"job {job.id} ({job.operation}) has its results in its report alone, which doesn't show "
            f"tasks that succeeded: {dict(report)!r}. Write Report={{'Enabled': True, 'ReportScope': "
            "'AllTasks', ...}.",
        )


def _missing_keys(job: Job) -> Iterator[TaskResult]:
    """The rows for which no object has the decoded key, and decoding made a difference."""
    for task in job.results(failed_only=True):
        if task.error_code == "NoSuchKey" and task.encoded_key != task.key:
            yield task


def _exists_as_written(run: MockRun, job: Job, row: TaskResult) -> bool:
    bucket = run.world.buckets_of(job.region).get(row.bucket)
    return bucket is not None and bucket.latest(row.encoded_key) is not None


def _about_result(run: MockRun, number: int, job: Job) -> Iterator[Finding]:
    looked_at = _was_looked_at(run, number, job)
    if looked_at and not run.test_failed:
        return
    if job.status not in ENDED and run.job_progress == "manual":
        todo = {
            "Suspended": "It waits for confirmation: update_job_status(..., RequestedJobStatus='Ready').",
        }.get(job.status, "With job_progress='manual' jobs don't run by themselves: write aws.run_jobs().")
        yield Finding(Kind.unfinished_job, f"job {job.id} is still {job.status}. {todo}")
    elif not looked_at and (run.test_failed or job.status != "Complete" or job.failed_tasks):
        failed = f", with {job.failed_tasks} failed tasks" if job.failed_tasks else ""
        yield Finding(
            Kind.unseen_job,
            f"nobody looked at job {job.id} after CreateJob; it is {job.status}{failed}. CreateJob succeeds "
            "even if the job then fails: look at describe_job, at the job's report, or at aws.jobs[job_id].",
        )


def _was_looked_at(run: MockRun, number: int, job: Job) -> bool:
    if run.inspected_since(number, _ALL_JOBS, ("job", job.id), ("tasks", job.id)):
        return True
    succeeded = job.status in {"Complete", "Suspended"} and not job.failed_tasks
    if succeeded and any(position > number for position in run.inspected.values()):
        return True  # the objects show what the job did
    return any(_shows(call, job, succeeded) for call in run.calls[number + 1 :])


def _shows(call: Call, job: Job, succeeded: bool) -> bool:
    """Whether a call's answer shows how a job is doing.

    :param succeeded: whether the job did: then its objects show it as well.
    """
    if call.params.get("JobId") == job.id:
        use = use_of_tags(call)
        return use is None or use.does == "reads"
    if call.operation == "ListJobs":
        return True
    return call.operation.startswith(_READING) and (succeeded or _is_report(job, call.params.get("Key")))


def _is_report(job: Job, key: str | None) -> bool:
    return key is not None and f"job-{job.id}/" in key
