"""How jobs move on: by calls and by the clock, by priority, to their failing."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.reporting.record import record
from tests.batch.support import ME, REPORT, create, job_of
from tests.support import run_job, tagging_job

START = datetime(2026, 5, 1, 12, 30, 0, 500_000, tzinfo=timezone.utc)


@pytest.mark.tagging_mock(job_progress="manual")
class TestPriorities:
    def statuses(self, aws: Any, *jobs: str) -> list[str]:
        aws.step_jobs(tasks=1)
        return [aws.jobs[job].status for job in jobs]

    def test_a_job_of_higher_priority_takes_over(self, aws: Any, photos: str) -> None:
        low = create(aws, Priority=1)
        for _ in range(4):
            aws.step_jobs(tasks=1)
        assert (aws.jobs[low].status, len(aws.jobs[low].tasks)) == ("Active", 1)
        high = create(aws, Priority=2)
        seen = [self.statuses(aws, high, low) for _ in range(7)]
        assert seen == [
            ["Preparing", "Completing"],
            ["Ready", "Complete"],
            ["Active", "Complete"],
            ["Active", "Complete"],
            ["Completing", "Complete"],
            ["Complete", "Complete"],
            ["Complete", "Complete"],
        ]

    def test_it_is_paused_and_goes_on(self, aws: Any, photos: str) -> None:
        low, high = create(aws, Priority=1), create(aws, Priority=2, ConfirmationRequired=True)
        for _ in range(4):
            aws.step_jobs(tasks=1)
        assert [aws.jobs[job].status for job in (high, low)] == ["Suspended", "Active"]
        aws.client("s3control").update_job_status(**ME, JobId=high, RequestedJobStatus="Ready")
        seen = [self.statuses(aws, high, low) for _ in range(8)]
        assert [low for _, low in seen] == [
            "Pausing",
            "Paused",
            "Paused",
            "Active",
            "Completing",
            *["Complete"] * 3,
        ]
        assert [high for high, _ in seen] == ["Active", "Active", "Completing", "Complete", *["Complete"] * 4]
        assert [task.key for task in aws.jobs[low].tasks] == ["a.jpg", "b.jpg"]

    def test_equals_run_side_by_side(self, aws: Any, photos: str) -> None:
        one, two = create(aws), create(aws)
        for _ in range(3):
            aws.step_jobs()
        assert [aws.jobs[job].status for job in (one, two)] == ["Active", "Active"]

    def test_the_highest_runs_first(self, aws: Any, photos: str) -> None:
        ended: list[str] = []
        jobs = {create(aws, Priority=priority): priority for priority in (5, 9, 1)}
        aws.run_jobs(progress=lambda job: ended.append(job.id) if job.status == "Complete" else None)
        assert [jobs[job] for job in ended] == [9, 5, 1]

    def test_of_equals_the_oldest_runs_first(self, aws: Any, photos: str) -> None:
        ended: list[str] = []
        jobs = [create(aws) for _ in range(3)]
        aws.run_jobs(progress=lambda job: ended.append(job.id) if job.status == "Complete" else None)
        assert ended == jobs

    def test_a_changed_priority_counts(self, aws: Any, photos: str, s3control: Any) -> None:
        ended: list[str] = []
        low, high = create(aws, Priority=1), create(aws, Priority=2)
        s3control.update_job_priority(**ME, JobId=low, Priority=3)
        aws.run_jobs(progress=lambda job: ended.append(job.id) if job.status == "Complete" else None)
        assert ended == [low, high]


@pytest.mark.tagging_mock(job_progress="on_describe")
def test_polling_a_job_that_is_held_back_gets_to_its_end(aws: Any, photos: str, s3control: Any) -> None:
    low, high = create(aws, Priority=1), create(aws, Priority=2)
    seen = []
    while not seen or seen[-1] != "Complete":
        seen.append(s3control.describe_job(**ME, JobId=low)["Job"]["Status"])
        assert len(seen) < 20
    assert aws.jobs[high].status == "Complete"


@pytest.mark.tagging_mock(job_progress="manual")
def test_cancelling_halfway_keeps_and_reports_what_was_done(aws: Any, photos: str, s3control: Any) -> None:
    job = create(aws)
    for _ in range(4):
        aws.step_jobs(tasks=1)
    s3control.update_job_status(**ME, JobId=job, RequestedJobStatus="Cancelled")
    aws.run_jobs()
    summary = s3control.describe_job(**ME, JobId=job)["Job"]["ProgressSummary"]
    assert (summary["TotalNumberOfTasks"], summary["NumberOfTasksSucceeded"]) == (2, 1)
    assert (aws.object_tags(photos, "a.jpg"), aws.object_tags(photos, "b.jpg")) == ({"team": "red"}, {})
    assert [row.key for row in aws.jobs[job].report().rows] == ["a.jpg"]


def test_a_job_that_nobody_confirms_fails_after_thirty_days(aws: Any, photos: str, s3control: Any) -> None:
    job = create(aws, ConfirmationRequired=True)
    aws.clock.advance(days=29)
    assert s3control.describe_job(**ME, JobId=job)["Job"]["Status"] == "Suspended"
    aws.clock.advance(days=1)
    described = s3control.describe_job(**ME, JobId=job)["Job"]
    assert (described["Status"], len(described["FailureReasons"])) == ("Failed", 1)
    with pytest.raises(s3control.exceptions.JobStatusException):
        s3control.update_job_status(**ME, JobId=job, RequestedJobStatus="Ready")


@pytest.mark.tagging_mock(job_progress="manual")
def test_several_threads_do_each_task_once(aws: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", ["a.jpg", "b.jpg"])
    jobs = [create(aws) for _ in range(5)]
    threads = [threading.Thread(target=aws.run_jobs) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    aws.run_jobs()
    assert [aws.jobs[job].status for job in jobs] == ["Complete"] * 5
    assert [len(aws.jobs[job].tasks) for job in jobs] == [2] * 5


@pytest.mark.tagging_mock(job_progress="manual")
def test_a_job_that_is_created_while_jobs_run_is_run_too(aws: Any, photos: str) -> None:
    @aws.lambda_function("f")
    def handler(event: Any) -> Any:
        create(aws)
        task = {"taskId": event["tasks"][0]["taskId"], "resultCode": "Succeeded", "resultString": ""}
        return {"results": [task]}

    job_of(aws, {"LambdaInvoke": {"FunctionArn": "f"}}, "photos,a.jpg")
    aws.run_jobs()
    assert [job.status for job in aws.jobs.values()] == ["Complete", "Complete"]


@pytest.mark.tagging_mock(job_progress="manual")
def test_progress_is_reported_while_a_long_job_runs(aws: Any) -> None:
    aws.create_bucket("photos")
    keys = [f"k{number}" for number in range(2500)]
    aws.put_objects("photos", keys)
    from tests.support import tagging_job

    job = aws.client("s3control").create_job(**tagging_job(aws, *[f"photos,{key}" for key in keys]))["JobId"]
    told: list[int] = []
    aws.run_jobs(progress=lambda view: told.append(len(view.tasks)))
    assert [count for count in told if count] == [1000, 2000, 2500, 2500]
    assert aws.jobs[job].status == "Complete"


@pytest.mark.parametrize("mode", ["immediate", "on_describe"])
def test_a_loop_that_waits_for_what_never_comes_is_ended(mode: Any) -> None:
    with mock_tagging(job_progress=mode) as aws:
        aws.create_bucket("photos")
        job, s3control = create(aws), aws.client("s3control")
        with pytest.raises(
            Misuse, match=r"called 1001 times.* is Complete all the while(.|\n)*such as 'Completed'"
        ):
            while s3control.describe_job(**ME, JobId=job)["Job"]["Status"] != "Completed":
                pass


def history(number: int = 0) -> list[tuple[str, int]]:
    """The statuses of a job, with their moments, as the record of a run has them."""
    assert ACTIVE.current is not None
    return record(ACTIVE.current, failed=True)["jobs"][number]["history"]


class TestDeadlines:
    def test_confirmation_is_awaited_to_the_second(self, aws: Any, photos: str, s3control: Any) -> None:
        aws.clock.set(START)
        job = aws.jobs[create(aws, ConfirmationRequired=True)]
        aws.clock.set(START + timedelta(days=30, seconds=-1))
        assert s3control.describe_job(**ME, JobId=job.id)["Job"]["Status"] == "Suspended"
        aws.clock.set(START + timedelta(days=30))
        described = s3control.describe_job(**ME, JobId=job.id)["Job"]
        assert (described["Status"], described["FailureReasons"]) == (
            "Failed",
            [{"FailureCode": "JobExpired", "FailureReason": "The job was not confirmed within 30 days"}],
        )
        assert job.failure == "The job was not confirmed within 30 days"

    def test_it_ended_when_its_time_was_over(self, aws: Any, photos: str, s3control: Any) -> None:
        """However late somebody looks at it."""
        aws.clock.set(datetime(2026, 5, 1, tzinfo=timezone.utc))
        job = create(aws, ConfirmationRequired=True)
        aws.clock.advance(days=77)
        described = s3control.describe_job(**ME, JobId=job)["Job"]
        assert described["TerminationDate"] == datetime(2026, 5, 31, tzinfo=timezone.utc)
        statuses, moments = zip(*history(), strict=True)
        assert statuses == ("New", "Preparing", "Suspended", "Failing", "Failed")
        assert sorted(set(moments)) == list(moments)

    @pytest.mark.tagging_mock(job_progress="manual")
    def test_one_that_was_confirmed_has_no_deadline(self, aws: Any, photos: str, s3control: Any) -> None:
        job = create(aws, ConfirmationRequired=True)
        aws.run_jobs()
        s3control.update_job_status(**ME, JobId=job, RequestedJobStatus="Ready")
        aws.clock.advance(days=31)
        described = s3control.describe_job(**ME, JobId=job)["Job"]
        assert (described["Status"], described["FailureReasons"]) == ("Ready", [])

    def test_one_that_ended_is_found_for_ninety_days(self, aws: Any, photos: str) -> None:
        aws.clock.set(START)
        job = create(aws)
        aws.clock.set(START + timedelta(days=90, seconds=-1))
        assert list(aws.jobs) == [job]
        aws.clock.set(START + timedelta(days=90))
        assert not aws.jobs

    def test_every_status_has_its_moment(self, aws: Any, photos: str) -> None:
        assert aws.jobs[create(aws)].status == "Complete"
        statuses, moments = zip(*history(), strict=True)
        assert statuses == ("New", "Preparing", "Ready", "Active", "Completing", "Complete")
        assert sorted(set(moments)) == list(moments)

    @pytest.mark.tagging_mock(job_progress="manual")
    def test_one_of_lower_priority_is_held_back_while_it_is_ready(self, aws: Any, photos: str) -> None:
        low, high = (aws.jobs[create(aws, Priority=priority)] for priority in (1, 2))
        seen: list[tuple[str, str]] = []
        while not seen or seen[-1] != ("Complete", "Complete"):
            aws.step_jobs()
            seen.append((high.status, low.status))
        assert seen == [
            ("Preparing", "Preparing"),
            ("Ready", "Ready"),
            ("Active", "Ready"),
            ("Completing", "Ready"),
            ("Complete", "Active"),
            ("Complete", "Completing"),
            ("Complete", "Complete"),
        ]


class TestProgress:
    def statuses(self, aws: Any, **changes: Any) -> list[str]:
        s3control = aws.client("s3control")
        job_id = s3control.create_job(**tagging_job(aws, "photos,a.jpg", **changes))["JobId"]
        return [s3control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]["Status"] for _ in range(7)]

    def test_on_describe(self, photos: str) -> None:
        with mock_tagging(job_progress="on_describe") as aws:
            assert self.statuses(aws) == [
                *("Preparing", "Ready", "Active", "Completing", "Complete", "Complete", "Complete")
            ]

    def test_confirmation(self, photos: str) -> None:
        with mock_tagging(job_progress="on_describe") as aws:
            assert self.statuses(aws, ConfirmationRequired=True) == ["Preparing", *["Suspended"] * 6]
        with mock_tagging() as aws:
            described = run_job(aws, "photos,a.jpg", ConfirmationRequired=True, ClientRequestToken="two")
            assert (described["Status"], described["SuspendedCause"]) == (
                "Suspended",
                "AWAITING_CONFIRMATION",
            )
            assert described["SuspendedDate"]
            assert aws.object_tags("photos", "a.jpg") == {}

    def test_manual(self, photos: str) -> None:
        with mock_tagging(job_progress="manual") as aws:
            assert set(self.statuses(aws)) == {"New"}
            aws.step_jobs()
            (job,) = aws.jobs.values()
            assert job.status == "Preparing"
            with pytest.raises(Misuse, match="run_jobs"):
                job.report()
            aws.run_jobs()
            assert job.status == "Complete"
            assert aws.object_tags("photos", "a.jpg") == {"team": "red"}

    def test_a_clock_that_is_set_back_takes_no_time_away(self, aws: Any, photos: str) -> None:
        s3control = aws.client("s3control")
        aws.clock.set(datetime(2026, 1, 2, tzinfo=timezone.utc))
        with mock_tagging(job_progress="manual"):
            job = {**ME, "JobId": create(aws)}
            for _ in range(3):
                aws.step_jobs()
            aws.clock.set(datetime(2026, 1, 1, tzinfo=timezone.utc))
            described = s3control.describe_job(**job)["Job"]
            assert described["ProgressSummary"]["Timers"] == {"ElapsedTimeInActiveSeconds": 0}
            aws.run_jobs()
            assert s3control.describe_job(**job)["Job"]["Status"] == "Complete"

    def test_timers_come_from_the_clock(self) -> None:
        with mock_tagging(job_progress="manual", clock=datetime(2026, 1, 1)) as aws:
            aws.create_bucket("photos")
            s3control = aws.client("s3control")
            job_id = s3control.create_job(**tagging_job(aws, "photos,a.jpg"))["JobId"]
            for _ in range(3):
                aws.step_jobs()
            aws.clock.advance(seconds=90)
            job = s3control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
            assert (job["Status"], job["ProgressSummary"]["Timers"]) == (
                "Active",
                {"ElapsedTimeInActiveSeconds": 90},
            )
            aws.run_jobs()
            aws.clock.advance(seconds=90)
            job = s3control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
            assert job["ProgressSummary"]["Timers"] == {"ElapsedTimeInActiveSeconds": 90}
            assert job["CreationTime"] == datetime(2026, 1, 1, tzinfo=timezone.utc)
            assert job["TerminationDate"] == datetime(2026, 1, 1, 0, 1, 30, tzinfo=timezone.utc)


class TestFailing:
    def test_too_many_failures(self, aws: Any, photos: str) -> None:
        described = run_job(aws, *["photos,missing"] * 1000)
        reason = "More than 50% of the tasks failed after at least 1,000 tasks had run"
        assert described["FailureReasons"] == [
            {"FailureCode": "TaskFailureThresholdExceeded", "FailureReason": reason}
        ]
        assert aws.jobs[described["JobId"]].failure == reason

    def test_a_failing_job_fails_for_its_own_reason(self, aws: Any, photos: str) -> None:
        """Its report bucket isn't there either."""
        report = {**REPORT, "Bucket": "arn:aws:s3:::nowhere"}
        (why,) = run_job(aws, *["photos,missing"] * 1000, Report=report)["FailureReasons"]
        assert why["FailureCode"] == "TaskFailureThresholdExceeded"


class TestFailureThreshold:
    def test_more_than_half_of_a_thousand_fail_the_job(self, aws: Any, photos: str) -> None:
        rows = [*["photos,a.jpg"] * 499, *["photos,missing"] * 1001]
        described = run_job(aws, *rows)
        assert described["Status"] == "Failed"
        assert described["ProgressSummary"]["NumberOfTasksSucceeded"] == 499
        assert described["ProgressSummary"]["NumberOfTasksFailed"] == 501
        assert len(aws.jobs[described["JobId"]].report().rows) == 1000

    def test_half_of_them_do_not(self, aws: Any, photos: str) -> None:
        described = run_job(aws, *["photos,a.jpg", "photos,missing"] * 600)
        assert described["Status"] == "Complete"

    def test_fewer_do_not(self, aws: Any) -> None:
        assert run_job(aws, *["photos,missing"] * 999)["Status"] == "Complete"
