"""Bucket names, ARNs, ids, the clock."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from s3tag_mock import Misuse
from s3tag_mock.api.clock_view import ClockView
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.rules import access_keys, access_points, arns, job_status
from s3tag_mock.rules.names import is_bucket_name, is_key, is_legacy_bucket_name
from s3tag_mock.state.clock import Clock
from s3tag_mock.state.ids import Ids, is_version_id


@pytest.mark.parametrize("name", ["abc", "my.bucket", "a-1", "1bucket", "a" * 63, "amzn-s3-demo-bucket"])
def test_names_of_buckets(name: str) -> None:
    assert is_bucket_name(name)


@pytest.mark.parametrize(
    "name", ["ab", "a" * 64, "A-b", "a_b", ".ab", "ab-", "a..b", "1.2.3.4", "sthree-x", "x--x-s3"]
)
def test_names_that_are_none(name: str) -> None:
    assert not is_bucket_name(name)


def test_legacy_names() -> None:
    assert is_legacy_bucket_name("My_Manifests")
    assert is_legacy_bucket_name("a" * 255)
    assert not is_legacy_bucket_name("a" * 256)
    assert not is_legacy_bucket_name("a/b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("", False), ("k", True), ("k" * 1024, True), ("k" * 1025, False)),
        *(("é" * 512, True), ("é" * 513, False), ("\ud800", False)),
    ],
)
def test_keys(text: str, expected: bool) -> None:
    assert is_key(text) is expected


def test_arns() -> None:
    assert arns.bucket_of("arn:aws:s3:::photos") == "photos"
    assert arns.bucket_of("arn:aws-cn:s3:::photos") == "photos"
    assert arns.bucket_of("photos") is None
    assert arns.bucket_of("arn:aws:s3:::photos/key") is None
    assert arns.bucket_and_key_of("arn:aws:s3:::photos/a/b c") == ("photos", "a/b c")
    assert arns.bucket_and_key_of("arn:aws:s3:::photos") is None
    assert (
        arns.function("cn-north-1", "123456789012", "f")
        == "arn:aws-cn:lambda:cn-north-1:123456789012:function:f"
    )
    assert (
        arns.in_partition("arn:aws:sts::1:assumed-role/a:b", "cn-north-1")
        == "arn:aws-cn:sts::1:assumed-role/a:b"
    )
    assert arns.in_partition("", "cn-north-1") == ""


def test_access_keys_name_their_account() -> None:
    account, lent = "111122223333", access_keys.lent_key("arn:aws:iam::111122223333:user/anna")
    made = access_keys.access_key(account)
    assert [access_keys.account_of(key) for key in (made, account, lent, None)] == [
        account,
        account,
        None,
        None,
    ]
    assert [access_keys.is_lent(key) for key in (lent, made, None)] == [True, False, False]
    secrets = [access_keys.secret_of(key) for key in ("testing", lent, made, account, "AKIAIOSFODNN7EXAMPLE")]
    assert secrets == ["testing", "testing", "testing", None, None]


def test_names_and_aliases_of_access_points() -> None:
    assert access_points.is_name("photos")
    assert not access_points.is_name("xn--photos")
    on_outpost = access_points.alias("photos", "c" * 34, "op-01", "us-gov-west-1")
    assert on_outpost == f"photos-o01{'c' * 20}usw10--op-s3"


def test_ids_have_aws_shapes_and_repeat_with_the_seed() -> None:
    def some(ids: Ids) -> list[str]:
        return [ids.request_id(), ids.host_id(), ids.version_id(), ids.job_id(), ids.result_file_id()]

    shapes = [
        r"[A-Z0-9]{16}",
        r"[A-Za-z0-9+/]{76}",
        r"[A-Za-z0-9._]{32}",
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        r"[0-9a-f]{40}",
    ]
    assert all(re.fullmatch(shape, one) for shape, one in zip(shapes, some(Ids(7)), strict=True))
    assert some(Ids(7)) == some(Ids(7)) != some(Ids(8))


def test_ids_of_one_kind_do_not_shift_those_of_another() -> None:
    few, many = Ids(1), Ids(1)
    for _ in range(5):
        many.request_id()
    assert few.job_id() == many.job_id()


def test_version_ids_carry_check_digits() -> None:
    issued = Ids().version_id()
    assert is_version_id(issued)
    assert not is_version_id(issued[::-1])
    assert not is_version_id("HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD")
    assert not is_version_id("null")


def test_a_clock_with_a_start_stands_still() -> None:
    clock = ClockView(Clock(datetime(2026, 1, 1)))
    assert clock.now() == clock.now() == datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert clock.advance(days=1, hours=1, minutes=1, seconds=1) == datetime(
        2026, 1, 2, 1, 1, 1, tzinfo=timezone.utc
    )
    east = timezone(timedelta(hours=2))
    assert clock.set(datetime(2020, 1, 1, 2, tzinfo=east)) == datetime(2020, 1, 1, tzinfo=timezone.utc)
    assert "standing still" in repr(clock)


def test_a_clock_without_a_start_runs() -> None:
    clock = ClockView(Clock())
    before = clock.now()
    time.sleep(0.002)
    assert clock.now() > before
    assert clock.advance(days=30) - before > timedelta(days=30)
    assert "running" in repr(clock)


def test_time_goes_forward_only() -> None:
    with pytest.raises(Misuse, match=r"Write clock\.set"):
        ClockView(Clock()).advance(days=-1)


@pytest.mark.parametrize("by", ["1h", float("nan")])
def test_what_is_no_time(by: Any) -> None:
    with pytest.raises(Misuse, match="write a timedelta, seconds, or"):
        ClockView(Clock()).advance(by)


@pytest.mark.parametrize("days", [3_000_000, 10**10])
def test_the_calendar_ends(days: int) -> None:
    clock = ClockView(Clock(datetime(2026, 1, 1)))
    with pytest.raises(Misuse, match="beyond the year 9999"):
        clock.advance(days=days)
    assert clock.now().year == 2026


def test_the_job_statuses_are_those_of_the_model() -> None:
    model = service_model("s3control")
    assert set(job_status.NEXT) == set(model.shape_for("JobStatus").enum)
    assert set().union(*job_status.NEXT.values()) <= set(job_status.NEXT)
    assert {"Complete", "Cancelled", "Failed"} == job_status.ENDED
