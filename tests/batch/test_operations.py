"""Every operation that jobs run, beside tagging."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import datetime, timezone
from typing import Any, ClassVar

import botocore.session
import pytest

from conftest import ACCOUNT, needs_botocore
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from tests.support import refusal, tag_set, tagging_job

VERSIONS = ("Bucket", "Key", "VersionId")
PAST, SOON = datetime(2020, 1, 1, tzinfo=timezone.utc), datetime(2030, 1, 1, tzinfo=timezone.utc)


def run(aws: Any, operation: dict[str, Any], *rows: str, **changes: Any) -> Any:
    request = tagging_job(aws, *(rows or ("photos,a.jpg", "photos,c.jpg")), Operation=operation, **changes)
    return aws.jobs[aws.client("s3control").create_job(**request)["JobId"]]


def codes(job: Any) -> list[str]:
    return [task.error_code or task.message for task in job.tasks]


def test_delete_object_tagging(aws: Any, photos: str) -> None:
    job = run(aws, {"S3DeleteObjectTagging": {}}, "photos,c.jpg", "photos,nothing")
    assert codes(job) == ["Successful", "NoSuchKey"]
    assert aws.object_tags(photos, "c.jpg") == {}


class TestCopies:
    @pytest.fixture(autouse=True)
    def target(self, aws: Any, photos: str) -> None:
        aws.create_bucket("target")

    def copy(self, aws: Any, *rows: str, **wanted: Any) -> Any:
        return run(aws, {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::target", **wanted}}, *rows)

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

    def test_new_metadata(self, aws: Any, s3: Any) -> None:
        metadata = {"ContentType": "text/plain", "UserMetadata": {"who": "me"}}
        self.copy(aws, NewObjectMetadata=metadata, MetadataDirective="REPLACE")
        head = s3.head_object(Bucket="target", Key="c.jpg")
        assert (head["ContentType"], head["Metadata"]) == ("text/plain", {"who": "me"})

    def test_conditions_and_encryption(self, aws: Any, s3: Any) -> None:
        assert codes(self.copy(aws, "photos,c.jpg", UnModifiedSinceConstraint=PAST)) == ["PreconditionFailed"]
        key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"
        job = run(
            aws,
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::target", "SSEAwsKmsKeyId": key}},
            "photos,c.jpg",
            ClientRequestToken="two",
        )
        assert codes(job) == ["Successful"]
        assert s3.head_object(Bucket="target", Key="c.jpg")["SSEKMSKeyId"] == key

    def test_an_older_version(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("kept", versioning=True)
        old = s3.put_object(Bucket="kept", Key="k", Body=b"old")["VersionId"]
        s3.put_object(Bucket="kept", Key="k", Body=b"new")
        run(
            aws,
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::target"}},
            f"kept,k,{old}",
            fields=("Bucket", "Key", "VersionId"),
        )
        assert s3.get_object(Bucket="target", Key="k")["Body"].read() == b"old"

    def test_a_storage_class_without_a_target_is_awss_own_slip(self, aws: Any) -> None:
        from botocore.config import Config

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


class TestAcls:
    def test_canned_and_listed(self, aws: Any, s3: Any, photos: str) -> None:
        assert (
            codes(
                run(aws, {"S3PutObjectAcl": {"AccessControlPolicy": {"CannedAccessControlList": "private"}}})
            )
            == ["AccessControlListNotSupported"] * 2
        )
        s3.delete_bucket_ownership_controls(Bucket=photos)
        owner = s3.list_buckets()["Owner"]["ID"]
        grant = {"Grantee": {"TypeIdentifier": "id", "Identifier": owner}, "Permission": "READ"}
        listed = {"AccessControlList": {"Owner": {"ID": owner}, "Grants": [grant]}}
        job = run(aws, {"S3PutObjectAcl": {"AccessControlPolicy": listed}}, ClientRequestToken="two")
        assert codes(job) == ["Successful"] * 2
        assert s3.get_object_acl(Bucket=photos, Key="a.jpg")["Grants"][0]["Permission"] == "READ"


def test_restores(aws: Any, s3: Any, photos: str) -> None:
    s3.put_object(Bucket=photos, Key="cold", Body=b"", StorageClass="GLACIER")
    wanted = {"S3InitiateRestoreObject": {"ExpirationInDays": 2, "GlacierJobTier": "BULK"}}
    assert codes(run(aws, wanted, "photos,cold", "photos,a.jpg", "photos,cold")) == [
        "Successful",
        "InvalidObjectState",
        "RestoreAlreadyInProgress",
    ]
    aws.clock.advance(hours=12)
    s3.get_object(Bucket=photos, Key="cold")


def test_a_restore_beyond_the_calendar_lasts_to_its_end(aws: Any, s3: Any, photos: str) -> None:
    """The number of days is stored, and added to a date: that must not overflow, in no later call either."""
    s3.put_object(Bucket=photos, Key="cold", Body=b"", StorageClass="GLACIER")
    forever = {"S3InitiateRestoreObject": {"ExpirationInDays": 2**31 - 1, "GlacierJobTier": "BULK"}}
    assert codes(run(aws, forever, "photos,cold")) == ["Successful"]
    aws.clock.advance(hours=12)
    head = s3.head_object(Bucket=photos, Key="cold")
    assert head["Restore"] == 'ongoing-request="false", expiry-date="Thu, 30 Dec 9999 00:00:00 GMT"'
    assert codes(run(aws, forever, "photos,cold", ClientRequestToken="two")) == ["Successful"]


class TestLocks:
    @pytest.fixture(autouse=True)
    def vault(self, s3: Any) -> None:
        s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
        s3.put_object(Bucket="vault", Key="k", Body=b"")

    def test_legal_hold(self, aws: Any, s3: Any, photos: str) -> None:
        job = run(aws, {"S3PutObjectLegalHold": {"LegalHold": {"Status": "ON"}}}, "vault,k", "photos,a.jpg")
        assert codes(job) == ["Successful", "InvalidRequest"]
        assert s3.get_object_legal_hold(Bucket="vault", Key="k")["LegalHold"] == {"Status": "ON"}

    def test_retention_and_its_end(self, aws: Any, s3: Any) -> None:
        retention = {"Mode": "GOVERNANCE", "RetainUntilDate": SOON}
        assert codes(run(aws, {"S3PutObjectRetention": {"Retention": retention}}, "vault,k")) == [
            "Successful"
        ]
        assert s3.get_object_retention(Bucket="vault", Key="k")["Retention"] == retention
        shorter = {"Retention": {}, "BypassGovernanceRetention": True}
        assert codes(run(aws, {"S3PutObjectRetention": shorter}, "vault,k", ClientRequestToken="two")) == [
            "Successful"
        ]
        assert refusal(lambda: s3.get_object_retention(Bucket="vault", Key="k"))["Status"] == 404


@needs_botocore("1.40.20", "S3ComputeObjectChecksum")
def test_checksums_stand_in_the_report(aws: Any, photos: str) -> None:
    job = run(
        aws, {"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "CRC32"}}, "photos,c.jpg", "photos,nothing"
    )
    raw = zlib.crc32(b"three").to_bytes(4, "big")
    text = job.report().rows[0].result_message
    assert "=" not in text
    assert json.loads(text) == {
        "checksum_base64": base64.b64encode(raw).decode(),
        "etag": "35d6d33467aae9a2e3dccb4b6b027878",
        "checksumAlgorithm": "CRC32",
        "checksumType": "FULL_OBJECT",
        "checksum_hex": raw.hex().upper(),
    }
    assert job.tasks[1].error_code == "NoSuchKey"


@needs_botocore("1.42", "UpdateObjectEncryption")
def test_encryption_is_changed_in_place(aws: Any, s3: Any, photos: str) -> None:
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"
    wanted = {"ObjectEncryption": {"SSEKMS": {"KMSKeyArn": key, "BucketKeyEnabled": True}}}
    assert codes(run(aws, {"S3UpdateObjectEncryption": wanted}, "photos,c.jpg")) == ["Successful"]
    head = s3.head_object(Bucket=photos, Key="c.jpg")
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"], head["BucketKeyEnabled"]) == (
        "aws:kms",
        key,
        True,
    )
    assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}
    s3.update_object_encryption(Bucket=photos, Key="a.jpg", ObjectEncryption={"SSEKMS": {"KMSKeyArn": key}})
    assert s3.head_object(Bucket=photos, Key="a.jpg")["ServerSideEncryption"] == "aws:kms"


def test_each_task_is_as_the_single_call(aws: Any, s3: Any) -> None:
    """Tags that no object can have are refused key by key, after keys that aren't there."""
    aws.create_bucket("photos", versioning=True)
    version = s3.put_object(Bucket="photos", Key="k", Body=b"")["VersionId"]
    s3.delete_object(Bucket="photos", Key="k")
    rows = [f"photos,k,{version}", "photos,nothing,null", "gone,k,null"]
    wanted = {"S3PutObjectTagging": {"TagSet": tag_set(**{"aws:x": "1"})["TagSet"]}}
    job = run(aws, wanted, *rows, fields=("Bucket", "Key", "VersionId"))
    assert codes(job) == ["InvalidTag", "NoSuchVersion", "NoSuchBucket"]


@pytest.mark.parametrize(
    ("operation", "hint"),
    [
        ({"S3PutObjectCopy": {}}, "TargetResource None isn't a bucket's ARN"),
        ({"S3PutObjectCopy": {"TargetResource": "target"}}, "TargetResource 'target' isn't a bucket's ARN"),
        (
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::t", "StorageClass": "REDUCED_REDUNDANCY"}},
            "StorageClass",
        ),
        (
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::t", "MetadataDirective": "MERGE"}},
            "MetadataDirective",
        ),
        ({"S3PutObjectAcl": {}}, "AccessControlPolicy must hold"),
        ({"S3PutObjectAcl": {"AccessControlPolicy": {"CannedAccessControlList": "open"}}}, "'open'"),
        ({"S3InitiateRestoreObject": {"GlacierJobTier": "EXPEDITED"}}, "GlacierJobTier 'EXPEDITED'"),
        ({"S3PutObjectLegalHold": {"LegalHold": {"Status": "MAYBE"}}}, "'MAYBE'"),
        ({"S3PutObjectRetention": {"Retention": {"Mode": "GOVERNANCE"}}}, "both Mode and RetainUntilDate"),
        ({"LambdaInvoke": {"FunctionArn": "arn:aws:s3:::b"}}, "isn't a Lambda function's name or ARN"),
        ({"LambdaInvoke": {"FunctionArn": "f", "InvocationSchemaVersion": "3.0"}}, "isn't 1.0 or 2.0"),
        (
            {"LambdaInvoke": {"FunctionArn": "f", "UserArguments": {"a": "b"}}},
            "need the InvocationSchemaVersion 2.0",
        ),
        (
            {"LambdaInvoke": {"FunctionArn": "f", "InvocationSchemaVersion": "2.0", "UserArguments": {}}},
            "0 entries",
        ),
    ],
)
@needs_botocore("1.34.20", "LambdaInvoke's UserArguments")
def test_structural_faults(aws: Any, photos: str, operation: Any, hint: str) -> None:
    request = tagging_job(aws, "photos,a.jpg", Operation=operation)
    refused = refusal(lambda: aws.client("s3control").create_job(**request))
    assert refused == {"Status": 400, "Code": "InvalidRequest", "Message": "Request invalid"}
    assert hint in aws.calls[-1].hint
    assert not aws.jobs


def test_every_operation_of_the_model_has_its_record() -> None:
    model = botocore.session.get_session().get_service_model("s3control")
    assert set(model.shape_for("JobOperation").members) <= set(JOB_OPERATIONS)


class TestReplication:
    CONFIGURATION: ClassVar = {
        "Role": f"arn:aws:iam::{ACCOUNT}:role/replication",
        "Rules": [
            {
                "ID": "blue",
                "Priority": 1,
                "Status": "Enabled",
                "Filter": {"Tag": {"Key": "team", "Value": "blue"}},
                "DeleteMarkerReplication": {"Status": "Disabled"},
                "Destination": {"Bucket": "arn:aws:s3:::target", "StorageClass": "STANDARD_IA"},
            }
        ],
    }

    @pytest.fixture(autouse=True)
    def buckets(self, aws: Any, s3: Any) -> None:
        for name in ("photos", "target"):
            aws.create_bucket(name, versioning=True)
        s3.put_object(Bucket="photos", Key="blue", Body=b"1", Tagging="team=blue")
        s3.put_object(Bucket="photos", Key="red", Body=b"2", Tagging="team=red")

    def rows(self, s3: Any, *keys: str) -> list[str]:
        return [f"photos,{key},{s3.head_object(Bucket='photos', Key=key)['VersionId']}" for key in keys]

    def test_configuration(self, aws: Any, s3: Any) -> None:
        missing = refusal(lambda: s3.get_bucket_replication(Bucket="photos"))
        assert missing == {
            "Status": 404,
            "Code": "ReplicationConfigurationNotFoundError",
            "Message": "The replication configuration was not found",
            "BucketName": "photos",
        }
        s3.put_bucket_replication(Bucket="photos", ReplicationConfiguration=self.CONFIGURATION)
        assert s3.get_bucket_replication(Bucket="photos")["ReplicationConfiguration"] == self.CONFIGURATION
        s3.delete_bucket_replication(Bucket="photos")
        assert refusal(lambda: s3.get_bucket_replication(Bucket="photos")) == missing
        aws.create_bucket("plain")
        put = lambda: s3.put_bucket_replication(Bucket="plain", ReplicationConfiguration=self.CONFIGURATION)
        assert (
            refusal(put)["Message"]
            == "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
        )
        s3.delete_bucket(Bucket="target")
        again = lambda: s3.put_bucket_replication(
            Bucket="photos", ReplicationConfiguration=self.CONFIGURATION
        )
        assert refusal(again)["Message"] == "Destination bucket must have versioning enabled."

    def test_a_job(self, aws: Any, s3: Any) -> None:
        s3.put_bucket_replication(Bucket="photos", ReplicationConfiguration=self.CONFIGURATION)
        job = run(aws, {"S3ReplicateObject": {}}, *self.rows(s3, "blue", "red"), fields=VERSIONS)
        assert [(task.http_status, task.error_code, task.message) for task in job.tasks] == [
            (200, "", "success"),
            (500, "SrcObjectNotEligible", "Object is not eligible for replication"),
        ]
        source, replica = (s3.head_object(Bucket=name, Key="blue") for name in ("photos", "target"))
        assert (source["ReplicationStatus"], replica["ReplicationStatus"]) == ("COMPLETED", "REPLICA")
        assert (replica["VersionId"], replica["StorageClass"]) == (source["VersionId"], "STANDARD_IA")
        assert aws.object_tags("target", "blue") == {"team": "blue"}

    def test_generated_for_what_is_eligible(self, aws: Any, s3: Any) -> None:
        s3.put_bucket_replication(Bucket="photos", ReplicationConfiguration=self.CONFIGURATION)
        generator = {
            "SourceBucket": "arn:aws:s3:::photos",
            "EnableManifestOutput": False,
            "Filter": {"EligibleForReplication": True, "ObjectReplicationStatuses": ["NONE"]},
        }
        job = run(
            aws,
            {"S3ReplicateObject": {}},
            Manifest=None,
            ManifestGenerator={"S3JobManifestGenerator": generator},
        )
        assert [(task.key, task.status) for task in job.tasks] == [("blue", "succeeded")]

    def test_without_a_configuration(self, aws: Any, s3: Any) -> None:
        job = run(aws, {"S3ReplicateObject": {}}, *self.rows(s3, "blue"), fields=VERSIONS)
        assert codes(job) == ["SrcObjectNotEligible"]
