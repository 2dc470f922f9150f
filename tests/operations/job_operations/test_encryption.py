"""S3UpdateObjectEncryption."""

from __future__ import annotations

from typing import Any

from conftest import ACCOUNT, needs_botocore
from tests.batch.support import codes, job_of
from tests.support import refusal


@needs_botocore("1.42", "UpdateObjectEncryption")
def test_encryption_is_changed_in_place(aws: Any, s3: Any, photos: str) -> None:
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"
    wanted = {"ObjectEncryption": {"SSEKMS": {"KMSKeyArn": key, "BucketKeyEnabled": True}}}
    assert codes(job_of(aws, {"S3UpdateObjectEncryption": wanted}, "photos,c.jpg")) == ["Successful"]
    head = s3.head_object(Bucket=photos, Key="c.jpg")
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"], head["BucketKeyEnabled"]) == (
        "aws:kms",
        key,
        True,
    )
    assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}
    s3.update_object_encryption(Bucket=photos, Key="a.jpg", ObjectEncryption={"SSEKMS": {"KMSKeyArn": key}})
    head = s3.head_object(Bucket=photos, Key="a.jpg")
    assert (head["ServerSideEncryption"], head.get("BucketKeyEnabled", False)) == ("aws:kms", False)
    sealed: Any = {"Bucket": photos, "Key": "sealed"}
    s3.put_object(**sealed, SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
    update = lambda: s3.update_object_encryption(**sealed, ObjectEncryption={"SSEKMS": {"KMSKeyArn": key}})
    assert refusal(update)["Code"] == "InvalidRequest"
