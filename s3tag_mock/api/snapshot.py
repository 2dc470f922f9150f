"""What a mock remembers, kept and restored: ``aws.snapshot()``, ``aws.restore()``, ``aws.isolated()``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from s3tag_mock.api.clients import Clients
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse

if TYPE_CHECKING:
    from s3tag_mock.state.world import World

__tracebackhide__ = FROM_TEST_AUTHORS


class Snapshot:
    """What a mock remembered at a moment. It never changes, and can be restored any number of times."""

    __slots__ = ("_world",)

    def __init__(self, world: World) -> None:
        self._world = world.copy()

    def __repr__(self) -> str:
        return f"<snapshot: {len(self._world.all_buckets())} buckets, {len(self._world.jobs)} jobs>"


class Snapshots(Clients):
    """The snapshots of a mock."""

    def snapshot(self) -> Snapshot:
        """What the mock remembers now: buckets, objects, jobs, principals, time.

        Not the calls, nor faults and answers. It costs next to nothing, whatever there is.
        """
        return Snapshot(self._entered().world)

    def restore(self, snapshot: Snapshot) -> None:
        """Let the mock remember what it did when a snapshot was made; any number of times.

        :raises Misuse: for anything but what ``snapshot()`` gave.
        """
        if not isinstance(snapshot, Snapshot):
            raise Misuse(
                f"{snapshot!r} is no snapshot. Write aws.restore(before), with before = aws.snapshot()."
            )
        self._entered().world.take_over(snapshot._world.copy())

    @contextmanager
    def isolated(self) -> Iterator[None]:
        """What happens inside is undone at the end: each test of a shared mock can start from the same."""
        before = self.snapshot()
        try:
            yield
        finally:
            self.restore(before)
