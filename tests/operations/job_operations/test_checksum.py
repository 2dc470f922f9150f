"""S3ComputeObjectChecksum."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from conftest import ACCOUNT, needs_botocore
from s3tag_mock.rules import limits
from tests.batch.support import codes, job_of

ALLOWED = {"Effect": "Allow", "Resource": "*"}


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
    of_parts = b"".join(zlib.crc32(body).to_bytes(4, "big") for body in bodies)
    for kind, checked in (("COMPOSITE", of_parts), ("FULL_OBJECT", b"".join(bodies))):
        wanted = {"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "CRC32", "ChecksumType": kind}}
        report = job_of(aws, wanted, "photos,big").report()
        raw = zlib.crc32(checked).to_bytes(4, "big")
        assert json.loads(report.rows[0].result_message) == {
            "checksum_base64": base64.b64encode(raw).decode(),
            "etag": etag.strip('"'),
            "checksumAlgorithm": "CRC32",
            "checksumType": kind,
            "checksum_hex": raw.hex().upper(),
        }


@needs_botocore("1.40.20", "S3ComputeObjectChecksum")
def test_without_an_algorithm_it_is_crc64nvme(aws: Any, photos: str) -> None:
    text = job_of(aws, {"S3ComputeObjectChecksum": {}}, "photos,c.jpg").report().rows[0].result_message
    assert json.loads(text)["checksumAlgorithm"] == "CRC64NVME"


@needs_botocore("1.40.20", "S3ComputeObjectChecksum")
def test_objects_that_the_role_cannot_decrypt(aws: Any, s3: Any, photos: str) -> None:
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"
    s3.put_object(Bucket=photos, Key="kms", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    s3.put_object(Bucket=photos, Key="own", SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
    wanted: Any = {"S3ComputeObjectChecksum": {}}
    assert codes(job_of(aws, wanted, "photos,kms", "photos,own"))[1] == "InvalidRequest"
    role = aws.create_role("sums", {"Statement": [{**ALLOWED, "Action": "s3:*"}]})
    assert codes(job_of(aws, wanted, "photos,kms", RoleArn=role)) == ["AccessDenied"]
    role = aws.create_role("more", {"Statement": [{**ALLOWED, "Action": ["s3:*", "kms:Decrypt"]}]})
    job = job_of(aws, wanted, "photos,kms", RoleArn=role)
    assert job.tasks[0].status == "succeeded"
