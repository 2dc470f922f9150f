"""How objects are encrypted: what calls and buckets say, keys of KMS, and customers' own keys."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import encryption
from s3tag_mock.rules.encryption import Encryption

ACCOUNT = "123456789012"
KMS = {"ServerSideEncryption": "aws:kms"}
CONTEXT = base64.b64encode(b'{"a": "b"}').decode()


def stored(params: dict[str, Any], by_default: dict[str, Any] | None = None) -> Encryption:
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": by_default}]} if by_default else None
    return encryption.for_new_object(params, rules, "us-east-1", ACCOUNT)


def own_key(key: bytes) -> dict[str, str]:
    md5 = base64.b64encode(hashlib.md5(key).digest()).decode()
    return {
        "SSECustomerAlgorithm": "AES256",
        "SSECustomerKey": base64.b64encode(key).decode(),
        "SSECustomerKeyMD5": md5,
    }


def test_the_etag_is_the_md5_with_keys_of_s3_alone() -> None:
    assert [stored(one).etag_is_md5 for one in ({}, KMS, own_key(b"k" * 32))] == [True, False, False]


def test_a_key_of_kms() -> None:
    by_alias = stored({**KMS, "SSEKMSKeyId": "alias/photos"})
    assert by_alias.kms_key_id == f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/photos"
    assert (by_alias.has_key_of_s3, by_alias.bucket_key) == (False, False)
    assert stored(KMS).has_key_of_s3
    assert stored({**KMS, "SSEKMSKeyId": "alias/aws/s3"}).has_key_of_s3
    assert not stored({}).has_key_of_s3


def test_the_key_that_a_bucket_names() -> None:
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k"}
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": by_default}]}
    assert encryption.default_kms_key(rules) == "k"
    assert encryption.default_kms_key(None) is None
    assert stored({}, by_default).kms_key_id == f"arn:aws:kms:us-east-1:{ACCOUNT}:key/k"
    assert stored({}, by_default).bucket_key is False


def test_a_context_is_for_kms() -> None:
    assert stored({**KMS, "SSEKMSEncryptionContext": CONTEXT}).kms_context == CONTEXT
    assert stored({"SSEKMSEncryptionContext": CONTEXT}).kms_context is None
    for params in (
        {"ServerSideEncryption": "AES256", "SSEKMSEncryptionContext": CONTEXT},
        {**KMS, "SSEKMSEncryptionContext": f"{CONTEXT}!"},
    ):
        with pytest.raises(AwsError, match="InvalidArgument"):
            stored(params)


def test_a_customers_key_is_base64() -> None:
    key = own_key(b"k" * 32)
    with pytest.raises(AwsError, match="InvalidArgument"):
        encryption.customer_key({**key, "SSECustomerKey": f"!{key['SSECustomerKey']}"})


def test_an_upload_keeps_its_key() -> None:
    one, other = own_key(b"k" * 32), own_key(b"l" * 32)
    begun = stored(one)
    encryption.check_upload_key(begun, one)
    encryption.check_upload_key(begun, {}, required=False)
    for params, required in (({}, True), (other, True), (other, False)):
        with pytest.raises(AwsError, match="InvalidRequest"):
            encryption.check_upload_key(begun, params, required=required)
