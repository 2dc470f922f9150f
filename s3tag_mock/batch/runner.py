"""A job's way from New to its end, one status at a time; the legal moves are in rules.job_status."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from s3tag_mock.aws_error import AwsError
from s3tag_mock.batch import manifest, report, tasks
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import job_failures
from s3tag_mock.rules.job_failures import JobFailure
from s3tag_mock.rules.job_status import AT_REST, ENDED, may_follow
from s3tag_mock.state.job import Job
from s3tag_mock.state.world import World


def step(world: World, job: Job) -> bool:
    """Move a job one status on, doing what that takes.

    :return: False when it is at rest: ended, or waiting for somebody.
    """
    if job.status in AT_REST:
        return False
    call = CallContext(world, world.clock.now(), job.account, job.region, method="PUT")
    try:
        following = _STEPS[job.status](call, job)
    except JobFailure as failure:
        job.failure = failure
        following = "Failing"
    _enter(call, job, following)
    return True


def run(world: World, job: Job) -> None:
    """Move a job on until it is at rest."""
    while step(world, job):
        pass


def _enter(call: CallContext, job: Job, status: str) -> None:
    if not may_follow(job.status, status):
        raise AssertionError(f"a job can't go from {job.status} to {status}")
    if status == "Active":
        job.active_since = call.now
    elif job.active_since is not None:
        job.active_seconds += int((call.now - job.active_since).total_seconds())
        job.active_since = None
    if status == "Suspended":
        job.suspended = call.now
    if status in ENDED:
        job.ended = call.now
    job.status = status


def _begin(call: CallContext, job: Job) -> str:
    return "Preparing"


def _prepare(call: CallContext, job: Job) -> str:
    job.rows = manifest.read(call, job)
    return "Suspended" if job.request.get("ConfirmationRequired") else "Ready"


def _activate(call: CallContext, job: Job) -> str:
    return "Active"


def _do_tasks(call: CallContext, job: Job) -> str:
    if not tasks.run_all(call, job):
        raise job_failures.too_many_failures()
    return "Completing"


def _complete(call: CallContext, job: Job) -> str:
    _write_report(call, job)
    return "Complete"


def _fail(call: CallContext, job: Job) -> str:
    if job.failure is not None and not job.failure.is_about_the_report:
        # A report that can't be written must not keep a failing job from failing.
        with suppress(JobFailure):
            _write_report(call, job)
    return "Failed"


def _write_report(call: CallContext, job: Job) -> None:
    try:
        job.report_key = report.write(call, job)
    except AwsError as error:
        raise job_failures.report_not_written(str(error)) from None


_STEPS: Final[dict[str, Callable[[CallContext, Job], str]]] = {
    "New": _begin,
    "Preparing": _prepare,
    "Ready": _activate,
    "Active": _do_tasks,
    "Completing": _complete,
    "Failing": _fail,
}
