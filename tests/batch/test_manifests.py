"""Manifests beyond plain CSV: inventory reports, generators, and what is wrong with them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import ACCOUNT, needs_botocore
from tests.support import refusal, tagging_job

ME = {"AccountId": ACCOUNT}


def run(aws: Any, request: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    control = aws.client("s3control")
    if request is None:
        request = tagging_job(
            aws, "photos,a.jpg", **{"ClientRequestToken": f"token {len(aws.jobs)}", **changes}
        )
    described: dict[str, Any] = control.describe_job(**ME, JobId=control.create_job(**request)["JobId"])[
        "Job"
    ]
    return described


def counts(described: dict[str, Any]) -> tuple[str, int, int]:
    summary = described["ProgressSummary"]
    return described["Status"], summary["NumberOfTasksSucceeded"], summary["NumberOfTasksFailed"]


def reason(described: dict[str, Any]) -> str:
    assert described["Status"] == "Failed"
    (found,) = described["FailureReasons"]
    return str(found["FailureReason"])


BY_ENCRYPTION = needs_botocore("1.41", "MatchAnyObjectEncryption")


class Inventory:
    """An inventory report in the bucket ``manifests``."""

    def __init__(self, aws: Any, rows: list[list[str]], schema: str = "Bucket, Key, Size") -> None:
        self.s3 = aws.client("s3")
        if "manifests" not in {one["Name"] for one in self.s3.list_buckets()["Buckets"]}:
            aws.create_bucket("manifests")
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
        self.data = gzip.compress(text.getvalue().encode())
        self.manifest: dict[str, Any] = {
            "sourceBucket": "photos",
            "destinationBucket": "arn:aws:s3:::manifests",
            "version": "2016-11-30",
            "creationTimestamp": "1514944800000",
            "fileFormat": "CSV",
            "fileSchema": schema,
            "files": [
                {
                    "key": "photos/daily/data/one.csv.gz",
                    "size": len(self.data),
                    "MD5checksum": hashlib.md5(self.data).hexdigest(),
                }
            ],
        }

    def spec(self, body: bytes | None = None) -> dict[str, Any]:
        self.s3.put_object(Bucket="manifests", Key="photos/daily/data/one.csv.gz", Body=self.data)
        key = "photos/daily/2026-05-01T00-00Z/manifest.json"
        etag = self.s3.put_object(
            Bucket="manifests", Key=key, Body=body or json.dumps(self.manifest).encode()
        )["ETag"]
        return {
            "Spec": {"Format": "S3InventoryReport_CSV_20161130"},
            "Location": {"ObjectArn": f"arn:aws:s3:::manifests/{key}", "ETag": etag},
        }


class TestInventories:
    def test_keys_are_decoded_and_other_columns_dont_count(self, aws: Any) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a b+c.jpg", "d.jpg"])
        inventory = Inventory(aws, [["photos", "a+b%2Bc.jpg", "0"], ["photos", "d.jpg", "0"]])
        described = run(aws, Manifest=inventory.spec())
        assert counts(described) == ("Complete", 2, 0)
        assert described["Manifest"]["Spec"] == {"Format": "S3InventoryReport_CSV_20161130"}
        assert aws.object_tags("photos", "a b+c.jpg") == {"team": "red"}
        assert aws.jobs[described["JobId"]].report().rows[0].key == "a+b%2Bc.jpg"

    def test_versions_and_delete_markers(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("photos", versioning=True)
        old = s3.put_object(Bucket="photos", Key="k", Body=b"old")["VersionId"]
        new = s3.put_object(Bucket="photos", Key="k", Body=b"new")["VersionId"]
        marker = s3.delete_object(Bucket="photos", Key="k")["VersionId"]
        rows = [["photos", "k", version, str(version == marker).lower()] for version in (marker, old)]
        described = run(aws, Manifest=Inventory(aws, rows, "Bucket, Key, VersionId, IsDeleteMarker").spec())
        assert counts(described) == ("Complete", 1, 1)
        assert aws.object_tags("photos", "k", old) == {"team": "red"}
        assert aws.object_tags("photos", "k", new) == {}
        assert [task.error_code for task in aws.jobs[described["JobId"]].tasks] == ["MethodNotAllowed", ""]

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"fileFormat": "ORC"}, "Invalid Manifest Content"),
            ({"fileSchema": "Bucket, Size"}, "Required fields are missing in the schema: Key"),
            ({"fileSchema": "Bucket, Key"}, "Manifest file is not properly formatted"),
            (
                {"files": [{"key": "nothing", "size": 1, "MD5checksum": ""}]},
                "Reading the manifest failed: NoSuchKey",
            ),
            (
                {"files": [{"key": "photos/daily/data/one.csv.gz", "size": 1, "MD5checksum": "0" * 32}]},
                "Invalid Manifest Content",
            ),
            ({"files": []}, "Invalid Manifest Content"),
        ],
    )
    def test_what_is_no_inventory(self, aws: Any, photos: str, change: Any, says: str) -> None:
        inventory = Inventory(aws, [["photos", "a.jpg", "0"]])
        inventory.manifest.update(change)
        assert reason(run(aws, Manifest=inventory.spec())) == says

    @pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"files": 1}'])
    def test_a_manifest_json_that_is_none(self, aws: Any, photos: str, body: bytes) -> None:
        inventory = Inventory(aws, [["photos", "a.jpg", "0"]])
        assert reason(run(aws, Manifest=inventory.spec(body))) == "Invalid Manifest Content"

    def test_a_file_that_is_no_gzip(self, aws: Any, photos: str) -> None:
        inventory = Inventory(aws, [["photos", "a.jpg", "0"]])
        inventory.data = b"plain"
        inventory.manifest["files"][0]["MD5checksum"] = hashlib.md5(b"plain").hexdigest()
        assert reason(run(aws, Manifest=inventory.spec())) == "Manifest file is not properly formatted"


class TestCsv:
    @pytest.mark.parametrize(
        ("manifest", "says"),
        [
            (b"\xef\xbb\xbfphotos,a.jpg\n", "Manifest file is not properly formatted"),
            (b"photos,a.jpg\n\nphotos,b.jpg\n", "Manifest file is not properly formatted"),
        ],
    )
    def test_what_isnt_proper(self, aws: Any, photos: str, manifest: bytes, says: str) -> None:
        assert reason(run(aws, tagging_job(aws, manifest=manifest))) == says

    def test_empty_lines_at_the_end(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, manifest=b"photos,a.jpg\r\n\r\n\n")
        assert counts(run(aws, request)) == ("Complete", 1, 0)

    def test_a_version_id_that_is_none(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg,no id", fields=("Bucket", "Key", "VersionId"))
        assert reason(run(aws, request)) == "Invalid version ID format"

    def test_encrypted_with_kms(self, aws: Any, photos: str, s3: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        etag = s3.put_object(
            Bucket="manifests", Key="manifest.csv", Body=b"photos,a.jpg", ServerSideEncryption="aws:kms"
        )["ETag"]
        request["Manifest"]["Location"]["ETag"] = etag
        assert "Reading the manifest failed" in reason(run(aws, request))

    def test_several_buckets_and_the_same_object_twice(self, aws: Any, photos: str) -> None:
        aws.create_bucket("other")
        aws.put_objects("other", ["x"])
        request = tagging_job(aws, "photos,a.jpg", "other,x", "photos,a.jpg")
        assert counts(run(aws, request)) == ("Complete", 3, 0)
        assert aws.object_tags("other", "x") == {"team": "red"}


class TestGenerators:
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
            assert reason(described) == "Manifest generation found no keys matching the filter criteria."
            assert counts(described) == ("Failed", 0, 0)

    def test_what_was_generated_is_the_next_jobs_manifest(self, aws: Any) -> None:
        aws.create_bucket("photos")
        aws.create_bucket("lists")
        aws.put_objects("photos", ["a b.jpg", "c+d.jpg"])
        place = {
            "Bucket": "arn:aws:s3:::lists",
            "ManifestFormat": "S3InventoryReport_CSV_20211130",
            "ManifestPrefix": "made",
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

    def test_buckets_that_wont_do(self, aws: Any) -> None:
        assert reason(self.generate(aws)) == "The manifest could not be generated."
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a"])
        place = {"Bucket": "arn:aws:s3:::nothing", "ManifestFormat": "S3InventoryReport_CSV_20211130"}
        assert reason(self.generate(aws, output=place)) == "The manifest could not be generated."

    @pytest.mark.parametrize(
        ("change", "hint"),
        [
            ({"SourceBucket": "photos"}, "SourceBucket 'photos' isn't a bucket's ARN"),
            ({"EnableManifestOutput": True}, "needs a ManifestOutputLocation"),
            (
                {"Filter": {"KeyNameConstraint": {"MatchAnyPrefix": ["a", "b"]}}},
                "takes exactly one string, not 2",
            ),
            (
                {
                    "ManifestOutputLocation": {
                        "Bucket": "lists",
                        "ManifestFormat": "S3InventoryReport_CSV_20211130",
                    }
                },
                "isn't a bucket's ARN",
            ),
            (
                {"ManifestOutputLocation": {"Bucket": "arn:aws:s3:::lists", "ManifestFormat": "other"}},
                "ManifestFormat 'other'",
            ),
        ],
    )
    def test_structural_faults(self, aws: Any, photos: str, change: Any, hint: str) -> None:
        generator = {"SourceBucket": "arn:aws:s3:::photos", "EnableManifestOutput": False, **change}
        request = tagging_job(
            aws, "photos,a.jpg", Manifest=None, ManifestGenerator={"S3JobManifestGenerator": generator}
        )
        refused = refusal(lambda: aws.client("s3control").create_job(**request))
        assert refused == {"Status": 400, "Code": "InvalidRequest", "Message": "Request invalid"}
        assert hint in aws.calls[-1].hint
