"""Correct programs, tested as people test them: but for one, none of them has a finding."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from typing import Any

import boto3
import pytest
import requests
from botocore.exceptions import ClientError

from conftest import ACCOUNT
from s3tag_mock import TaggingMockWarning, mock_tagging
from tests.support import tag_set, tagging_job

SKY = {"Bucket": "photos", "Key": "sky.jpg"}
Program = Callable[[Any, Any], None]
PROGRAMS: list[Program] = []


def program(function: Program) -> Program:
    PROGRAMS.append(function)
    return function


def read(s3: Any, **where: Any) -> dict[str, str]:
    tags = s3.get_object_tagging(**{**SKY, **where})["TagSet"]
    return {tag["Key"]: tag["Value"] for tag in tags}


def write(s3: Any, tags: dict[str, str], **where: Any) -> Any:
    return s3.put_object_tagging(**{**SKY, **where}, Tagging=tag_set(**tags))


def bucket_tags(s3: Any) -> dict[str, str]:
    try:
        tags = s3.get_bucket_tagging(Bucket="photos")["TagSet"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchTagSet":
            raise
        return {}
    return {tag["Key"]: tag["Value"] for tag in tags}


def submit(aws: Any, key: str = "rock.jpg", **options: Any) -> str:
    job_id: str = aws.client("s3control").create_job(**tagging_job(aws, f"photos,{key}", **options))["JobId"]
    return job_id


# Whole replacement


def put_endpoint(aws: Any, s3: Any) -> None:
    """``PUT /photos/sky.jpg/tags``; the test looks at the status alone.

    What it means to erase can't be told from what it loses: its author writes ``allow=["lost_tags"]``.
    """
    assert write(s3, {"a": "1"})["ResponseMetadata"]["HTTPStatusCode"] == 200


@program
def put_endpoint_whose_tags_are_looked_at(aws: Any, s3: Any) -> None:
    put_endpoint(aws, s3)
    assert aws.object_tags("photos", "sky.jpg") == {"a": "1"}


@program
def reset_of_tags(aws: Any, s3: Any) -> None:
    s3.delete_object_tagging(**SKY)
    assert aws.calls.last.status == 204


@program
def scanner(aws: Any, s3: Any) -> None:
    write(s3, {"scan": "clean"})
    aws.calls.assert_called("PutObjectTagging", Key="sky.jpg")


@program
def count_first(aws: Any, s3: Any) -> None:
    if s3.head_object(**SKY).get("TagCount", 0) < 10:
        write(s3, {"a": "1"})
    assert aws.object_tags(**{name.lower(): value for name, value in SKY.items()}) == {"a": "1"}


@program
def desired_state_of_a_bucket(aws: Any, s3: Any) -> None:
    wanted = {**bucket_tags(s3), "cost": "1"}
    s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(**wanted))


@program
def first_tags_of_a_bucket(aws: Any, s3: Any) -> None:
    s3.delete_bucket_tagging(Bucket="photos")
    assert bucket_tags(s3) == {}
    s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(cost="1"))


@program
def delete_then_put(aws: Any, s3: Any) -> None:
    s3.delete_object_tagging(**SKY)
    write(s3, {"a": "1"})


@program
def copy_with_new_tags(aws: Any, s3: Any) -> None:
    s3.copy_object(
        **SKY, CopySource=SKY, TaggingDirective="REPLACE", MetadataDirective="REPLACE", Tagging="a=1"
    )


@program
def overwritten_object(aws: Any, s3: Any) -> None:
    s3.put_object(**SKY, Body=b"new", Tagging="a=1")


@program
def written_twice(aws: Any, s3: Any) -> None:
    write(s3, read(s3) | {"state": "busy"})
    write(s3, {"owner": "ann", "state": "done"})


# Read, then write


@program
def read_and_write(aws: Any, s3: Any) -> None:
    write(s3, read(s3) | {"a": "1"})


@program
def another_client_writes(aws: Any, s3: Any) -> None:
    tags = read(s3)
    write(boto3.client("s3", region_name="us-east-1"), tags | {"a": "1"})


@program
def read_by_version(aws: Any, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version = s3.head_object(**SKY).get("VersionId", "null")
    write(s3, read(s3, VersionId=version) | {"a": "1"})


@program
def removal(aws: Any, s3: Any) -> None:
    tags = read(s3)
    del tags["owner"]
    write(s3, tags)


@program
def cached(aws: Any, s3: Any) -> None:
    known = read(s3)
    for name in ("a", "b"):
        known[name] = "1"
        write(s3, known)


@program
def read_by_plain_http(aws: Any, s3: Any) -> None:
    url = s3.generate_presigned_url("get_object_tagging", Params=SKY)
    assert "<Key>owner</Key>" in requests.get(url, timeout=5).text
    write(s3, {"owner": "ann", "a": "1"})


@program
def threads(aws: Any, s3: Any) -> None:
    """Each has a key of its own."""

    def tag(key: str) -> None:
        client = boto3.client("s3", region_name="us-east-1")
        write(client, read(client, Key=key) | {"a": "1"}, Key=key)

    workers = [threading.Thread(target=tag, args=(key,)) for key in ("sky.jpg", "sea.jpg")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


@program
def turns(aws: Any, s3: Any) -> None:
    """Two workers, of which each reads what the other wrote."""
    other = boto3.client("s3", region_name="us-east-1")
    write(s3, read(s3) | {"a": "1"})
    write(other, read(other) | {"b": "1"})
    write(s3, read(s3) | {"c": "1"})


# Failures


@program
def retry_of_botocore(aws: Any, s3: Any) -> None:
    aws.faults.add("GetObjectTagging", "SlowDown", times=2)
    write(s3, read(s3) | {"a": "1"})


@program
def retry_of_its_own(aws: Any, s3: Any) -> None:
    aws.faults.add("GetObjectTagging", "AccessDenied", times=1)
    try:
        tags = read(s3)
    except ClientError:
        tags = read(s3)
    write(s3, tags | {"a": "1"})


@program
def gives_up(aws: Any, s3: Any) -> None:
    aws.faults.add("GetObjectTagging", "AccessDenied")
    with pytest.raises(ClientError):
        write(s3, read(s3) | {"a": "1"})


@program
def guards(aws: Any, s3: Any) -> None:
    """What must not be called would fail."""
    aws.faults.add("DeleteObject", "AccessDenied", optional=True)
    aws.faults.add("DeleteObjects", "AccessDenied", optional=True)
    write(s3, read(s3) | {"a": "1"})


@program
def missing_object(aws: Any, s3: Any) -> None:
    with pytest.raises(ClientError, match="NoSuchKey"):
        write(s3, {"a": "1"}, Key="none.jpg")


# Jobs


@program
def submits(aws: Any, s3: Any) -> None:
    """Something else waits for the job."""
    assert submit(aws)


@program
def submits_once(aws: Any, s3: Any) -> None:
    assert submit(aws, ClientRequestToken="t") == submit(aws, ClientRequestToken="t")


@program
def submits_and_tags(aws: Any, s3: Any) -> None:
    job_id, tags = submit(aws), [{"Key": "team", "Value": "blue"}]
    aws.client("s3control").put_job_tagging(AccountId=ACCOUNT, JobId=job_id, Tags=tags)


@program
def seen_by_its_objects(aws: Any, s3: Any) -> None:
    submit(aws)
    assert aws.object_tags("photos", "rock.jpg") == {"team": "red"}


@program
def described(aws: Any, s3: Any) -> None:
    job_id = submit(aws, "none.jpg")
    job = aws.client("s3control").describe_job(AccountId=ACCOUNT, JobId=job_id)["Job"]
    assert job["ProgressSummary"]["NumberOfTasksFailed"] == 1


@program
def cancelled(aws: Any, s3: Any) -> None:
    control, job_id = aws.client("s3control"), submit(aws, ConfirmationRequired=True)
    control.update_job_status(AccountId=ACCOUNT, JobId=job_id, RequestedJobStatus="Cancelled")


@program
def listed(aws: Any, s3: Any) -> None:
    submit(aws, "none.jpg")
    (job,) = aws.client("s3control").list_jobs(AccountId=ACCOUNT)["Jobs"]
    assert job["ProgressSummary"]["NumberOfTasksFailed"] == 1


@program
def keys_of_a_session(aws: Any, s3: Any) -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/tagger"
    keys = aws.client("sts").assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], "us-east-1")
    write(session.client("s3"), read(session.client("s3")) | {"a": "1"})


def run(test: Program) -> None:
    with mock_tagging() as aws:
        aws.create_bucket("photos", tags={"team": "blue"})
        aws.put_objects("photos", ["sky.jpg", "sea.jpg"], tags={"owner": "ann"})
        aws.put_objects("photos", ["rock.jpg"])
        test(aws, aws.client("s3"))


@pytest.mark.parametrize("test", PROGRAMS)
def test_no_finding(test: Program) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run(test)


def test_the_one_that_has_one() -> None:
    with pytest.warns(TaggingMockWarning, match="lost_tags"):
        run(put_endpoint)
