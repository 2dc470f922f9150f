"""Jobs to the letter: what CreateJob says is wrong, deadlines to the second, histories, and reports."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.reporting.record import record
from tests.batch.test_job_calls import create
from tests.support import refusal, run_job, tagging_job

ME = {"AccountId": ACCOUNT}
START = datetime(2026, 5, 1, 12, 30, 0, 500_000, tzinfo=timezone.utc)
REPORT = {
    "Bucket": "arn:aws:s3:::reports",
    "Format": "Report_CSV_20180820",
    "Enabled": True,
    "ReportScope": "AllTasks",
}
SPEC = {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]}
NOT_WRITTEN = "The job report could not be written to your report bucket. Please check your permissions."


@pytest.fixture
def control(aws: Any) -> Any:
    return aws.client("s3control")


def history(number: int = 0) -> list[tuple[str, int]]:
    """The statuses of a job, with their moments, as the record of a run has them."""
    assert ACTIVE.current is not None
    return record(ACTIVE.current, failed=True)["jobs"][number]["history"]


def generator(**members: Any) -> dict[str, Any]:
    """CreateJob's parameters for a generator, in place of a manifest."""
    wanted = {"SourceBucket": "arn:aws:s3:::photos", "EnableManifestOutput": False, **members}
    return {"Manifest": None, "ManifestGenerator": {"S3JobManifestGenerator": wanted}}


def manifest(*, arn: str = "arn:aws:s3:::manifests/manifest.csv", **spec: Any) -> dict[str, Any]:
    """CreateJob's parameters with another manifest."""
    return {"Manifest": {"Spec": {**SPEC, **spec}, "Location": {"ObjectArn": arn, "ETag": "x"}}}


class TestWhatCreateJobSaysIsWrong:
    @pytest.mark.parametrize(
        ("changes", "hint"),
        [
            (
                {"AccountId": "12345678901"},
                "AccountId '12345678901' isn't an account id, which is twelve digits",
            ),
            ({"Operation": {}}, "Operation must hold exactly one operation, not 0"),
            ({"Manifest": None}, "exactly one of Manifest and ManifestGenerator must be given"),
            ({"RoleArn": "me"}, "RoleArn 'me' isn't a role's ARN"),
            ({"Priority": 2147483648}, "Priority is 2147483648, not 0 to 2147483647"),
            ({"Priority": -1}, "Priority is -1, not 0 to 2147483647"),
            (
                {"ClientRequestToken": "x" * 65},
                "ClientRequestToken has 65 characters, not 1 to 64",
            ),
            ({"Description": "x" * 257}, "Description has 257 characters, not 1 to 256"),
            (
                manifest(Format="CSV"),
                "Manifest.Spec.Format 'CSV' isn't one of S3BatchOperations_CSV_20180820, S3InventoryReport_CSV_20161130",
            ),
            (
                manifest(Format="S3InventoryReport_CSV_20161130"),
                "Manifest.Spec.Fields goes with the CSV format only",
            ),
            (
                manifest(Fields=["Bucket", "Key", "Size"]),
                "Manifest.Spec.Fields[2] 'Size' isn't one of Bucket, Ignore, Key, VersionId",
            ),
            (manifest(Fields=["Bucket"]), "Manifest.Spec.Fields must name Key exactly once"),
            (
                manifest(Fields=["Bucket", "Key", "VersionId", "VersionId"]),
                "Manifest.Spec.Fields names VersionId more than once",
            ),
            (
                manifest(arn="arn:aws:s3:::manifests"),
                "Manifest.Location.ObjectArn 'arn:aws:s3:::manifests' isn't an object's ARN",
            ),
            ({"Report": {"Enabled": True}}, "Report.Bucket is missing, and the report is enabled"),
            ({"Report": {**REPORT, "Bucket": "reports"}}, "Report.Bucket 'reports' isn't a bucket's ARN"),
            ({"Report": {**REPORT, "Format": "CSV"}}, "Report.Format 'CSV' isn't Report_CSV_20180820"),
            (
                {"Report": {**REPORT, "ReportScope": "All"}},
                "Report.ReportScope 'All' isn't one of AllTasks, FailedTasksOnly",
            ),
            (
                {"Report": {**REPORT, "Prefix": "x" * 513}},
                "Report.Prefix has 513 characters, not 1 to 512",
            ),
        ],
    )
    def test_of_the_request(self, aws: Any, changes: dict[str, Any], hint: str) -> None:
        self.refused(aws, changes, hint)

    @pytest.mark.parametrize(
        ("changes", "hint"),
        [
            (
                {"Manifest": None, "ManifestGenerator": {}},
                "ManifestGenerator holds no S3JobManifestGenerator",
            ),
            (
                generator(SourceBucket="photos"),
                "ManifestGenerator.S3JobManifestGenerator.SourceBucket 'photos' isn't a bucket's ARN",
            ),
            (
                generator(EnableManifestOutput=True),
                "EnableManifestOutput needs a ManifestOutputLocation",
            ),
            (
                generator(
                    ManifestOutputLocation={
                        "Bucket": "lists",
                        "ManifestFormat": "S3InventoryReport_CSV_20211130",
                    }
                ),
                "ManifestGenerator.S3JobManifestGenerator.ManifestOutputLocation.Bucket 'lists' isn't a bucket's ARN",
            ),
            (
                generator(ManifestOutputLocation={"Bucket": "arn:aws:s3:::lists", "ManifestFormat": "CSV"}),
                "ManifestGenerator.S3JobManifestGenerator.ManifestOutputLocation.ManifestFormat 'CSV' isn't S3InventoryReport_CSV_20211130",
            ),
            (
                generator(Filter={"KeyNameConstraint": {"MatchAnySuffix": ["a", "b"]}}),
                "KeyNameConstraint.MatchAnySuffix takes exactly one string, not 2",
            ),
            pytest.param(
                generator(Filter={"MatchAnyObjectEncryption": [{"SSES3": {}}, {"SSEC": {}}]}),
                "ManifestGenerator.S3JobManifestGenerator.Filter.MatchAnyObjectEncryption has 2 items, not 1",
                marks=needs_botocore("1.41", "MatchAnyObjectEncryption"),
            ),
        ],
    )
    def test_of_the_generator(self, aws: Any, changes: dict[str, Any], hint: str) -> None:
        self.refused(aws, changes, hint)

    def refused(self, aws: Any, changes: dict[str, Any], hint: str) -> None:
        """What botocore itself would refuse is sent too."""
        control = aws.client("s3control", config=Config(parameter_validation=False))
        request = tagging_job(aws, "photos,a.jpg", **changes)
        assert refusal(lambda: control.create_job(**request)) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "Request invalid",
        }
        assert aws.calls[-1].hint == hint
        assert not aws.jobs

    @pytest.mark.parametrize(
        "changes",
        [
            {"Priority": 0},
            {"Priority": 2147483647},
            {"Description": "x" * 256, "ClientRequestToken": "x" * 64},
            {"Report": {**REPORT, "Prefix": "x" * 512}},
        ],
    )
    def test_the_limits_themselves_are_taken(self, aws: Any, photos: str, changes: dict[str, Any]) -> None:
        assert run_job(aws, "photos,a.jpg", **changes)["Status"] == "Complete"


class TestTime:
    def test_confirmation_is_awaited_to_the_second(self, aws: Any, photos: str, control: Any) -> None:
        aws.clock.set(START)
        job = aws.jobs[create(aws, ConfirmationRequired=True)]
        aws.clock.set(START + timedelta(days=30, seconds=-1))
        assert control.describe_job(**ME, JobId=job.id)["Job"]["Status"] == "Suspended"
        aws.clock.set(START + timedelta(days=30))
        described = control.describe_job(**ME, JobId=job.id)["Job"]
        assert (described["Status"], described["FailureReasons"]) == (
            "Failed",
            [{"FailureCode": "JobExpired", "FailureReason": "The job was not confirmed within 30 days"}],
        )
        assert job.failure == "The job was not confirmed within 30 days"

    def test_it_ended_when_its_time_was_over(self, aws: Any, photos: str, control: Any) -> None:
        """However late somebody looks at it."""
        aws.clock.set(datetime(2026, 5, 1, tzinfo=timezone.utc))
        job = create(aws, ConfirmationRequired=True)
        aws.clock.advance(days=77)
        described = control.describe_job(**ME, JobId=job)["Job"]
        assert described["TerminationDate"] == datetime(2026, 5, 31, tzinfo=timezone.utc)
        statuses, moments = zip(*history(), strict=True)
        assert statuses == ("New", "Preparing", "Suspended", "Failing", "Failed")
        assert sorted(set(moments)) == list(moments)

    def test_one_that_was_confirmed_has_no_deadline(self, aws: Any, photos: str, control: Any) -> None:
        job = create(aws, ConfirmationRequired=True)
        control.update_job_status(**ME, JobId=job, RequestedJobStatus="Ready")
        aws.clock.advance(days=31)
        described = control.describe_job(**ME, JobId=job)["Job"]
        assert (described["Status"], described["FailureReasons"]) == ("Complete", [])

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

    def test_a_report_that_cant_be_written(self, aws: Any, photos: str) -> None:
        described = run_job(aws, "photos,a.jpg", Report={**REPORT, "Bucket": "arn:aws:s3:::nowhere"})
        assert described["FailureReasons"] == [
            {"FailureCode": "ReportWriteFailed", "FailureReason": NOT_WRITTEN}
        ]
        assert aws.jobs[described["JobId"]].failure == (
            f"{NOT_WRITTEN} | NoSuchBucket: The specified bucket does not exist"
        )

    def test_a_report_bucket_that_locks_by_default(self, aws: Any, photos: str, s3: Any) -> None:
        s3.create_bucket(Bucket="reports", ObjectLockEnabledForBucket=True)
        rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
        s3.put_object_lock_configuration(
            Bucket="reports", ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
        )
        assert aws.jobs[create(aws)].failure == f"{NOT_WRITTEN} | reports has a default retention"

    @pytest.mark.tagging_mock(job_progress="manual")
    def test_a_report_that_failed_is_not_tried_again(self, aws: Any, photos: str, s3: Any) -> None:
        job = aws.jobs[create(aws, Report={**REPORT, "Bucket": "arn:aws:s3:::late"})]
        while job.status != "Failing":
            aws.step_jobs()
        aws.create_bucket("late")
        aws.run_jobs()
        assert job.status == "Failed"
        assert s3.list_objects_v2(Bucket="late")["KeyCount"] == 0

    @pytest.mark.tagging_mock(job_progress="manual")
    def test_a_cancelled_job_is_cancelled_without_its_report(
        self, aws: Any, photos: str, control: Any
    ) -> None:
        job = aws.jobs[create(aws, Report={**REPORT, "Bucket": "arn:aws:s3:::nowhere"})]
        while not job.done:
            aws.step_jobs(tasks=1)
        control.update_job_status(**ME, JobId=job.id, RequestedJobStatus="Cancelled")
        aws.run_jobs()
        assert (job.status, job.failure) == ("Cancelled", None)


class TestReports:
    def test_the_manifest_and_the_rows_of_versions(self, aws: Any, s3: Any) -> None:
        aws.clock.set(START)
        aws.create_bucket("photos", versioning=True)
        version = s3.put_object(Bucket="photos", Key="k")["VersionId"]
        described = run_job(aws, f"photos,k,{version}", fields=("Bucket", "Key", "VersionId"))
        report = aws.jobs[described["JobId"]].report()
        assert {name: report.manifest[name] for name in report.manifest if name != "Results"} == {
            "Format": "Report_CSV_20180820",
            "ReportCreationDate": "2026-05-01T12:30:00.500000000Z",
            "ReportSchema": "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage",
        }
        assert report.rows == [("photos", "k", version, "succeeded", "200", "", "Successful")]

    def test_they_are_encrypted_with_s3s_keys_whatever_the_bucket_says(
        self, aws: Any, photos: str, s3: Any
    ) -> None:
        aws.create_bucket("reports")
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
        s3.put_bucket_encryption(Bucket="reports", ServerSideEncryptionConfiguration={"Rules": [rule]})
        create(aws)
        keys = [one["Key"] for one in s3.list_objects_v2(Bucket="reports")["Contents"]]
        heads = [s3.head_object(Bucket="reports", Key=key) for key in keys]
        assert [head["ServerSideEncryption"] for head in heads] == ["AES256"] * 3

    def test_one_that_may_not_be_written(self, aws: Any, photos: str, s3: Any) -> None:
        """By a statement that names the very action."""
        aws.create_bucket("reports")
        statement = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::reports/*",
        }
        s3.put_bucket_policy(Bucket="reports", Policy=json.dumps({"Statement": [statement]}))
        assert aws.jobs[create(aws)].failure == f"{NOT_WRITTEN} | AccessDenied: Access Denied"
