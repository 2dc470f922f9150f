"""Who observes mocks that end: pytest's plugin, which reports on them.

A context variable, not a plain one: pytest runs inside pytest have plugins of their own.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final, Protocol


class Observer(Protocol):
    """An observer, and what it wants of every mock."""

    @property
    def fail_on(self) -> tuple[str, ...]:
        """Findings that fail the test."""

    @property
    def allow(self) -> tuple[str, ...]:
        """Findings that are meant."""

    @property
    def place(self) -> tuple[str, int] | None:
        """File and line of the test."""

    @property
    def failed(self) -> bool:
        """Whether the test has failed, or was skipped."""

    def ended(self, scope: Any) -> None:
        """An outermost mock has ended.

        :param scope: what it was: a :class:`s3tag_mock.intercept.scope.Scope`.
        """


OBSERVER: Final[ContextVar[Observer | None]] = ContextVar("s3tag_mock_observer", default=None)
