"""What ``aws.snapshot()`` gives and ``aws.restore()`` takes."""

from __future__ import annotations

from s3tag_mock.state.world import World


class Snapshot:
    """What a mock remembered at a moment. It never changes, and can be restored any number of times."""

    __slots__ = ("_world",)

    def __init__(self, world: World) -> None:
        self._world = world.copy()

    def restore(self, world: World) -> None:
        """Let a world remember this again."""
        world.take_over(self._world.copy())

    def __repr__(self) -> str:
        return f"<snapshot: {len(self._world.buckets)} buckets, {len(self._world.jobs)} jobs>"
