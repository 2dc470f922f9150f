"""Jobs driven through random calls, legal and not, checked against a small model of what AWS says of them.

No task is lost, none is run twice, counts add up, tags are as the finished tasks left them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from botocore.exceptions import ClientError
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from conftest import ACCOUNT, fuzzing
from s3tag_mock import mock_tagging
from s3tag_mock.rules.job_status import ENDED, NEXT
from tests.support import tagging_job

ME = {"AccountId": ACCOUNT}
KEYS = ["a", "b", "c"]
MISSING = ["gone"]


class Jobs(RuleBasedStateMachine):
    jobs: Any = Bundle("jobs")

    @initialize()
    def begin(self) -> None:
        self.aws = mock_tagging(job_progress="manual")
        self.aws.start()
        self.aws.create_bucket("photos")
        self.aws.put_objects("photos", KEYS)
        self.control = self.aws.client("s3control")
        self.seen: dict[str, list[str]] = {}
        self.rows: dict[str, list[str]] = {}
        self.priorities: dict[str, int] = {}
        self.runs: list[tuple[str, str]] = []
        self.done: dict[str, int] = {}
        self.cancelled: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "aws"):
            self.aws.stop()

    @rule(
        target=jobs,
        keys=st.lists(st.sampled_from([*KEYS, *MISSING]), min_size=1, max_size=6),
        priority=st.integers(0, 3),
        confirm=st.booleans(),
    )
    def create(self, keys: list[str], priority: int, confirm: bool) -> str:
        number = len(self.rows)
        request = tagging_job(
            self.aws,
            *[f"photos,{key}" for key in keys],
            tags={"job": str(number)},
            Priority=priority,
            ConfirmationRequired=confirm,
            ClientRequestToken=f"token {number}",
        )
        # Every job has a manifest of its own: another one's would have another ETag.
        body = "".join(f"photos,{key}\n" for key in keys).encode()
        name = f"manifest-{number}.csv"
        etag = self.aws.client("s3").put_object(Bucket="manifests", Key=name, Body=body)["ETag"]
        request["Manifest"]["Location"] = {"ObjectArn": f"arn:aws:s3:::manifests/{name}", "ETag": etag}
        job: str = self.control.create_job(**request)["JobId"]
        assert self.control.create_job(**request)["JobId"] == job
        self.seen[job], self.rows[job] = ["New"], keys
        self.priorities[job], self.done[job] = priority, 0
        return job

    @rule(tasks=st.sampled_from([1, 2, None]))
    def step(self, tasks: int | None) -> None:
        self.aws.step_jobs(tasks=tasks)
        self.look()

    @rule()
    def run(self) -> None:
        self.aws.run_jobs(progress=lambda job: self.look())
        for job in self.rows:
            assert self.status(job) in {*ENDED, "Suspended", "gone"}

    @rule(job=jobs, wanted=st.sampled_from(["Ready", "Cancelled"]))
    def update_status(self, job: str, wanted: str) -> None:
        before = self.status(job)
        if before == "gone":
            return
        legal = before == "Suspended" or (
            wanted == "Cancelled" and before not in {*ENDED, "Completing", "Cancelling", "Failing"}
        )
        try:
            answer = self.control.update_job_status(**ME, JobId=job, RequestedJobStatus=wanted)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "JobStatusException"
            assert not legal
            assert self.status(job) == before
        else:
            assert legal
            assert answer["Status"] == self.status(job)
            if wanted == "Cancelled":
                self.cancelled.add(job)
        self.look()

    @rule(job=jobs, priority=st.integers(0, 3))
    def update_priority(self, job: str, priority: int) -> None:
        ended = self.status(job) in {*ENDED, "gone"}
        try:
            self.control.update_job_priority(**ME, JobId=job, Priority=priority)
        except ClientError:
            assert ended
        else:
            assert not ended
            self.priorities[job] = priority

    @rule(job=consumes(jobs), days=st.sampled_from([1, 31]))
    def wait(self, job: str, days: int) -> None:
        waiting = self.status(job) == "Suspended"
        self.aws.clock.advance(days=days)
        if waiting and days > 30:
            assert self.status(job) == "Failed"
        self.look()

    def status(self, job: str) -> str:
        return str(self.aws.jobs[job].status) if job in self.aws.jobs else "gone"

    def look(self) -> None:
        """Note statuses and finished tasks, in the order in which they come."""
        for job in self.rows:
            status = self.status(job)
            if status != self.seen[job][-1]:
                self.seen[job].append(status)
            if job in self.aws.jobs:
                tasks = self.aws.jobs[job].tasks
                self.runs += [
                    (job, task.key) for task in tasks[self.done[job] :] if task.status == "succeeded"
                ]
                self.done[job] = len(tasks)

    @invariant()
    def every_move_was_legal(self) -> None:
        for statuses in getattr(self, "seen", {}).values():
            for before, after in pairwise(statuses):
                if after != "gone":
                    assert after in _reachable(before), (before, after)

    @invariant()
    def no_task_is_lost_or_run_twice(self) -> None:
        for job, keys in getattr(self, "rows", {}).items():
            if job not in self.aws.jobs:
                continue
            view = self.aws.jobs[job]
            assert [task.key for task in view.tasks] == keys[: len(view.tasks)]
            if view.status == "Complete":
                assert len(view.tasks) == len(keys)
            failed = [task.key for task in view.tasks if task.status == "failed"]
            assert failed == [key for key in keys[: len(view.tasks)] if key in MISSING]

    @invariant()
    def counts_add_up(self) -> None:
        for job in getattr(self, "rows", {}):
            if job not in self.aws.jobs:
                continue
            described = self.control.describe_job(**ME, JobId=job)["Job"]
            summary = described["ProgressSummary"]
            done = summary["NumberOfTasksSucceeded"] + summary["NumberOfTasksFailed"]
            assert done == len(self.aws.jobs[job].tasks) <= max(summary["TotalNumberOfTasks"], 0)
            assert described["Priority"] == self.priorities[job]
            assert ("TerminationDate" in described) == (described["Status"] in ENDED)

    @invariant()
    def tags_are_as_the_last_task_left_them(self) -> None:
        if not hasattr(self, "rows"):
            return
        numbers = {job: str(number) for number, job in enumerate(self.rows)}
        expected: dict[str, dict[str, str]] = {key: {} for key in KEYS}
        for job, key in self.runs:
            expected[key] = {"job": numbers[job]}
        assert {key: self.aws.object_tags("photos", key) for key in KEYS} == expected

    @invariant()
    def reports_are_written_for_what_was_done(self) -> None:
        for job in getattr(self, "rows", {}):
            if (
                job in self.aws.jobs
                and self.status(job) in {"Complete", "Cancelled"}
                and self.aws.jobs[job].tasks
            ):
                rows = self.aws.jobs[job].report().rows
                assert sorted(row.key for row in rows) == sorted(
                    task.key for task in self.aws.jobs[job].tasks
                )


def _reachable(status: str) -> set[str]:
    """What may be seen next: a look doesn't come between every two moves."""
    found, new = set[str](), {status}
    while new:
        new = {following for one in new for following in NEXT[one]} - found
        found |= new
    return found


Jobs.TestCase.settings = fuzzing(15, steps=25)
TestJobs = Jobs.TestCase
