"""What becomes due as time passes, in the order of time.

At each midnight (UTC) that has passed, lifecycle rules act where that was asked for, and inventories are
delivered.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from s3tag_mock.background import inventories, lifecycle, restores
from s3tag_mock.events import delivery
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import dates
from s3tag_mock.rules.regions import US_EAST_1
from s3tag_mock.state.world import World

_DAY: Final = timedelta(days=1)


def catch_up(world: World, now: datetime) -> None:
    """Do what has become due, and note when there will be more.

    :param now: the present moment.
    """
    with world.lock:
        calls = list(_do(world, world.due or now, now))
        world.due = min([dates.next_midnight(now), *restores.coming(world, now)])
    for call in calls:
        delivery.deliver(call)


def _do(world: World, since: datetime, now: datetime) -> list[CallContext]:
    """Everything due until now; each with the call that it came of."""
    done = []
    of_restores = sorted(set(restores.coming(world, dates.FIRST)), reverse=True)
    acts, is_daily = lifecycle.has_rules(world), inventories.are_configured(world)
    is_awaited = acts or is_daily
    midnight = dates.next_midnight(since - timedelta(microseconds=1)) if is_awaited else lifecycle.NEVER
    while (moment := min([midnight, *of_restores[-1:]])) <= now:
        call = CallContext(world, moment, Caller(""), US_EAST_1)
        restores.tell_due(call, moment)
        if moment in of_restores[-1:]:
            of_restores.pop()
        if moment == midnight:
            rest = lifecycle.act(call) if acts else lifecycle.NEVER
            midnight += _DAY
            if is_daily:
                inventories.deliver_due(call, moment)
            else:  # a long time in which nothing is due passes at once
                midnight = max(midnight, rest)
        done.append(call)
    return done
