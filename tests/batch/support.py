"""What tests of jobs need: jobs of other operations, what is said of those that failed, inventory reports."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from typing import Any

from conftest import ACCOUNT
from tests.support import tagging_job

ME = {"AccountId": ACCOUNT}
VERSIONS = ("Bucket", "Key", "VersionId")
REPORT = {
    "Bucket": "arn:aws:s3:::reports",
    "Format": "Report_CSV_20180820",
    "Enabled": True,
    "ReportScope": "AllTasks",
}
INVALID = {"Status": 400, "Code": "InvalidRequest", "Message": "Request invalid"}
NOT_PROPER = "Manifest file is not properly formatted"
CONTENT = "Invalid Manifest Content"
FORBIDDEN = "Reading the manifest is forbidden: AccessDenied"


def create(aws: Any, **changes: Any) -> str:
    """The id of a new job that tags photos/a.jpg and photos/b.jpg."""
    token = {"ClientRequestToken": f"token {len(aws.jobs)}"}
    request = tagging_job(aws, "photos,a.jpg", "photos,b.jpg", **{**token, **changes})
    job_id: str = aws.client("s3control").create_job(**request)["JobId"]
    return job_id


def job_of(aws: Any, operation: dict[str, Any], *rows: str, **changes: Any) -> Any:
    """A new job that does this with these rows."""
    token = {"ClientRequestToken": f"token {len(aws.jobs)}"}
    request = tagging_job(
        aws, *(rows or ("photos,a.jpg", "photos,c.jpg")), Operation=operation, **{**token, **changes}
    )
    return aws.jobs[aws.client("s3control").create_job(**request)["JobId"]]


def codes(job: Any) -> list[str]:
    """The error code of each task, or the message of one that succeeded."""
    return [task.error_code or task.message for task in job.tasks]


def run(aws: Any, request: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """What DescribeJob says of a new tagging job.

    :param request: CreateJob's parameters; by default those that tag photos/a.jpg, with these changes.
    """
    control = aws.client("s3control")
    if request is None:
        token = {"ClientRequestToken": f"token {len(aws.jobs)}"}
        request = tagging_job(aws, "photos,a.jpg", **{**token, **changes})
    job_id = control.create_job(**request)["JobId"]
    described: dict[str, Any] = control.describe_job(**ME, JobId=job_id)["Job"]
    return described


def counts(described: dict[str, Any]) -> tuple[str, int, int]:
    """Status, and how many tasks succeeded and failed."""
    summary = described["ProgressSummary"]
    return described["Status"], summary["NumberOfTasksSucceeded"], summary["NumberOfTasksFailed"]


def reason(described: dict[str, Any]) -> str:
    """The one FailureReason of a job that failed."""
    assert described["Status"] == "Failed"
    (found,) = described["FailureReasons"]
    return str(found["FailureReason"])


def failure_of(aws: Any, described: dict[str, Any]) -> tuple[str, str | None]:
    """FailureCode, and what the handle says of the failure: FailureReason and hint."""
    assert described["Status"] == "Failed"
    (why,) = described["FailureReasons"]
    failure = aws.jobs[described["JobId"]].failure
    assert failure.partition(" | ")[0] == why["FailureReason"]
    return why["FailureCode"], failure


def deny(s3: Any, bucket: str, action: str) -> None:
    """Put a bucket policy that denies everybody an action."""
    statement = {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": f"arn:aws:s3:::{bucket}/*"}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Statement": [statement]}))


def generator(**members: Any) -> dict[str, Any]:
    """CreateJob's parameters for a generator, in place of a manifest."""
    wanted = {"SourceBucket": "arn:aws:s3:::photos", "EnableManifestOutput": False, **members}
    return {"Manifest": None, "ManifestGenerator": {"S3JobManifestGenerator": wanted}}


class Inventory:
    """An inventory report in the bucket ``manifests``."""

    DATA = "photos/daily/data/one.csv.gz"

    def __init__(self, aws: Any, rows: list[list[str]], schema: str = "Bucket, Key, Size") -> None:
        self.s3 = aws.client("s3")
        if "manifests" not in {one["Name"] for one in self.s3.list_buckets()["Buckets"]}:
            aws.create_bucket("manifests")
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
        self.manifest: dict[str, Any] = {
            "sourceBucket": "photos",
            "destinationBucket": "arn:aws:s3:::manifests",
            "version": "2016-11-30",
            "creationTimestamp": "1514944800000",
            "fileFormat": "CSV",
            "fileSchema": schema,
        }
        self.holds(gzip.compress(text.getvalue().encode()))

    def holds(self, data: bytes) -> None:
        """Have its one file hold these bytes."""
        self.data = data
        digest = hashlib.md5(data).hexdigest()
        self.manifest["files"] = [{"key": self.DATA, "size": len(data), "MD5checksum": digest}]

    def spec(self, body: bytes | None = None) -> dict[str, Any]:
        """Write it, and give the Manifest of a job over it.

        :param body: of manifest.json, in place of what it would be.
        """
        self.s3.put_object(Bucket="manifests", Key=self.DATA, Body=self.data)
        key = "photos/daily/2026-05-01T00-00Z/manifest.json"
        etag = self.s3.put_object(
            Bucket="manifests", Key=key, Body=body or json.dumps(self.manifest).encode()
        )["ETag"]
        return {
            "Spec": {"Format": "S3InventoryReport_CSV_20161130"},
            "Location": {"ObjectArn": f"arn:aws:s3:::manifests/{key}", "ETag": etag},
        }


def read_denied(described: dict[str, Any], arn: str) -> str:
    """What AccessDenied says of a job's reading an object.

    :param described: the job, as DescribeJob gives it.
    :param arn: of the object.
    """
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/batch/s3-batch-operations_{described['JobId']}"
    return (
        f'AccessDenied: User: {session} is not authorized to perform: s3:GetObject on resource: "{arn}" '
        "with an explicit deny in a resource-based policy"
    )
