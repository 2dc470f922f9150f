"""The world that every sequence begins with: there is something of everything in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any, Final
from unittest.mock import patch

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from s3tag_mock import TaggingMock, mock_tagging
from s3tag_mock.api.snapshot import Snapshot
from tools.fuzz.values import ACCOUNT, FUNCTION, OTHER_ACCOUNT, ROLE, START

CONFIG: Final = Config(parameter_validation=False, retries={"total_max_attempts": 2})
ANONYMOUS: Final = CONFIG.merge(Config(signature_version=UNSIGNED))
#: What the Lambda function gives back, one after the other.
_RESULTS: Final[tuple[Any, ...]] = ("Succeeded", "TemporaryFailure", "PermanentFailure", "x", None, 1)


@contextmanager
def world_for(seed: int) -> Iterator[TaggingMock]:
    """A mock with a furnished world; how jobs go on, and which way calls go, is by the seed.

    In it are plain, versioned and locked buckets, a directory bucket, one on an outpost with its access
    point; objects, versions, a delete marker, an archived object; uploads with parts; a job that ended and
    one that waits to be confirmed; a Lambda function.
    """
    progress: Any = ("immediate", "on_describe", "manual")[seed % 3]
    way = {"S3TAG_MOCK_WAY": "wire"} if seed // 3 % 2 == 0 else {}
    furnished = _furnished(progress)
    with (
        patch.dict(os.environ, way),
        mock_tagging(allow="all", job_progress=progress, clock=START) as aws,
    ):
        aws.restore(furnished)
        _lambda_function(aws)  # one whose results begin with the first
        yield aws


@cache
def _furnished(progress: Any) -> Snapshot:
    """A furnished world; its ids are of a seed of their own, so that no later thing has the same."""
    with mock_tagging(allow="all", job_progress=progress, clock=START, seed=1) as aws:
        furnish(aws)
        return aws.snapshot()


@cache
def client(service: str, caller: str = "own") -> Any:
    """The client with which a sequence's calls are made: one for all worlds, since making one takes long.

    :param caller: ``"own"`` for the mock's account, ``"other"`` or ``"anonymous"``.
    """
    make: Any = boto3.client
    return make(
        service,
        region_name="us-east-1",
        config=ANONYMOUS if caller == "anonymous" else CONFIG,
        aws_access_key_id=OTHER_ACCOUNT if caller == "other" else "testing",
        aws_secret_access_key="testing",
    )


def furnish(aws: TaggingMock) -> None:
    """Put something of everything into an empty world."""
    _lambda_function(aws)
    _buckets(aws)
    _objects(client("s3"))
    _uploads(client("s3"))
    _jobs()


def _lambda_function(aws: TaggingMock) -> None:
    calls = count()

    @aws.lambda_function(FUNCTION)
    def odd(event: Any, context: Any) -> Any:
        number = next(calls)
        if number % 7 == 6:
            raise ValueError("odd")
        code, task = _RESULTS[number % len(_RESULTS)], event["tasks"][0]
        return {
            "invocationSchemaVersion": event["invocationSchemaVersion"],
            "treatMissingKeysAs": "PermanentFailure",
            "invocationId": event["invocationId"],
            "results": [{"taskId": task["taskId"], "resultCode": code, "resultString": "é"}],
        }


def _buckets(aws: TaggingMock) -> None:
    s3, control = client("s3"), client("s3control")
    aws.create_bucket("photos", tags={"a": "1"})
    aws.create_bucket("plain", versioning=True)
    s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
    aws.create_bucket("distant", region="eu-west-1")
    s3.create_bucket(
        Bucket="near--use1-az4--x-s3",
        CreateBucketConfiguration={
            "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
            "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
        },
    )
    s3.delete_bucket_ownership_controls(Bucket="plain")
    s3.delete_public_access_block(Bucket="plain")
    control.create_access_point(AccountId=ACCOUNT, Name="myap", Bucket="photos")
    outpost = control.create_bucket(Bucket="remote", OutpostId="op-0123456789abcdef0")["BucketArn"]
    control.create_access_point(
        AccountId=ACCOUNT, Name="remote", Bucket=outpost, VpcConfiguration={"VpcId": "vpc-0123456789abcdef0"}
    )


def _objects(s3: Any) -> None:
    for bucket in ("photos", "vault", "plain", "near--use1-az4--x-s3"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"12345")
    s3.put_object(Bucket="plain", Key="k", Body=b"newer", Tagging="a=1&b=2")
    s3.put_object(Bucket="plain", Key="gone", Body=b"x")
    s3.delete_object(Bucket="plain", Key="gone")
    s3.put_object(Bucket="photos", Key="a/k", Body=b"", Tagging="a=1", ChecksumAlgorithm="SHA256")
    s3.put_object(Bucket="photos", Key="cold", Body=b"", StorageClass="GLACIER")
    s3.put_object(Bucket="photos", Key="manifest", Body=b"photos,k\nphotos,cold\nphotos,nothing\n")


def _uploads(s3: Any) -> None:
    for bucket, options in (
        ("photos", {"Tagging": "a=1"}),
        ("plain", {"ChecksumAlgorithm": "CRC32", "ChecksumType": "COMPOSITE"}),
        ("vault", {}),
    ):
        upload = s3.create_multipart_upload(Bucket=bucket, Key="k", **options)["UploadId"]
        for number in (1, 2):
            s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=number, Body=b"x" * number)


def _jobs() -> None:
    s3, control = client("s3"), client("s3control")
    etag = s3.head_object(Bucket="photos", Key="manifest")["ETag"]
    for confirm in (True, False):
        control.create_job(
            AccountId=ACCOUNT,
            Operation={"S3PutObjectTagging": {"TagSet": [{"Key": "job", "Value": "1"}]}},
            Manifest={
                "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
                "Location": {"ObjectArn": "arn:aws:s3:::photos/manifest", "ETag": etag},
            },
            Report={"Enabled": False},
            Priority=1,
            RoleArn=ROLE,
            ConfirmationRequired=confirm,
            ClientRequestToken=str(confirm),
        )
