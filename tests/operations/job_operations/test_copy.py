"""S3PutObjectCopy."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT
from tests.batch.support import codes, job_of
from tests.operations.test_copies import share_with_payers
from tests.support import refusal, tagging_job

PAST = datetime(2020, 1, 1, tzinfo=timezone.utc)
TARGET = {"TargetResource": "arn:aws:s3:::target"}


class TestCopies:
    @pytest.fixture(autouse=True)
    def target(self, aws: Any, photos: str) -> None:
        aws.create_bucket("target")

    def copy(self, aws: Any, *rows: str, **wanted: Any) -> Any:
        return job_of(aws, {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::target", **wanted}}, *rows)

    def test_to_another_bucket_with_tags_and_metadata(self, aws: Any, s3: Any) -> None:
        s3.put_object(Bucket="photos", Key="d e.jpg", Body=b"four", ContentType="image/jpeg", Tagging="a=1")
        assert codes(self.copy(aws, "photos,c.jpg", "photos,d%20e.jpg", "photos,nothing")) == [
            "Successful",
            "Successful",
            "NoSuchKey",
        ]
        assert aws.object_tags("target", "c.jpg") == {"team": "blue"}
        answer = s3.get_object(Bucket="target", Key="d e.jpg")
        assert (answer["Body"].read(), answer["ContentType"]) == (b"four", "image/jpeg")

    def test_under_a_prefix_with_another_storage_class(self, aws: Any, s3: Any) -> None:
        self.copy(aws, TargetKeyPrefix="dir", StorageClass="STANDARD_IA")
        head = s3.head_object(Bucket="target", Key="dir/c.jpg")
        assert head["StorageClass"] == "STANDARD_IA"

    @pytest.mark.parametrize(
        ("tags", "expected"), [([], {}), ([{"Key": "x y", "Value": "1&2"}], {"x y": "1&2"})]
    )
    def test_new_tags_take_the_old_ones_place(self, aws: Any, tags: Any, expected: Any) -> None:
        job = self.copy(aws, NewObjectTagging=tags)
        if "&" in str(tags):
            assert codes(job) == ["InvalidTag", "InvalidTag"]  # & is no character of tags
        else:
            assert aws.object_tags("target", "c.jpg") == expected

    @pytest.mark.parametrize("prefix", ["dir", "dir/"])
    def test_the_prefix_ends_with_one_slash(self, aws: Any, s3: Any, prefix: str) -> None:
        self.copy(aws, "photos,c.jpg", TargetKeyPrefix=prefix)
        assert [one["Key"] for one in s3.list_objects_v2(Bucket="target")["Contents"]] == ["dir/c.jpg"]

    def test_new_metadata_take_the_old_ones_place_without_a_directive(self, aws: Any, s3: Any) -> None:
        s3.put_object(Bucket="photos", Key="old", Body=b"", ContentType="image/jpeg", Metadata={"old": "1"})
        self.copy(aws, "photos,old", NewObjectMetadata={"UserMetadata": {"new": "2"}})
        head = s3.head_object(Bucket="target", Key="old")
        assert (head["Metadata"], head["ContentType"]) == ({"new": "2"}, "binary/octet-stream")
        self.copy(aws, "photos,old")
        assert s3.head_object(Bucket="target", Key="old")["Metadata"] == {"old": "1"}

    def test_new_metadata(self, aws: Any, s3: Any) -> None:
        metadata = {"ContentType": "text/plain", "UserMetadata": {"who": "me"}}
        self.copy(aws, NewObjectMetadata=metadata, MetadataDirective="REPLACE")
        head = s3.head_object(Bucket="target", Key="c.jpg")
        assert (head["ContentType"], head["Metadata"]) == ("text/plain", {"who": "me"})

    def test_conditions_and_encryption(self, aws: Any, s3: Any) -> None:
        assert codes(self.copy(aws, "photos,c.jpg", UnModifiedSinceConstraint=PAST)) == ["PreconditionFailed"]
        key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"
        job = job_of(
            aws,
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::target", "SSEAwsKmsKeyId": key}},
            "photos,c.jpg",
        )
        assert codes(job) == ["Successful"]
        assert s3.head_object(Bucket="target", Key="c.jpg")["SSEKMSKeyId"] == key

    def test_an_older_version(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("kept", versioning=True)
        old = s3.put_object(Bucket="kept", Key="k", Body=b"old")["VersionId"]
        s3.put_object(Bucket="kept", Key="k", Body=b"new")
        job_of(
            aws,
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::target"}},
            f"kept,k,{old}",
            fields=("Bucket", "Key", "VersionId"),
        )
        assert s3.get_object(Bucket="target", Key="k")["Body"].read() == b"old"

    def test_to_a_directory_bucket(self, aws: Any, s3: Any) -> None:
        near = "near--use1-az4--x-s3"
        aws.create_bucket(near)
        target = f"arn:aws:s3express:us-east-1:{ACCOUNT}:bucket/{near}"
        self.copy(aws, "photos,a.jpg", TargetResource=target)
        assert [one["Key"] for one in s3.list_objects_v2(Bucket=near)["Contents"]] == ["a.jpg"]

    def test_a_storage_class_without_a_target_is_awss_own_slip(self, aws: Any) -> None:

        control = aws.client("s3control", config=Config(retries={"total_max_attempts": 1}))
        request = tagging_job(aws, "photos,a.jpg", Operation={"S3PutObjectCopy": {"StorageClass": "GLACIER"}})
        refused = refusal(lambda: control.create_job(**request))
        assert (refused["Status"], refused["Code"]) == (500, "InternalError")

    def test_grants(self, aws: Any, s3: Any) -> None:
        s3.delete_bucket_ownership_controls(Bucket="target")
        owner = s3.list_buckets()["Owner"]["ID"]
        grant = {"Grantee": {"TypeIdentifier": "id", "Identifier": owner}, "Permission": "READ_ACP"}
        assert codes(self.copy(aws, "photos,c.jpg", AccessControlGrants=[grant])) == ["Successful"]
        assert s3.get_object_acl(Bucket="target", Key="c.jpg")["Grants"][0]["Permission"] == "READ_ACP"

    @pytest.mark.parametrize(("named", "method"), [("AES256", "AES256"), ("KMS", "aws:kms")])
    def test_encrypted_otherwise(self, aws: Any, s3: Any, photos: str, named: str, method: str) -> None:
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms:dsse"}}
        s3.put_bucket_encryption(Bucket="target", ServerSideEncryptionConfiguration={"Rules": [rule]})
        s3.put_object(Bucket=photos, Key="new", Body=b"")
        wanted = {**TARGET, "NewObjectMetadata": {"SSEAlgorithm": named}}
        assert codes(job_of(aws, {"S3PutObjectCopy": wanted}, "photos,new")) == ["Successful"]
        assert s3.head_object(Bucket="target", Key="new")["ServerSideEncryption"] == method

    @pytest.mark.parametrize(("pays", "code"), [(True, "Successful"), (False, "AccessDenied")])
    def test_of_a_bucket_whose_requesters_pay(self, aws: Any, pays: bool, code: str) -> None:
        share_with_payers(aws, "theirs")
        wanted = {"S3PutObjectCopy": {**TARGET, "RequesterPays": pays}}
        assert codes(job_of(aws, wanted, "theirs,k")) == [code]
