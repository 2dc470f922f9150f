"""S3ComputeObjectChecksum."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from conftest import needs_botocore
from s3tag_mock.rules import limits
from tests.batch.support import job_of


@needs_botocore("1.40.20", "S3ComputeObjectChecksum")
def test_checksums_stand_in_the_report(aws: Any, photos: str) -> None:
    job = job_of(
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


@needs_botocore("1.40.20", "S3ComputeObjectChecksum")
def test_the_checksum_of_the_parts_checksums(aws: Any, s3: Any, photos: str) -> None:
    bodies = (b"x" * limits.PART_BYTES, b"end")
    upload = {"Bucket": photos, "Key": "big"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    parts = [
        {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}
        for number, body in enumerate(bodies, start=1)
    ]
    etag = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})["ETag"]
    wanted = {"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "CRC32", "ChecksumType": "COMPOSITE"}}
    report = job_of(aws, wanted, "photos,big").report()
    raw = zlib.crc32(b"".join(zlib.crc32(body).to_bytes(4, "big") for body in bodies)).to_bytes(4, "big")
    assert json.loads(report.rows[0].result_message) == {
        "checksum_base64": base64.b64encode(raw).decode(),
        "etag": etag.strip('"'),
        "checksumAlgorithm": "CRC32",
        "checksumType": "COMPOSITE",
        "checksum_hex": raw.hex().upper(),
    }
