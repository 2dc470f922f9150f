"""Adding to dates without an overflow: what lies beyond the calendar is its last or first date.

Numbers of days are stored first and added to a date by a later call, so the sum has no call to refuse it.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

#: A date that stands for every later one: two days before the end of Python's calendar, so that it has a
#: next midnight, and can be shown in every time zone.
LAST: Final = datetime(9999, 12, 30, tzinfo=timezone.utc)
#: A date that stands for every earlier one.
FIRST: Final = datetime(1, 1, 2, tzinfo=timezone.utc)


def later(moment: datetime, *, days: float = 0, years: int = 0, hours: float = 0) -> datetime:
    """A date, a period later.

    :param moment: an aware datetime.
    :param days: of 24 hours, negative for an earlier date; the other parameters add to it.
    :param years: of 365 days.
    :return: in the same time zone, where it is between :data:`FIRST` and :data:`LAST`; else one of these.
    """
    days += 365 * years
    try:
        moved = moment + timedelta(days=days, hours=hours)
    except OverflowError:
        return LAST if days * 24 > -hours else FIRST
    return min(max(moved, FIRST), LAST)
