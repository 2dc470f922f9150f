"""What a test sees of a job: ``aws.jobs[job_id]``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, UnknownName, did_you_mean
from s3tag_mock.rules import arns
from s3tag_mock.state.job import Job, TaskResult
from s3tag_mock.state.world import World

__tracebackhide__ = FROM_TEST_AUTHORS


#: Notes that the test looked at something.
Inspect = Callable[..., None]


class ReportRow(NamedTuple):
    """A row of a completion report, all text, in AWS's order of columns."""

    bucket: str
    key: str
    version_id: str
    task_status: str
    http_status_code: str
    error_code: str
    result_message: str


@dataclass(frozen=True)
class Report:
    """A completion report, read from the report bucket.

    :param key: of its manifest.json.
    :param manifest: the content of manifest.json.
    :param rows: of all its result files: first the tasks that succeeded, then those that failed.
    """

    key: str
    manifest: Mapping[str, Any]
    rows: list[ReportRow]


class JobView:
    """A read-only view of a job."""

    def __init__(self, world: World, job: Job, look: Inspect) -> None:
        self._world = world
        self._job = job
        self._inspect = look

    @property
    def id(self) -> str:
        """The job's id."""
        return self._job.id

    @property
    def status(self) -> str:
        """Such as ``"Complete"``."""
        self._inspect("job", self.id)
        return self._job.status

    @property
    def tags(self) -> dict[str, str]:
        """The job's own tags."""
        self._inspect("job", self.id)
        return dict(self._job.tags)

    @property
    def request(self) -> Mapping[str, Any]:
        """CreateJob's parameters."""
        return self._job.request

    @property
    def tasks(self) -> Sequence[TaskResult]:
        """The result of each task so far.

        Rows of bucket, key, version_id, status, error_code, http_status, message.
        """
        self._inspect("tasks", self.id)
        return tuple(self._job.results())

    @property
    def done(self) -> int:
        """How many tasks are done so far."""
        return len(self._job.outcomes)

    @property
    def failure(self) -> str | None:
        """Why the whole job failed, with details that AWS doesn't give; None if it didn't fail."""
        self._inspect("job", self.id)
        failure = self._job.failure
        return None if failure is None else failure.told

    def report(self) -> Report:
        """The completion report, read from the report bucket.

        :raises Misuse: if there is none.
        """
        self._inspect("tasks", self.id)
        job = self._job
        if job.report_key is None:
            raise Misuse(f"Job {job.id} wrote no report: {self._why_no_report()}.")
        bucket = arns.bucket_of(job.request["Report"]["Bucket"]) or ""
        manifest = json.loads(self._read(bucket, job.report_key))
        rows = [
            ReportRow(*row)
            for result in manifest["Results"]
            for row in csv.reader(io.StringIO(self._read(bucket, result["Key"]).decode(), newline=""))
        ]
        return Report(job.report_key, manifest, rows)

    def _why_no_report(self) -> str:
        if not self._job.request["Report"]["Enabled"]:
            return "CreateJob was called with Report={'Enabled': False}"
        if self.failure is not None:
            return f"it failed: {self.failure}"
        return f"it is {self.status}; run_jobs() runs it to its end"

    def _read(self, bucket: str, key: str) -> bytes:
        found = self._world.bucket_behind(bucket, self._job.region)
        version = found.latest(key) if found else None
        if version is None or version.is_delete_marker:
            raise Misuse(f"The report of job {self.id} was deleted from {bucket}: {key}.")
        return version.body

    def __repr__(self) -> str:
        job = self._job
        why = f", {self.failure}" if self.failure else ""
        return f"<Job {job.id} {job.status}: {job.counts}{why}>"


class JobViews(Mapping[str, JobView]):
    """The jobs of a mock, oldest first."""

    def __init__(self, world: World, look: Inspect) -> None:
        self._world = world
        self._inspect = look

    def __getitem__(self, job_id: str | int) -> JobView:
        """A job.

        :param job_id: its id, or its position: 0 is the first that was created, -1 the last.
        :raises UnknownName: if there is none.
        """
        if isinstance(job_id, int):
            job_id = self._id_at(job_id)
        job = self._world.jobs.get(job_id)
        if job is None:
            near = did_you_mean(job_id, self._world.jobs, none_known="No job was created.")
            raise UnknownJob(f"There is no job {job_id!r}. {near}")
        self._inspect("job", job_id)
        return JobView(self._world, job, self._inspect)

    @property
    def last(self) -> JobView:
        """The job that was created last.

        :raises UnknownName: if none was.
        """
        return self[-1]

    def _id_at(self, position: int) -> str:
        ids = list(self._world.jobs)
        try:
            return ids[position]
        except IndexError:
            made = f"{len(ids)} jobs were" if len(ids) > 1 else "One job was" if ids else "No job was"
            raise UnknownJob(f"There is no job at position {position}. {made} created.") from None

    def __iter__(self) -> Iterator[str]:
        self._inspect("jobs")
        return iter(list(self._world.jobs))

    def __len__(self) -> int:
        self._inspect("jobs")
        return len(self._world.jobs)

    def __repr__(self) -> str:
        return "\n".join(["<jobs:", *(f"  {view!r}" for view in self.values()), ">"]) if self else "<no jobs>"


class UnknownJob(UnknownName, KeyError):
    """No job has this id. It is a KeyError too, as for every mapping."""

    __str__ = Exception.__str__
