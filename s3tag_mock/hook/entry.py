"""Entering and leaving a mock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from s3tag_mock.calls import CallLog
from s3tag_mock.hook import door, environment, guard, models
from s3tag_mock.hook.activation import ACTIVE, Scope
from s3tag_mock.settings import Settings
from s3tag_mock.state.world import World


def enter(make_world: Callable[[], World], change: Callable[[Settings], Settings]) -> Scope:
    """Enter a mock: the outermost one makes its world, one inside another shares it.

    :param make_world: called for the outermost one only.
    :param change: from the settings outside to those inside.
    :return: what to leave.
    """
    with ACTIVE.lock:
        outer = ACTIVE.current
        if outer is None:
            scope = Scope(make_world(), CallLog(), change(Settings()))
        else:
            scope = Scope(outer.world, outer.calls, change(outer.settings))
            if scope.settings.region != outer.settings.region:
                environment.show_region(scope.undo, scope.settings.region)
        ACTIVE.push(scope, lambda undo: _install(undo, scope.settings))
        return scope


def leave(scope: Scope) -> None:
    """Leave a mock. With the last one out, everything in the process is as it was."""
    with ACTIVE.lock:
        ACTIVE.remove(scope)


def _install(undo: ExitStack, settings: Settings) -> None:
    environment.install(undo, settings)
    models.install(undo, ACTIVE.shelf)
    ACTIVE.lending.install(undo)
    guard.install(undo)
    door.install(undo)
