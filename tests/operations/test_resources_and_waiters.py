"""boto3's resources, waiters and paginators, s3transfer's helpers: all that stands on top of clients."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import boto3
import pytest
from botocore.exceptions import WaiterError

FAST = {"Delay": 0, "MaxAttempts": 1}


@pytest.fixture
def resource(aws: Any) -> Any:
    return aws.resource("s3")


class TestResources:
    def test_a_bucket_from_its_making_to_its_end(self, resource: Any) -> None:
        bucket = resource.create_bucket(Bucket="made")
        assert bucket.creation_date is not None
        assert [one.name for one in resource.buckets.all()] == ["made"]
        bucket.put_object(Key="a", Body=b"1")
        bucket.upload_fileobj(io.BytesIO(b"22"), "b", ExtraArgs={"Tagging": "x=1"})
        assert [(one.key, one.size) for one in bucket.objects.all()] == [("a", 1), ("b", 2)]
        assert [one.key for one in bucket.objects.filter(Prefix="b")] == ["b"]
        assert [one.key for one in bucket.objects.limit(1)] == ["a"]
        bucket.objects.all().delete()
        bucket.delete()
        assert list(resource.buckets.all()) == []

    def test_tagging_of_a_bucket(self, aws: Any, resource: Any, photos: str) -> None:
        tagging = resource.BucketTagging(photos)
        tagging.put(Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
        assert resource.Bucket(photos).Tagging().tag_set == [{"Key": "a", "Value": "1"}]
        tagging.delete()
        assert aws.bucket_tags(photos) == {}

    def test_an_object(self, resource: Any, photos: str) -> None:
        thing = resource.Object(photos, "c.jpg")
        assert (thing.content_length, thing.get()["Body"].read()) == (5, b"three")
        thing.copy_from(CopySource={"Bucket": photos, "Key": "a.jpg"})
        thing.reload()
        assert thing.content_length == 0
        thing.delete()
        resource.Object(photos, "c.jpg").wait_until_not_exists()

    def test_versions_and_versioning(self, aws: Any, resource: Any) -> None:
        aws.create_bucket("kept")
        bucket = resource.Bucket("kept")
        bucket.Versioning().enable()
        assert bucket.Versioning().status == "Enabled"
        for body in (b"1", b"2"):
            bucket.put_object(Key="k", Body=body)
        bucket.Object("k").delete()
        assert sorted(version.is_latest for version in bucket.object_versions.all()) == [False, False, True]
        bucket.object_versions.all().delete()
        assert list(bucket.object_versions.all()) == []

    def test_multipart(self, aws: Any, resource: Any, photos: str) -> None:
        upload = resource.Object(photos, "big").initiate_multipart_upload(Tagging="a=1")
        part = upload.Part(1)
        etag = part.upload(Body=b"part")["ETag"]
        assert [(one.part_number, one.size) for one in upload.parts.all()] == [(1, 4)]
        assert [one.id for one in resource.Bucket(photos).multipart_uploads.all()] == [upload.id]
        upload.complete(MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
        assert aws.object_tags(photos, "big") == {"a": "1"}

    def test_acl_policy_and_the_rest(self, resource: Any, photos: str) -> None:
        assert resource.ObjectAcl(photos, "a.jpg").grants[0]["Permission"] == "FULL_CONTROL"
        assert resource.BucketRequestPayment(photos).payer == "BucketOwner"
        policy = resource.BucketPolicy(photos)
        deny = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::photos/*",
        }
        policy.put(Policy=json.dumps({"Statement": [deny]}))
        assert json.loads(policy.policy) == {"Statement": [deny]}


class TestWaiters:
    def test_of_buckets_and_objects(self, s3: Any, photos: str) -> None:
        s3.get_waiter("bucket_exists").wait(Bucket=photos, WaiterConfig=FAST)
        s3.get_waiter("object_exists").wait(Bucket=photos, Key="a.jpg", WaiterConfig=FAST)
        s3.get_waiter("bucket_not_exists").wait(Bucket="nothing", WaiterConfig=FAST)
        s3.get_waiter("object_not_exists").wait(Bucket=photos, Key="nothing", WaiterConfig=FAST)
        with pytest.raises(WaiterError):
            s3.get_waiter("object_exists").wait(Bucket=photos, Key="nothing", WaiterConfig=FAST)

    def test_one_that_really_waits(self, aws: Any, s3: Any) -> None:
        timer = threading.Timer(0.05, lambda: aws.create_bucket("late"))
        timer.start()
        s3.get_waiter("bucket_exists").wait(Bucket="late", WaiterConfig={"Delay": 0.01, "MaxAttempts": 500})
        timer.join()


class TestPaginators:
    @pytest.mark.parametrize(
        ("operation", "member", "size"),
        [
            ("list_objects", "Contents", "PageSize"),
            ("list_objects_v2", "Contents", "PageSize"),
            ("list_object_versions", "Versions", "PageSize"),
        ],
    )
    def test_listings(self, aws: Any, s3: Any, operation: str, member: str, size: str) -> None:
        aws.create_bucket("many", versioning=True)
        aws.put_objects("many", [f"k{number}" for number in range(10)])
        pages = list(s3.get_paginator(operation).paginate(Bucket="many", PaginationConfig={size: 3}))
        assert [one["Key"] for page in pages for one in page[member]] == [
            f"k{number}" for number in range(10)
        ]
        assert len(pages) == 4

    def test_parts(self, s3: Any, photos: str) -> None:
        upload = {"Bucket": photos, "Key": "big"}
        upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
        for number in range(1, 6):
            s3.upload_part(**upload, PartNumber=number, Body=b"x")
        pages = s3.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 2})
        assert [[part["PartNumber"] for part in page["Parts"]] for page in pages] == [[1, 2], [3, 4], [5]]

    def test_buckets(self, aws: Any, s3: Any) -> None:
        for number in range(3):
            aws.create_bucket(f"bucket-{number}")
        if s3.can_paginate("list_buckets"):  # since botocore 1.35.35
            pages = s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2})
            assert [[one["Name"] for one in page["Buckets"]] for page in pages] == [
                ["bucket-0", "bucket-1"],
                ["bucket-2"],
            ]


def test_transfers(aws: Any, s3: Any, photos: str, tmp_path: Any) -> None:
    """s3transfer's threads: a managed upload, copy and download."""
    (tmp_path / "file").write_bytes(b"x" * 9_000_000)
    s3.upload_file(
        str(tmp_path / "file"), photos, "file", ExtraArgs={"Tagging": "a=1", "StorageClass": "STANDARD_IA"}
    )
    assert aws.object_tags(photos, "file") == {"a": "1"}
    s3.copy({"Bucket": photos, "Key": "file"}, photos, "copy")
    s3.download_file(photos, "copy", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == (tmp_path / "file").read_bytes()


def test_the_default_session_is_served(aws: Any, photos: str) -> None:
    assert boto3.resource("s3").Object(photos, "c.jpg").content_length == 5
