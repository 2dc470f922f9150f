"""Entering and leaving a mock."""

from __future__ import annotations

import atexit
import gc
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from weakref import ref

from s3tag_mock.dispatch.call_log import CallLog
from s3tag_mock.dispatch.settings import DEFAULTS, Settings
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, TaggingMockWarning
from s3tag_mock.intercept import caller_place, environment, fork, moto
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.observer import OBSERVER
from s3tag_mock.intercept.scope import COUNTS_REFERENCES, Scope, Wraps
from s3tag_mock.intercept.undo import Undo
from s3tag_mock.state.world import World

__tracebackhide__ = FROM_TEST_AUTHORS


def enter(
    make_world: Callable[[], World],
    change: Callable[[Settings], Settings],
    install: Callable[[Undo, Scope], None],
    owner: object,
    *,
    only_outermost: Sequence[str] = (),
    copy_of: Scope | None = None,
    wraps: Wraps | None = None,
) -> Scope:
    """Enter a mock: the outermost one makes its world, one inside another shares it.

    :param make_world: called for the outermost one only.
    :param change: from the settings outside to those inside.
    :param install: changes the process, for the outermost one.
    :param owner: who will leave it.
    :param only_outermost: names of options that were given and that an inner mock can't have.
    :param copy_of: a mock whose world is copied, where the new one is to share nothing with it.
    :param wraps: what it is around.
    :return: what to leave.
    :raises Misuse: when there are such, and the mock is inside another.
    """
    scope: Scope | None = None
    end_forgotten()
    try:
        with ACTIVE.lock:
            outer = ACTIVE.current
            if outer is not None and copy_of is None and only_outermost:
                raise Misuse(
                    f"An inner mock can't have a {' or '.join(only_outermost)} of its own: both share one "
                    "world. Give it to the outermost mock_tagging()."
                )
            scope = _scope(outer, make_world, change, copy_of, only_outermost)
            scope.wraps, scope.entered, scope.owner = wraps, caller_place.find(ours=2), ref(owner)
            _begin(scope, outer, install)
    except BaseException:
        if scope is not None:
            _remove(scope)
        raise
    return scope


def _scope(
    outer: Scope | None,
    make_world: Callable[[], World],
    change: Callable[[Settings], Settings],
    copy_of: Scope | None,
    of_its_own: Sequence[str],
) -> Scope:
    if outer is None:
        return Scope(make_world(), CallLog(), change(_defaults()))
    if copy_of is not None:
        world, settings = copy_of.world.copy(), change(copy_of.settings)
        if "clock" in of_its_own:
            world.clock = make_world().clock
        if "seed" in of_its_own:
            world.ids = make_world().ids
        return Scope(world, CallLog(), settings, copy_of=copy_of)
    settings = change(outer.settings)
    return Scope(
        outer.world,
        outer.calls,
        settings,
        outer.inspected,
        outer.callers,
        outer.secrets,
        outer.refusals,
        outer.turned_away,
        is_outermost=False,
    )


def _begin(scope: Scope, outer: Scope | None, install: Callable[[Undo, Scope], None]) -> None:
    if outer is not None:
        if scope.is_outermost:  # it begins as another, and shares nothing with it
            environment.fresh_session(scope.undo)
            scope.undo.callback(ACTIVE.clients.restore)
        if scope.settings.region != outer.settings.region:
            environment.show_region(scope.undo, scope.settings.region)
        scope.credentials_file = outer.credentials_file
    scope.world.ask_beside = moto.ask
    ACTIVE.push(scope, install)
    if scope.settings.profiles != (outer.settings if outer else DEFAULTS).profiles:
        scope.credentials_file = environment.show_profiles(scope.undo, scope.settings.profiles)


def leave(scope: Scope) -> None:
    """Leave a mock. With the last one out, everything in the process is as it was.

    Mocks inside it that nobody can leave any more end with it.
    """
    ended = _remove(scope)
    _report(ended)
    _warn(ended[1:])


def _remove(scope: Scope) -> list[Scope]:
    """Take out a mock, and the forgotten ones inside it."""
    with ACTIVE.lock:
        if scope not in ACTIVE.scopes:
            scope.undo.close()
            return []
        inside = ACTIVE.scopes[ACTIVE.scopes.index(scope) + 1 :]
        ended = [scope, *_forgotten(inside)]
        for one in reversed(ended):
            ACTIVE.remove(one)
        return ended


def _forgotten(scopes: Sequence[Scope]) -> list[Scope]:
    """Those of these mocks that nobody can leave any more."""
    if scopes and not COUNTS_REFERENCES:
        gc.collect()
    return [scope for scope in scopes if scope.is_forgotten]


def end_forgotten() -> None:
    """End the mocks that nobody can leave any more, so that the next one doesn't share their world."""
    if not ACTIVE.scopes:
        return
    with ACTIVE.lock:
        ended = _forgotten(ACTIVE.scopes)
        for scope in reversed(ended):
            ACTIVE.remove(scope)
    _report(ended)
    _warn(ended)


def _end_all() -> None:
    """At the end of the process: what was entered and never left."""
    scopes = ACTIVE.scopes
    for scope in reversed(scopes):
        _remove(scope)
    _warn(scopes)


def _report(ended: Sequence[Scope]) -> None:
    observer = OBSERVER.get()
    if observer is not None:
        for scope in ended:
            if scope.is_outermost:
                observer.ended(scope)


def _warn(scopes: Sequence[Scope]) -> None:
    for scope in scopes:
        warnings.warn_explicit(
            f"The mock_tagging() that was entered at {scope.entered_at} was never left.",
            TaggingMockWarning,
            *scope.place,
        )


atexit.register(_end_all)
fork.watch()


def _defaults() -> Settings:
    observer = OBSERVER.get()
    return DEFAULTS if observer is None else _defaults_of(observer.fail_on, observer.allow)


@lru_cache(maxsize=8)
def _defaults_of(fail_on: tuple[str, ...], allow: tuple[str, ...]) -> Settings:
    return DEFAULTS.changed({"fail_on": fail_on, "allow": allow})
