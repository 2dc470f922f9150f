"""S3PutObjectLegalHold and S3PutObjectRetention."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from tests.batch.support import codes, job_of
from tests.support import refusal

SOON = datetime(2030, 1, 1, tzinfo=timezone.utc)


class TestLocks:
    @pytest.fixture(autouse=True)
    def vault(self, s3: Any) -> None:
        s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
        s3.put_object(Bucket="vault", Key="k", Body=b"")

    def test_legal_hold(self, aws: Any, s3: Any, photos: str) -> None:
        job = job_of(
            aws, {"S3PutObjectLegalHold": {"LegalHold": {"Status": "ON"}}}, "vault,k", "photos,a.jpg"
        )
        assert codes(job) == ["Successful", "InvalidRequest"]
        assert s3.get_object_legal_hold(Bucket="vault", Key="k")["LegalHold"] == {"Status": "ON"}

    def test_retention_and_its_end(self, aws: Any, s3: Any) -> None:
        retention = {"Mode": "GOVERNANCE", "RetainUntilDate": SOON}
        assert codes(job_of(aws, {"S3PutObjectRetention": {"Retention": retention}}, "vault,k")) == [
            "Successful"
        ]
        assert s3.get_object_retention(Bucket="vault", Key="k")["Retention"] == retention
        shorter = {"Retention": {}, "BypassGovernanceRetention": True}
        assert codes(job_of(aws, {"S3PutObjectRetention": shorter}, "vault,k")) == ["Successful"]
        assert refusal(lambda: s3.get_object_retention(Bucket="vault", Key="k"))["Status"] == 404
