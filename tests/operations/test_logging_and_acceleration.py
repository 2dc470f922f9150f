"""Logging and transfer acceleration (LS TestS3BucketLogging, TestS3BucketAccelerateConfiguration)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import MALFORMED, refusal


def log_to(s3: Any, target: str, bucket: str = "photos", **more: Any) -> Any:
    enabled = {"TargetBucket": target, "TargetPrefix": "log", **more}
    return s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": enabled})


def test_logging_is_off_at_first_and_after_an_empty_document(aws: Any, photos: str, s3: Any) -> None:
    aws.create_bucket("logs")
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=photos)
    log_to(s3, "logs")
    assert s3.get_bucket_logging(Bucket=photos)["LoggingEnabled"] == {
        "TargetBucket": "logs",
        "TargetPrefix": "log",
    }
    s3.put_bucket_logging(Bucket=photos, BucketLoggingStatus={})
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=photos)


def test_the_target_must_be_in_the_same_region(aws: Any, photos: str, s3: Any) -> None:
    aws.create_bucket("milan", region="eu-south-1")
    aws.create_bucket("paris", region="eu-west-3")
    elsewhere = {
        "Status": 403,
        "Code": "CrossLocationLoggingProhibitted",
        "Message": "Cross S3 location logging not allowed. ",
        "TargetBucketLocation": "eu-south-1",
    }
    assert refusal(lambda: log_to(s3, "milan")) == elsewhere
    from_paris = aws.client("s3", region_name="eu-west-3")
    assert refusal(lambda: log_to(from_paris, "milan", bucket="paris")) == {
        **elsewhere,
        "SourceBucketLocation": "eu-west-3",
    }


def test_the_target_must_be_there(photos: str, s3: Any) -> None:
    assert refusal(lambda: log_to(s3, "nowhere")) == {
        "Status": 400,
        "Code": "InvalidTargetBucketForLogging",
        "Message": "The target bucket for logging does not exist",
        "TargetBucket": "nowhere",
    }


def test_grants_need_a_target_with_acls(aws: Any, photos: str, s3: Any) -> None:
    aws.create_bucket("logs")
    group = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}
    grants = [{"Grantee": group, "Permission": "READ"}]
    assert refusal(lambda: log_to(s3, "logs", TargetGrants=grants)) == {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "Target grants are not supported for buckets with bucket owner enforced ownership",
        "ArgumentName": "TargetGrants",
        "ArgumentValue": None,
    }
    s3.put_bucket_ownership_controls(
        Bucket="logs", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    log_to(s3, "logs", TargetGrants=grants)
    assert s3.get_bucket_logging(Bucket=photos)["LoggingEnabled"]["TargetGrants"] == grants


def test_a_format_of_keys_is_one(aws: Any, photos: str, s3: Any) -> None:
    aws.create_bucket("logs")
    formats: Any = {"SimplePrefix": {}, "PartitionedPrefix": {"PartitionDateSource": "EventTime"}}
    assert refusal(lambda: log_to(s3, "logs", TargetObjectKeyFormat=formats)) == MALFORMED
    log_to(s3, "logs", TargetObjectKeyFormat={"SimplePrefix": {}})
    kept = s3.get_bucket_logging(Bucket=photos)["LoggingEnabled"]["TargetObjectKeyFormat"]
    assert kept == {"SimplePrefix": {}}


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_acceleration(photos: str, s3: Any, status: str) -> None:
    assert "Status" not in s3.get_bucket_accelerate_configuration(Bucket=photos)
    s3.put_bucket_accelerate_configuration(Bucket=photos, AccelerateConfiguration={"Status": status})
    assert s3.get_bucket_accelerate_configuration(Bucket=photos)["Status"] == status


def test_acceleration_that_aws_refuses(aws: Any, photos: str, s3: Any) -> None:
    def put(bucket: str, status: str) -> Any:
        return s3.put_bucket_accelerate_configuration(
            Bucket=bucket, AccelerateConfiguration={"Status": status}
        )

    assert refusal(lambda: put(photos, "enabled"))["Code"] == "MalformedXML"
    aws.create_bucket("with.period")
    assert refusal(lambda: put("with.period", "Enabled")) == {
        "Status": 400,
        "Code": "InvalidRequest",
        "Message": "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
    }
