"""Inventories that a test asks for, and those of configurations, as the clock passes their day."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from datetime import datetime, timezone
from typing import Any

import pytest

from s3tag_mock import Misuse
from s3tag_mock.exceptions import UnknownName
from s3tag_mock.rules import inventories
from tests.batch.support import codes
from tests.events.support import details, listen
from tests.support import tag_set, tagging_job

#: A Wednesday.
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=timezone.utc)
pytestmark = [pytest.mark.tagging_mock(clock=NOON)]


@pytest.fixture
def reports(aws: Any) -> str:
    aws.create_bucket("photos", versioning=True)
    aws.create_bucket("reports")
    return "reports"


def read(aws: Any, folder: str) -> list[list[str]]:
    """The rows of the inventory in a folder, whose manifest and checksum are checked."""
    manifest = aws.object("reports", f"{folder}/manifest.json").body
    assert (
        aws.object("reports", f"{folder}/manifest.checksum").body
        == hashlib.md5(manifest).hexdigest().encode()
    )
    told = json.loads(manifest)
    (file,) = told["files"]
    data = aws.object("reports", file["key"]).body
    assert (len(data), hashlib.md5(data).hexdigest()) == (file["size"], file["MD5checksum"])
    text = gzip.decompress(data).decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert all(len(row) == len(told["fileSchema"].split(", ")) for row in rows)
    return rows


def test_what_is_written(aws: Any, reports: str) -> None:
    aws.put_objects("photos", {"in/a b.jpg": b"sky"})
    manifest = aws.inventory("photos", reports, prefix="lists")
    folder = "lists/photos/inventory/2026-11-25T12-00Z"
    assert manifest["Spec"] == {"Format": "S3InventoryReport_CSV_20161130"}
    assert manifest["Location"]["ObjectArn"] == f"arn:aws:s3:::reports/{folder}/manifest.json"
    assert read(aws, folder) == [["photos", "in/a+b.jpg"]]
    told = json.loads(aws.object(reports, f"{folder}/manifest.json").body)
    (file,) = told.pop("files")
    assert told == {
        "sourceBucket": "photos",
        "destinationBucket": "arn:aws:s3:::reports",
        "version": "2016-11-30",
        "creationTimestamp": str(int(NOON.timestamp() * 1000)),
        "fileFormat": "CSV",
        "fileSchema": "Bucket, Key",
    }
    link = aws.object(reports, "lists/photos/inventory/hive/dt=2026-11-25-12-00/symlink.txt").body
    assert link == f"s3://reports/{file['key']}\n".encode()


def test_all_versions(aws: Any, reports: str) -> None:
    s3 = aws.client("s3")
    first = s3.put_object(Bucket="photos", Key="k", Body=b"sky")["VersionId"]
    marker = s3.delete_object(Bucket="photos", Key="k")["VersionId"]
    aws.inventory("photos", reports, versions=True, fields=("ETag", "Size"))
    rows = read(aws, "photos/inventory/2026-11-25T12-00Z")
    assert rows == [
        ["photos", "k", marker, "true", "true", "", ""],
        ["photos", "k", first, "false", "false", "3", "900bc885d7553375aec470198a9514f3"],
    ]
    assert aws.inventory("photos", reports)  # a delete marker isn't listed, nor what it covers


def test_every_column_has_its_value(aws: Any, reports: str) -> None:
    s3 = aws.client("s3")
    s3.put_object(
        Bucket="photos", Key="k", Body=b"sky", StorageClass="STANDARD_IA", ServerSideEncryption="aws:kms"
    )
    aws.inventory("photos", reports, fields=inventories.OPTIONAL)
    (row,) = read(aws, "photos/inventory/2026-11-25T12-00Z")
    found = dict(zip(inventories.columns(versions=False, fields=inventories.OPTIONAL), row, strict=True))
    wanted = {
        "Size": "3",
        "LastModifiedDate": "2026-11-25T12:00:00.000Z",
        "StorageClass": "STANDARD_IA",
        "IsMultipartUploaded": "false",
        "EncryptionStatus": "SSE-KMS",
        "BucketKeyStatus": "DISABLED",
        "ChecksumAlgorithm": "CRC64NVME" if found["ChecksumAlgorithm"] == "CRC64NVME" else "CRC32",
        "ObjectLockMode": "",
    }
    assert wanted.items() <= found.items()


def test_a_job_takes_it(aws: Any, reports: str) -> None:
    aws.put_objects("photos", ["a b.jpg", "ü.jpg"])
    manifest = aws.inventory("photos", reports, versions=True)
    control = aws.client("s3control")
    job_id = control.create_job(**{**tagging_job(aws), "Manifest": manifest})["JobId"]
    assert aws.jobs[job_id].status == "Complete"
    assert aws.object_tags("photos", "a b.jpg") == aws.object_tags("photos", "ü.jpg") == {"team": "red"}


def test_objects_from_before_versioning_fail_in_jobs(aws: Any) -> None:
    """Their version id is empty in an inventory (DOCUMENTED, storage-inventory-configure-bops)."""
    for name in ("photos", "reports"):
        aws.create_bucket(name)
    aws.put_objects("photos", ["old"])
    manifest = aws.inventory("photos", "reports", versions=True)
    job_id = aws.client("s3control").create_job(**{**tagging_job(aws), "Manifest": manifest})["JobId"]
    assert codes(aws.jobs[job_id]) == ["InvalidRequest"]


def test_its_arrival_is_an_event(aws: Any, reports: str) -> None:
    listen(aws.client("s3"), bucket=reports, eventbridge=True)
    aws.inventory("photos", reports)
    assert details(aws)[-1][1]["object"]["key"].endswith("/manifest.checksum")


def test_mistakes(aws: Any, reports: str) -> None:
    with pytest.raises(Misuse, match=r"no column 'Sise'|no inventory has a column 'Sise'.*'Size'"):
        aws.inventory("photos", reports, fields=["Sise"])
    with pytest.raises(UnknownName, match="nowhere"):
        aws.inventory("photos", "nowhere")


def configure(aws: Any, name: str, **changes: Any) -> None:
    document = {
        "Id": name,
        "IsEnabled": True,
        "IncludedObjectVersions": "Current",
        "Schedule": {"Frequency": "Daily"},
        "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::reports", "Format": "CSV"}},
    }
    aws.client("s3").put_bucket_inventory_configuration(
        Bucket="photos", Id=name, InventoryConfiguration={**document, **changes}
    )


def delivered(aws: Any) -> list[str]:
    """Id and day of each inventory that came."""
    manifests = (key.split("/") for key in aws.keys("reports") if key.endswith("manifest.json"))
    return [f"{parts[-3]} {parts[-2][:10]}" for parts in manifests]


def test_configurations_deliver_at_midnight(aws: Any, reports: str) -> None:
    configure(aws, "daily")
    configure(aws, "weekly", Schedule={"Frequency": "Weekly"})
    configure(aws, "off", IsEnabled=False)
    configure(
        aws, "lost", Destination={"S3BucketDestination": {"Bucket": "arn:aws:s3:::gone", "Format": "CSV"}}
    )
    aws.clock.advance(hours=11)
    assert delivered(aws) == []
    aws.clock.advance(hours=1)
    assert delivered(aws) == ["daily 2026-11-26"]
    aws.clock.advance(days=4)
    assert delivered(aws) == [*(f"daily 2026-11-{day}" for day in (26, 27, 28, 29, 30)), "weekly 2026-11-29"]


def test_what_a_configuration_asks_for(aws: Any, reports: str) -> None:
    s3 = aws.client("s3")
    place = {"Bucket": "arn:aws:s3:::reports", "Format": "CSV", "Prefix": "lists"}
    configure(
        aws,
        "all",
        Filter={"Prefix": "in/"},
        IncludedObjectVersions="All",
        OptionalFields=["StorageClass", "Size"],
        Destination={"S3BucketDestination": place},
    )
    for key in ("a", "in/k", "z"):
        s3.put_object(Bucket="photos", Key=key, Body=b"sky", Tagging="a=1")
    s3.put_object_tagging(Bucket="photos", Key="in/k", Tagging=tag_set(b="2"))
    aws.clock.advance(days=1)
    assert aws.buckets  # whoever looks first
    ((_, key, version, *rest),) = read(aws, "lists/photos/all/2026-11-26T00-00Z")
    assert (key, len(version), rest) == ("in/k", 32, ["true", "false", "3", "STANDARD"])


@pytest.mark.tagging_mock(allow="unwritten_inventory")
def test_one_that_its_destination_refuses_stops_nothing(aws: Any, reports: str) -> None:
    place = {"Bucket": "arn:aws:s3:::reports", "Format": "CSV", "Prefix": "p" * 1000}
    configure(aws, "a", Destination={"S3BucketDestination": place})
    configure(aws, "b")
    aws.clock.advance(days=1)
    aws.client("s3").put_object(Bucket="photos", Key="k")
    assert delivered(aws) == ["b 2026-11-26"]
    (reason,) = aws._world.unwritten_inventories.values()
    assert reason.startswith("'reports' refuses it: KeyTooLongError")
