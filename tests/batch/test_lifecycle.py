"""Pausing, cancelling halfway, waiting too long: what becomes of jobs in time."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import Misuse, mock_tagging
from tests.batch.test_job_calls import create

ME = {"AccountId": ACCOUNT}


@pytest.fixture
def control(aws: Any) -> Any:
    return aws.client("s3control")


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

    def test_a_changed_priority_counts(self, aws: Any, photos: str, control: Any) -> None:
        ended: list[str] = []
        low, high = create(aws, Priority=1), create(aws, Priority=2)
        control.update_job_priority(**ME, JobId=low, Priority=3)
        aws.run_jobs(progress=lambda job: ended.append(job.id) if job.status == "Complete" else None)
        assert ended == [low, high]


@pytest.mark.tagging_mock(job_progress="on_describe")
def test_polling_a_job_that_is_held_back_gets_to_its_end(aws: Any, photos: str, control: Any) -> None:
    low, high = create(aws, Priority=1), create(aws, Priority=2)
    seen = []
    while not seen or seen[-1] != "Complete":
        seen.append(control.describe_job(**ME, JobId=low)["Job"]["Status"])
        assert len(seen) < 20
    assert aws.jobs[high].status == "Complete"


@pytest.mark.tagging_mock(job_progress="manual")
def test_cancelling_halfway_keeps_and_reports_what_was_done(aws: Any, photos: str, control: Any) -> None:
    job = create(aws)
    for _ in range(4):
        aws.step_jobs(tasks=1)
    control.update_job_status(**ME, JobId=job, RequestedJobStatus="Cancelled")
    aws.run_jobs()
    summary = control.describe_job(**ME, JobId=job)["Job"]["ProgressSummary"]
    assert (summary["TotalNumberOfTasks"], summary["NumberOfTasksSucceeded"]) == (2, 1)
    assert (aws.object_tags(photos, "a.jpg"), aws.object_tags(photos, "b.jpg")) == ({"team": "red"}, {})
    assert [row.key for row in aws.jobs[job].report().rows] == ["a.jpg"]


def test_a_job_that_nobody_confirms_fails_after_thirty_days(aws: Any, photos: str, control: Any) -> None:
    job = create(aws, ConfirmationRequired=True)
    aws.clock.advance(days=29)
    assert control.describe_job(**ME, JobId=job)["Job"]["Status"] == "Suspended"
    aws.clock.advance(days=1)
    described = control.describe_job(**ME, JobId=job)["Job"]
    assert (described["Status"], len(described["FailureReasons"])) == ("Failed", 1)
    with pytest.raises(control.exceptions.JobStatusException):
        control.update_job_status(**ME, JobId=job, RequestedJobStatus="Ready")


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
def test_progress_is_told_while_a_long_job_runs(aws: Any) -> None:
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
        job, control = create(aws), aws.client("s3control")
        with pytest.raises(Misuse, match=r"is Complete all the while(.|\n)*such as 'Completed'"):
            while control.describe_job(**ME, JobId=job)["Job"]["Status"] != "Completed":
                pass


def test_a_report_that_may_not_be_written_fails_the_job(aws: Any, photos: str, s3: Any) -> None:
    aws.create_bucket("reports")
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::reports/*",
    }
    s3.put_bucket_policy(Bucket="reports", Policy=json.dumps({"Statement": [deny]}))
    job = aws.jobs[create(aws)]
    assert (job.status, len(job.tasks)) == ("Failed", 2)
    assert "The job report could not be written to your report bucket" in str(job.failure)


def test_a_report_bucket_that_locks_by_default_wont_do(aws: Any, photos: str, s3: Any) -> None:
    s3.create_bucket(Bucket="reports", ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    s3.put_object_lock_configuration(
        Bucket="reports", ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
    )
    job = aws.jobs[create(aws)]
    assert (job.status, len(job.tasks)) == ("Failed", 2)
    assert aws.object_tags(photos, "a.jpg") == {"team": "red"}


@needs_botocore("1.41", "Report.ExpectedBucketOwner")
def test_a_report_bucket_of_somebody_else(aws: Any, photos: str) -> None:
    report = {
        "Bucket": "arn:aws:s3:::reports",
        "Format": "Report_CSV_20180820",
        "Enabled": True,
        "ReportScope": "AllTasks",
        "ExpectedBucketOwner": "999999999999",
    }
    assert aws.jobs[create(aws, Report=report)].status == "Failed"
