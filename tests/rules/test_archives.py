"""Restores of archived objects: their tiers, and when the copy goes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import archives

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def test_the_tier_stands_in_either_place() -> None:
    for request in ({"Tier": "Bulk"}, {"GlacierJobParameters": {"Tier": "Bulk"}}):
        ready, _ = archives.start_restore("GLACIER", {"Days": 1, **request}, NOW)
        assert ready == NOW + timedelta(hours=12)


def test_a_tier_that_the_storage_class_does_not_have() -> None:
    with pytest.raises(AwsError) as caught:
        archives.start_restore("DEEP_ARCHIVE", {"Days": 1, "Tier": "Expedited"}, NOW)
    assert caught.value.elements == {"ArgumentName": "Tier", "ArgumentValue": "Expedited"}


def test_a_copy_is_gone_at_the_moment_that_was_said() -> None:
    ready, gone = restore = archives.start_restore("GLACIER", {"Days": 1}, NOW)
    assert archives.header(restore, ready) == (
        'ongoing-request="false", expiry-date="Sat, 03 Jan 2026 00:00:00 GMT"'
    )
    assert archives.header(restore, gone) is None
