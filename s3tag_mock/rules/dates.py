"""Dates as S3 writes them, and sums without an overflow: beyond the calendar is its last or first date.

Numbers of days are stored first and added to a date by a later call, so the sum has no call to refuse it.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final

#: A date that stands for every later one: two days before the end of Python's calendar, so that it has a
#: next midnight, and can be shown in every time zone.
LAST: Final = datetime(9999, 12, 30, tzinfo=timezone.utc)
#: A date that stands for every earlier one.
FIRST: Final = datetime(1, 1, 2, tzinfo=timezone.utc)


@lru_cache(maxsize=256)
def iso8601(moment: datetime) -> str:
    """As S3 writes it: milliseconds and Z. A page of a listing has one moment many times."""
    utc = moment.astimezone(timezone.utc)
    return f"{utc.year:04d}{utc:-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


@lru_cache(maxsize=256)
def iso8601_second(moment: datetime) -> str:
    """As events and errors have it: ``2026-11-20T22:04:00Z``."""
    return f"{iso8601(moment)[:-5]}Z"


def utc(moment: datetime) -> datetime:
    """The same moment in UTC, if it is between :data:`FIRST` and :data:`LAST`; else one of these.

    :param moment: an aware datetime.
    """
    return after(moment, timedelta()).astimezone(timezone.utc)


def of_timestamp(seconds: float) -> datetime:
    """The moment so many seconds after the beginning of 1970, which may be negative."""
    return later(datetime(1970, 1, 1, tzinfo=timezone.utc), seconds=seconds)


def after(moment: datetime, period: timedelta) -> datetime:
    """A date, a period later: as :func:`later`, for a period that is known already."""
    try:
        moved = moment + period
    except OverflowError:
        return LAST if period > timedelta() else FIRST
    return min(max(moved, FIRST), LAST)


def later(
    moment: datetime, *, days: float = 0, years: int = 0, hours: float = 0, seconds: float = 0
) -> datetime:
    """A date, a period later.

    :param moment: an aware datetime.
    :param days: of 24 hours, negative for an earlier date; the other parameters add to it.
    :param years: of 365 days.
    :return: in the same time zone, where it is between :data:`FIRST` and :data:`LAST`; else one of these.
    """
    days += 365 * years
    try:
        period = timedelta(days=days, hours=hours, seconds=seconds)
    except OverflowError:
        return LAST if (days * 24 + hours) * 3600 > -seconds else FIRST
    return after(moment, period)


def next_midnight(moment: datetime) -> datetime:
    """The midnight (UTC) after a moment."""
    return later(datetime.combine(utc(moment).date(), time(), timezone.utc), days=1)
