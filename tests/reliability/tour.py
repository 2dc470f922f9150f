"""A process that does with a mock what can be done, and tells what Python's audit events saw of it.

Run by :mod:`tests.reliability.test_nothing_leaks`: an audit hook can't be taken out again. It prints what
was seen before the mock (so that the hook is known to see), inside it, and in the requests.
"""

from __future__ import annotations

import io
import json
import os
import socket
import sys
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError

import boto3
import botocore.session
import requests
from botocore.config import Config
from botocore.credentials import DeferredRefreshableCredentials
from botocore.exceptions import ClientError, EndpointConnectionError

from s3tag_mock import NotSupported, mock_tagging

HOME = os.environ["HOME"]
ACCOUNT = "123456789012"
ONE_TAG = {"TagSet": [{"Key": "team", "Value": "blue"}]}
#: Programs, connections and names: nothing of a mocked test needs any of them.
WATCHED = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "pty.")

#: Of files of the home directory.
OF_FILES = ("open", "os.listdir", "os.scandir")

seen: list[str] = []
requests_sent: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(WATCHED) or (event in OF_FILES and str(arguments[0]).startswith(HOME)):
        seen.append(f"{event} {arguments}")


def take_seen() -> list[str]:
    taken = list(seen)
    seen.clear()
    return taken


def listened_to(client: Any) -> Any:
    """A client whose requests are written down, as they would be sent."""

    def note(request: Any, **kwargs: Any) -> None:
        requests_sent.append(f"{request.method} {request.url} {dict(request.headers)}")

    client.meta.events.register_first("before-send", note)
    return client


def refused(call: Callable[[], Any], *kinds: type[Exception]) -> None:
    try:
        call()
    except kinds:
        return
    raise AssertionError(f"{call} was not refused")


def never_fetch() -> Any:
    raise AssertionError("credentials were fetched")


class Overriding(botocore.session.Session):
    """As other libraries' sessions are: it finds its credentials itself."""

    def get_credentials(self) -> Any:
        return self.get_component("credential_provider").load_credentials()


class MadeBefore:
    """What code under test makes when it is imported: before any mock, from the user's own profiles."""

    def __init__(self) -> None:
        self.sessions = [
            boto3.Session(profile_name=name) for name in ("prod", "program", "sso", "role", None)
        ]
        self.overriding = Overriding(profile="program")
        assert "program" in self.overriding.full_config["profiles"]
        self.bare = botocore.session.Session()
        self.client = listened_to(self.sessions[0].client("s3", region_name="us-east-1"))
        self.refreshed = listened_to(boto3.client("s3", region_name="us-east-1"))
        self.refreshed._request_signer._credentials = DeferredRefreshableCredentials(never_fetch, "test")


def clients(before: MadeBefore) -> None:
    """Every kind, made before and inside."""
    for client in (before.client, before.refreshed, boto3.client("s3"), boto3.Session().client("s3")):
        listened_to(client).list_buckets()
    for session in before.sessions:
        listened_to(session.client("s3", region_name="eu-west-1")).list_buckets()
        assert session.get_credentials().access_key in {"testing", "AKIAREALPROD00000000"}
    listened_to(before.overriding.create_client("s3", region_name="eu-west-1")).list_buckets()
    provider = before.sessions[1]._session.get_component("credential_provider")
    assert provider.load_credentials().access_key == "testing"
    assert list(boto3.resource("s3").buckets.all())
    refused(lambda: boto3.client("dynamodb").list_tables(), NotSupported)
    refused(
        lambda: boto3.client("s3").write_get_object_response(RequestRoute="r", RequestToken="t"),
        ClientError,
    )
    assert boto3.client("sts").get_caller_identity()["Account"] == ACCOUNT


def objects(aws: Any) -> None:
    """Objects, tags, transfers in threads, waiters, a directory bucket, plain HTTP."""
    s3 = listened_to(boto3.client("s3"))
    s3.put_object(Bucket="photos", Key="sky.jpg", Body=b"blue", Tagging="a=1")
    s3.put_object_tagging(Bucket="photos", Key="sky.jpg", Tagging=ONE_TAG)
    s3.put_bucket_tagging(Bucket="photos", Tagging=ONE_TAG)
    s3.upload_fileobj(io.BytesIO(b"x" * 9_000_000), "photos", "large")
    s3.download_fileobj("photos", "large", io.BytesIO())
    s3.get_waiter("object_exists").wait(Bucket="photos", Key="large")
    assert len(list(s3.get_paginator("list_objects_v2").paginate(Bucket="photos"))) == 1
    aws.create_bucket("bed--usw2-az1--x-s3")
    listened_to(boto3.client("s3", region_name="us-west-2")).put_object(Bucket="bed--usw2-az1--x-s3", Key="k")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "sky.jpg"})
    assert requests.get(url).content == b"blue"
    requests_sent.append(url)
    aws.create_bucket("fotos", region="eu-central-1")
    s3.head_bucket(Bucket="fotos")


def jobs(aws: Any) -> None:
    """A job with a manifest, a report, and a Lambda function."""
    s3, control = boto3.client("s3"), listened_to(boto3.client("s3control"))
    etag = s3.put_object(Bucket="photos", Key="manifest.csv", Body=b"photos,sky.jpg\n")["ETag"]
    aws.lambda_function("work")(lambda event, context: "done")
    for operation in (
        {"S3PutObjectTagging": ONE_TAG},
        {"LambdaInvoke": {"FunctionArn": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:work"}},
    ):
        job = control.create_job(
            AccountId=ACCOUNT,
            Operation=operation,
            Manifest={
                "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
                "Location": {"ObjectArn": "arn:aws:s3:::photos/manifest.csv", "ETag": etag},
            },
            Report={
                "Bucket": "arn:aws:s3:::photos",
                "Enabled": True,
                "Format": "Report_CSV_20180820",
                "ReportScope": "AllTasks",
            },
            Priority=1,
            RoleArn=f"arn:aws:iam::{ACCOUNT}:role/batch",
            ConfirmationRequired=False,
        )["JobId"]
        control.put_job_tagging(AccountId=ACCOUNT, JobId=job, Tags=[{"Key": "a", "Value": "1"}])
        assert control.describe_job(AccountId=ACCOUNT, JobId=job)["Job"]["Status"] == "Complete"
        assert aws.jobs[job].report().rows


def failures(aws: Any, before: MadeBefore) -> None:
    """Failures on demand, with retries; credentials that nobody has."""
    aws.faults.add("ListBuckets", "SlowDown", times=2)
    aws.faults.add("ListBuckets", "EndpointConnectionError", times=3)
    for mode in ("legacy", "standard", "adaptive"):
        client = boto3.client("s3", config=Config(retries={"mode": mode, "total_max_attempts": 3}))
        with suppress(EndpointConnectionError):
            client.list_buckets()
    for scheme in ("http", "https"):
        refused(lambda url=f"{scheme}://photos.s3.amazonaws.com/k": urllib.request.urlopen(url), HTTPError)
        refused(lambda url=f"{scheme}://sts.amazonaws.com/": urllib.request.urlopen(url), NotSupported)
    with patch.dict(os.environ, {"AWS_CONFIG_FILE": f"{HOME}/../{Path(HOME).name}/.aws/config"}):
        assert boto3.Session().available_profiles == []
    with patch.dict(os.environ, {"HOME": HOME}, clear=True):
        assert boto3.Session().get_credentials().access_key == "testing"
        listened_to(boto3.Session().client("s3", region_name="us-east-1")).list_buckets()
        listened_to(before.bare.create_client("s3", region_name="us-east-1")).list_buckets()
        listened_to(Overriding().create_client("s3", region_name="us-east-1")).list_buckets()


def main() -> None:
    sys.addaudithook(watch)
    before = MadeBefore()
    socket.getaddrinfo("127.0.0.1", 80)
    outside = take_seen()
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        clients(before)
        objects(aws)
        jobs(aws)
        failures(aws, before)
        inside = take_seen()
    print(json.dumps({"outside": outside, "inside": inside, "requests": requests_sent}))


if __name__ == "__main__":
    Path(HOME).stat()
    main()
