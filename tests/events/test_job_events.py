"""What EventBridge gets of jobs, through CloudTrail."""

from __future__ import annotations

from typing import Any

from conftest import ACCOUNT
from tests.support import tagging_job


def statuses(aws: Any) -> list[tuple[str, str]]:
    return [
        (event["detail"]["eventName"], event["detail"]["serviceEventDetails"]["status"])
        for event in aws.events
    ]


def test_every_status_of_a_job_is_told(aws: Any, photos: str) -> None:
    job_id = aws.client("s3control").create_job(**tagging_job(aws, "photos,a.jpg"))["JobId"]
    told = ["Preparing", "Ready", "Active", "Completing", "Complete"]
    assert statuses(aws) == [("JobCreated", "New"), *(("JobStatusChanged", status) for status in told)]
    event = aws.events[-1]
    assert (event["source"], event["detail-type"]) == ("aws.s3", "AWS Service Event via CloudTrail")
    assert event["detail"]["serviceEventDetails"] == {
        "jobId": job_id,
        "jobArn": f"arn:aws:s3:us-east-1:{ACCOUNT}:job/{job_id}",
        "status": "Complete",
        "jobEventId": event["detail"]["eventID"].replace("-", ""),
        "failureCodes": [],
        "statusChangeReason": [],
    }


def test_a_job_that_fails_says_why(aws: Any, photos: str) -> None:
    aws.client("s3control").create_job(**tagging_job(aws, manifest=b""))
    details = aws.events[-1]["detail"]["serviceEventDetails"]
    assert details["status"] == "Failed"
    assert details["failureCodes"]
    assert details["statusChangeReason"]


def test_jobs_that_wait_and_are_cancelled(aws: Any, photos: str) -> None:
    control = aws.client("s3control")
    job = {"AccountId": ACCOUNT}
    request = tagging_job(aws, "photos,a.jpg", ConfirmationRequired=True)
    job["JobId"] = control.create_job(**request)["JobId"]
    assert statuses(aws)[-1] == ("JobStatusChanged", "Suspended")
    control.update_job_status(**job, RequestedJobStatus="Cancelled")
    assert statuses(aws)[-1] == ("JobStatusChanged", "Cancelled")
