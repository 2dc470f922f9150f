"""S3PutObjectAcl."""

from __future__ import annotations

from typing import Any

from tests.batch.support import codes, job_of


def test_canned_and_listed(aws: Any, s3: Any, photos: str) -> None:
    assert (
        codes(
            job_of(aws, {"S3PutObjectAcl": {"AccessControlPolicy": {"CannedAccessControlList": "private"}}})
        )
        == ["AccessControlListNotSupported"] * 2
    )
    s3.delete_bucket_ownership_controls(Bucket=photos)
    owner = s3.list_buckets()["Owner"]["ID"]
    grant = {"Grantee": {"TypeIdentifier": "id", "Identifier": owner}, "Permission": "READ"}
    listed = {"AccessControlList": {"Owner": {"ID": owner}, "Grants": [grant]}}
    job = job_of(aws, {"S3PutObjectAcl": {"AccessControlPolicy": listed}})
    assert codes(job) == ["Successful"] * 2
    assert s3.get_object_acl(Bucket=photos, Key="a.jpg")["Grants"][0]["Permission"] == "READ"
