"""Jobs that move on by the clock: each status takes its time, and tasks are done at a rate.

AWS says nothing of either: the durations are ASSUMED, short enough to be watched.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from s3tag_mock.batch import runner
from s3tag_mock.exceptions import Misuse
from s3tag_mock.rules import dates
from s3tag_mock.rules.job_status import AT_REST
from s3tag_mock.state.job import Job
from s3tag_mock.state.world import World

#: How long a job stays in a status, in seconds.
SECONDS: Final = {
    "New": 1,
    "Preparing": 2,
    "Ready": 1,
    "Pausing": 1,
    "Paused": 0,
    "Completing": 1,
    "Cancelling": 1,
    "Failing": 1,
}
#: How many tasks of an active job are done in a second.
TASKS_A_SECOND: Final = 100


def keep_pace(world: World) -> None:
    """Move jobs on as far as there was time for it.

    :raises Misuse: of the test author, the first that was found in a step; the job fails by it.
    """
    if not world.jobs:
        return
    now = world.clock.now()
    held_back: list[Job] = []
    misuses: list[Misuse] = []
    while (due := _next(world, now, held_back)) is not None:
        moment, job, tasks = due
        try:
            if not runner.step(world, job, tasks, at=moment):
                held_back.append(job)
                continue
        except Misuse as misuse:
            misuses.append(misuse)
        for other in [one for one in held_back if runner.goes_before(job, one)]:
            other.held_until = moment  # at least: the job may be over that held it back
            held_back.remove(other)
    for job in held_back:
        job.held_until = now
    if not world.clock.is_frozen:
        with world.lock:
            world.jobs.forget_polls()  # whoever polls one doesn't wait in vain
    if misuses:
        raise misuses[0]


def _next(world: World, now: datetime, held_back: list[Job]) -> tuple[datetime, Job, int | None] | None:
    """The earliest step that is due: when it was, whose, and how many tasks an active job does at most."""
    live = [job for job in runner.by_priority(world) if job.status not in AT_REST and not job.interrupted]
    due = [(_moment(job), job) for job in live if job not in held_back]
    due = [(moment, job) for moment, job in due if moment <= now]
    if not due:
        return None
    moment, job = min(due, key=lambda one: one[0])
    if job.status != "Active":
        return moment, job, None
    # Until another job goes on, which may then hold this one back.
    end = min((other for other, one in due if one.status != "Active"), default=now)
    tasks = max(min(_in_time(job, end), len(job.rows)) - len(job.outcomes), 1)
    return _after(job, min(len(job.outcomes) + tasks, len(job.rows))), job, tasks


def _moment(job: Job) -> datetime:
    """When a job's next step is due: its next task, or its next status."""
    if job.status != "Active":
        due = dates.later(job.since, seconds=SECONDS[job.status])
        return due if job.held_until is None else max(due, job.held_until)
    return _after(job, min(len(job.outcomes) + 1, len(job.rows)))


def _after(job: Job, tasks: int) -> datetime:
    """When an active job has done so many tasks in all."""
    return dates.later(job.since, seconds=(tasks - job.done_before) / TASKS_A_SECOND)


def _in_time(job: Job, now: datetime) -> int:
    """How many tasks an active job has done in all by then."""
    return int((now - job.since).total_seconds() * TASKS_A_SECOND) + job.done_before
