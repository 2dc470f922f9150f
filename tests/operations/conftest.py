"""Fixtures of the operations' tests."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.config import Config

from conftest import CHECKSUMS_BY_DEFAULT
from tests.support import OTHER


@pytest.fixture
def kept(aws: Any) -> str:
    """A bucket with versioning."""
    aws.create_bucket("kept", versioning=True)
    return "kept"


@pytest.fixture
def s3_without_checksums(aws: Any) -> Any:
    """A client that sends no checksums of its own accord, as older ones do."""
    options: Any = {"request_checksum_calculation": "when_required"} if CHECKSUMS_BY_DEFAULT else {}
    return aws.client("s3", config=Config(**options))


@pytest.fixture
def upload(photos: str, s3: Any) -> dict[str, str]:
    """An upload that has begun."""
    answer = s3.create_multipart_upload(Bucket=photos, Key="big", Tagging="a=1&b=2", ContentType="text/plain")
    return {name: answer[name] for name in ("Bucket", "Key", "UploadId")}


@pytest.fixture
def theirs(aws: Any, photos: str) -> Any:
    """A client of another account."""
    return aws.client("s3", account_id=OTHER)
