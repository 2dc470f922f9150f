"""Which mocks a test used: those that have ended, and the one that is still active."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from s3tag_mock.intercept import variables

if TYPE_CHECKING:
    from s3tag_mock.intercept.activation import Activation
    from s3tag_mock.intercept.scope import Scope
    from s3tag_mock.reporting.record import RunRecord

_STILL_ACTIVE: Final = "all tests after it ran inside it."
_WAS_ENDED: Final = "it was ended after the test."


class Recorder:
    """The mocks of the test that is running. It doesn't import boto3: most tests may use no mock.

    :param fail_on: findings that fail a test, however it enters its mock.
    :param allow: findings that are intended, and not reported.
    """

    def __init__(self, fail_on: Iterable[str] = (), allow: Iterable[str] = ()) -> None:
        self.fail_on = tuple(fail_on)
        self.allow = tuple(allow)
        #: Whether the test has failed, or was skipped.
        self.failed = False
        #: File and line of the test.
        self.place: tuple[str, int] | None = None
        self._ended: list[Scope] = []
        #: The mock that was active before the test began, and the sequence number then.
        self._around: Scope | None = None
        self._began = 0
        self._test = ""
        self._environment: Mapping[bytes, bytes] = {}
        self._before_body: tuple[Scope, ...] = ()
        self._of_bodies: list[Scope] = []
        self._ended_here: list[Scope] = []
        self._never_left: dict[Scope, str] = {}

    def ended(self, scope: Scope) -> None:
        """An outermost mock has ended."""
        self._ended.append(scope)

    def begin(self, test: str, place: tuple[str, int] | None = None) -> None:
        """A test begins. In a mock around several tests, the calls so far belong to other tests."""
        self._ended.clear()
        self.failed = False
        self._test, self.place = test, place
        self._environment = variables.copied()
        self._around = _active_scope()
        self._began = self._around.world.next_sequence() if self._around is not None else 0

    def body_begins(self) -> None:
        """The test's own function is about to be called, after all set-ups."""
        self._before_body = _active_scopes()

    def body_ends(self) -> None:
        """The test's function has returned; the mocks that it entered are its own."""
        self._of_bodies += [scope for scope in _active_scopes() if scope not in self._before_body]

    def finish(self) -> None:
        """The test has ended. A mock that is still active, and wasn't before, was not left.

        If the test's function entered it and nothing refers to it any longer, it is ended here, so that it
        isn't active in other tests.
        """
        active = _active_scopes()
        # Those that were left since are forgotten, with all that they hold.
        kept = {*active, *self._ended_here}
        self._never_left = {scope: test for scope, test in self._never_left.items() if scope in kept}
        for scope in active:
            self._never_left.setdefault(scope, self._test)
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
        """What happened in the test's mocks so far.

        :param failed: whether the test failed.
        """
        active = _active_scope()
        scopes = [*self._ended, *([active] if active is not None else [])]
        if not scopes:
            return
        from s3tag_mock.reporting.record import record

        runs = [record(scope, failed=failed, since=self._since(scope)) for scope in scopes]
        # A mock around a class, for example, adds nothing to that of the test if it is empty.
        used = [run for run in runs if run["calls"] or run["jobs"] or run["findings"]]
        yield from used or runs[:1]

    def _since(self, scope: Scope) -> int:
        """The sequence number at which the test began, for a mock that was active before it."""
        return self._began if self._around is not None and scope.calls is self._around.calls else 0

    def never_left(self) -> list[str]:
        """A sentence for each mock that a test entered and never left."""
        active = _active_scopes()
        return [
            f"The mock_tagging() that was entered at {scope.entered_at}, in {test}, was never left: "
            f"{_STILL_ACTIVE if scope in active else _WAS_ENDED} "
            "Write `with mock_tagging():`, or stop() in a `finally`."
            for scope, test in self._never_left.items()
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
