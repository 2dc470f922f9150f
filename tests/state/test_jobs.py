"""The jobs of a world, compared with a plain list of them; those that have ended cost nothing more."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from conftest import ACCOUNT, fuzzing
from s3tag_mock.rules.job_status import ENDED
from s3tag_mock.state.job import Job
from s3tag_mock.state.jobs import Jobs

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
INDEX = st.integers(0, 100)


def new_job(number: int, created: datetime = START) -> Job:
    request = {"ClientRequestToken": f"token {number}"}
    return Job(
        id=f"job-{number}",
        account=ACCOUNT,
        region="us-east-1",
        request=request,
        created=created,
        number=number,
    )


class JobsMachine(RuleBasedStateMachine):
    """Jobs are created, move on, are told of, are deleted and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs, self.model = Jobs(), list[Job]()
        self.created, self.now = 0, START

    @rule()
    def create(self) -> None:
        job = new_job(self.created, self.now)
        self.created += 1
        self.jobs.add(job)
        self.model.append(job)

    @precondition(lambda self: self.model)
    @rule(index=INDEX, status=st.sampled_from(["Preparing", "Suspended", "Complete", "Failed"]))
    def enter(self, index: int, status: str) -> None:
        job = self.model[index % len(self.model)]
        if job.status not in ENDED:
            job.enter(status, self.now, 0)

    @precondition(lambda self: self.model)
    @rule(index=INDEX)
    def tell(self, index: int) -> None:
        self.model[index % len(self.model)].untold.clear()

    @rule(minutes=st.integers(-5, 20))
    def wait(self, minutes: int) -> None:
        """The clock may be set back, too."""
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.integers(0, 20))
    def forget(self, minutes: int) -> None:
        def is_over(job: Job) -> bool:
            return job.ended is not None and job.ended <= self.now - timedelta(minutes=minutes)

        self.jobs.forget(is_over)
        self.model = [job for job in self.model if not is_over(job)]

    @rule()
    def copy(self) -> None:
        """Go on with a copy: whatever happens to it, the original stays as it is."""
        before, self.jobs = self.jobs, self.jobs.copy()
        self.model = list(self.jobs.values())
        for job, copied in zip(before.values(), self.model, strict=True):
            assert (job.id, job.status, job.untold) == (copied.id, copied.status, copied.untold)
            copied.history.append(("New", 0))
            assert job.history != copied.history

    @rule()
    def clear(self) -> None:
        self.jobs.clear()
        self.model = []

    @invariant()
    def same(self) -> None:
        assert list(self.jobs.values()) == self.model
        assert list(self.jobs) == [job.id for job in self.model]
        assert list(self.jobs.newest_first()) == self.model[::-1]
        current = [job for job in self.model if job.status not in ENDED or job.untold]
        assert self.jobs.current() == current
        for number in range(self.created):
            found = self.jobs.of_token(ACCOUNT, "us-east-1", f"token {number}")
            assert found is self.jobs.get(f"job-{number}")
            assert (found is None) == (number not in {job.number for job in self.model})


TestJobs = JobsMachine.TestCase
TestJobs.settings = fuzzing(40, steps=20)


def test_jobs_that_ended_are_not_looked_at_again() -> None:
    jobs = Jobs()
    for number in range(100):
        job = new_job(number)
        job.enter("Complete", START, number)
        job.untold.clear()
        jobs.add(job)
    looked_at: list[Job] = []

    def is_over(job: Job) -> bool:
        looked_at.append(job)
        return False

    assert jobs.current() == []
    jobs.forget(is_over)
    assert len(looked_at) == 1


def test_polls_are_forgotten_of_all_that_were_polled() -> None:
    jobs = Jobs()
    for number in range(3):
        jobs.add(new_job(number))
    for job in list(jobs.values())[1:] * 2:
        jobs.note_poll(job)
    assert [job.polls for job in jobs.values()] == [0, 2, 2]
    jobs.forget_polls()
    assert [job.polls for job in jobs.values()] == [0, 0, 0]
