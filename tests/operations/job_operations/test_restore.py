"""S3InitiateRestoreObject."""

from __future__ import annotations

from typing import Any

from tests.batch.support import codes, job_of


def test_restores(aws: Any, s3: Any, photos: str) -> None:
    s3.put_object(Bucket=photos, Key="cold", Body=b"", StorageClass="GLACIER")
    wanted = {"S3InitiateRestoreObject": {"ExpirationInDays": 2, "GlacierJobTier": "BULK"}}
    assert codes(job_of(aws, wanted, "photos,cold", "photos,a.jpg", "photos,cold")) == [
        "Successful",
        "InvalidObjectState",
        "RestoreAlreadyInProgress",
    ]
    aws.clock.advance(hours=5)
    assert codes(job_of(aws, wanted, "photos,cold")) == ["RestoreAlreadyInProgress"]
    aws.clock.advance(hours=7)
    s3.get_object(Bucket=photos, Key="cold")


def test_without_a_tier_it_is_standard(aws: Any, s3: Any, photos: str) -> None:
    """Which is ready sooner."""
    s3.put_object(Bucket=photos, Key="cold", Body=b"", StorageClass="GLACIER")
    job_of(aws, {"S3InitiateRestoreObject": {"ExpirationInDays": 2}}, "photos,cold")
    aws.clock.advance(hours=5)
    s3.get_object(Bucket=photos, Key="cold")


def test_a_restore_beyond_the_calendar_lasts_to_its_end(aws: Any, s3: Any, photos: str) -> None:
    """The number of days is stored, and added to a date: that must not overflow, in no later call either."""
    s3.put_object(Bucket=photos, Key="cold", Body=b"", StorageClass="GLACIER")
    forever = {"S3InitiateRestoreObject": {"ExpirationInDays": 2**31 - 1, "GlacierJobTier": "BULK"}}
    assert codes(job_of(aws, forever, "photos,cold")) == ["Successful"]
    aws.clock.advance(hours=12)
    head = s3.head_object(Bucket=photos, Key="cold")
    assert head["Restore"] == 'ongoing-request="false", expiry-date="Thu, 30 Dec 9999 00:00:00 GMT"'
    assert codes(job_of(aws, forever, "photos,cold")) == ["Successful"]
