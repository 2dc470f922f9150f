"""How jobs appear in reports: those that succeeded, failed, or are too many to show."""

from __future__ import annotations

from typing import Any

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.reporting.page import page
from s3tag_mock.reporting.record import RunRecord, record
from s3tag_mock.reporting.text import MOST_JOBS, text_of
from tests.support import run_job, tagging_job


def recorded(aws: Any) -> RunRecord:
    scope = ACTIVE.current
    assert scope is not None
    return record(scope, failed=True)


def lines_of(run: RunRecord) -> list[str]:
    return text_of(run).splitlines()


def test_a_few_failed_tasks_are_all_shown() -> None:
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["k"])
        job_id = run_job(aws, "photos,k", "photos,nothing")["JobId"]
        run = recorded(aws)
    (job,) = run["jobs"]
    assert job["failed_tasks"] == [
        {
            "where": "photos/nothing",
            "error": "NoSuchKey",
            "status": 404,
            "message": "The specified key does not exist.",
        }
    ]
    lines = lines_of(run)
    start = lines.index("Jobs")
    assert lines[start + 1 :] == [
        f"  S3PutObjectTagging {job_id} Complete: 1 succeeded, 1 failed of 2",
        "    tags team=red; manifest manifests/manifest.csv",
        "    New > Preparing > Ready > Active > Completing > Complete",
        "    photos/nothing: 404 NoSuchKey: The specified key does not exist.",
    ]


def test_why_a_job_failed() -> None:
    with mock_tagging(allow="all") as aws:
        described = run_job(aws, "photos,k", "too,many,columns")
        run = recorded(aws)
    assert described["Status"] == "Failed"
    assert "    Manifest file is not properly formatted | line 2 has 3 columns, Fields names 2" in lines_of(
        run
    )


def test_jobs_without_failures_need_no_table() -> None:
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["k"])
        run_job(aws, "photos,k")
        run = recorded(aws)
    text = page([{"name": "test_it", "outcome": "passed", "message": "", "seconds": 0.1, "runs": [run]}])
    assert "<dt>jobs</dt><dd>1</dd>" in text
    assert "<summary>job " not in text


def test_earlier_jobs_are_only_counted() -> None:
    with mock_tagging(allow="all", job_progress="manual") as aws:
        control = aws.client("s3control")
        ids = [
            control.create_job(**tagging_job(aws, "photos,k", ClientRequestToken=str(number)))["JobId"]
            for number in range(MOST_JOBS + 2)
        ]
        assert control.list_jobs(AccountId=ACCOUNT)["Jobs"]
        lines = lines_of(recorded(aws))
    start = lines.index("Jobs")
    assert lines[start + 1] == "  ... 2 earlier jobs"
    assert [line.split()[1] for line in lines[start + 2 :: 3]] == ids[2:]
