"""Where time, ids and chance come from: given to the fake world, never taken by it.

Every id is drawn from a stream of its own kind, made from the seed, so that asking for more ids
of one kind never shifts those of another, and two runs with the same seed are identical.
"""

from __future__ import annotations

import base64
import hashlib
import random
import threading
import time
from datetime import datetime, timedelta, timezone
from uuid import UUID

from s3tag_mock.misuse import Misuse


class Clock:
    """The mock's time.

    Without a start it is the real time (read at each call, so that freezegun and time-machine
    count) plus whatever it was advanced by. With a start, or after ``set``, it stands still
    until it is advanced.

    :param start: an aware datetime, or a naive one, which is taken for UTC.
    :param real_sleep: whether ``wait`` and ``back_off`` take the time that they stand for.
    """

    def __init__(self, start: datetime | None = None, *, real_sleep: bool = False) -> None:
        self._real_sleep = real_sleep
        #: Held while the time is read or moved.
        self.lock = threading.Lock()
        self._frozen_at = None if start is None else as_utc(start)
        self._offset = timedelta()

    def copy(self) -> Clock:
        """A clock that shows the same, and goes its own way from here."""
        other = Clock(real_sleep=self._real_sleep)
        with self.lock:
            other._frozen_at, other._offset = self._frozen_at, self._offset
        return other

    def now(self) -> datetime:
        """The mock's present moment, as an aware datetime in UTC."""
        with self.lock:
            base = self._frozen_at or datetime.now(timezone.utc)
            return base + self._offset

    def real_now(self) -> datetime:
        """The real time, by which botocore signs, and holds the expiration of credentials."""
        return datetime.now(timezone.utc)

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Move the time forward.

        :param days: how far, in days; the other parameters add to it.
        :param hours: in hours.
        :param minutes: in minutes.
        :param seconds: in seconds.
        :return: the new present moment.
        :raises Misuse: when the sum is negative; write ``set`` to go back.
        """
        step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if step < timedelta():
            raise Misuse(
                f"clock.advance() goes forward only, got {step}. Write clock.set(datetime) to go back."
            )
        with self.lock:
            self._offset += step
        return self.now()

    def wait(self, seconds: float) -> None:
        """Let time pass, as a slow answer does; nobody waits for it unless that was asked for."""
        if self._real_sleep:
            time.sleep(seconds)
            if self._frozen_at is None:
                return  # the real time has gone on by itself
        self.advance(seconds=seconds)

    def back_off(self, seconds: float) -> None:
        """What a client sleeps between two tries: skipped unless it was asked for.

        The mock's time stays where it is: how long botocore backs off is chance.
        """
        if self._real_sleep:
            time.sleep(seconds)

    def set(self, moment: datetime) -> datetime:
        """Stop the time at a moment.

        :param moment: an aware datetime, or a naive one, which is taken for UTC.
        :return: the new present moment.
        """
        with self.lock:
            self._frozen_at = as_utc(moment)
            self._offset = timedelta()
        return self.now()

    def __repr__(self) -> str:
        state = "running" if self._frozen_at is None else "standing still"
        return f"<Clock {self.now().isoformat()} ({state})>"


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive datetime is taken for UTC."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


class Ids:
    """Ids with AWS's lengths and alphabets, and chance: the same for the same seed.

    :param seed: any integer.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._streams: dict[str, random.Random] = {}

    def _stream(self, kind: str) -> random.Random:
        """Made when it is first wanted: most tests want few."""
        stream = self._streams.get(kind)
        if stream is None:
            stream = self._streams[kind] = random.Random(f"{self._seed}/{kind}")
        return stream

    def chance(self) -> float:
        """A number from 0 to 1, 1 not included."""
        return self._stream("chance").random()

    def request_id(self) -> str:
        """16 upper-case hex digits, as in ``x-amz-request-id``."""
        return self._stream("request").randbytes(8).hex().upper()

    def host_id(self) -> str:
        """76 characters of base64, as in ``x-amz-id-2``."""
        return base64.b64encode(self._stream("host").randbytes(57)).decode()

    def version_id(self) -> str:
        """32 characters of ``[A-Za-z0-9._]``, the last eight of which check the others."""
        body = _version_alphabet(self._stream("version").randbytes(18))
        return body + _check_digits(body)

    def job_id(self) -> str:
        """A lower-case UUID of version 4."""
        return str(UUID(bytes=self._stream("job").randbytes(16), version=4))

    def upload_id(self) -> str:
        """128 characters of ``[A-Za-z0-9._]``, as multipart uploads are given."""
        return _version_alphabet(self._stream("upload").randbytes(96))

    def alias(self) -> str:
        """34 lower-case letters and digits, as in the alias of an access point."""
        return base64.b32encode(self._stream("alias").randbytes(25))[:34].decode().lower()

    def rule_id(self) -> str:
        """48 characters of base64 without padding, as lifecycle rules without an ID are given."""
        return base64.b64encode(self._stream("rule").randbytes(36)).decode()

    def invocation_id(self) -> str:
        """52 characters of base64, as Lambda's events of batch jobs have."""
        return base64.b64encode(self._stream("invocation").randbytes(39)).decode()

    def result_file_id(self) -> str:
        """40 lower-case hex digits, as in the file names of a job's completion report."""
        return self._stream("file").randbytes(20).hex()


def is_version_id(text: str) -> bool:
    """Whether this is a version id that some mock gave out.

    AWS's own ids carry check digits too: a made-up one of the right length and alphabet is still
    answered with "Invalid version id specified" (RECORDED, LocalStack test_delete_object), while
    an id that was once valid gets NoSuchVersion.
    """
    return len(text) == 32 and _check_digits(text[:24]) == text[24:]


def _check_digits(body: str) -> str:
    return _version_alphabet(hashlib.sha256(f"version id {body}".encode()).digest()[:6])


def _version_alphabet(raw: bytes) -> str:
    return base64.b64encode(raw, altchars=b"._").decode()
