"""Entering and leaving one mock: decorators, ``with``, start/stop and pytest's plugin all use this."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache, partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from s3tag_mock.api.options import ONLY_OUTERMOST
from s3tag_mock.api.uncollected import uncollected
from s3tag_mock.dispatch.settings import DEFAULTS, Settings
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse, NotStarted, TaggingMockFailure
from s3tag_mock.intercept.observer import OBSERVER
from s3tag_mock.intercept.signals import Deferred

if TYPE_CHECKING:
    from s3tag_mock.intercept.scope import Form, Scope, Wraps

__tracebackhide__ = FROM_TEST_AUTHORS


class Lifecycle:
    """A mock that can be entered, or has been.

    :param options: as :func:`s3tag_mock.api.options.given` returns them.
    :param wraps: what it is around, if that is a decorated class or a test of one.
    :param copy_of: the mock whose world is copied when this one is entered; they share nothing.
    :raises Misuse: for an option with an invalid value.
    """

    def __init__(
        self, options: Mapping[str, Any], wraps: Wraps | None = None, copy_of: Lifecycle | None = None
    ) -> None:
        self.options = options
        self.scope: Scope | None = None
        self.form: Form = "mock_tagging({})"
        self.is_for_others = False
        self._wraps = wraps
        self._copy_of = copy_of
        self._only_outermost = [name for name in ONLY_OUTERMOST if name in options] if options else ()
        self._is_silent = False
        self._change(DEFAULTS)

    def own(self) -> Scope:
        """The mock while it is active.

        :raises NotStarted: if it isn't.
        """
        if self.scope is None:
            raise NotStarted(
                "This mock is not active. Use it inside `with mock_tagging() as aws:`, "
                "or between aws.start() and aws.stop()."
            )
        return self.scope

    def check_not_active(self) -> None:
        """Check that it isn't entered twice.

        :raises Misuse: if the mock is active.
        """
        if self.scope is not None:
            raise Misuse("This mock is active already. To nest another inside it, call mock_tagging() again.")

    def start(self, owner: object) -> None:
        """Enter the mock. If this raises, the caller leaves it again.

        :param owner: the object that will leave it.
        :raises Misuse: if it is inside another mock and has options that only the outermost can have.
        """
        entering = _entering()
        install = entering.change_nothing if self.is_for_others else entering.change_process()
        with Deferred():
            self.scope = entering.enter(
                partial(entering.new_world, self.options),
                self._change,
                install,
                owner,
                only_outermost=self._only_outermost,
                copy_of=None if self._copy_of is None else self._copy_of.own(),
                wraps=self._wraps,
            )
            self.scope.form = self.form

    def stop(self) -> None:
        """Leave the mock, and report its findings unless the test has failed.

        :raises NotStarted: if it is not active.
        :raises TaggingMockFailure: for a finding whose kind is in ``fail_on``.
        """
        entering, scope, observer = _entering(), self.own(), OBSERVER.get()
        # In a `finally`, the test's own exception is on its way.
        error = sys.exc_info()[1]
        failed = error is not None or (observer is not None and observer.failed)
        is_silent = self._is_silent or failed
        self.leave()
        try:
            if scope.is_outermost and not is_silent:
                entering.reporter.report(scope)
        except TaggingMockFailure as failure:
            error = failure
            raise
        finally:
            entering.left(scope, error)

    def leave(self) -> None:
        """Leave the mock if it is active, without reporting."""
        if self.scope is not None:
            with Deferred():
                scope, self.scope, self._is_silent = self.scope, None, False
                _entering().leave(scope)

    def check(self) -> None:
        """Raise now what leaving the mock would raise for its findings.

        :raises TaggingMockFailure: for a finding whose kind is in ``fail_on``.
        """
        scope = self.own()
        if scope.is_outermost and scope.settings.fail_on:
            _entering().reporter.check(scope)

    def report(self) -> None:
        """Report the findings now, and not again when the mock is left.

        :raises TaggingMockFailure: for a finding whose kind is in ``fail_on``.
        """
        if not self._is_silent:
            self._is_silent = True
            _entering().reporter.report(self.own())

    def silence(self) -> None:
        """Don't report anything when the mock is left: the test has failed anyway."""
        self._is_silent = True

    def _change(self, settings: Settings) -> Settings:
        return settings.changed(self.options)


@cache
def _entering() -> ModuleType:
    # To import anything again in a function costs more than most of what a mock does when it is entered.
    with uncollected():
        from s3tag_mock.api import entering

    return entering


def is_active(*wraps: Wraps) -> bool:
    """Whether a mock is active that is around a class, or around a test of one."""
    from s3tag_mock.intercept.activation import ACTIVE

    return any(scope.wraps in wraps for scope in ACTIVE.scopes)
