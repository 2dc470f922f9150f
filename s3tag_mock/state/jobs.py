"""The jobs of a world. A call costs the same however many of them have ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, ValuesView
from datetime import datetime
from heapq import heappop, heappush

from s3tag_mock.rules.job_status import ENDED
from s3tag_mock.state.job import Job


class Jobs(Mapping[str, Job]):
    """A mapping of job id to job, oldest first."""

    def __init__(self) -> None:
        self._by_id: dict[str, Job] = {}
        #: By account, region and ClientRequestToken.
        self._by_token: dict[tuple[str, str, str | None], Job] = {}
        #: Those that still have something before them.
        self._current: dict[str, Job] = {}
        #: A heap of the others: the earliest end, the number of the job, the job.
        self._settled: list[tuple[datetime, int, Job]] = []
        #: Those that were polled since all polls were last forgotten.
        self._polled: dict[str, Job] = {}

    def __getitem__(self, job_id: str) -> Job:
        return self._by_id[job_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def values(self) -> ValuesView[Job]:
        """The jobs, oldest first."""
        return self._by_id.values()

    def newest_first(self) -> Iterator[Job]:
        """The jobs, newest first."""
        return reversed(self._by_id.values())

    def add(self, job: Job) -> None:
        """Add the job that was created last."""
        self._by_id[job.id] = self._by_token[_token_of(job)] = self._current[job.id] = job

    def of_token(self, account: str, region: str, token: str | None) -> Job | None:
        """The job that was created there with this ClientRequestToken."""
        return self._by_token.get((account, region, token))

    def current(self) -> list[Job]:
        """The jobs that haven't ended, or of whose end no event was sent yet; oldest first.

        A job that isn't among them never is again: after its end, each is looked at here only once.
        """
        for job in list(self._current.values()):
            if job.ended is not None and job.status in ENDED and not job.untold:
                del self._current[job.id]
                heappush(self._settled, (job.ended, job.number, job))
        return list(self._current.values())

    def note_poll(self, job: Job) -> None:
        """Count that a job was described."""
        job.polls += 1
        self._polled[job.id] = job

    def forget_polls(self) -> None:
        """Count the polls of all jobs from the beginning."""
        for job in self._polled.values():
            job.polls = 0
        self._polled.clear()

    def forget(self, is_over: Callable[[Job], bool]) -> None:
        """Forget the jobs of which this is so: those that ended before some moment."""
        over = [job for job in self._current.values() if is_over(job)]
        while self._settled and is_over(self._settled[0][-1]):
            over.append(heappop(self._settled)[-1])
        for job in over:
            del self._by_id[job.id], self._by_token[_token_of(job)]
            self._current.pop(job.id, None)

    def copy(self) -> Jobs:
        """Jobs that go their own way from here."""
        other = Jobs()
        for job in self._by_id.values():
            other.add(job.copy())
        return other

    def clear(self) -> None:
        """Forget them all."""
        for one in (self._by_id, self._by_token, self._current, self._settled, self._polled):
            one.clear()


def _token_of(job: Job) -> tuple[str, str, str | None]:
    return job.account, job.region, job.request.get("ClientRequestToken")
