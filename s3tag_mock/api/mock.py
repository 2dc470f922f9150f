"""``mock_tagging``: decorator, context manager and start/stop."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from s3tag_mock.api.class_decorator import decorate_class
from s3tag_mock.api.function_decorator import decorate_function
from s3tag_mock.api.handle import Handle
from s3tag_mock.api.lifecycle import Lifecycle
from s3tag_mock.api.options import given
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from s3tag_mock.api.options import Options
    from s3tag_mock.intercept.scope import Wraps

__tracebackhide__ = FROM_TEST_AUTHORS


T = TypeVar("T", bound=Callable[..., Any])
"""A function, a coroutine function or a class: it comes back as what it was."""


class TaggingMock(Handle):
    """A mock of Amazon S3 and S3 Control: enter it, decorate with it, or start and stop it.

    ``mock_tagging`` makes it, and describes the options.
    """

    def __init__(
        self, options: Mapping[str, Any], wraps: Wraps | None = None, copy_of: TaggingMock | None = None
    ) -> None:
        self._lifecycle = Lifecycle(options, wraps, None if copy_of is None else copy_of._lifecycle)

    def start(self) -> TaggingMock:
        """Enter the mock.

        :return: itself.
        :raises Misuse: if it is active already, or is inside another mock and has options that only the
            outermost can have, such as a clock or seed.
        """
        self._lifecycle.check_not_active()
        try:
            self._lifecycle.start(self)
            return self
        except BaseException:
            self._lifecycle.leave()  # it was interrupted
            raise

    def stop(self) -> None:
        """Leave the mock. Leaving the outermost one restores everything as it was before it was entered.

        :raises Misuse: if it is not active.
        :raises TaggingMockFailure: for a finding whose kind is in ``fail_on``.
        """
        self._lifecycle.stop()

    # The same function, so that no interrupt can come between the two.
    __enter__ = start

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is not None:
                self._lifecycle.silence()
            self.stop()
        finally:
            self._lifecycle.leave()  # if an interrupt came before that

    async def __aenter__(self) -> TaggingMock:
        return self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)

    def _clone(
        self,
        options: Mapping[str, Any] | None = None,
        wraps: Wraps | None = None,
        copy_of: TaggingMock | None = None,
    ) -> TaggingMock:
        """A mock with the same options that has not been entered.

        :param options: more options, which replace those of the same names.
        :param wraps: what it will be around.
        :param copy_of: a mock whose world it will start with a copy of.
        """
        mock = TaggingMock({**self._lifecycle.options, **given(options or {})}, wraps, copy_of)
        mock._lifecycle.form = "@mock_tagging({})"
        return mock

    def __call__(self, target: T) -> T:
        """Decorate a function, a coroutine function, a generator function or a class.

        The mock is active while the body runs. A class gets a mock around the whole class, and each of its
        tests a fresh one that starts with what setUpClass, setup_class and class-scoped fixtures made.
        """
        if inspect.isclass(target):
            decorate_class(target, self._clone)
            return target
        if not callable(target):
            raise Misuse(f"mock_tagging decorates functions and classes, not {target!r}.")
        return cast(T, decorate_function(target, self._clone))


def fresh_mock(options: Mapping[str, Any]) -> TaggingMock:
    """A mock for one test: inside another, it starts as a copy of it, and shares nothing with it."""
    from s3tag_mock.intercept.activation import ACTIVE

    around = ACTIVE.current
    if around is None:
        return TaggingMock(given(options))
    outer = TaggingMock({})
    outer._lifecycle.scope = around
    return TaggingMock(given(options), copy_of=outer)


def served_mock(options: Mapping[str, Any]) -> TaggingMock:
    """A mock for other processes alone. It changes nothing in this one, where clients are as without it; so
    it is entered sooner.
    """
    mock = TaggingMock(given(options))
    mock._lifecycle.is_for_others = True
    return mock


@overload
def mock_tagging(target: T, /) -> T: ...
@overload
def mock_tagging(**options: Unpack[Options]) -> TaggingMock: ...
def mock_tagging(target: Any = None, /, **options: Any) -> Any:
    """Mock Amazon S3's tagging and S3 Batch Operations for everything in this process.

    Use it as a decorator (``@mock_tagging`` or ``@mock_tagging(...)``) or as a context manager (``with`` or
    ``async with``), or call ``start()`` and ``stop()`` on what it returns. It answers the calls of every
    botocore client, whenever the client was made. Nested mocks share one backend; the outermost one starts
    empty.

    :param target: a function or class to decorate.
    :param options: those of ``Options``.
    :return: the decorated function or class, or a ``TaggingMock``.
    :raises Misuse: for an option with an invalid value.
    :raises TypeError: for an option that doesn't exist.
    """
    mock = TaggingMock(given(options))
    return mock if target is None else mock(target)
