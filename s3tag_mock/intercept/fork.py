"""A fork finds the mock's state whole, and its locks free in the child."""

from __future__ import annotations

import os
from contextlib import ExitStack
from importlib import import_module
from typing import Final

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.operations.catalogue import OPERATIONS

#: What calls import when they first need it. A child would wait for ever for what another thread imports
#: at the fork, so it is there before.
_IMPORTED_LATE: Final = (
    "email.header",
    "s3tag_mock.background.passing_time",
    "s3tag_mock.batch.pace",
    "s3tag_mock.batch.runner",
    "s3tag_mock.events.delivery",
    "s3tag_mock.faults.injection",
    "uuid",
    "xmltodict",
    "zoneinfo",
)


def watch() -> None:
    """Have every fork of this process wait until nobody is in the middle of a change."""
    if not hasattr(os, "register_at_fork"):
        return  # there are no forks
    held: list[ExitStack] = []

    def hold() -> None:
        for name in _IMPORTED_LATE if ACTIVE.scopes else ():
            import_module(name)
        # An interrupt may come while it waits; then the fork goes on without.
        with ExitStack() as locks:
            locks.enter_context(ACTIVE.lock)
            for world in {id(scope.world): scope.world for scope in ACTIVE.scopes}.values():
                locks.enter_context(world.lock)
                locks.enter_context(world.clock.lock)
            locks.enter_context(OPERATIONS.lock)
            held.append(locks.pop_all())

    def let_go() -> None:
        if held:
            held.pop().close()

    def begin_as_child() -> None:
        let_go()
        for scope in ACTIVE.scopes:
            for server in scope.servers:
                server.abandon()

    os.register_at_fork(before=hold, after_in_parent=let_go, after_in_child=begin_as_child)
