"""Moves a job from New to its end, one status at a time; the legal transitions are in rules.job_status.

A job is moved on by one thread at a time. The world's lock is held all the while, but not while a
Lambda function of the test author runs: it may do whatever it likes, in threads of its own too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from s3tag_mock.batch import manifest, report, role, tasks
from s3tag_mock.events import delivery
from s3tag_mock.exceptions import AwsError, Misuse
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import dates, job_failures, limits
from s3tag_mock.rules.job_failures import JobFailure
from s3tag_mock.rules.job_status import AT_REST, UNDER_WAY, may_follow
from s3tag_mock.state.job import Job
from s3tag_mock.state.world import World

#: Called with a job after each of its steps.
Progress = Callable[[Job], object]


def step(world: World, job: Job, most_tasks: int | None = None, at: datetime | None = None) -> bool:
    """Move a job one status on, doing what that takes.

    :param most_tasks: how many tasks an active job does at most; one that has more stays Active.
    :param at: when it happens; now by default.
    :return: False when it is at rest: ended, waiting for somebody, held back by a job of higher priority,
        or being moved on by somebody else.
    :raises Misuse: of the test author, found in a step: the job fails by it.
    """
    if not job.running.acquire(blocking=False):
        return False
    try:
        with world.lock:
            if job.status in AT_REST or (job.status in {"Ready", "Paused"} and is_held_back(world, job)):
                return False
            before, job.interrupted = job.status, False
            call = CallContext(world, at or world.clock.now(), role.session(world, job), job.region)
        following, misuse = _following(call, job, most_tasks)
        with world.lock:
            # A job that was cancelled in the meantime stays so.
            if job.status == before and following is not None:
                _enter(call, job, following, at)
        delivery.deliver(call)
        delivery.tell_of_jobs(call, job)
        if misuse is not None:
            raise misuse
        return True
    finally:
        job.running.release()


def run_all(world: World, progress: Progress | None = None, tasks_at_once: int | None = None) -> None:
    """Move all jobs on until all are at rest; those of higher priority first.

    Not those that were interrupted: whatever interrupted them must not reach a call about another job.

    :param progress: called with each job after each of its steps.
    :param tasks_at_once: how many tasks a step does at most, so that there is progress to report.
    :raises Misuse: of the test author, the first that was found; the job fails by it, the others go on.
    """
    moved, misuses = True, []
    while moved:
        moved = False
        for job in by_priority(world):
            while not job.interrupted:
                try:
                    if not step(world, job, tasks_at_once):
                        break
                except Misuse as misuse:
                    misuses.append(misuse)
                moved = True
                if progress is not None:
                    progress(job)
    if misuses:
        raise misuses[0]


def resume(world: World) -> None:
    """Let jobs that were interrupted go on from the task at which they were."""
    with world.lock:
        for job in world.jobs.current():
            job.interrupted = False


def by_priority(world: World) -> list[Job]:
    """The jobs that can move on, those of the highest priority first, of equals the oldest."""
    with world.lock:
        return sorted(world.jobs.current(), key=lambda job: (-job.priority, job.number))


def advance(world: World, job: Job) -> None:
    """Move a job one status on, and before it those that hold it back: AWS runs them by itself."""
    for other in by_priority(world):
        if goes_before(other, job) and not other.interrupted:
            step(world, other)
    step(world, job)


def is_held_back(world: World, job: Job) -> bool:
    """Whether a job of higher priority is under way in the same account and region."""
    return any(
        goes_before(other, job) and other.status in UNDER_WAY and not other.interrupted
        for other in world.jobs.current()
    )


def goes_before(other: Job, job: Job) -> bool:
    """Whether a job keeps another from running while it is under way."""
    same_place = (other.account, other.region) == (job.account, job.region)
    return same_place and other.priority > job.priority


def catch_up(world: World) -> None:
    """Do what has become due: fail jobs that nobody confirmed, delete those that ended long ago."""
    now = world.clock.now()
    with world.lock:
        for job in world.jobs.current():
            if job.status == "Suspended" and job.suspended is not None:
                end = dates.later(job.suspended, days=limits.JOB_CONFIRMATION_DAYS)
                if now >= end:
                    job.failure = job_failures.never_confirmed()
                    job.enter("Failing", end, world.next_sequence())
                    job.enter("Failed", end, world.next_sequence())
        world.jobs.forget(lambda job: _is_over(job, now))


def _is_over(job: Job, now: datetime) -> bool:
    """Whether a job ended so long ago that it is deleted."""
    return job.ended is not None and now >= dates.later(job.ended, days=limits.JOB_RETENTION_DAYS)


def _following(call: CallContext, job: Job, most_tasks: int | None) -> tuple[str | None, Misuse | None]:
    """The next status, None where it stays the same; and an exception to raise once that is set.

    A job whose step goes wrong fails, whatever went wrong: if it kept its status, each later call that moves
    jobs on would run into the same error.
    """
    before, misuse = job.status, None
    try:
        if before != "New":
            with call.world.lock:
                role.check(call, job)
            call = replace(call, caller=role.session(call.world, job))
        if before == "Active":
            return _do_tasks(call, job, most_tasks), None
        with call.world.lock:
            return _STEPS[before](call, job), None
    except JobFailure as failure:
        if before not in _WITHOUT_REPORT:
            job.failure = failure
    except Misuse as problem:
        misuse, job.failure = problem, job_failures.internal_error(str(problem))
    except Exception as problem:
        job.failure = job_failures.internal_error(f"{type(problem).__name__}: {problem}")
    except BaseException:
        # KeyboardInterrupt, or what pytest.fail raises: the job can go on from the task at which it was.
        job.interrupted = True
        raise
    return _WITHOUT_REPORT.get(before, "Failing"), misuse


def _enter(call: CallContext, job: Job, status: str, at: datetime | None) -> None:
    assert may_follow(job.status, status), f"a job can't go from {job.status} to {status}"
    # Tasks may have taken time.
    job.enter(status, at or call.world.clock.now(), call.world.next_sequence())


def _begin(call: CallContext, job: Job) -> str:
    return "Preparing"


def _prepare(call: CallContext, job: Job) -> str:
    job.rows = manifest.rows_of(call, job)
    return "Suspended" if job.request.get("ConfirmationRequired") else "Ready"


def _activate(call: CallContext, job: Job) -> str:
    return "Active"


def _do_tasks(call: CallContext, job: Job, most: int | None) -> str | None:
    with call.world.lock:
        if is_held_back(call.world, job):
            return "Pausing"
    tasks.run(call, job, most)
    if tasks.too_many_failed(job):
        raise job_failures.too_many_failures()
    return "Completing" if len(job.outcomes) == len(job.rows) else None


def _pause(call: CallContext, job: Job) -> str:
    return "Paused"


def _complete(call: CallContext, job: Job) -> str:
    _write_report(call, job)
    return "Complete"


def _cancel(call: CallContext, job: Job) -> str:
    with suppress(JobFailure):
        _write_report(call, job)
    return "Cancelled"


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


#: The next status where not even the last step can be done.
_WITHOUT_REPORT: Final[dict[str, str]] = {"Cancelling": "Cancelled", "Failing": "Failed"}
_STEPS: Final[dict[str, Callable[[CallContext, Job], str]]] = {
    "New": _begin,
    "Preparing": _prepare,
    "Ready": _activate,
    "Pausing": _pause,
    "Paused": _activate,
    "Completing": _complete,
    "Cancelling": _cancel,
    "Failing": _fail,
}
