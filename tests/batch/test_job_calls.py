"""DescribeJob, ListJobs, UpdateJobStatus, UpdateJobPriority, and job tagging."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from tests.batch.support import ME, create
from tests.support import refusal, run_job, tag_set, tagging_job


def test_describe_job_shows_all_that_aws_shows() -> None:
    with mock_tagging(region="eu-west-1") as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a.jpg"])
        request = tagging_job(aws, "photos,a.jpg", "photos,missing", Description="nightly")
        job_id = aws.client("s3control", region_name="eu-west-1").create_job(**request)["JobId"]
        job = aws.client("s3control").describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", job_id)
    assert {
        name: job[name] for name in ("Manifest", "Operation", "Report", "RoleArn", "Priority", "Description")
    } == {
        name: request[name]
        for name in ("Manifest", "Operation", "Report", "RoleArn", "Priority", "Description")
    }
    assert job["JobArn"] == f"arn:aws:s3:eu-west-1:{ACCOUNT}:job/{job_id}"
    assert job["ConfirmationRequired"] is False
    assert job["FailureReasons"] == []
    assert job["ProgressSummary"] == {
        "TotalNumberOfTasks": 2,
        "NumberOfTasksSucceeded": 1,
        "NumberOfTasksFailed": 1,
        "Timers": {"ElapsedTimeInActiveSeconds": 0},
    }
    assert job["CreationTime"] <= job["TerminationDate"]
    assert "SuspendedDate" not in job
    assert "ClientRequestToken" not in job


class TestListJobs:
    def test_newest_first_with_what_aws_shows(self, aws: Any, photos: str, s3control: Any) -> None:
        aws.clock.set(datetime(2026, 5, 1, tzinfo=timezone.utc))
        first = create(aws)
        second = create(aws, Description="two", Priority=3, ConfirmationRequired=True)
        newest, oldest = s3control.list_jobs(**ME)["Jobs"]
        assert newest == {
            "JobId": second,
            "Description": "two",
            "Operation": "S3PutObjectTagging",
            "Priority": 3,
            "Status": "Suspended",
            "CreationTime": datetime(2026, 5, 1, tzinfo=timezone.utc),
            "ProgressSummary": {
                "TotalNumberOfTasks": 2,
                "NumberOfTasksSucceeded": 0,
                "NumberOfTasksFailed": 0,
                "Timers": {"ElapsedTimeInActiveSeconds": 0},
            },
        }
        assert (oldest["JobId"], oldest["Status"]) == (first, "Complete")
        assert "Description" not in oldest

    def test_by_status(self, aws: Any, photos: str, s3control: Any) -> None:
        done, waiting = create(aws), create(aws, ConfirmationRequired=True)
        ids = lambda *statuses: [
            job["JobId"] for job in s3control.list_jobs(**ME, JobStatuses=list(statuses))["Jobs"]
        ]
        assert ids("Complete") == [done]
        assert ids("Suspended", "Complete") == [waiting, done]
        assert ids("Failed") == []
        refused = refusal(lambda: ids("Completed"))
        assert (refused["Status"], refused["Code"]) == (400, "InvalidRequestException")

    @pytest.mark.parametrize("most", [1, 2, 5, 1000])
    def test_page_by_page(self, aws: Any, photos: str, s3control: Any, most: int) -> None:
        ids = [create(aws) for _ in range(5)]
        found: list[str] = []
        token: dict[str, str] = {}
        while True:
            answer = s3control.list_jobs(**ME, MaxResults=most, **token)
            assert len(answer["Jobs"]) <= most
            found += [job["JobId"] for job in answer["Jobs"]]
            if "NextToken" not in answer:
                break
            token = {"NextToken": answer["NextToken"]}
        assert found == ids[::-1]

    def test_pages_hold_still_while_jobs_are_created(self, aws: Any, photos: str, s3control: Any) -> None:
        first, second = create(aws), create(aws)
        unchecked = aws.client("s3control", config=Config(parameter_validation=False))
        assert len(unchecked.list_jobs(**ME, MaxResults=0)["Jobs"]) == 2
        page = s3control.list_jobs(**ME, MaxResults=1)
        assert [job["JobId"] for job in page["Jobs"]] == [second]
        create(aws)
        rest = s3control.list_jobs(**ME, NextToken=page["NextToken"])
        assert [job["JobId"] for job in rest["Jobs"]] == [first]

    def test_errors_are_caught_by_their_names(self, aws: Any, s3control: Any) -> None:
        with pytest.raises(
            s3control.exceptions.InvalidNextTokenException, match="The next token is not valid"
        ):
            s3control.list_jobs(**ME, NextToken="nonsense!")
        with pytest.raises(
            s3control.exceptions.InvalidRequestException, match=": The range for the MaxResults"
        ):
            s3control.list_jobs(**ME, MaxResults=1001)
        with pytest.raises(
            s3control.exceptions.InvalidRequestException, match=": The job status is not valid$"
        ):
            s3control.list_jobs(**ME, JobStatuses=["Done"])

    def test_jobs_of_another_region_arent_listed(self, aws: Any, photos: str) -> None:
        create(aws)
        assert aws.client("s3control", region_name="eu-west-1").list_jobs(**ME)["Jobs"] == []

    def test_jobs_that_ended_long_ago_are_gone(self, aws: Any, photos: str, s3control: Any) -> None:
        job_id = create(aws)
        aws.clock.advance(days=89)
        assert len(s3control.list_jobs(**ME)["Jobs"]) == 1
        aws.clock.advance(days=2)
        assert s3control.list_jobs(**ME)["Jobs"] == []
        with pytest.raises(s3control.exceptions.NotFoundException):
            s3control.describe_job(**ME, JobId=job_id)
        assert not aws.jobs


class TestUpdateJobStatus:
    def test_confirming(self, aws: Any, photos: str, s3control: Any) -> None:
        job = {**ME, "JobId": create(aws, ConfirmationRequired=True)}
        answer = s3control.update_job_status(**job, RequestedJobStatus="Ready")
        assert (answer["JobId"], answer["Status"]) == (job["JobId"], "Ready")
        assert "StatusUpdateReason" not in answer
        described = s3control.describe_job(**job)["Job"]
        assert described["Status"] == "Complete"
        assert described["SuspendedDate"] is not None
        assert aws.object_tags(photos, "a.jpg") == {"team": "red"}

    def test_cancelling_a_job_that_waits_is_done_at_once(self, aws: Any, photos: str, s3control: Any) -> None:
        job = {**ME, "JobId": create(aws, ConfirmationRequired=True)}
        answer = s3control.update_job_status(
            **job, RequestedJobStatus="Cancelled", StatusUpdateReason="a mistake"
        )
        assert (answer["Status"], answer["StatusUpdateReason"]) == ("Cancelled", "a mistake")
        described = s3control.describe_job(**job)["Job"]
        assert (described["Status"], described["StatusUpdateReason"]) == ("Cancelled", "a mistake")
        assert described["TerminationDate"] is not None
        assert aws.object_tags(photos, "a.jpg") == {}

    @pytest.mark.tagging_mock(job_progress="manual")
    @pytest.mark.parametrize("steps", [0, 1, 2, 3])
    def test_cancelling_one_under_way_takes_a_step(
        self, aws: Any, photos: str, s3control: Any, steps: int
    ) -> None:
        job = {**ME, "JobId": create(aws)}
        for _ in range(steps):
            aws.step_jobs(tasks=1)
        assert s3control.update_job_status(**job, RequestedJobStatus="Cancelled")["Status"] == "Cancelling"
        with pytest.raises(s3control.exceptions.JobStatusException):
            s3control.update_job_status(**job, RequestedJobStatus="Cancelled")
        aws.run_jobs()
        assert s3control.describe_job(**job)["Job"]["Status"] == "Cancelled"

    @pytest.mark.parametrize("wanted", ["Ready", "Cancelled"])
    def test_what_isnt_legal(self, aws: Any, photos: str, s3control: Any, wanted: str) -> None:
        job = {**ME, "JobId": create(aws)}
        with pytest.raises(s3control.exceptions.JobStatusException) as caught:
            s3control.update_job_status(**job, RequestedJobStatus=wanted)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        assert s3control.describe_job(**job)["Job"]["Status"] == "Complete"

    def test_what_isnt_a_request(self, aws: Any, photos: str, s3control: Any) -> None:
        job = {**ME, "JobId": create(aws, ConfirmationRequired=True)}
        for params in (
            {"RequestedJobStatus": "Complete"},
            {"RequestedJobStatus": "Ready", "StatusUpdateReason": "x" * 257},
        ):
            refused = refusal(lambda params=params: s3control.update_job_status(**job, **params))
            assert refused == {"Status": 400, "Code": "BadRequestException", "Message": "Request invalid"}
        assert s3control.describe_job(**job)["Job"]["Status"] == "Suspended"
        s3control.update_job_status(**job, RequestedJobStatus="Cancelled", StatusUpdateReason="x" * 256)

    def test_a_job_that_isnt_there(self, s3control: Any) -> None:
        for call in (
            lambda: s3control.update_job_status(**ME, JobId="nothing", RequestedJobStatus="Ready"),
            lambda: s3control.update_job_priority(**ME, JobId="nothing", Priority=1),
        ):
            with pytest.raises(s3control.exceptions.NotFoundException):
                call()


class TestUpdateJobPriority:
    def test_before_and_while_it_runs(self, aws: Any, photos: str, s3control: Any) -> None:
        job = {**ME, "JobId": create(aws, ConfirmationRequired=True)}
        answer = s3control.update_job_priority(**job, Priority=7)
        assert (answer["JobId"], answer["Priority"]) == (job["JobId"], 7)
        assert s3control.describe_job(**job)["Job"]["Priority"] == 7
        s3control.update_job_priority(**job, Priority=0)
        s3control.update_job_priority(**job, Priority=7)
        assert s3control.list_jobs(**ME)["Jobs"][0]["Priority"] == 7

    def test_not_after_it_ended(self, aws: Any, photos: str, s3control: Any) -> None:
        refused = refusal(lambda: s3control.update_job_priority(**ME, JobId=create(aws), Priority=7))
        assert (refused["Status"], refused["Code"]) == (400, "BadRequestException")

    def test_out_of_range(self, aws: Any, photos: str, s3control: Any) -> None:
        job = {**ME, "JobId": create(aws, ConfirmationRequired=True)}
        with pytest.raises(s3control.exceptions.BadRequestException):
            s3control.update_job_priority(**job, Priority=2147483648)

    def test_a_priority_below_all_others(self, aws: Any, photos: str) -> None:
        """botocore itself refuses it, unless its validation is off."""
        s3control = aws.client("s3control", config=Config(parameter_validation=False))
        job_id = run_job(aws, "photos,a.jpg")["JobId"]
        update = lambda: s3control.update_job_priority(AccountId=ACCOUNT, JobId=job_id, Priority=-1)
        assert refusal(update) == {"Status": 400, "Code": "BadRequestException", "Message": "Request invalid"}
        assert aws.calls[-1].hint == "Priority -1 isn't between 0 and 2147483647"


class TestJobTagging:
    @pytest.fixture
    def job(self, aws: Any, photos: str) -> dict[str, str]:
        request = tagging_job(aws, "photos,a.jpg", Tags=tag_set(b="1", a="2")["TagSet"])
        return {"AccountId": ACCOUNT, "JobId": aws.client("s3control").create_job(**request)["JobId"]}

    def test_tags_given_at_creation(self, s3control: Any, job: Any) -> None:
        assert s3control.get_job_tagging(**job)["Tags"] == tag_set(b="1", a="2")["TagSet"]
        assert "Tags" not in s3control.describe_job(**job)["Job"]

    def test_put_replaces_delete_clears(self, aws: Any, s3control: Any, job: Any) -> None:
        answer = s3control.put_job_tagging(**job, Tags=tag_set(c="3")["TagSet"])
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert aws.job_tags(job["JobId"]) == {"c": "3"}
        assert aws.calls[-1].erased == ("b", "a")
        for _ in range(2):
            assert s3control.delete_job_tagging(**job)["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert s3control.get_job_tagging(**job)["Tags"] == []
        s3control.put_job_tagging(**job, Tags=tag_set(c="3")["TagSet"])
        s3control.put_job_tagging(**job, Tags=[])
        assert aws.job_tags(job["JobId"]) == {}

    def test_fifty_tags_and_no_more(self, s3control: Any, job: Any) -> None:
        tags = [{"Key": f"k{number}", "Value": ""} for number in range(51)]
        s3control.put_job_tagging(**job, Tags=tags[:50])
        with pytest.raises(s3control.exceptions.TooManyTagsException):
            s3control.put_job_tagging(**job, Tags=tags)
        assert len(s3control.get_job_tagging(**job)["Tags"]) == 50

    @pytest.mark.parametrize("tags", [{"aws:x": "1"}, {"a,b": "1"}, {"a": "1,2"}])
    def test_refused_tags_change_nothing(self, s3control: Any, job: Any, tags: dict[str, str]) -> None:
        refused = refusal(lambda: s3control.put_job_tagging(**job, Tags=tag_set(**tags)["TagSet"]))
        assert (refused["Status"], refused["Code"]) == (400, "InvalidTag")
        assert len(s3control.get_job_tagging(**job)["Tags"]) == 2

    @pytest.mark.parametrize("operation", ["get_job_tagging", "delete_job_tagging", "describe_job"])
    def test_a_job_that_is_not_there(self, aws: Any, s3control: Any, job: Any, operation: str) -> None:
        with pytest.raises(s3control.exceptions.NotFoundException) as caught:
            getattr(s3control, operation)(AccountId=ACCOUNT, JobId="nothing")
        response = caught.value.response
        assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
        assert response["HostId"]  # S3 Control's envelope has it beside Error
        elsewhere = aws.client("s3control", region_name="eu-west-1")
        with pytest.raises(elsewhere.exceptions.NotFoundException):
            getattr(elsewhere, operation)(**job)
        assert "the job is in us-east-1" in aws.calls[-1].hint
