"""Where a job's manifest and report may be, and how long a key in a manifest may be."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from tests.support import refusal, run_job, tagging_job

NEAR = "near--use1-az4--x-s3"


@pytest.mark.parametrize(
    "changes",
    [
        {
            "Report": {
                "Bucket": f"arn:aws:s3:::{NEAR}",
                "Format": "Report_CSV_20180820",
                "Enabled": True,
                "ReportScope": "AllTasks",
            }
        },
        {
            "Manifest": {
                "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
                "Location": {"ObjectArn": f"arn:aws:s3:::{NEAR}/manifest.csv", "ETag": "x"},
            }
        },
        {
            "Manifest": None,
            "ManifestGenerator": {
                "S3JobManifestGenerator": {
                    "SourceBucket": "arn:aws:s3:::photos",
                    "EnableManifestOutput": True,
                    "ManifestOutputLocation": {
                        "Bucket": f"arn:aws:s3:::{NEAR}",
                        "ManifestFormat": "S3InventoryReport_CSV_20211130",
                    },
                }
            },
        },
    ],
    ids=["report", "manifest", "generated manifest"],
)
def test_not_in_a_directory_bucket(aws: Any, photos: str, changes: dict[str, Any]) -> None:
    aws.create_bucket(NEAR)
    request = tagging_job(aws, "photos,a.jpg", **changes)
    refused = refusal(lambda: aws.client("s3control").create_job(**request))
    assert refused["Code"] == "InvalidRequest"
    assert "is in a directory bucket" in (aws.calls[-1].hint or "")


def test_a_report_through_an_access_points_alias_is_found(aws: Any, photos: str) -> None:
    control = aws.client("s3control")
    aws.create_bucket("reports")
    alias = control.create_access_point(AccountId=ACCOUNT, Name="mine", Bucket="reports")["Alias"]
    request = tagging_job(aws, "photos,a.jpg")
    request["Report"]["Bucket"] = f"arn:aws:s3:::{alias}"
    job = aws.jobs[control.create_job(**request)["JobId"]]
    assert [row.key for row in job.report().rows] == ["a.jpg"]


@pytest.mark.parametrize(
    ("key", "status"),
    [("%C3%A9" * 512, "Complete"), ("%C3%A9" * 513, "Failed"), ("%F0%9F%98%80" * 256, "Complete")],
)
def test_keys_are_measured_in_bytes(aws: Any, photos: str, key: str, status: str) -> None:
    described = run_job(aws, f"photos,{key}")
    assert described["Status"] == status
    if status == "Failed":
        assert described["FailureReasons"][0]["FailureReason"] == "Invalid object key format"


def test_the_line_of_a_bad_row_is_named(aws: Any, photos: str) -> None:
    """Also when a row before it holds line ends of its own."""
    job_id = run_job(aws, manifest=b'photos,"a\nb"\nphotos\n')["JobId"]
    assert "line 3 has 1 columns" in aws.jobs[job_id].failure
