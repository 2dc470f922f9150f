"""Manifests that are generated: by which filters, and what is written of them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import ACCOUNT, needs_botocore
from tests.batch.support import counts, deny, failure_of, generator, reason, run
from tests.support import OTHER

NOTHING_FOUND = "Manifest generation found no keys matching the filter criteria."
KMS_KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/k"
BY_ENCRYPTION = needs_botocore("1.41", "MatchAnyObjectEncryption")


class TestGenerating:
    def generate(self, aws: Any, output: Any = None, **wanted: Any) -> dict[str, Any]:
        generator = {"SourceBucket": "arn:aws:s3:::photos", "EnableManifestOutput": output is not None}
        if output is not None:
            generator["ManifestOutputLocation"] = output
        if wanted:
            generator["Filter"] = wanted
        return run(aws, Manifest=None, ManifestGenerator={"S3JobManifestGenerator": generator})

    def keys(self, aws: Any, described: dict[str, Any]) -> list[str]:
        return [task.key for task in aws.jobs[described["JobId"]].tasks]

    def test_all_objects_of_a_bucket(self, aws: Any, photos: str) -> None:
        described = self.generate(aws)
        assert counts(described) == ("Complete", 3, 0)
        assert (
            described["ManifestGenerator"]["S3JobManifestGenerator"]["SourceBucket"] == "arn:aws:s3:::photos"
        )
        assert "Manifest" not in described
        assert "GeneratedManifestDescriptor" not in described

    @pytest.mark.parametrize(
        ("wanted", "keys"),
        [
            ({"KeyNameConstraint": {"MatchAnyPrefix": ["dir/"]}}, ["dir/big.txt", "dir/small.jpg"]),
            ({"KeyNameConstraint": {"MatchAnySuffix": [".jpg"]}}, ["dir/small.jpg", "top.jpg"]),
            ({"KeyNameConstraint": {"MatchAnySubstring": ["o"]}}, ["cold.txt", "top.jpg"]),
            (
                {"KeyNameConstraint": {"MatchAnyPrefix": ["dir/"], "MatchAnySuffix": [".jpg"]}},
                ["dir/small.jpg"],
            ),
            ({"ObjectSizeGreaterThanBytes": 9}, ["dir/big.txt"]),
            ({"ObjectSizeGreaterThanBytes": 10}, []),
            ({"ObjectSizeLessThanBytes": 10}, ["cold.txt", "dir/small.jpg", "top.jpg"]),
            ({"MatchAnyStorageClass": ["GLACIER"]}, ["cold.txt"]),
            ({"CreatedAfter": datetime(2026, 5, 1, tzinfo=timezone.utc)}, ["top.jpg"]),
            (
                {
                    "CreatedBefore": datetime(2026, 5, 2, tzinfo=timezone.utc),
                    "MatchAnyStorageClass": ["STANDARD"],
                },
                ["dir/big.txt", "dir/small.jpg"],
            ),
            pytest.param({"MatchAnyObjectEncryption": [{"SSEKMS": {}}]}, ["top.jpg"], marks=BY_ENCRYPTION),
            pytest.param(
                {"MatchAnyObjectEncryption": [{"SSES3": {}}]},
                ["cold.txt", "dir/big.txt", "dir/small.jpg"],
                marks=BY_ENCRYPTION,
            ),
            ({"ObjectReplicationStatuses": ["COMPLETED"]}, []),
            ({"EligibleForReplication": True}, []),
        ],
    )
    def test_filters(self, aws: Any, s3: Any, wanted: Any, keys: list[str]) -> None:
        aws.create_bucket("photos")
        aws.clock.set(datetime(2026, 5, 1, tzinfo=timezone.utc))
        s3.put_object(Bucket="photos", Key="cold.txt", Body=b"", StorageClass="GLACIER")
        s3.put_object(Bucket="photos", Key="dir/big.txt", Body=b"0123456789")
        s3.put_object(Bucket="photos", Key="dir/small.jpg", Body=b"")
        aws.clock.advance(days=1)
        s3.put_object(Bucket="photos", Key="top.jpg", Body=b"", ServerSideEncryption="aws:kms")
        described = self.generate(aws, **wanted)
        if keys:
            assert self.keys(aws, described) == keys
        else:
            assert reason(described) == NOTHING_FOUND
            assert counts(described) == ("Failed", 0, 0)

    def test_what_was_generated_is_the_next_jobs_manifest(self, aws: Any) -> None:
        aws.create_bucket("photos")
        aws.create_bucket("lists")
        aws.put_objects("photos", ["a b.jpg", "c+d.jpg"])
        place = {
            "Bucket": "arn:aws:s3:::lists",
            "ManifestFormat": "S3InventoryReport_CSV_20211130",
            "ManifestPrefix": "made",
            "ManifestEncryption": {"SSES3": {}},
        }
        described = self.generate(aws, output=place)
        descriptor = described["GeneratedManifestDescriptor"]
        assert descriptor["Format"] == "S3InventoryReport_CSV_20211130"
        assert (
            descriptor["Location"]["ObjectArn"]
            == f"arn:aws:s3:::lists/made/job-{described['JobId']}/manifest.json"
        )
        manifest = {"Spec": {"Format": "S3InventoryReport_CSV_20161130"}, "Location": descriptor["Location"]}
        again = run(aws, Manifest=manifest, Operation={"S3DeleteObjectTagging": {}})
        assert counts(again) == ("Complete", 2, 0)
        assert aws.object_tags("photos", "a b.jpg") == {}

    def test_versions_are_named_where_there_are_some(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("photos", versioning=True)
        s3.put_object(Bucket="photos", Key="k", Body=b"old")
        new = s3.put_object(Bucket="photos", Key="k", Body=b"new")["VersionId"]
        s3.delete_object(Bucket="photos", Key=s3.put_object(Bucket="photos", Key="gone", Body=b"") and "gone")
        described = self.generate(aws)
        assert [(task.key, task.version_id) for task in aws.jobs[described["JobId"]].tasks] == [("k", new)]

    def test_unusable_buckets(self, aws: Any) -> None:
        assert reason(self.generate(aws)) == "The manifest could not be generated."
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a"])
        place = {"Bucket": "arn:aws:s3:::nothing", "ManifestFormat": "S3InventoryReport_CSV_20211130"}
        assert reason(self.generate(aws, output=place)) == "The manifest could not be generated."

    @needs_botocore("1.41", "MatchAnyObjectEncryption")
    @pytest.mark.parametrize(
        ("kind", "details", "keys"),
        [
            ("SSES3", {}, ["a.jpg", "b.jpg", "c.jpg"]),
            ("SSEKMS", {}, ["keyed"]),
            ("SSEKMS", {"KmsKeyArn": KMS_KEY, "BucketKeyEnabled": True}, ["keyed"]),
            ("SSEKMS", {"KmsKeyArn": f"{KMS_KEY}2"}, []),
            ("SSEKMS", {"BucketKeyEnabled": False}, []),
            ("DSSEKMS", {}, ["dsse"]),
            ("SSEC", {}, ["sealed"]),
            ("NOTSSE", {}, []),
        ],
    )
    def test_by_encryption(
        self, aws: Any, s3: Any, photos: str, kind: str, details: dict[str, Any], keys: list[str]
    ) -> None:
        under_kms = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KMS_KEY, "BucketKeyEnabled": True}
        s3.put_object(Bucket=photos, Key="keyed", Body=b"", **under_kms)
        s3.put_object(Bucket=photos, Key="dsse", Body=b"", ServerSideEncryption="aws:kms:dsse")
        sealed = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
        s3.put_object(Bucket=photos, Key="sealed", Body=b"", **sealed)
        described = self.generate(aws, MatchAnyObjectEncryption=[{kind: details}])
        assert self.keys(aws, described) == keys
        if not keys:
            assert reason(described) == NOTHING_FOUND


class TestGeneratedManifests:
    PLACE = "arn:aws:s3:::lists"

    def generate(
        self,
        aws: Any,
        *,
        source: str = "photos",
        prefix: str = "made",
        owner: str = ACCOUNT,
        owner_of_list: str = ACCOUNT,
    ) -> dict[str, Any]:
        place = {
            "Bucket": self.PLACE,
            "ManifestFormat": "S3InventoryReport_CSV_20211130",
            "ManifestPrefix": prefix,
            "ExpectedManifestBucketOwner": owner_of_list,
        }
        generator = {
            "SourceBucket": f"arn:aws:s3:::{source}",
            "ExpectedBucketOwner": owner,
            "EnableManifestOutput": True,
            "ManifestOutputLocation": place,
        }
        return run(aws, Manifest=None, ManifestGenerator={"S3JobManifestGenerator": generator})

    def written(self, s3: Any, described: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The manifest.json that was written, and its data file."""
        key = f"made/job-{described['JobId']}/manifest.json"
        manifest = json.loads(s3.get_object(Bucket="lists", Key=key)["Body"].read())
        (file,) = manifest["files"]
        return manifest, s3.get_object(Bucket="lists", Key=file["key"])["Body"].read()

    def test_what_is_written(self, aws: Any, s3: Any) -> None:
        aws.clock.set(datetime(2026, 5, 1, 0, 0, 0, 500_000, tzinfo=timezone.utc))
        aws.create_bucket("photos")
        aws.create_bucket("lists")
        aws.put_objects("photos", ["dir/a b.jpg", "C+d.jpg", 'quo"te'])
        described = self.generate(aws)
        manifest, data = self.written(s3, described)
        folder = f"made/job-{described['JobId']}"
        assert manifest == {
            "sourceBucket": "photos",
            "destinationBucket": self.PLACE,
            "version": "2016-11-30",
            "creationTimestamp": "1777593600500",
            "fileFormat": "CSV",
            "fileSchema": "Bucket, Key",
            "files": [
                {
                    "key": manifest["files"][0]["key"],
                    "size": len(data),
                    "MD5checksum": hashlib.md5(data).hexdigest(),
                }
            ],
        }
        assert re.fullmatch(rf"{folder}/data/[0-9a-f]{{40}}\.csv\.gz", manifest["files"][0]["key"])
        assert gzip.decompress(data) == (
            b'"photos","C%2Bd.jpg"\n"photos","dir/a+b.jpg"\n"photos","quo%22te"\n'
        )
        assert data[4:8] == bytes(4)  # no time of writing: the same rows are the same bytes
        etag = s3.head_object(Bucket="lists", Key=f"{folder}/manifest.json")["ETag"]
        assert described["GeneratedManifestDescriptor"] == {
            "Format": "S3InventoryReport_CSV_20211130",
            "Location": {"ObjectArn": f"{self.PLACE}/{folder}/manifest.json", "ETag": etag.strip('"')},
        }

    def test_versions_of_the_objects_and_of_the_manifest(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("photos", versioning=True)
        aws.create_bucket("lists", versioning=True)
        ids = [s3.put_object(Bucket="photos", Key=key)["VersionId"] for key in ("a", "b")]
        described = self.generate(aws, prefix="made/")
        manifest, data = self.written(s3, described)
        assert manifest["fileSchema"] == "Bucket, Key, VersionId"
        assert gzip.decompress(data).decode() == f'"photos","a","{ids[0]}"\n"photos","b","{ids[1]}"\n'
        location = described["GeneratedManifestDescriptor"]["Location"]
        head = s3.head_object(Bucket="lists", Key=location["ObjectArn"].partition("/")[2])
        assert location["ObjectVersionId"] == head["VersionId"]
        again = run(
            aws,
            Manifest={"Spec": {"Format": "S3InventoryReport_CSV_20161130"}, "Location": location},
            Operation={"S3DeleteObjectTagging": {}},
        )
        assert counts(again) == ("Complete", 2, 0)

    def test_the_message_when_nothing_is_found(self, aws: Any) -> None:
        aws.create_bucket("photos")
        assert failure_of(aws, self.generate(aws)) == ("ManifestGenerationFailed", NOTHING_FOUND)

    def test_messages_about_unusable_buckets(self, aws: Any, photos: str, s3: Any) -> None:
        def failure(**options: Any) -> str:
            code, text = failure_of(aws, self.generate(aws, **options))
            reason, _, hint = str(text).partition(" | ")
            assert (code, reason) == ("ManifestGenerationFailed", "The manifest could not be generated.")
            return hint

        there_is_none = "NoSuchBucket: The specified bucket does not exist"
        assert failure(source="nothing") == f"nothing: {there_is_none}"
        assert failure() == f"lists: {there_is_none}"
        aws.create_bucket("lists")
        for whose, name in (("owner", "photos"), ("owner_of_list", "lists")):
            assert failure(**{whose: OTHER}).startswith(f"{name}: AccessDenied")
        deny(s3, "lists", "s3:PutObject")
        denied = failure()
        assert denied.startswith("lists: AccessDenied: User: ")
        assert "is not authorized to perform: s3:PutObject" in denied


def test_no_objects_of_another_region_are_listed(aws: Any) -> None:
    """No manifest is generated across regions (user guide); how the job fails is ASSUMED."""
    aws.create_bucket("photos", region="eu-south-1")
    aws.put_objects("photos", ["a.jpg"])
    code, failure = failure_of(aws, run(aws, **generator()))
    assert code == "ManifestGenerationFailed"
    assert "photos: PermanentRedirect" in str(failure)
