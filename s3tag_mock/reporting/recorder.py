"""Which mocks a test used: told of those that end, and looking at the one that is still active."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from s3tag_mock.intercept.activation import Activation, Scope
    from s3tag_mock.reporting.record import RunRecord

_WAS_AROUND: Final = "everything after it ran inside it."
_WAS_ENDED: Final = "it was ended after the test."


class Recorder:
    """The mocks of the test that is running. It imports nothing of AWS: most tests may use none.

    :param fail_on: findings that fail a test, whatever way it enters its mock.
    :param allow: findings that are meant.
    """

    def __init__(self, fail_on: Iterable[str] = (), allow: Iterable[str] = ()) -> None:
        self.fail_on = tuple(fail_on)
        self.allow = tuple(allow)
        #: Whether the test has failed, or was skipped.
        self.failed = False
        self._ended: list[Scope] = []
        self._wide: Scope | None = None
        self._began = 0
        self._test = ""
        self._environment: dict[str, str] = {}
        self._before_body: tuple[Scope, ...] = ()
        self._of_bodies: list[Scope] = []
        self._ended_here: list[Scope] = []
        self._left_on: dict[int, tuple[Scope, str]] = {}

    def ended(self, scope: Scope) -> None:
        """An outermost mock has ended."""
        self._ended.append(scope)

    def begin(self, test: str) -> None:
        """A test begins; calls so far, in a mock around several tests, were others'."""
        self._ended.clear()
        self.failed = False
        self._test = test
        self._environment = dict(os.environ)
        self._wide = _active_scope()
        self._began = self._wide.world.next_sequence() if self._wide is not None else 0

    def body_begins(self) -> None:
        """The test's own function is called; set-ups have been."""
        self._before_body = _active_scopes()

    def body_ends(self) -> None:
        """What its function has entered is nobody else's business."""
        self._of_bodies += [scope for scope in _active_scopes() if scope not in self._before_body]

    def finish(self) -> None:
        """It has ended; what is active still, and wasn't before, it has left on.

        What a test's function entered and nobody can leave any more is ended, so that it isn't around
        other tests.
        """
        for scope in _active_scopes():
            self._left_on.setdefault(id(scope), (scope, self._test))
        active = _active_scopes()
        self._of_bodies = [scope for scope in self._of_bodies if scope in active]
        if self._of_bodies:
            gc.collect()  # the traceback of a failed test may have kept it
        for scope in [one for one in self._of_bodies if one.is_forgotten]:
            from s3tag_mock.intercept.enter import leave

            leave(scope)
            self._of_bodies.remove(scope)
            self._ended_here.append(scope)
        if self._ended and not _active_scopes():
            from s3tag_mock.intercept.environment import restore_after_test

            for scope in self._ended:
                restore_after_test(scope.replaced, self._environment)
        self._ended.clear()

    def runs(self, *, failed: bool) -> Iterator[RunRecord]:
        """What happened in the test's mocks, so far.

        :param failed: whether the test failed.
        """
        active = _active_scope()
        scopes = [*self._ended, *([active] if active is not None else [])]
        if not scopes:
            return
        from s3tag_mock.reporting.record import record

        runs = [record(scope, failed=failed, since=self._since(scope)) for scope in scopes]
        # The mock around a class, say, says nothing beside that of the test.
        telling = [run for run in runs if run["calls"] or run["jobs"] or run["findings"]]
        yield from telling or runs[:1]

    def _since(self, scope: Scope) -> int:
        """The moment at which the test began, for a mock that was there before it."""
        return self._began if self._wide is not None and scope.calls is self._wide.calls else 0

    def left_on(self) -> list[str]:
        """A sentence for each mock that a test entered and nobody left."""
        active = _active_scopes()
        return [
            f"The mock_tagging() that was entered at {scope.entered_at}, in {test}, was never left: "
            f"{_WAS_AROUND if scope in active else _WAS_ENDED} "
            "Write `with mock_tagging():`, or stop() in a `finally`."
            for scope, test in self._left_on.values()
            if scope in active or scope in self._ended_here
        ]


def _activation() -> Activation | None:
    module = sys.modules.get("s3tag_mock.intercept.activation")
    return None if module is None else module.ACTIVE


def _active_scope() -> Scope | None:
    active = _activation()
    return None if active is None else active.current


def _active_scopes() -> tuple[Scope, ...]:
    active = _activation()
    return () if active is None else active.scopes
