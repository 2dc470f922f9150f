"""When something becomes due as time passes: done once somebody calls or looks.

What it is stands in :mod:`s3tag_mock.background.passing_time`, which is imported once there is a bucket.
"""

from __future__ import annotations

from datetime import datetime

from s3tag_mock.rules import dates
from s3tag_mock.state.world import World


def catch_up(world: World, now: datetime) -> None:
    """Do what has become due since this was called last.

    :param now: the present moment.
    """
    if world.due is not None and now < world.due:
        return
    with world.lock:
        if not world.all_buckets():
            world.due = dates.next_midnight(now)
            return
    from s3tag_mock.background import passing_time

    passing_time.catch_up(world, now)
