"""Manifests that are inventory reports: how they are read, and what is wrong with them."""

from __future__ import annotations

import gzip
import tracemalloc
from random import Random
from typing import Any

import pytest

from s3tag_mock.rules import limits
from tests.batch.support import (
    CONTENT,
    FORBIDDEN,
    NOT_PROPER,
    Inventory,
    counts,
    deny,
    failure_of,
    read_denied,
    reason,
    run,
)
from tests.support import run_job

DATA = Inventory.DATA


def inventory_of(aws: Any, data: bytes, **members: Any) -> dict[str, Any]:
    """The Manifest of a job over one with these rows, under the schema ``Bucket, Key, Size``."""
    made = Inventory(aws, [])
    made.holds(data)
    made.manifest.update(members)
    return made.spec()


class TestReading:
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
        described = run(aws, Manifest=inventory_of(aws, gzip.compress(data)))
        assert counts(described) == ("Complete", data.count(b"x"), 0)

    def test_a_line_end_in_quotes_is_the_keys(self, aws: Any) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a\r\nb"])
        manifest = inventory_of(aws, gzip.compress(b'"photos","a\r\nb","0"\n'))
        assert counts(run(aws, Manifest=manifest)) == ("Complete", 1, 0)

    def test_a_row_without_its_version_id_fails_alone(self, aws: Any, photos: str) -> None:
        """As in a CSV manifest (user guide, "Specifying a manifest"); the null version's id is ``null``."""
        rows = [["photos", "a.jpg", ""], ["photos", "b.jpg", "null"]]
        made = Inventory(aws, rows, "Bucket, Key, VersionId")
        job = aws.jobs[run(aws, Manifest=made.spec())["JobId"]]
        assert [(task.status, task.http_status, task.message) for task in job.tasks] == [
            ("failed", 400, "Task failed due to missing VersionId"),
            ("succeeded", 200, "Successful"),
        ]
        assert aws.object_tags(photos, "a.jpg") == {}


class TestFailing:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"fileFormat": "ORC"}, "Invalid Manifest Content"),
            ({"fileSchema": "Bucket, Size"}, "Required fields are missing in the schema: Key"),
            ({"fileSchema": "Bucket, Key"}, "Manifest file is not properly formatted"),
            (
                {"files": [{"key": "nothing", "size": 1, "MD5checksum": ""}]},
                "Manifest object was not found",
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
        inventory.holds(b"plain")
        assert reason(run(aws, Manifest=inventory.spec())) == "Manifest file is not properly formatted"

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
                "ManifestNotFound",
                "Manifest object was not found"
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
    def test_messages_about_members(
        self, aws: Any, photos: str, members: Any, code: str, failure: str
    ) -> None:
        manifest = inventory_of(aws, gzip.compress(b'"photos","a.jpg","0"\n'), **members)
        assert failure_of(aws, run(aws, Manifest=manifest)) == (code, failure)

    @pytest.mark.parametrize(
        ("body", "hint"),
        [
            *((body, "is no JSON object") for body in (b"no json", b"[]", b"1", b"null", b"\xff")),
            *((body, "lacks members") for body in (b"{}", b'{"files": 1}')),
        ],
    )
    def test_messages_about_manifest_json(self, aws: Any, photos: str, body: bytes, hint: str) -> None:
        manifest = Inventory(aws, []).spec(body)
        assert failure_of(aws, run(aws, Manifest=manifest)) == (
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
    def test_messages_about_a_data_file(self, aws: Any, photos: str, data: bytes, hint: str) -> None:
        assert failure_of(aws, run(aws, Manifest=inventory_of(aws, data))) == (
            "InvalidManifestContent",
            f"{NOT_PROPER} | {hint}",
        )

    def test_a_data_file_that_is_too_large(
        self, aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = b'"photos","a.jpg","0"\n'
        monkeypatch.setattr(limits, "INVENTORY_FILE_SIZE", len(rows))
        monkeypatch.setattr(limits, "INVENTORY_LINE_CHARACTERS", len(rows))
        assert counts(run(aws, Manifest=inventory_of(aws, gzip.compress(rows)))) == ("Complete", 1, 0)
        assert failure_of(aws, run(aws, Manifest=inventory_of(aws, gzip.compress(rows * 2)))) == (
            "InvalidManifestContent",
            f"{NOT_PROPER} | {DATA} is larger than this mock reads",
        )

    def test_what_is_too_large_is_not_unpacked_to_its_end(
        self, aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """At which something is missing."""
        monkeypatch.setattr(limits, "INVENTORY_FILE_SIZE", 1000)
        text = Random(1).randbytes(500_000).hex().encode()
        data = gzip.compress(b"\n".join(text[at : at + 100] for at in range(0, len(text), 100)))[:-4]
        _, failure = failure_of(aws, run(aws, Manifest=inventory_of(aws, data, fileSchema="Key, Bucket")))
        assert failure in {
            f"{NOT_PROPER} | {DATA} is larger than this mock reads",
            f"{NOT_PROPER} | {DATA} has a row of 1 columns",
        }

    def test_a_bomb_is_stopped_at_its_first_line(self, aws: Any, photos: str) -> None:
        """A hundred million characters in a line are never held in memory."""
        bomb = gzip.compress(b'"photos","' + b"k" * 100_000_000, 1)
        manifest = inventory_of(aws, bomb)
        tracemalloc.start()
        try:
            failed = failure_of(aws, run(aws, Manifest=manifest))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert failed == (
            "InvalidManifestContent",
            f"{NOT_PROPER} | {DATA} is larger than this mock reads",
        )
        assert peak < 10_000_000

    def test_more_rows_than_a_job_takes(self, aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """In all files together: here the same one is named twice."""
        monkeypatch.setattr(limits, "MANIFEST_ROWS", 2)
        made = Inventory(aws, [["photos", "a.jpg", "0"], ["photos", "b.jpg", "0"]])
        assert counts(run(aws, Manifest=made.spec())) == ("Complete", 2, 0)
        made.manifest["files"] *= 2
        assert failure_of(aws, run(aws, Manifest=made.spec())) == (
            "InvalidManifestContent",
            "The S3 Batch Operations job failed because it contains more keys than the maximum allowed in a "
            "single job | this mock reads 2 rows at most",
        )

    def test_a_data_file_that_may_not_be_read(self, aws: Any, photos: str, s3: Any) -> None:
        made = Inventory(aws, [["photos", "a.jpg", "0"]])
        made.manifest["destinationBucket"] = "arn:aws:s3:::inventories"
        aws.create_bucket("inventories")
        aws.put_objects("inventories", {DATA: made.data})
        manifest = made.spec()
        assert counts(run(aws, Manifest=manifest)) == ("Complete", 1, 0)
        deny(s3, "inventories", "s3:GetObject")
        described = run(aws, Manifest=manifest)
        denied = read_denied(described, f"arn:aws:s3:::inventories/{DATA}")
        assert failure_of(aws, described) == (
            "AccessDenied",
            f"{FORBIDDEN} | inventories/{DATA}: {denied}",
        )

    @pytest.mark.parametrize("data", [b'"photos,a', b'"photos"x,"a","0"', b"\xff\xfe,a,0"])
    def test_an_inventory_that_is_no_csv(self, aws: Any, photos: str, data: bytes) -> None:
        inventory = Inventory(aws, [])
        inventory.holds(gzip.compress(data))
        described = run_job(aws, Manifest=inventory.spec())
        assert described["FailureReasons"] == [
            {
                "FailureCode": "InvalidManifestContent",
                "FailureReason": "Manifest file is not properly formatted",
            }
        ]
