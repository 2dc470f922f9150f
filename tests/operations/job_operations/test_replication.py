"""S3ReplicateObject, and the configuration that it follows."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from conftest import ACCOUNT
from tests.batch.support import VERSIONS, Inventory, codes, job_of
from tests.support import refusal


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
        job = job_of(aws, {"S3ReplicateObject": {}}, *self.rows(s3, "blue", "red"), fields=VERSIONS)
        assert [(task.http_status, task.error_code, task.message) for task in job.tasks] == [
            (200, "", "success"),
            (500, "SrcObjectNotEligible", "Object is not eligible for replication"),
        ]
        source, replica = (s3.head_object(Bucket=name, Key="blue") for name in ("photos", "target"))
        assert (source["ReplicationStatus"], replica["ReplicationStatus"]) == ("COMPLETED", "REPLICA")
        assert (replica["VersionId"], replica["StorageClass"]) == (source["VersionId"], "STANDARD_IA")
        assert aws.object_tags("target", "blue") == {"team": "blue"}
        # Once more, it takes its own place.
        job_of(aws, {"S3ReplicateObject": {}}, *self.rows(s3, "blue"), fields=VERSIONS)
        assert len(s3.list_object_versions(Bucket="target")["Versions"]) == 1

    def test_what_is_not_eligible(self, aws: Any, s3: Any) -> None:
        onwards = {**self.CONFIGURATION["Rules"][0], "Destination": {"Bucket": "arn:aws:s3:::third"}}
        aws.create_bucket("third", versioning=True)
        s3.put_bucket_replication(Bucket="photos", ReplicationConfiguration=self.CONFIGURATION)
        s3.put_bucket_replication(
            Bucket="target", ReplicationConfiguration={**self.CONFIGURATION, "Rules": [onwards]}
        )
        s3.put_object(Bucket="photos", Key="cold", StorageClass="GLACIER", Tagging="team=blue")
        rows = self.rows(s3, "blue", "cold")
        replica = rows[0].replace("photos", "target")
        job = job_of(aws, {"S3ReplicateObject": {}}, *rows, replica, fields=VERSIONS)
        assert codes(job) == ["success", "SrcObjectNotEligible", "SrcObjectNotEligible"]

    def test_generated_for_what_is_eligible(self, aws: Any, s3: Any) -> None:
        s3.put_bucket_replication(Bucket="photos", ReplicationConfiguration=self.CONFIGURATION)
        generator = {
            "SourceBucket": "arn:aws:s3:::photos",
            "EnableManifestOutput": False,
            "Filter": {"EligibleForReplication": True, "ObjectReplicationStatuses": ["NONE"]},
        }
        job = job_of(
            aws,
            {"S3ReplicateObject": {}},
            Manifest=None,
            ManifestGenerator={"S3JobManifestGenerator": generator},
        )
        assert [(task.key, task.status) for task in job.tasks] == [("blue", "succeeded")]

    def test_without_a_configuration(self, aws: Any, s3: Any) -> None:
        job = job_of(aws, {"S3ReplicateObject": {}}, *self.rows(s3, "blue"), fields=VERSIONS)
        assert codes(job) == ["SrcObjectNotEligible"]

    def test_a_version_that_is_not_there(self, aws: Any, s3: Any) -> None:
        s3.put_bucket_replication(Bucket="photos", ReplicationConfiguration=self.CONFIGURATION)
        row = f"photos,blue,{self.rows(s3, 'red')[0].rpartition(',')[2]}"
        (task,) = job_of(aws, {"S3ReplicateObject": {}}, row, fields=VERSIONS).tasks
        assert (task.http_status, task.error_code) == (404, "NoSuchVersion")
        assert "(Service: Amazon S3; Status Code: 404;" in task.message

    def test_a_manifest_without_version_ids(self, aws: Any, s3: Any) -> None:
        assert (
            refusal(lambda: job_of(aws, {"S3ReplicateObject": {}}, "photos,blue"))["Code"] == "InvalidRequest"
        )
        hint = "S3ReplicateObject needs version ids in its manifest, or a ManifestGenerator"
        assert aws.calls[-1].hint == hint

    def test_an_inventory_without_version_ids(self, aws: Any) -> None:
        made = Inventory(aws, [["photos", "blue"]], "Bucket, Key")
        job = job_of(aws, {"S3ReplicateObject": {}}, Manifest=made.spec())
        assert (job.status, job.failure) == (
            "Failed",
            "Required fields are missing in the schema: VersionId",
        )
