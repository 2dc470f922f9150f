"""Completion reports: what is in them, and jobs that can't write theirs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import Misuse, mock_tagging
from tests.batch.support import ME, REPORT, create
from tests.support import OTHER, run_job, tagging_job

NOT_WRITTEN = "The job report could not be written to your report bucket. Please check your permissions."


START = datetime(2026, 5, 1, 12, 30, 0, 500_000, tzinfo=timezone.utc)


class TestContent:
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

    @needs_botocore("1.41", "Report.ExpectedBucketOwner")
    def test_failed_tasks_only(self, aws: Any, photos: str) -> None:
        report = {
            **tagging_job(aws)["Report"],
            "ReportScope": "FailedTasksOnly",
            "ExpectedBucketOwner": ACCOUNT,
        }
        for number, others in enumerate((["photos,a.jpg"], [])):
            described = run_job(aws, *others, "photos,missing", Report=report, ClientRequestToken=str(number))
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

    def test_no_tasks_no_report(self, aws: Any, s3: Any) -> None:
        described = run_job(aws, manifest=b"")
        assert s3.list_objects_v2(Bucket="reports")["KeyCount"] == 0
        with pytest.raises(Misuse, match="it failed: Invalid Manifest Content"):
            aws.jobs[described["JobId"]].report()

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

    def test_a_report_through_an_access_points_alias_is_found(self, aws: Any, photos: str) -> None:
        s3control = aws.client("s3control")
        aws.create_bucket("reports")
        alias = s3control.create_access_point(AccountId=ACCOUNT, Name="mine", Bucket="reports")["Alias"]
        request = tagging_job(aws, "photos,a.jpg")
        request["Report"]["Bucket"] = f"arn:aws:s3:::{alias}"
        job = aws.jobs[s3control.create_job(**request)["JobId"]]
        assert [row.key for row in job.report().rows] == ["a.jpg"]


def as_csv(rows: Iterable[tuple[object, ...]]) -> str:
    lines: list[str] = []
    csv.writer(SimpleNamespace(write=lines.append)).writerows(rows)
    return "".join(line.removesuffix("\r\n") + "\n" for line in lines)


@given(st.lists(st.text("a,\"\r\n;é '", min_size=1, max_size=4), min_size=1, max_size=4, unique=True))
@example(["a"] + [f"b{number}" for number in range(1_500)] + ["c,d"])
def test_lines_are_those_of_a_csv_writer(keys: list[str]) -> None:
    with mock_tagging() as aws:
        aws.put_objects(aws.create_bucket("photos"), keys[1:])
        manifest = as_csv(("photos", key) for key in keys)
        described = run_job(aws, manifest=manifest.encode())
        report = aws.jobs[described["JobId"]].report()
        bodies = {
            one["TaskExecutionStatus"]: aws.client("s3")
            .get_object(Bucket="reports", Key=one["Key"])["Body"]
            .read()
            for one in report.manifest["Results"]
        }
        message = aws.jobs[described["JobId"]].tasks[0].message
        assert bodies.pop("failed").decode() == as_csv(
            [("photos", keys[0], "", "failed", 404, "NoSuchKey", message)]
        )
        successes = [("photos", key, "", "succeeded", 200, "", "Successful") for key in keys[1:]]
        assert bodies.pop("succeeded", b"").decode() == as_csv(successes)


class TestNotWritten:
    def test_a_bucket_that_is_not_there_fails_the_job_after_its_tasks(self, aws: Any, photos: str) -> None:
        report = {**tagging_job(aws)["Report"], "Bucket": "arn:aws:s3:::nowhere"}
        described = run_job(aws, "photos,a.jpg", Report=report)
        assert described["Status"] == "Failed"
        assert described["FailureReasons"][0]["FailureReason"] == (
            "The job report could not be written to your report bucket. Please check your permissions."
        )
        assert described["ProgressSummary"]["NumberOfTasksSucceeded"] == 1
        assert aws.object_tags(photos, "a.jpg") == {"team": "red"}

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
        failure = aws.jobs[create(aws)].failure
        role = f"arn:aws:sts::{ACCOUNT}:assumed-role/batch/"
        assert failure.startswith(f"{NOT_WRITTEN} | AccessDenied: User: {role}")
        assert "is not authorized to perform: s3:PutObject" in failure

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
        self, aws: Any, photos: str, s3control: Any
    ) -> None:
        job = aws.jobs[create(aws, Report={**REPORT, "Bucket": "arn:aws:s3:::nowhere"})]
        while not job.done:
            aws.step_jobs(tasks=1)
        s3control.update_job_status(**ME, JobId=job.id, RequestedJobStatus="Cancelled")
        aws.run_jobs()
        assert (job.status, job.failure) == ("Cancelled", None)


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
@pytest.mark.parametrize(("owner", "status"), [(OTHER, "Failed"), (ACCOUNT, "Complete")])
def test_the_owner_of_the_report_bucket(aws: Any, photos: str, owner: str, status: str) -> None:
    report = {**REPORT, "ExpectedBucketOwner": owner}
    assert aws.jobs[create(aws, Report=report)].status == status
