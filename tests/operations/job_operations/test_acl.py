"""S3PutObjectAcl."""

from __future__ import annotations

from typing import Any

from tests.batch.support import codes, job_of

EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"


def test_canned_and_listed(aws: Any, s3: Any, photos: str) -> None:
    assert (
        codes(
            job_of(aws, {"S3PutObjectAcl": {"AccessControlPolicy": {"CannedAccessControlList": "private"}}})
        )
        == ["AccessControlListNotSupported"] * 2
    )
    s3.delete_bucket_ownership_controls(Bucket=photos)
    s3.delete_public_access_block(Bucket=photos)
    owner = s3.list_buckets()["Owner"]["ID"]
    for kind, identifier, grantee in (
        ("id", owner, {"Type": "CanonicalUser", "ID": owner}),
        ("uri", EVERYBODY, {"Type": "Group", "URI": EVERYBODY}),
    ):
        grant = {"Grantee": {"TypeIdentifier": kind, "Identifier": identifier}, "Permission": "READ"}
        listed = {"AccessControlList": {"Owner": {"ID": owner}, "Grants": [grant]}}
        job = job_of(aws, {"S3PutObjectAcl": {"AccessControlPolicy": listed}})
        assert codes(job) == ["Successful"] * 2
        [granted] = s3.get_object_acl(Bucket=photos, Key="a.jpg")["Grants"]
        granted["Grantee"].pop("DisplayName", None)
        assert granted == {"Grantee": grantee, "Permission": "READ"}
    of_mail = {"TypeIdentifier": "emailAddress", "Identifier": "a@example.com"}
    listed = {
        "AccessControlList": {"Owner": {"ID": owner}, "Grants": [{"Grantee": of_mail, "Permission": "READ"}]}
    }
    job = job_of(aws, {"S3PutObjectAcl": {"AccessControlPolicy": listed}})
    assert codes(job) == ["MalformedACLError"] * 2
