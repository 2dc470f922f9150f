"""A tagging job from CreateJob to its report, through a boto3 client."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import Misuse, NotSupported, mock_tagging
from s3tag_mock.rules import job_failures
from tests.support import refusal, run_job, tag_set, tagging_job


def test_a_job_replaces_the_tags_of_every_object_listed(aws: Any, photos: str) -> None:
    described = run_job(aws, "photos,a.jpg", "photos,c.jpg", tags={"team": "red", "year": "2026"})
    assert described["Status"] == "Complete"
    assert {key: aws.object_tags(photos, key) for key in ("a.jpg", "b.jpg", "c.jpg")} == {
        "a.jpg": {"team": "red", "year": "2026"},
        "b.jpg": {},
        "c.jpg": {"team": "red", "year": "2026"},
    }


def test_describe_job_shows_all_that_aws_shows(photos: str) -> None:
    with mock_tagging(region="eu-west-1") as aws:
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


def test_tasks_fail_as_the_single_call_would(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos", versioning=True)
    old = s3.put_object(Bucket="photos", Key="gone")["VersionId"]
    s3.delete_object(Bucket="photos", Key="gone")
    described = run_job(aws, "photos,missing", "nowhere,a", "photos,gone", "photos,with%20blank")
    job = aws.jobs[described["JobId"]]
    assert [(task.key, task.status, task.error_code, task.http_status) for task in job.tasks] == [
        ("missing", "failed", "NoSuchKey", 404),
        ("a", "failed", "NoSuchBucket", 404),
        ("gone", "failed", "MethodNotAllowed", 405),
        ("with blank", "failed", "NoSuchKey", 404),
    ]
    assert described["Status"] == "Complete"
    assert aws.object_tags("photos", "gone", old) == {}


def test_tags_that_no_object_can_have_fail_every_task(aws: Any, photos: str) -> None:
    described = run_job(aws, "photos,a.jpg", "photos,c.jpg", tags={"a,b": "1"})
    assert {task.error_code for task in aws.jobs[described["JobId"]].tasks} == {"InvalidTag"}
    assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}


def test_an_empty_tag_set_clears(aws: Any, photos: str) -> None:
    run_job(aws, "photos,c.jpg", tags={})
    assert aws.object_tags(photos, "c.jpg") == {}


class TestManifests:
    def failed(self, aws: Any, *rows: str, **options: Any) -> tuple[str, str]:
        described = run_job(aws, *rows, **options)
        assert described["Status"] == "Failed"
        assert described["ProgressSummary"]["TotalNumberOfTasks"] == 0
        (reason,) = described["FailureReasons"]
        assert "TerminationDate" in described
        return reason["FailureCode"], reason["FailureReason"]

    def test_keys_are_url_decoded(self, aws: Any) -> None:
        aws.create_bucket("photos")
        keys = ["a b", "a+b", "ü/é", 'quo"te', "com,ma", "100%", "line\nend"]
        aws.put_objects("photos", keys)
        rows = ["photos,a+b", "photos,a%2Bb", "photos,%C3%BC/%C3%A9", 'photos,"quo""te"', 'photos,"com,ma"']
        run_job(aws, *rows, "photos,100%25", "photos,line%0Aend")
        assert {key: aws.object_tags("photos", key) for key in keys} == dict.fromkeys(keys, {"team": "red"})

    def test_version_ids_and_ignored_fields(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("photos", versioning=True)
        old, new = (s3.put_object(Bucket="photos", Key="k")["VersionId"] for _ in range(2))
        run_job(aws, f"x,{old},photos,k", fields=("Ignore", "VersionId", "Bucket", "Key"))
        assert aws.object_tags("photos", "k", old) == {"team": "red"}
        assert aws.object_tags("photos", "k", new) == {}

    def test_a_row_without_its_version_id_fails_alone(self, aws: Any, photos: str) -> None:
        described = run_job(aws, "photos,a.jpg,null", "photos,b.jpg,", fields=("Bucket", "Key", "VersionId"))
        tasks = aws.jobs[described["JobId"]].tasks
        assert [(task.status, task.message) for task in tasks] == [
            ("succeeded", "Successful"),
            ("failed", "Task failed due to missing VersionId"),
        ]
        assert described["Status"] == "Complete"

    @pytest.mark.parametrize(
        "manifest", [b"photos,a.jpg", b"photos,a.jpg\n", b"photos,a.jpg\r\n", b'"photos","a.jpg"\n']
    )
    def test_line_ends_and_quotes(self, aws: Any, photos: str, manifest: bytes) -> None:
        assert run_job(aws, manifest=manifest)["ProgressSummary"]["NumberOfTasksSucceeded"] == 1

    @pytest.mark.parametrize(
        ("manifest", "reason"),
        [
            (b"photos,a.jpg,extra\n", "Manifest file is not properly formatted"),
            (b"photos,a.jpg\nphotos\n", "Manifest file is not properly formatted"),
            (b"photos,a.jpg\n\nphotos,b.jpg\n", "Manifest file is not properly formatted"),
            (b"photos,\xff\n", "Manifest file is not properly formatted"),
            (b'photos,"a.jpg\n', "Manifest file is not properly formatted"),
            (b"photos,\n", "Invalid object key format"),
            (b"", "Invalid Manifest Content"),
        ],
    )
    def test_what_is_no_manifest_fails_the_job(
        self, aws: Any, photos: str, manifest: bytes, reason: str
    ) -> None:
        assert self.failed(aws, manifest=manifest) == ("InvalidManifestContent", reason)
        assert aws.object_tags(photos, "a.jpg") == {}

    def test_the_etag_must_be_the_manifests(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ETag"] = "60e460c9d1046e73f7dde5043ac3ae85"
        code, _ = self.failed(aws, "photos,a.jpg", Manifest=request["Manifest"])
        assert code == "ManifestReadFailed"
        (job,) = aws.jobs.values()
        assert "the job names 60e460c9d1046e73f7dde5043ac3ae85" in job.failure
        assert aws.object_tags(photos, "a.jpg") == {}

    @pytest.mark.parametrize("quotes", ["", '"'])
    def test_the_etag_may_be_quoted(self, aws: Any, photos: str, quotes: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        location = request["Manifest"]["Location"]
        location["ETag"] = f"{quotes}{location['ETag'].strip(chr(34))}{quotes}"
        assert run_job(aws, "photos,a.jpg", Manifest=request["Manifest"])["Status"] == "Complete"

    def test_a_manifest_that_is_not_there(self, aws: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ObjectArn"] = "arn:aws:s3:::manifests/other.csv"
        assert self.failed(aws, Manifest=request["Manifest"])[1] == "Reading the manifest failed: NoSuchKey"

    def test_an_older_version_of_the_manifest(self, aws: Any, photos: str, s3: Any) -> None:
        aws.create_bucket("versioned", versioning=True)
        put = s3.put_object(Bucket="versioned", Key="m", Body=b"photos,a.jpg\n")
        s3.put_object(Bucket="versioned", Key="m", Body=b"photos,b.jpg\n")
        manifest = {
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {
                "ObjectArn": "arn:aws:s3:::versioned/m",
                "ETag": put["ETag"],
                "ObjectVersionId": put["VersionId"],
            },
        }
        run_job(aws, Manifest=manifest)
        assert (aws.object_tags(photos, "a.jpg"), aws.object_tags(photos, "b.jpg")) == ({"team": "red"}, {})


class TestReports:
    def test_manifest_and_rows_as_aws_writes_them(self, aws: Any, photos: str, s3: Any) -> None:
        aws.put_objects(photos, ["with blank", 'quo"te'])
        described = run_job(aws, "photos,a.jpg", "photos,with%20blank", 'photos,"quo""te"', "photos,missing")
        folder = f"final/job-{described['JobId']}"
        body = s3.get_object(Bucket="reports", Key=f"{folder}/manifest.json")["Body"].read()
        manifest = json.loads(body)
        assert (manifest["Format"], manifest["ReportSchema"]) == (
            "Report_CSV_20180820",
            "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage",
        )
        md5 = s3.get_object(Bucket="reports", Key=f"{folder}/manifest.json.md5")["Body"].read()
        assert md5.decode() == hashlib.md5(body).hexdigest()
        succeeded, failed = manifest["Results"]
        assert [succeeded["TaskExecutionStatus"], failed["TaskExecutionStatus"]] == ["succeeded", "failed"]
        assert re.fullmatch(rf"{folder}/results/[0-9a-f]{{40}}\.csv", succeeded["Key"])

        content = s3.get_object(Bucket=succeeded["Bucket"], Key=succeeded["Key"])["Body"].read()
        assert succeeded["MD5Checksum"] == hashlib.md5(content).hexdigest()
        assert content.decode() == (
            "photos,a.jpg,,succeeded,200,,Successful\n"
            "photos,with%20blank,,succeeded,200,,Successful\n"
            'photos,"quo""te",,succeeded,200,,Successful\n'
        )
        content = s3.get_object(Bucket="reports", Key=failed["Key"])["Body"].read().decode()
        (row,) = csv.reader(io.StringIO(content))
        assert row[:6] == ["photos", "missing", "", "failed", "404", "NoSuchKey"]
        assert row[6].startswith(
            "The specified key does not exist. (Service: Amazon S3; Status Code: 404; Error Code: "
        )

    def test_failed_tasks_only(self, aws: Any, photos: str) -> None:
        report = {**tagging_job(aws)["Report"], "ReportScope": "FailedTasksOnly"}
        described = run_job(aws, "photos,a.jpg", "photos,missing", Report=report)
        assert [row.key for row in aws.jobs[described["JobId"]].report().rows] == ["missing"]

    def test_without_a_prefix(self, aws: Any, photos: str) -> None:
        report = {name: value for name, value in tagging_job(aws)["Report"].items() if name != "Prefix"}
        described = run_job(aws, "photos,a.jpg", Report=report)
        assert aws.jobs[described["JobId"]].report().key == f"job-{described['JobId']}/manifest.json"

    def test_none_wanted(self, aws: Any, photos: str, s3: Any) -> None:
        described = run_job(aws, "photos,a.jpg", Report={"Enabled": False})
        assert described["Report"] == {"Enabled": False}
        assert s3.list_objects_v2(Bucket="reports")["KeyCount"] == 0
        with pytest.raises(Misuse, match="CreateJob was called with Report={'Enabled': False}"):
            aws.jobs[described["JobId"]].report()

    def test_a_bucket_that_is_not_there_fails_the_job_after_its_tasks(self, aws: Any, photos: str) -> None:
        report = {**tagging_job(aws)["Report"], "Bucket": "arn:aws:s3:::nowhere"}
        described = run_job(aws, "photos,a.jpg", Report=report)
        assert described["Status"] == "Failed"
        assert described["FailureReasons"][0]["FailureReason"] == (
            "The job report could not be written to your report bucket. Please check your permissions."
        )
        assert described["ProgressSummary"]["NumberOfTasksSucceeded"] == 1
        assert aws.object_tags(photos, "a.jpg") == {"team": "red"}

    def test_no_tasks_no_report(self, aws: Any, s3: Any) -> None:
        described = run_job(aws, manifest=b"")
        assert s3.list_objects_v2(Bucket="reports")["KeyCount"] == 0
        with pytest.raises(Misuse, match="it failed: Invalid Manifest Content"):
            aws.jobs[described["JobId"]].report()


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


class TestProgress:
    def statuses(self, aws: Any, **changes: Any) -> list[str]:
        control = aws.client("s3control")
        job_id = control.create_job(**tagging_job(aws, "photos,a.jpg", **changes))["JobId"]
        return [control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]["Status"] for _ in range(7)]

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

    def test_timers_come_from_the_clock(self) -> None:
        with mock_tagging(job_progress="manual", clock=datetime(2026, 1, 1)) as aws:
            aws.create_bucket("photos")
            control = aws.client("s3control")
            job_id = control.create_job(**tagging_job(aws, "photos,a.jpg"))["JobId"]
            for _ in range(3):
                aws.step_jobs()
            aws.clock.advance(seconds=90)
            job = control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
            assert (job["Status"], job["ProgressSummary"]["Timers"]) == (
                "Active",
                {"ElapsedTimeInActiveSeconds": 90},
            )
            aws.run_jobs()
            aws.clock.advance(seconds=90)
            job = control.describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
            assert job["ProgressSummary"]["Timers"] == {"ElapsedTimeInActiveSeconds": 90}
            assert job["CreationTime"] == datetime(2026, 1, 1, tzinfo=timezone.utc)
            assert job["TerminationDate"] == datetime(2026, 1, 1, 0, 1, 30, tzinfo=timezone.utc)


class TestCreateJob:
    @pytest.mark.parametrize(
        ("changes", "hint"),
        [
            ({"AccountId": "12345678901"}, "AccountId"),
            ({"Operation": {}}, "exactly one operation, not 0"),
            ({"Operation": {"S3DeleteObjectTagging": {}, "S3PutObjectTagging": {}}}, "not 2"),
            ({"Manifest": None}, "exactly one of Manifest and ManifestGenerator"),
            ({"Priority": 2**31}, "Priority"),
            ({"RoleArn": "IAM-role"}, "RoleArn"),
            ({"Description": "x" * 257}, "Description"),
            ({"ClientRequestToken": "x" * 65}, "ClientRequestToken"),
            ({"Report": {"Enabled": True}}, "Report.Bucket"),
            (
                {"Report": {"Enabled": True, "Bucket": "reports", "Format": "Report_CSV_20180820"}},
                "Report.Bucket 'reports' isn't a bucket's ARN",
            ),
            (
                {"Report": {"Enabled": True, "Bucket": "arn:aws:s3:::reports", "Format": "CSV"}},
                "Report.Format",
            ),
            (
                {
                    "Report": {
                        "Enabled": True,
                        "Bucket": "arn:aws:s3:::reports",
                        "Format": "Report_CSV_20180820",
                    }
                },
                "ReportScope",
            ),
        ],
    )
    def test_structural_faults(self, aws: Any, changes: Any, hint: str) -> None:
        request = tagging_job(aws, "photos,a.jpg", **changes)
        assert refusal(lambda: aws.client("s3control").create_job(**request)) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "Request invalid",
        }
        assert hint in aws.calls[-1].hint
        assert len(aws.jobs) == 0

    @pytest.mark.parametrize(
        ("spec", "hint"),
        [
            ({"Format": "CSV", "Fields": ["Bucket", "Key"]}, "Format 'CSV' isn't one of"),
            ({"Format": "S3BatchOperations_CSV_20180820"}, "must name Bucket"),
            ({"Format": "S3BatchOperations_CSV_20180820", "Fields": ["S3Bucket", "S3Key"]}, "S3Bucket"),
            (
                {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key", "Key"]},
                "Key exactly once",
            ),
            (
                {
                    "Format": "S3BatchOperations_CSV_20180820",
                    "Fields": ["Bucket", "Key", "VersionId", "VersionId"],
                },
                "VersionId more than once",
            ),
            ({"Format": "S3InventoryReport_CSV_20161130", "Fields": ["Bucket", "Key"]}, "CSV format only"),
        ],
    )
    def test_faults_of_the_manifest(self, aws: Any, spec: Any, hint: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Spec"] = spec
        assert refusal(lambda: aws.client("s3control").create_job(**request))["Message"] == "Request invalid"
        assert hint in aws.calls[-1].hint

    def test_a_manifest_that_is_no_arn(self, aws: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ObjectArn"] = "manifests/manifest.csv"
        assert refusal(lambda: aws.client("s3control").create_job(**request))["Code"] == "InvalidRequest"

    def test_the_token_makes_a_job_once(self, aws: Any, photos: str) -> None:
        control, request = aws.client("s3control"), tagging_job(aws, "photos,a.jpg")
        first, again = (control.create_job(**request)["JobId"] for _ in range(2))
        assert first == again
        assert len(aws.jobs) == 1
        with pytest.raises(control.exceptions.IdempotencyException):
            control.create_job(**{**request, "Priority": 11})

    @pytest.mark.parametrize(
        ("operation", "says"),
        [
            (
                {
                    "S3PutObjectCopy": {
                        "TargetResource": "arn:aws:s3:::photos",
                        "ObjectLockEventHold": "ON",
                    }
                },
                "S3PutObjectCopy.ObjectLockEventHold",
            ),
            ({"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "XXHASH64"}}, "ChecksumAlgorithm XXHASH64"),
            ({"LambdaInvoke": {"FunctionArn": "copy-it"}}, "there is none. No function was given"),
        ],
    )
    @needs_botocore("1.44", "all operations of jobs")
    def test_what_isnt_modelled_is_refused(self, aws: Any, operation: Any, says: str) -> None:
        with pytest.raises(NotSupported, match=says):
            aws.client("s3control").create_job(**tagging_job(aws, "photos,a.jpg", Operation=operation))
        assert not aws.jobs


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


def test_a_failure_reads_as_code_and_reason() -> None:
    """In the traceback of whoever meets it unhandled."""
    failure = job_failures.never_confirmed()
    assert str(failure) == "JobExpired: The job was not confirmed within 30 days"
    assert failure.hint == ""
