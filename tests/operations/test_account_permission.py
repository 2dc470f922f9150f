"""On which resource an action is asked for, where the caller's own policies alone decide."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT, needs_botocore
from tests.support import key_of, made_user, refusal, tagging_job

TAGS = [{"Key": "a", "Value": "1"}]
S3 = f"arn:aws:s3:us-east-1:{ACCOUNT}"
OUTPOST = "op-01234567890123456"
ON_OUTPOST = f"arn:aws:s3-outposts:us-east-1:{ACCOUNT}:outpost/{OUTPOST}"
POINT = {"Name": "point", "Bucket": "photos"}
GROUP = {"StorageLensGroup": {"Name": "g", "Filter": {"MatchAnyPrefix": ["a"]}}}


@needs_botocore("1.41.1", "tags of what is created")
@pytest.mark.parametrize(
    ("name", "params", "action", "resource"),
    [
        ("create_access_point", POINT, "s3:CreateAccessPoint", f"{S3}:accesspoint/point"),
        ("create_access_point", {**POINT, "Tags": TAGS}, "s3:TagResource", f"{S3}:accesspoint/point"),
        ("get_access_point", {"Name": f"{ON_OUTPOST}/accesspoint/point"}, "s3:GetAccessPoint", f"{ON_OUTPOST}/accesspoint/point"),
        ("list_access_points", {}, "s3:ListAccessPoints", f"{S3}:accesspoint/*"),
        ("list_jobs", {}, "s3:ListJobs", f"{S3}:job/*"),
        ("get_storage_lens_configuration", {"ConfigId": "c"}, "s3:GetStorageLensConfiguration", f"{S3}:storage-lens/c"),
        ("create_storage_lens_group", {**GROUP, "Tags": TAGS}, "s3:TagResource", f"{S3}:storage-lens-group/g"),
        ("get_storage_lens_group", {"Name": "g"}, "s3:GetStorageLensGroup", f"{S3}:storage-lens-group/g"),
        (
            "list_tags_for_resource",
            {"ResourceArn": f"{S3}:accesspoint/point"},
            "s3:ListTagsForResource",
            f"{S3}:accesspoint/point",
        ),
        ("get_bucket", {"Bucket": f"{ON_OUTPOST}/bucket/b"}, "s3-outposts:GetBucket", f"{ON_OUTPOST}/bucket/b"),
    ],
)  # fmt: skip
def test_s3_control(aws: Any, photos: str, name: str, params: Any, action: str, resource: str) -> None:
    client = aws.client("s3control", **key_of(aws._world, made_user(aws._world, "anna", {"Action": "iam:*"})))
    refused = refusal(lambda: getattr(client, name)(AccountId=ACCOUNT, **params))
    assert f'not authorized to perform: {action} on resource: "{resource}"' in refused["Message"]


@needs_botocore("1.41.1", "tags of what is created")
@pytest.mark.parametrize(
    ("service", "params", "action", "resource"),
    [
        ("s3", {}, "s3:CreateBucket", "arn:aws:s3:::new"),
        ("s3", {"CreateBucketConfiguration": {"Tags": TAGS}}, "s3:TagResource", "arn:aws:s3:::new"),
        ("s3control", {"OutpostId": OUTPOST}, "s3-outposts:CreateBucket", f"{ON_OUTPOST}/bucket/new"),
    ],
)
def test_a_bucket_that_is_not_there_yet(
    aws: Any, service: str, params: Any, action: str, resource: str
) -> None:
    client = aws.client(service, **key_of(aws._world, made_user(aws._world, "anna", {"Action": "iam:*"})))
    refused = refusal(lambda: client.create_bucket(Bucket="new", **params))
    assert f'not authorized to perform: {action} on resource: "{resource}"' in refused["Message"]


def test_none(aws: Any) -> None:
    client = aws.client("s3", **key_of(aws._world, made_user(aws._world, "anna", {"Action": "iam:*"})))
    assert refusal(client.list_buckets)["Message"] == (
        f"User: arn:aws:iam::{ACCOUNT}:user/anna is not authorized to perform: s3:ListAllMyBuckets because "
        "no identity-based policy allows the s3:ListAllMyBuckets action"
    )


def test_jobs(aws: Any, photos: str) -> None:
    request = tagging_job(aws, "photos,a.jpg")
    job = aws.client("s3control").create_job(**request)["JobId"]
    client = aws.client("s3control", **key_of(aws._world, made_user(aws._world, "anna", {"Action": "iam:*"})))
    refused = refusal(lambda: client.create_job(**request))
    assert f's3:CreateJob on resource: "{S3}:job/*"' in refused["Message"]
    refused = refusal(lambda: client.describe_job(AccountId=ACCOUNT, JobId=job))
    assert f's3:DescribeJob on resource: "{S3}:job/{job}"' in refused["Message"]
