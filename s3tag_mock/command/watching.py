"""What the command prints while a mock runs, and when it ends."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from s3tag_mock.api.mock import TaggingMock
from s3tag_mock.exceptions import Misuse
from s3tag_mock.rules.job_status import ENDED

if TYPE_CHECKING:
    from s3tag_mock.findings.finding import Finding

#: How often progress is printed at most, in seconds.
_INTERVAL: Final = 0.5


class Seeding:
    """The progress line of ``--data``; a terminal's alone."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, count: int) -> None:
        """Show how many objects there are so far."""
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._last > _INTERVAL:
            self._last = now
            print(f"\rseeding: {count:,} objects", end="", file=sys.stderr, flush=True)

    def finish(self, count: int) -> None:
        """Say how many there are."""
        start = "\r" if sys.stderr.isatty() else ""
        print(f"{start}seeded {count:,} objects", file=sys.stderr, flush=True)


class Watch:
    """Prints calls, where that is wanted, and how jobs get on.

    :param shows_calls: whether each call is printed.
    """

    def __init__(self, aws: TaggingMock, *, shows_calls: bool) -> None:
        self._scope = aws._entered()
        self._shows_calls = shows_calls
        self._seen = 0
        self._told: dict[str, str] = {}

    def look(self) -> None:
        """Print what is new. Jobs that move on by the clock do so here, too, though nobody asks for them."""
        self._keep_pace()
        calls = self._scope.calls[self._seen :]
        self._seen += len(calls)
        for call in calls if self._shows_calls else ():
            print(call, file=sys.stderr, flush=True)
        for job in list(self._scope.world.jobs.values()):
            told = f"job {job.id} {job.status}: {job.counts}"
            if self._told.get(job.id) != told:
                self._told[job.id] = told
                print(told, file=sys.stderr, flush=True)

    def _keep_pace(self) -> None:
        world, progress = self._scope.world, self._scope.settings.job_progress
        if progress != "timed" or not world.jobs:
            return
        from s3tag_mock.dispatch.perform import catch_up

        try:
            catch_up(world, progress)
        except Misuse as misuse:
            print(f"s3tag-mock: {misuse}", file=sys.stderr, flush=True)


def summary(aws: TaggingMock) -> list[Finding]:
    """Print what happened in a mock.

    :return: the findings.
    """
    from s3tag_mock.findings import reporter  # which takes as long to import as the server to start

    scope = aws._entered()
    world, failed = scope.world, len(scope.calls.failed)
    buckets = world.all_buckets()
    objects = sum(len(bucket.keys) for bucket in buckets)
    parts = [
        _counted(len(scope.calls), "call") + (f" ({failed} failed)" if failed else ""),
        _counted(len(buckets), "bucket"),
        _counted(objects, "key"),
        _counted(len(world.jobs), "job"),
    ]
    print("s3tag-mock: " + ", ".join(parts), file=sys.stderr)
    statuses = Counter(job.status for job in world.jobs.values())
    for status, number in sorted(statuses.items()):
        left = "" if status in ENDED else ", not ended"
        print(f"  {_counted(number, 'job')} {status}{left}", file=sys.stderr)
    found = reporter.collect(scope, test_failed=False)
    for finding in found:
        print(f"  {'note' if finding.kind.is_note else '!'} {finding}", file=sys.stderr)
    return found


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
