"""The main job, end to end: seed objects, have S3 Batch Operations tag them, read the report.

Run it with ``python examples/tag_with_a_job.py``. Everything below ``main`` is code that would run
against AWS as it stands; only ``main`` knows of the mock.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

import boto3

from s3tag_mock import mock_tagging

BUCKET, MANIFESTS, REPORTS = "holiday-photos", "job-manifests", "job-reports"
KEYS = [f"2026/day {day:02}/photo {number:02}.jpg" for day in range(1, 6) for number in range(1, 5)]


def main() -> None:
    """Play the whole story inside a mock."""
    with mock_tagging(region="eu-west-1", job_progress="on_describe") as aws:
        for name in (BUCKET, MANIFESTS, REPORTS):
            aws.create_bucket(name)
        aws.put_objects(BUCKET, KEYS, tags={"draft": "yes"})
        show_objects("Before the job", KEYS[:3])

        job_id = create_job([*KEYS, "2026/day 06/not there.jpg"], {"year": "2026", "album": "Norway"})
        print(f"\nCreated job {job_id}")
        for status, progress in poll(job_id):
            done, failed = progress["NumberOfTasksSucceeded"], progress["NumberOfTasksFailed"]
            print(f"  {status:<11} {done} succeeded, {failed} failed of {progress['TotalNumberOfTasks']}")

        print("\nThe report")
        for status, rows in read_report(job_id).items():
            print(f"  {status}: {len(rows)} rows, the first: {', '.join(rows[0][:6])}")
        print()
        show_objects("After the job", KEYS[:3])


def account_id() -> str:
    """The account that this program runs in."""
    account: str = boto3.client("sts").get_caller_identity()["Account"]
    return account


def create_job(keys: list[str], tags: dict[str, str]) -> str:
    """Write a manifest of the keys, and create a job that tags them."""
    manifest = "".join(f"{BUCKET},{quote_plus(key, safe='/')}\n" for key in keys)
    etag = boto3.client("s3").put_object(Bucket=MANIFESTS, Key="manifest.csv", Body=manifest)["ETag"]
    job_id: str = boto3.client("s3control").create_job(
        AccountId=account_id(),
        Operation={"S3PutObjectTagging": {"TagSet": [{"Key": key, "Value": tags[key]} for key in tags]}},
        Manifest={
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {"ObjectArn": f"arn:aws:s3:::{MANIFESTS}/manifest.csv", "ETag": etag},
        },
        Report={
            "Bucket": f"arn:aws:s3:::{REPORTS}",
            "Prefix": "final",
            "Format": "Report_CSV_20180820",
            "Enabled": True,
            "ReportScope": "AllTasks",
        },
        Priority=10,
        RoleArn=f"arn:aws:iam::{account_id()}:role/batch",
        ConfirmationRequired=False,
        ClientRequestToken=str(uuid4()),
        Description="Tag the holiday photos",
    )["JobId"]
    return job_id


def poll(job_id: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Describe a job until it has ended (against AWS, one would sleep in between)."""
    status = ""
    while status not in {"Complete", "Failed", "Cancelled"}:
        job = boto3.client("s3control").describe_job(AccountId=account_id(), JobId=job_id)["Job"]
        status = job["Status"]
        yield status, job["ProgressSummary"]


def read_report(job_id: str) -> dict[str, list[list[str]]]:
    """The rows of a job's completion report by task status."""
    s3 = boto3.client("s3")

    def content(key: str) -> str:
        body: bytes = s3.get_object(Bucket=REPORTS, Key=key)["Body"].read()
        return body.decode()

    manifest = json.loads(content(f"final/job-{job_id}/manifest.json"))
    return {
        result["TaskExecutionStatus"]: list(csv.reader(io.StringIO(content(result["Key"]))))
        for result in manifest["Results"]
    }


def show_objects(title: str, keys: list[str]) -> None:
    """Print some objects with their tags."""
    print(title)
    for key in keys:
        tags = boto3.client("s3").get_object_tagging(Bucket=BUCKET, Key=key)["TagSet"]
        shown = ", ".join(f"{tag['Key']}={tag['Value']}" for tag in tags)
        print(f"  {key}: {shown}")


if __name__ == "__main__":
    main()
