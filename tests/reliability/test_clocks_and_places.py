"""Whatever the time, the time zone and the locale: the same answers."""

from __future__ import annotations

import locale
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import freezegun
import pytest
import requests
import time_machine
from dateutil.tz import gettz

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from tests.support import refusal, run_job, tag_set, tagging_job

MOMENTS = [
    datetime(1971, 1, 1, tzinfo=timezone.utc),
    datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone.utc),
    datetime(2024, 2, 29, 12, tzinfo=timezone.utc),
    datetime(2026, 3, 29, 1, 30, tzinfo=timezone.utc),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=timezone.utc),
    datetime(2100, 2, 28, 23, 59, 59, tzinfo=timezone.utc),
]
ZONES = ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Europe/Dublin"]


def freeze(moment: datetime) -> Any:
    return freezegun.freeze_time(moment)


def travel(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
@pytest.mark.parametrize("tool", [freeze, travel])
def test_frozen_clocks(tool: Any, moment: datetime) -> None:
    """freezegun's and time-machine's time is the mock's: of objects, jobs, and of URLs that end."""
    frozen: AbstractContextManager[Any] = tool(moment)
    with frozen, mock_tagging() as aws:
        s3 = boto3.client("s3")
        aws.create_bucket("photos")
        s3.put_object(Bucket="photos", Key="k", Body=b"x")
        s3.put_object_tagging(Bucket="photos", Key="k", Tagging=tag_set(team="blue"))
        assert s3.head_object(Bucket="photos", Key="k")["LastModified"] == whole_seconds(moment)
        (listed,) = s3.list_objects_v2(Bucket="photos")["Contents"]
        assert whole_seconds(listed["LastModified"]) == whole_seconds(moment)
        described = run_job(aws, "photos,k", tags={"team": "red"})
        assert described["Status"] == "Complete"
        assert whole_seconds(described["CreationTime"]) == whole_seconds(moment)
        assert aws.object_tags("photos", "k") == {"team": "red"}
        url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "k"}, ExpiresIn=60)
        assert requests.get(url).content == b"x"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(999, 12, 31, tzinfo=timezone.utc),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-12))),
    ],
    ids=str,
)
def test_clocks_at_the_ends_of_the_calendar(moment: datetime) -> None:
    """What is due, what lasts, jobs and their events: nothing ends with an exception of Python's."""
    with mock_tagging(clock=moment, lifecycle="act", job_progress="timed") as aws:
        s3, control = boto3.client("s3"), boto3.client("s3control")
        aws.create_bucket("photos", versioning=True)
        rule = {"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
        s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": [rule]})
        s3.put_object(Bucket="photos", Key="k", Body=b"x")
        control.create_job(**tagging_job(aws, "photos,k"))
        boto3.client("sts").get_session_token(DurationSeconds=129_600)
        aws.clock.advance(hours=1)
        # At the last date, what lasts is over at once: jobs are forgotten.
        listed = [one["Status"] for one in control.list_jobs(AccountId=ACCOUNT)["Jobs"]]
        assert listed == ([] if moment.year == 9999 else ["Complete"])


def test_a_clock_that_jumps_back_and_forth() -> None:
    """Versions stay in the order in which they were put, and jobs go on."""
    with mock_tagging(job_progress="on_describe") as aws:
        aws.create_bucket("photos", versioning=True)
        s3 = boto3.client("s3")
        versions = []
        for days in (0, 400, -800, 5):
            aws.clock.set(datetime(2026, 5, 1, tzinfo=timezone.utc) + timedelta(days=days))
            versions.append(s3.put_object(Bucket="photos", Key="k", Body=b"x")["VersionId"])
        listed = s3.list_object_versions(Bucket="photos")["Versions"]
        assert [one["VersionId"] for one in listed] == versions[::-1]
        described = run_job(aws, "photos,k")
        aws.clock.set(datetime(2020, 1, 1, tzinfo=timezone.utc))
        while described["Status"] != "Complete":
            described = boto3.client("s3control").describe_job(AccountId=ACCOUNT, JobId=described["JobId"])[
                "Job"
            ]


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's time zone can't be changed")
@pytest.mark.parametrize("zone", ZONES, indirect=True)
def test_time_zones(zone: str) -> None:
    """Moments are the same everywhere; a naive one is taken for UTC."""
    moment = datetime(2026, 5, 1, 10)
    utc = moment.replace(tzinfo=timezone.utc)
    with mock_tagging(clock=moment) as aws:
        s3 = boto3.client("s3")
        aws.create_bucket("photos")
        s3.put_object(Bucket="photos", Key="k")
        assert s3.head_object(Bucket="photos", Key="k")["LastModified"] == utc
        aws.clock.advance(hours=2)  # a date in the future would be ignored
        for since, code in (
            (utc + timedelta(seconds=1), "304"),
            (utc.astimezone(gettz(zone)) + timedelta(hours=1), "304"),
        ):
            refused = refusal(
                lambda since=since: s3.get_object(Bucket="photos", Key="k", IfModifiedSince=since)
            )  # type: ignore[misc]
            assert refused["Code"] == code
        assert (
            s3.get_object(Bucket="photos", Key="k", IfModifiedSince=utc - timedelta(seconds=1))[
                "ContentLength"
            ]
            == 0
        )
        assert run_job(aws, "photos,k")["CreationTime"] == utc + timedelta(hours=2)


@pytest.mark.parametrize("name", ["C", "POSIX", "de_DE.UTF-8", "tr_TR.UTF-8", "ja_JP.UTF-8"])
def test_locales(name: str) -> None:
    """Dates in headers have English names of days and months; i and I are a pair."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        pytest.skip(f"this system has no locale {name}")
    try:
        with mock_tagging(clock=datetime(2026, 5, 1)) as aws:
            aws.create_bucket("photos")
            s3 = boto3.client("s3")
            answer = s3.put_object(Bucket="photos", Key="\u0131I\u0130i", Body=b"x", Tagging="%C4%B1=%C4%B0")
            assert answer["ResponseMetadata"]["HTTPHeaders"]["date"] == "Fri, 01 May 2026 00:00:00 GMT"
            assert aws.object_tags("photos", "\u0131I\u0130i") == {"\u0131": "\u0130"}
    finally:
        locale.setlocale(locale.LC_ALL, before)
