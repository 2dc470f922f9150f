"""Keys of KMS: who reads or stores what is encrypted with one must be allowed to use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore import UNSIGNED
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from tests.support import DENIED, made_user, refusal

KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/0b1c2d3e-aaaa-bbbb-cccc-0123456789ab"
BY_KMS = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY}
SECRET = {"Bucket": "photos", "Key": "secret"}

#: Calls, and the action of KMS that each needs beside those of S3.
CALLS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "get": ("kms:Decrypt", lambda s3: s3.get_object(**SECRET)),
    "attributes": (
        "kms:Decrypt",
        lambda s3: s3.get_object_attributes(**SECRET, ObjectAttributes=["ETag"]),
    ),
    "copy from": ("kms:Decrypt", lambda s3: s3.copy_object(Bucket="photos", Key="copy", CopySource=SECRET)),
    "put": ("kms:GenerateDataKey", lambda s3: s3.put_object(Bucket="photos", Key="new", **BY_KMS)),
    "copy to": (
        "kms:GenerateDataKey",
        lambda s3: s3.copy_object(Bucket="photos", Key="copy", CopySource="photos/a.jpg", **BY_KMS),
    ),
    "begin an upload": (
        "kms:GenerateDataKey",
        lambda s3: s3.create_multipart_upload(Bucket="photos", Key="new", **BY_KMS),
    ),
}


@pytest.fixture
def secret(photos: str, s3: Any) -> None:
    s3.put_object(**SECRET, Body=b"x", **BY_KMS)


def user(aws: Any, name: str, *statements: dict[str, Any]) -> Any:
    """A client of a user who may do everything in S3, and further what statements allow."""
    return aws.client("s3", as_=made_user(aws._world, name, {"Action": "s3:*"}, *statements).arn)


@pytest.mark.parametrize("name", CALLS)
def test_the_key_must_be_allowed(aws: Any, secret: None, name: str) -> None:
    action, call = CALLS[name]
    assert refusal(lambda: call(user(aws, "anna"))) == {
        **DENIED,
        "Message": f"User: arn:aws:iam::{ACCOUNT}:user/anna is not authorized to perform: {action} on "
        f"resource: {KEY} because no identity-based policy allows the {action} action",
    }
    through = {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:CallerAccount": ACCOUNT}
    uses = {"Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": KEY}
    call(user(aws, "bob", {**uses, "Condition": {"StringEquals": through}}))


def test_an_upload_needs_both_actions(aws: Any, photos: str) -> None:
    """CreateMultipartUpload, "Permissions": parts are decrypted when they are put together."""
    anna = user(aws, "anna", {"Action": "kms:GenerateDataKey", "Resource": KEY})
    told = refusal(lambda: anna.create_multipart_upload(Bucket=photos, Key="new", **BY_KMS))["Message"]
    assert told.endswith("because no identity-based policy allows the kms:Decrypt action")


def test_a_key_whose_arn_is_none_is_a_key_like_others(aws: Any, photos: str) -> None:
    """What begins like an ARN is taken as it is."""
    call = {**SECRET, "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "arn:none"}
    assert refusal(lambda: user(aws, "anna").put_object(**call))["Code"] == "AccessDenied"
    assert user(aws, "bob", {"Action": "kms:*"}).put_object(**call)["SSEKMSKeyId"] == "arn:none"


def test_the_parts_of_an_upload_need_it_too(aws: Any, secret: None, s3: Any) -> None:
    upload = s3.create_multipart_upload(Bucket="photos", Key="big", **BY_KMS)
    upload = {name: upload[name] for name in ("Bucket", "Key", "UploadId")}
    part = s3.upload_part(**upload, PartNumber=1, Body=b"x")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    anna = user(aws, "anna")
    for call in (
        lambda: anna.upload_part(**upload, PartNumber=2, Body=b"x"),
        lambda: anna.list_parts(**upload),
        lambda: anna.complete_multipart_upload(**upload, MultipartUpload=parts),
    ):
        assert "kms:Decrypt" in refusal(call)["Message"]
    bob = user(aws, "bob", {"Action": "kms:Decrypt", "Resource": KEY})
    assert bob.list_parts(**upload)["Parts"][0]["PartNumber"] == 1
    bob.complete_multipart_upload(**upload, MultipartUpload=parts)


@needs_botocore("1.42", "UpdateObjectEncryption")
def test_another_key_for_an_object(aws: Any, secret: None) -> None:
    other = KEY.replace("0b1c", "ffff")
    change = {"SSEKMS": {"KMSKeyArn": other}}
    old = {"Action": ["kms:Decrypt", "kms:ReEncryptFrom"], "Resource": KEY}
    new = {"Action": ["kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptTo"], "Resource": other}
    for name, statements, missing in (("anna", [new], KEY), ("bob", [old], other)):
        error = refusal(
            lambda: user(aws, name, *statements).update_object_encryption(**SECRET, ObjectEncryption=change)  # noqa: B023
        )
        assert f"on resource: {missing} because" in error["Message"]
    user(aws, "carol", old, new).update_object_encryption(**SECRET, ObjectEncryption=change)


def test_only_through_s3(aws: Any, secret: None) -> None:
    """A condition on kms:ViaService."""

    def through(service: str) -> dict[str, Any]:
        condition = {"StringEquals": {"kms:ViaService": service}}
        return {"Action": "kms:*", "Condition": condition}

    assert (
        user(aws, "anna", through("s3.us-east-1.amazonaws.com")).get_object(**SECRET)["Body"].read() == b"x"
    )
    assert (
        "kms:Decrypt" in refusal(lambda: user(aws, "bob", through("sqs.*")).get_object(**SECRET))["Message"]
    )


def test_the_bucket_s_default_counts(aws: Any, photos: str, s3: Any) -> None:
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY}}
    s3.put_bucket_encryption(Bucket=photos, ServerSideEncryptionConfiguration={"Rules": [rule]})
    error = refusal(lambda: user(aws, "anna").put_object(Bucket=photos, Key="new"))
    assert "kms:GenerateDataKey" in error["Message"]
    assert "new" not in aws.keys(photos)


@pytest.mark.parametrize("key", [{}, {"SSEKMSKeyId": "alias/aws/s3"}])
def test_the_account_s_own_key_for_s3_is_everybody_s(aws: Any, photos: str, s3: Any, key: Any) -> None:
    s3.put_object(**SECRET, Body=b"x", ServerSideEncryption="aws:kms", **key)
    assert user(aws, "anna").get_object(**SECRET)["Body"].read() == b"x"


def test_heads_and_tags_need_no_key(aws: Any, secret: None) -> None:
    anna = user(aws, "anna")
    assert anna.head_object(**SECRET)["SSEKMSKeyId"] == KEY
    anna.put_object_tagging(**SECRET, Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})


def test_nobody_uses_a_key_unsigned(aws: Any, secret: None, s3: Any) -> None:
    """A policy that lets everybody in, and a key that it says nothing of."""
    s3.delete_public_access_block(Bucket="photos")
    everybody = '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}}'
    s3.put_bucket_policy(Bucket="photos", Policy=everybody)
    unsigned = aws.client("s3", config=Config(signature_version=UNSIGNED))
    assert unsigned.get_object(Bucket="photos", Key="a.jpg")
    assert refusal(lambda: unsigned.get_object(**SECRET)) == DENIED
