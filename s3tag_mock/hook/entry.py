"""Entering and leaving a mock."""

from __future__ import annotations

import atexit
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final

from s3tag_mock.calls import CallLog
from s3tag_mock.hook import backoff, door, environment, guard, models, web
from s3tag_mock.hook.activation import ACTIVE, Role, Scope
from s3tag_mock.misuse import Misuse, TaggingMockWarning
from s3tag_mock.observing import OBSERVER
from s3tag_mock.settings import Settings
from s3tag_mock.state.world import World


def enter(
    make_world: Callable[[], World],
    change: Callable[[Settings], Settings],
    *,
    only_outermost: Sequence[str] = (),
    beginning_as: Scope | None = None,
    role: Role | None = None,
) -> Scope:
    """Enter a mock: the outermost one makes its world, one inside another shares it.

    :param make_world: called for the outermost one only.
    :param change: from the settings outside to those inside.
    :param only_outermost: names of options that were given and that an inner mock can't have.
    :param beginning_as: a mock whose world is copied, where the new one is to share nothing with it.
    :param role: what it is around.
    :return: what to leave.
    :raises Misuse: when there are such, and the mock is inside another.
    """
    with ACTIVE.lock:
        outer = ACTIVE.current
        if outer is None:
            scope = Scope(make_world(), CallLog(), change(_defaults()))
        elif beginning_as is not None:
            world, settings = beginning_as.world.copy(), change(beginning_as.settings)
            scope = Scope(world, CallLog(), settings, origin=beginning_as)
            environment.fresh_session(scope.undo)
            ACTIVE.lending.install(scope.undo)
        elif only_outermost:
            raise Misuse(
                f"An inner mock can't have a {' or '.join(only_outermost)} of its own: both share one "
                "world. Give it to the outermost mock_tagging()."
            )
        else:
            scope = Scope(
                outer.world,
                outer.calls,
                change(outer.settings),
                outer.looks,
                outer.senders,
                is_outermost=False,
            )
        if outer is not None and scope.settings.region != outer.settings.region:
            environment.show_region(scope.undo, scope.settings.region)
        scope.role, scope.entered_at = role, _caller()
        ACTIVE.push(scope, lambda undo: _install(undo, scope))
        return scope


def leave(scope: Scope) -> None:
    """Leave a mock. With the last one out, everything in the process is as it was."""
    with ACTIVE.lock:
        ACTIVE.remove(scope)
    observer = OBSERVER.get()
    if scope.is_outermost and observer is not None:
        observer.ended(scope)


def _tell_of_forgotten() -> None:
    """At the end of the process: what was entered and never left."""
    for scope in ACTIVE.scopes:
        message = f"The mock_tagging() that was entered at {scope.entered_at} was never left."
        warnings.warn(message, TaggingMockWarning, stacklevel=1)


atexit.register(_tell_of_forgotten)


def _defaults() -> Settings:
    observer = OBSERVER.get()
    if observer is None:
        return Settings()
    return Settings().changed(fail_on=observer.fail_on, allow=observer.allow)


def _caller() -> str:
    """File and line of whoever entered the mock from outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


_PACKAGE: Final = __name__.partition(".")[0]


def _install(undo: ExitStack, scope: Scope) -> None:
    scope.replaced = environment.install(undo, scope.settings)
    models.install(undo, ACTIVE.shelf)
    ACTIVE.lending.install(undo)
    ACTIVE.sessions.install(undo)
    guard.install(undo)
    door.install(undo)
    web.install(undo)
    backoff.install(undo)
