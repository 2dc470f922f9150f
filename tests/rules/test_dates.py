"""Dates and periods: exact while the calendar lasts, never an overflow."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s3tag_mock.rules import dates

MOMENTS = st.datetimes(timezones=st.sampled_from([timezone.utc, timezone(timedelta(hours=14))]))


@given(MOMENTS, st.integers(), st.integers(), st.integers())
def test_there_is_always_a_date_and_it_has_neighbours(
    moment: datetime, days: int, years: int, hours: int
) -> None:
    moved = dates.later(moment, days=days, years=years, hours=hours)
    assert dates.FIRST <= moved <= dates.LAST
    assert moved + timedelta(days=1) > moved > moved - timedelta(days=1)


@given(
    st.datetimes(datetime(1000, 1, 1), datetime(3000, 1, 1), timezones=st.just(timezone.utc)),
    st.integers(-100_000, 100_000),
    st.integers(-100, 100),
    st.integers(-1000, 1000),
)
def test_within_the_calendar_the_sum_is_exact(moment: datetime, days: int, years: int, hours: int) -> None:
    expected = moment + timedelta(days=days + 365 * years, hours=hours)
    assert dates.later(moment, days=days, years=years, hours=hours) == expected


@pytest.mark.parametrize(
    "period",
    [
        {"days": 2**31 - 1},
        {"years": 9999},
        {"hours": 2**70},
        {"days": 10**400},
        {"days": 10**12, "hours": -235 * 10**11},
        {"days": -(10**12), "hours": 245 * 10**11},
        {"days": -(10**13), "seconds": 86_412 * 10**13},
        {"days": 10**13, "seconds": -85_000 * 10**13},
        {"seconds": 10**400},
    ],
)
def test_a_period_that_is_too_long_ends_at_the_last_date(period: dict[str, int]) -> None:
    moment = datetime(2026, 5, 1, tzinfo=timezone.utc)
    assert dates.later(moment, **period) == dates.LAST
    assert dates.later(moment, **{unit: -number for unit, number in period.items()}) == dates.FIRST


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), dates.FIRST),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))), dates.LAST),
        (datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=timezone.utc),) * 2,
    ],
)
def test_a_moment_in_utc(moment: datetime, expected: datetime) -> None:
    assert dates.utc(moment) == expected
    assert datetime.fromisoformat(dates.iso8601_second(expected).replace("Z", "+00:00")) == whole(expected)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-99_999_999_999, dates.FIRST),
        (float("inf"), dates.LAST),
        (1.5, datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=timezone.utc)),
    ],
)
def test_the_moment_of_a_timestamp(seconds: float, expected: datetime) -> None:
    assert dates.of_timestamp(seconds) == expected


def whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def test_the_next_midnight_is_that_of_utc() -> None:
    ahead = timezone(timedelta(hours=14))
    tomorrow = datetime(2026, 5, 2, tzinfo=timezone.utc)
    for moment in (datetime(2026, 5, 1, tzinfo=timezone.utc), datetime(2026, 5, 2, 13, 59, tzinfo=ahead)):
        assert dates.next_midnight(moment) == tomorrow
