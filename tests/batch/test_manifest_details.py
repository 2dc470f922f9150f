"""What is told of manifests that won't do, to the letter; what is taken all the same, and what is generated."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from datetime import datetime, timezone
from random import Random
from typing import Any

import pytest

from s3tag_mock.rules import limits
from tests.batch.test_manifests import Inventory, counts, run
from tests.support import tagging_job

NOT_PROPER = "Manifest file is not properly formatted"
CONTENT = "Invalid Manifest Content"
FORBIDDEN = "Reading the manifest is forbidden: AccessDenied"
CSV = "arn:aws:s3:::manifests/manifest.csv"
DATA = "photos/daily/data/one.csv.gz"


def told(aws: Any, described: dict[str, Any]) -> tuple[str, str | None]:
    """FailureCode, and what the handle says of the failure: FailureReason and hint."""
    assert described["Status"] == "Failed"
    (why,) = described["FailureReasons"]
    failure = aws.jobs[described["JobId"]].failure
    assert failure.partition(" | ")[0] == why["FailureReason"]
    return why["FailureCode"], failure


def deny(s3: Any, bucket: str, action: str) -> None:
    """Put a bucket policy that denies everybody an action."""
    statement = {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": f"arn:aws:s3:::{bucket}/*"}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Statement": [statement]}))


class TestCsv:
    @pytest.mark.parametrize(
        ("manifest", "failure"),
        [
            (b"\xef\xbb\xbfphotos,a.jpg,x\n", f"{NOT_PROPER} | a byte order mark"),
            (
                b"photos,\xff,x\n",
                f"{NOT_PROPER} | not UTF-8: 'utf-8' codec can't decode byte 0xff in position 7: "
                "invalid start byte",
            ),
            (b"photos,a.jpg\n", f"{NOT_PROPER} | line 1 has 2 columns, Fields names 3"),
            (b"photos,a.jpg,\nphotos,b.jpg,,\n", f"{NOT_PROPER} | line 2 has 4 columns, Fields names 3"),
            (b'photos,"a.jpg,x\n', f"{NOT_PROPER} | unexpected end of data"),
            (b"photos,a.jpg,\nphotos,,\n", "Invalid object key format | line 2"),
            (b"photos,%s,\n" % (b"k" * 1025), "Invalid object key format | line 1"),
            (b"photos,a.jpg,\nphotos,a.jpg,no id\n", "Invalid version ID format | line 2: 'no id'"),
            (b"\r\n\n", f"{CONTENT} | the manifest holds no row"),
        ],
    )
    def test_what_is_told_of_rows(self, aws: Any, photos: str, manifest: bytes, failure: str) -> None:
        request = tagging_job(aws, manifest=manifest, fields=("Bucket", "Key", "VersionId"))
        assert told(aws, run(aws, request)) == ("InvalidManifestContent", failure)

    @pytest.mark.parametrize(
        ("manifest", "key"),
        [
            (b"photos,x\rphotos,x\r", "x"),
            (b'photos,"a\r\nb"\n', "a\r\nb"),
            (b"photos,blank ", "blank "),
            (b"photos,X", "X"),
            (b"photos,%s" % (b"k" * 1024), "k" * 1024),
        ],
    )
    def test_keys_are_taken_as_they_stand(self, aws: Any, manifest: bytes, key: str) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", [key])
        described = run(aws, tagging_job(aws, manifest=manifest))
        assert {task.key for task in aws.jobs[described["JobId"]].tasks} == {key}
        assert aws.object_tags("photos", key) == {"team": "red"}

    def test_one_that_is_not_there(self, aws: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ObjectArn"] = "arn:aws:s3:::manifests/other.csv"
        assert told(aws, run(aws, request)) == (
            "ManifestReadFailed",
            "Reading the manifest failed: NoSuchKey"
            " | arn:aws:s3:::manifests/other.csv: NoSuchKey: The specified key does not exist.",
        )

    def test_one_that_may_not_be_read(self, aws: Any, photos: str, s3: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        deny(s3, "manifests", "s3:GetObject")
        assert told(aws, run(aws, request)) == (
            "ManifestReadFailed",
            f"{FORBIDDEN} | {CSV}: AccessDenied: Access Denied",
        )

    def test_one_that_is_encrypted_with_kms(self, aws: Any, photos: str, s3: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        s3.put_object(
            Bucket="manifests",
            Key="manifest.csv",
            Body=b"photos,a.jpg\n",
            ServerSideEncryption="aws:kms",
        )
        assert told(aws, run(aws, request)) == (
            "ManifestReadFailed",
            "Reading the manifest failed: InvalidRequest"
            " | a CSV manifest that is encrypted with KMS isn't supported (user guide)",
        )

    @pytest.mark.parametrize("given", ["60e460c9d1046e73f7dde5043ac3ae85", "X{etag}X", '"{etag}X"'])
    def test_an_etag_that_is_another(self, aws: Any, photos: str, given: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        etag = hashlib.md5(b"photos,a.jpg\n").hexdigest()
        wrong = request["Manifest"]["Location"]["ETag"] = given.format(etag=etag)
        assert told(aws, run(aws, request)) == (
            "ManifestReadFailed",
            "Reading the manifest failed: PreconditionFailed"
            f" | the manifest's ETag is {etag}, the job names {wrong}",
        )

    def test_one_that_was_put_without_a_call(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        aws.put_objects("manifests", {"manifest.csv": b"photos,b.jpg\n"})
        request["Manifest"]["Location"]["ETag"] = hashlib.md5(b"photos,b.jpg\n").hexdigest()
        assert counts(run(aws, request)) == ("Complete", 1, 0)
        assert aws.object_tags(photos, "b.jpg") == {"team": "red"}


class TestInventories:
    def inventory(self, aws: Any, data: bytes, **members: Any) -> dict[str, Any]:
        """The Manifest of a job over one with these rows, under the schema ``Bucket, Key, Size``."""
        made = Inventory(aws, [])
        made.data = data
        file = {"key": DATA, "size": len(data), "MD5checksum": hashlib.md5(data).hexdigest()}
        made.manifest.update({"files": [file], **members})
        return made.spec()

    @pytest.mark.parametrize(
        ("members", "code", "failure"),
        [
            (
                {"fileFormat": "ORC"},
                "InvalidManifestContent",
                f"{CONTENT} | an inventory of the format ORC, not CSV",
            ),
            (
                {"fileSchema": "Size, VersionId"},
                "InvalidManifestContent",
                "Required fields are missing in the schema: Bucket, Key",
            ),
            (
                {"fileSchema": "Bucket, Key"},
                "InvalidManifestContent",
                f"{NOT_PROPER} | {DATA} has a row of 3 columns",
            ),
            ({"files": []}, "InvalidManifestContent", f"{CONTENT} | the manifest holds no row"),
            (
                {"files": [{"key": DATA, "size": 1, "MD5checksum": "0" * 32}]},
                "InvalidManifestContent",
                f"{CONTENT} | {DATA} hasn't the MD5 that manifest.json names",
            ),
            (
                {"files": [{"key": "nothing", "size": 1, "MD5checksum": ""}]},
                "ManifestReadFailed",
                "Reading the manifest failed: NoSuchKey"
                " | manifests/nothing: NoSuchKey: The specified key does not exist.",
            ),
            *(
                (
                    members,
                    "InvalidManifestContent",
                    f"{CONTENT} | the inventory's manifest.json lacks members",
                )
                for members in (
                    {"destinationBucket": 1},
                    {"fileFormat": None},
                    {"fileSchema": ["Bucket", "Key", "Size"]},
                    {"files": {DATA: "0" * 32}},
                    {"files": [DATA]},
                    {"files": [{"key": DATA}]},
                    {"files": [{"MD5checksum": "0" * 32}]},
                )
            ),
        ],
    )
    def test_what_is_told_of_members(
        self, aws: Any, photos: str, members: Any, code: str, failure: str
    ) -> None:
        manifest = self.inventory(aws, gzip.compress(b'"photos","a.jpg","0"\n'), **members)
        assert told(aws, run(aws, Manifest=manifest)) == (code, failure)

    @pytest.mark.parametrize(
        ("body", "hint"),
        [
            *((body, "is no JSON object") for body in (b"no json", b"[]", b"1", b"null", b"\xff")),
            *((body, "lacks members") for body in (b"{}", b'{"files": 1}')),
        ],
    )
    def test_what_is_told_of_a_manifest_json(self, aws: Any, photos: str, body: bytes, hint: str) -> None:
        manifest = Inventory(aws, []).spec(body)
        assert told(aws, run(aws, Manifest=manifest)) == (
            "InvalidManifestContent",
            f"{CONTENT} | the inventory's manifest.json {hint}",
        )

    @pytest.mark.parametrize(
        ("data", "hint"),
        [
            (b"plain", f"{DATA} is no gzip file"),
            (gzip.compress(b'"photos","a.jpg","0"\n', mtime=0)[:-4], f"{DATA} is no gzip file"),
            (
                gzip.compress(b'"photos","\xff","0"\n', mtime=0),
                f"{DATA}: 'utf-8' codec can't decode byte 0xff in position 10: invalid start byte",
            ),
            (gzip.compress(b'"photos","a.jpg"x,"0"\n', mtime=0), f"{DATA}: ',' expected after '\"'"),
        ],
    )
    def test_what_is_told_of_a_data_file(self, aws: Any, photos: str, data: bytes, hint: str) -> None:
        assert told(aws, run(aws, Manifest=self.inventory(aws, data))) == (
            "InvalidManifestContent",
            f"{NOT_PROPER} | {hint}",
        )

    def test_a_data_file_that_is_too_large(
        self, aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = b'"photos","a.jpg","0"\n'
        monkeypatch.setattr(limits, "INVENTORY_FILE_SIZE", len(rows))
        assert counts(run(aws, Manifest=self.inventory(aws, gzip.compress(rows)))) == ("Complete", 1, 0)
        assert told(aws, run(aws, Manifest=self.inventory(aws, gzip.compress(rows * 2)))) == (
            "InvalidManifestContent",
            f"{NOT_PROPER} | {DATA} is larger than this mock reads",
        )

    def test_what_is_too_large_is_not_unpacked_to_its_end(
        self, aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """At which something is missing."""
        monkeypatch.setattr(limits, "INVENTORY_FILE_SIZE", 1000)
        data = gzip.compress(Random(1).randbytes(1_000_000))[:-4]
        _, failure = told(aws, run(aws, Manifest=self.inventory(aws, data)))
        assert failure == f"{NOT_PROPER} | {DATA} is larger than this mock reads"

    def test_a_data_file_that_may_not_be_read(self, aws: Any, photos: str, s3: Any) -> None:
        made = Inventory(aws, [["photos", "a.jpg", "0"]])
        made.manifest["destinationBucket"] = "arn:aws:s3:::inventories"
        aws.create_bucket("inventories")
        aws.put_objects("inventories", {DATA: made.data})
        manifest = made.spec()
        assert counts(run(aws, Manifest=manifest)) == ("Complete", 1, 0)
        deny(s3, "inventories", "s3:GetObject")
        assert told(aws, run(aws, Manifest=manifest)) == (
            "ManifestReadFailed",
            f"{FORBIDDEN} | inventories/{DATA}: AccessDenied: Access Denied",
        )

    def test_the_fewest_members_and_a_bucket_by_its_name(self, aws: Any, photos: str) -> None:
        made = Inventory(aws, [["photos", "a.jpg", "0"]])
        wanted = ("fileFormat", "fileSchema", "files")
        made.manifest = {name: made.manifest[name] for name in wanted} | {"destinationBucket": "manifests"}
        assert counts(run(aws, Manifest=made.spec())) == ("Complete", 1, 0)

    def test_one_that_is_encrypted_with_kms_will_do(self, aws: Any, photos: str, s3: Any) -> None:
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
        made = Inventory(aws, [["photos", "a.jpg", "0"]])
        s3.put_bucket_encryption(Bucket="manifests", ServerSideEncryptionConfiguration={"Rules": [rule]})
        assert counts(run(aws, Manifest=made.spec())) == ("Complete", 1, 0)

    @pytest.mark.parametrize("data", [b"photos,x,0\rphotos,x,0\r", b'"photos","x","0"\r\n'])
    def test_line_ends(self, aws: Any, data: bytes) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["x"])
        described = run(aws, Manifest=self.inventory(aws, gzip.compress(data)))
        assert counts(described) == ("Complete", data.count(b"x"), 0)

    def test_a_line_end_in_quotes_is_the_keys(self, aws: Any) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a\r\nb"])
        manifest = self.inventory(aws, gzip.compress(b'"photos","a\r\nb","0"\n'))
        assert counts(run(aws, Manifest=manifest)) == ("Complete", 1, 0)

    def test_an_object_without_a_version_id_is_the_null_version(self, aws: Any, photos: str) -> None:
        made = Inventory(aws, [["photos", "a.jpg", ""]], "Bucket, Key, VersionId")
        described = run(aws, Manifest=made.spec())
        assert counts(described) == ("Complete", 1, 0)
        assert [task.version_id for task in aws.jobs[described["JobId"]].tasks] == ["null"]


class TestGeneratedManifests:
    PLACE = "arn:aws:s3:::lists"

    def generate(self, aws: Any, *, source: str = "photos", prefix: str = "made") -> dict[str, Any]:
        place = {
            "Bucket": self.PLACE,
            "ManifestFormat": "S3InventoryReport_CSV_20211130",
            "ManifestPrefix": prefix,
        }
        generator = {
            "SourceBucket": f"arn:aws:s3:::{source}",
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
        aws.put_objects("photos", ["dir/a b.jpg", "c+d.jpg", 'quo"te'])
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
            b'"photos","c%2Bd.jpg"\n"photos","dir/a+b.jpg"\n"photos","quo%22te"\n'
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
        described = self.generate(aws)
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

    def test_what_is_told_when_nothing_is_found(self, aws: Any) -> None:
        aws.create_bucket("photos")
        assert told(aws, self.generate(aws)) == (
            "ManifestGenerationFailed",
            "Manifest generation found no keys matching the filter criteria.",
        )

    def test_what_is_told_of_buckets_that_wont_do(self, aws: Any, photos: str, s3: Any) -> None:
        def failure(**options: Any) -> str:
            code, text = told(aws, self.generate(aws, **options))
            reason, _, hint = str(text).partition(" | ")
            assert (code, reason) == ("ManifestGenerationFailed", "The manifest could not be generated.")
            return hint

        there_is_none = "NoSuchBucket: The specified bucket does not exist"
        assert failure(source="nothing") == f"nothing: {there_is_none}"
        assert failure() == f"lists: {there_is_none}"
        aws.create_bucket("lists")
        deny(s3, "lists", "s3:PutObject")
        assert failure() == "lists: AccessDenied: Access Denied"
