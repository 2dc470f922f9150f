"""Where time comes from: given to the mock's state, never taken by it."""

from __future__ import annotations

import re
import threading
import time
from datetime import date, datetime, timedelta, timezone

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse
from s3tag_mock.rules import dates

__tracebackhide__ = FROM_TEST_AUTHORS


#: The moment at which a clock stands still (None where it doesn't), and by how much it was advanced.
State = tuple[datetime | None, timedelta]


class Clock:
    """The mock's time, between the first and the last date of :mod:`s3tag_mock.rules.dates`.

    Without a start it is the real time (read at each call, so that freezegun and time-machine
    count) plus whatever it was advanced by. With a start, or after ``set``, it stands still
    until it is advanced.

    :param start: an aware datetime, or a naive one, which is taken for UTC.
    :param real_sleep: whether ``wait`` and the back-off of clients take the time that they stand for.
    """

    def __init__(self, start: datetime | None = None, *, real_sleep: bool = False) -> None:
        self._real_sleep = real_sleep
        #: Held while the time is moved.
        self.lock = threading.Lock()
        # One object, so that it can be read without the lock: every call of every thread asks for the time.
        self._state: State = (None if start is None else as_utc(start), timedelta())

    @property
    def takes_real_time(self) -> bool:
        """Whether waiting takes the time that it stands for."""
        return self._real_sleep

    @property
    def is_frozen(self) -> bool:
        """Whether time stands still unless it is advanced."""
        return self._state[0] is not None

    @property
    def state(self) -> State:
        """The moment at which it stands still (None where it doesn't), and by how much it was advanced."""
        return self._state

    @classmethod
    def of(cls, frozen_at: datetime | None, offset: timedelta, *, real_sleep: bool = False) -> Clock:
        """A clock in this state."""
        made = cls(frozen_at, real_sleep=real_sleep)
        made._state = (made._state[0], offset)
        return made

    def copy(self) -> Clock:
        """A clock that shows the same, and goes its own way from here."""
        return Clock.of(*self.state, real_sleep=self._real_sleep)

    def take_over(self, other: Clock) -> None:
        """Show what another clock shows."""
        with self.lock:
            self._state = other.state

    def now(self) -> datetime:
        """The mock's present moment, as an aware datetime in UTC."""
        frozen_at, offset = self._state
        return dates.after(frozen_at or datetime.now(timezone.utc), offset)

    def real_now(self) -> datetime:
        """The real time, by which botocore signs, and holds the expiration of credentials."""
        return datetime.now(timezone.utc)

    def advance(self, by: timedelta) -> datetime:
        """Move the time forward.

        :return: the new present moment.
        """
        with self.lock:
            frozen_at, offset = self._state
            self._state = (frozen_at, offset + by)
        return self.now()

    def wait(self, seconds: float) -> None:
        """Let time pass, as a slow answer does; nobody waits for it unless that was asked for."""
        if self._real_sleep:
            time.sleep(seconds)
            if not self.is_frozen:
                return  # the real time has gone on by itself
        self.advance(timedelta(seconds=seconds))

    def set(self, moment: datetime) -> datetime:
        """Stop the time at a moment.

        :return: the new present moment.
        """
        with self.lock:
            self._state = (as_utc(moment), timedelta())
        return self.now()

    def __repr__(self) -> str:
        state = "standing still" if self.is_frozen else "running"
        return f"<Clock {self.now().isoformat()} ({state})>"


def moment_of(value: object) -> datetime:
    """A moment, as a test author may write it.

    :param value: a datetime, a date, or either in ISO's form.
    :raises Misuse: for anything else.
    """
    found = value
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(re.sub("[zZ]$", "+00:00", value))
        except ValueError:
            found = None
    if isinstance(found, date) and not isinstance(found, datetime):
        found = datetime(found.year, found.month, found.day)
    if not isinstance(found, datetime):
        raise Misuse(
            f"{value!r} is not a moment. Write a datetime, a date, or a str such as '2026-01-31T12:00:00Z'."
        )
    return as_utc(found)


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC, as far as :mod:`dates` reach; a naive datetime is taken for UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return dates.utc(moment)
