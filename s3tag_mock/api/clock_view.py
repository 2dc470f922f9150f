"""``aws.clock``: the mock's time, as the test moves it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse
from s3tag_mock.state.clock import moment_of

if TYPE_CHECKING:
    from s3tag_mock.state.clock import Clock

__tracebackhide__ = FROM_TEST_AUTHORS


class ClockView:
    """The mock's time.

    It is the real time plus whatever it was advanced by; with the option ``clock``, or after ``set``, it
    stands still until it is advanced. freezegun and time-machine are followed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """The mock's present moment, as an aware datetime in UTC."""
        return self._clock.now()

    def advance(
        self,
        by: timedelta | float = 0,
        *,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
    ) -> datetime:
        """Move the time forward.

        :param by: how far, as a timedelta or in seconds; the other parameters add to it.
        :param days: how far, in days; the other parameters add to it.
        :param hours: in hours.
        :param minutes: in minutes.
        :param seconds: in seconds.
        :return: the new present moment.
        :raises Misuse: when the sum is negative (write ``set`` to go back) or ends beyond the year 9999, and
            for what is no time.
        """
        try:
            step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
            step += by if isinstance(by, timedelta) else timedelta(seconds=by)
            self._clock.now() + step
        except OverflowError as problem:
            raise Misuse(f"clock.advance() ends beyond the year 9999: {problem}.") from None
        except (TypeError, ValueError):  # NaN is a ValueError
            raise Misuse(
                f"clock.advance({by!r}): write a timedelta, seconds, or days=1, hours=2, ..."
            ) from None
        if step < timedelta():
            raise Misuse(
                f"clock.advance() goes forward only, got {step}. Write clock.set(datetime) to go back."
            )
        return self._clock.advance(step)

    def set(self, moment: datetime | date | str) -> datetime:
        """Stop the time at a moment.

        :param moment: a datetime, a date (its beginning), or either in ISO's form, such as
            ``"2026-01-31T12:00:00Z"``; without a time zone it is taken for UTC.
        :return: the new present moment.
        :raises Misuse: for what is no moment.
        """
        return self._clock.set(moment_of(moment))

    def __repr__(self) -> str:
        return repr(self._clock)
