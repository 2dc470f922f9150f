"""What calls name: found, or refused with what AWS says of it."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from conftest import ACCOUNT
from tests.batch.support import create
from tests.support import made_user, refusal


def headers_of_refusal(call: Any) -> dict[str, str]:
    try:
        call()
    except ClientError as error:
        found: dict[str, str] = error.response["ResponseMetadata"]["HTTPHeaders"]
        return found
    raise AssertionError("it was let through")


def test_headers_of_a_delete_marker(s3: Any, kept: str) -> None:
    s3.put_object(Bucket=kept, Key="k")
    marker = s3.delete_object(Bucket=kept, Key="k")["VersionId"]
    shown = {"x-amz-delete-marker": "true", "x-amz-version-id": marker}
    named = {"Bucket": kept, "Key": "k"}
    assert shown.items() <= headers_of_refusal(lambda: s3.get_object(**named)).items()
    of_version = headers_of_refusal(lambda: s3.get_object(**named, VersionId=marker))
    assert {**shown, "allow": "DELETE"}.items() <= of_version.items()


def test_where_there_is_no_bucket(aws: Any, s3: Any) -> None:
    assert refusal(lambda: s3.list_objects_v2(Bucket="photos"))["Code"] == "NoSuchBucket"
    assert str(aws.calls[-1].hint) == "No bucket was created."


def test_a_bucket_that_is_on_no_outpost(aws: Any, photos: str) -> None:
    control = aws.client("s3control")
    refused = refusal(lambda: control.get_bucket_tagging(AccountId=ACCOUNT, Bucket=photos))
    assert (refused["Method"], refused["ResourceType"]) == ("GET", "BUCKET")


def test_condition_keys_of_jobs(aws: Any, photos: str) -> None:
    waiting = create(aws, Priority=3, ConfirmationRequired=True)
    done, other = create(aws, Priority=3), create(aws, Priority=2, ConfirmationRequired=True)
    reprioritises = {
        "Action": "s3:UpdateJobPriority",
        "Condition": {
            "StringEquals": {"s3:ExistingJobOperation": "S3PutObjectTagging"},
            "NumericEquals": {"s3:ExistingJobPriority": "3"},
        },
    }
    confirms = {
        "Action": "s3:UpdateJobStatus",
        "Condition": {"StringEquals": {"s3:JobSuspendedCause": "AWAITING_CONFIRMATION"}},
    }
    control = aws.client("s3control", as_=made_user(aws._world, "anna", reprioritises, confirms).arn)
    change = lambda job: control.update_job_priority(AccountId=ACCOUNT, JobId=job, Priority=4)
    assert change(waiting)["Priority"] == 4
    assert refusal(lambda: change(other))["Code"] == "AccessDenied"
    confirm = lambda job: control.update_job_status(AccountId=ACCOUNT, JobId=job, RequestedJobStatus="Ready")
    assert refusal(lambda: confirm(done))["Code"] == "AccessDenied"
    confirm(waiting)
