"""Condition keys of bucket policies, each with a request that its condition denies and one that it doesn't."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

import pytest

from conftest import needs_botocore
from tests.support import refusal

IN_TEN_DAYS = datetime.now(timezone.utc) + timedelta(days=10)
IN_A_YEAR = datetime.now(timezone.utc) + timedelta(days=365)
Call = Callable[[Any], object]


class Case(NamedTuple):
    """A condition of a statement that denies."""

    action: str
    operator: str
    key: str
    value: str
    hit: Call
    missed: Call


def put(**further: Any) -> Call:
    return lambda s3: s3.put_object(Bucket="locked", Key="new", Body=b"", **further)


def lists(**params: Any) -> Call:
    return lambda s3: s3.list_objects_v2(Bucket="locked", **params)


def retains(mode: str, until: datetime) -> Call:
    return lambda s3: s3.put_object_retention(
        Bucket="locked", Key="a", Retention={"Mode": mode, "RetainUntilDate": until}
    )


def holds(status: str) -> Call:
    return lambda s3: s3.put_object_legal_hold(Bucket="locked", Key="a", LegalHold={"Status": status})


def tags(**pairs: str) -> Call:
    tag_set = [{"Key": key, "Value": value} for key, value in pairs.items()]
    return lambda s3: s3.put_object_tagging(Bucket="locked", Key="a", Tagging={"TagSet": tag_set})


KMS = {"ServerSideEncryption": "aws:kms"}
THIS = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
THAT = "arn:aws:kms:us-east-1:123456789012:key/99999999-2222-3333-4444-555555555555"
CASES = [
    Case("ListBucket", "NumericGreaterThan", "s3:max-keys", "10", lists(), lists(MaxKeys=10)),
    Case("ListBucket", "StringNotLike", "s3:prefix", "mine/*", lists(Prefix="yours/"), lists(Prefix="mine/1")),
    Case("ListBucket", "Null", "s3:prefix", "true", lists(), lists(Prefix="mine/")),
    Case("ListBucket", "StringEquals", "s3:delimiter", "/", lists(Delimiter="/"), lists()),
    Case("PutObjectRetention", "StringEquals", "s3:object-lock-mode", "COMPLIANCE",
         retains("COMPLIANCE", IN_TEN_DAYS), retains("GOVERNANCE", IN_TEN_DAYS)),
    Case("PutObjectRetention", "NumericGreaterThan", "s3:object-lock-remaining-retention-days", "30",
         retains("GOVERNANCE", IN_A_YEAR), retains("GOVERNANCE", IN_TEN_DAYS)),
    Case("PutObjectRetention", "DateGreaterThan", "s3:object-lock-retain-until-date",
         f"{IN_A_YEAR - timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}",
         retains("GOVERNANCE", IN_A_YEAR), retains("GOVERNANCE", IN_TEN_DAYS)),
    Case("PutObjectLegalHold", "StringEquals", "s3:object-lock-legal-hold", "OFF", holds("OFF"), holds("ON")),
    Case("PutObject", "StringNotEquals", "s3:x-amz-server-side-encryption", "aws:kms", put(), put(**KMS)),
    Case("PutObject", "ArnNotEqualsIfExists", "s3:x-amz-server-side-encryption-aws-kms-key-id", THIS,
         put(**KMS, SSEKMSKeyId=THAT), put(**KMS, SSEKMSKeyId=THIS)),
    Case("PutObject", "StringEquals", "s3:x-amz-storage-class", "GLACIER",
         put(StorageClass="GLACIER"), put(StorageClass="STANDARD_IA")),
    Case("PutObject", "StringEquals", "s3:if-none-match", "*", put(IfNoneMatch="*"), put()),
    Case("PutObject", "StringEquals", "s3:RequestObjectTag/draft", "yes",
         put(Tagging="draft=yes"), put(Tagging="Draft=yes")),
    Case("PutObjectTagging", "StringEquals", "s3:RequestObjectTag/draft", "yes", tags(draft="yes"), tags(draft="no")),
    Case("PutObjectTagging", "ForAnyValue:StringNotEquals", "s3:RequestObjectTagKeys", "draft",
         tags(draft="yes", more=""), tags(draft="yes")),
    Case("PutObjectTagging", "StringEquals", "s3:ExistingObjectTag/state", "final",
         tags(), lambda s3: s3.put_object_tagging(Bucket="locked", Key="b", Tagging={"TagSet": []})),
    Case("GetObjectTagging", "StringEquals", "s3:ExistingObjectTag/state", "final",
         lambda s3: s3.get_object_tagging(Bucket="locked", Key="a"),
         lambda s3: s3.get_object_tagging(Bucket="locked", Key="b")),
]  # fmt: skip


@needs_botocore("1.35.2", "IfNoneMatch of PutObject")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.action}-{case.key}")
def test_a_condition_denies_what_it_names_and_nothing_else(s3: Any, case: Case) -> None:
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    s3.put_object(Bucket="locked", Key="a", Tagging="state=final")
    s3.put_object(Bucket="locked", Key="b")
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": f"s3:{case.action}",
        "Resource": ["arn:aws:s3:::locked", "arn:aws:s3:::locked/*"],
        "Condition": {case.operator: {case.key: case.value}},
    }
    s3.put_bucket_policy(
        Bucket="locked", Policy=json.dumps({"Version": "2012-10-17", "Statement": statement})
    )
    assert "with an explicit deny in a resource-based policy" in refusal(lambda: case.hit(s3))["Message"]
    case.missed(s3)
