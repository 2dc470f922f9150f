"""Dates of retentions: those that have passed are refused, as AWS prints them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import object_lock

NOW = datetime(2026, 1, 1, 20, tzinfo=timezone.utc)


def test_every_month_and_day_as_java_prints_them() -> None:
    for number in range(12):
        moment = NOW + timedelta(days=31 * number)
        local = moment.astimezone(ZoneInfo("America/Los_Angeles"))
        weekday, day, month, year, clock, _ = format_datetime(local).replace(",", "").split()
        printed = object_lock._as_java_prints(moment)
        assert printed == f"{weekday} {month} {day} {clock} {local.tzname()} {year}"


def test_a_new_objects_retention_ends_in_the_future() -> None:
    def store(until: datetime) -> object_lock.ObjectLock:
        params = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": until}
        return object_lock.for_new_object(params, {}, NOW)

    assert store(NOW + timedelta(seconds=1))
    with pytest.raises(AwsError) as caught:
        store(NOW)
    assert caught.value.elements == {
        "ArgumentName": "x-amz-object-lock-retain-until-date",
        "ArgumentValue": "Thu Jan 01 12:00:00 PST 2026",
    }
