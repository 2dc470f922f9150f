"""``mock_tagging``: decorator, context manager and start/stop, all ending in the same two moves."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable, Iterable
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar, cast, overload

from s3tag_mock.class_decorator import decorate_class
from s3tag_mock.findings import telling
from s3tag_mock.function_decorator import decorate_function
from s3tag_mock.handle import Handle
from s3tag_mock.hook import entry
from s3tag_mock.hook.activation import ACTIVE
from s3tag_mock.misuse import Misuse
from s3tag_mock.settings import JobProgress, Settings
from s3tag_mock.sources import Clock, Ids
from s3tag_mock.state.world import World

T = TypeVar("T", bound=Callable[..., Any])
"""A function, a coroutine function or a class: it comes back as what it was."""


class TaggingMock(Handle):
    """A mock of Amazon S3 and S3 Control: enter it, decorate with it, or start and stop it.

    Made by ``mock_tagging``, which describes the options.
    """

    def __init__(
        self,
        *,
        region: str | None = None,
        account_id: str | None = None,
        job_progress: JobProgress | None = None,
        passthrough: Iterable[str] | None = None,
        clock: datetime | None = None,
        seed: int | None = None,
        real_sleep: bool = False,
        fail_on: Iterable[str] | None = None,
        allow: Iterable[str] | None = None,
    ) -> None:
        self._change = functools.partial(
            Settings.changed,
            region=region,
            account_id=account_id,
            job_progress=job_progress,
            passthrough=passthrough,
            fail_on=fail_on,
            allow=allow,
        )
        self._change(Settings())
        self._clock = clock
        self._seed = seed
        self._real_sleep = real_sleep
        self._origin: TaggingMock | None = None
        self._is_silent = False
        given = {"fail_on": fail_on, "allow": allow}
        self._of_the_whole = [name for name, value in given.items() if value is not None]

    def start(self) -> TaggingMock:
        """Enter the mock.

        :return: itself.
        :raises Misuse: when it is active already, or is inside another and asks for a clock or seed
            of its own.
        """
        if self._scope is not None:
            raise Misuse("This mock is active already. Write mock_tagging() once more for one inside it.")
        self._scope = entry.enter(
            self._new_world,
            self._change,
            only_outermost=self._only_outermost(),
            beginning_as=None if self._origin is None else self._origin._entered(),
        )
        return self

    def beginning_as(self, other: TaggingMock, /) -> TaggingMock:
        """This mock, which will begin with a copy of what another, active one holds, and share nothing."""
        self._origin = other
        return self

    def is_on(self, *, besides: TaggingMock | None = None) -> bool:
        """Whether the innermost active mock has this one's options: comes from the same decorator.

        :param besides: a mock that doesn't count.
        """
        current = ACTIVE.current
        if current is None or current.change is not self._change:
            return False
        return besides is None or current is not besides._scope

    def check(self) -> None:
        """Fail now for what would fail when the mock is left.

        :raises TaggingMockFailure: for a finding that ``fail_on`` names.
        """
        scope = self._entered()
        if scope.is_outermost:
            telling.check(scope)

    def test_failed(self) -> None:
        """Say that the test has failed anyway: the mock warns of nothing when it is left."""
        self._is_silent = True

    def stop(self) -> None:
        """Leave the mock; the last one out leaves everything as it was before the first came in.

        :raises Misuse: when it is not active.
        :raises TaggingMockFailure: for a finding that ``fail_on`` names.
        """
        scope, is_silent = self._entered(), self._is_silent
        self._scope, self._is_silent = None, False
        entry.leave(scope)
        if scope.is_outermost and not is_silent:
            telling.tell(scope)

    def _new_world(self) -> World:
        return World(Clock(self._clock, real_sleep=self._real_sleep), Ids(self._seed or 0))

    def _only_outermost(self) -> list[str]:
        given = {
            "clock": self._clock is not None,
            "seed": self._seed is not None,
            "real_sleep": self._real_sleep,
            **dict.fromkeys(self._of_the_whole, True),
        }
        return [name for name, is_given in given.items() if is_given]

    def __enter__(self) -> TaggingMock:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.test_failed()
        self.stop()

    async def __aenter__(self) -> TaggingMock:
        return self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.test_failed()
        self.stop()

    def _another(self) -> TaggingMock:
        """A mock with the same options; every run of a decorated function gets one of its own."""
        other = copy.copy(self)
        other._scope, other._origin, other._is_silent = None, None, False
        return other

    def __call__(self, target: T) -> T:
        """Decorate a function, a coroutine function, a generator function or a class.

        The mock is on while the body runs. A class gets a mock around all of it, and each of its tests a
        fresh one, which begins with what setUpClass, setup_class and fixtures of the class's scope made.
        """
        if inspect.isclass(target):
            decorate_class(target, self._another)
            return target
        if not callable(target):
            raise Misuse(f"mock_tagging decorates functions and classes, not {target!r}.")
        return cast(T, decorate_function(target, self._another))


@overload
def mock_tagging(target: T, /) -> T: ...
@overload
def mock_tagging(
    *,
    region: str | None = None,
    account_id: str | None = None,
    job_progress: JobProgress | None = None,
    passthrough: Iterable[str] | None = None,
    clock: datetime | None = None,
    seed: int | None = None,
    real_sleep: bool = False,
    fail_on: Iterable[str] | None = None,
    allow: Iterable[str] | None = None,
) -> TaggingMock: ...
def mock_tagging(
    target: Any = None,
    /,
    *,
    region: str | None = None,
    account_id: str | None = None,
    job_progress: JobProgress | None = None,
    passthrough: Iterable[str] | None = None,
    clock: datetime | None = None,
    seed: int | None = None,
    real_sleep: bool = False,
    fail_on: Iterable[str] | None = None,
    allow: Iterable[str] | None = None,
) -> Any:
    """Mock Amazon S3's tagging and S3 Batch Operations for everything in this process.

    Decorate with it (``@mock_tagging`` or ``@mock_tagging(...)``), enter it (``with`` or ``async
    with``), or call ``start()`` and ``stop()`` on what it returns. Every client of botocore is
    served, whenever it was made. Mocks inside one another share one backend; the outermost one
    starts empty.

    :param region: the region of clients that name none; ``"us-east-1"``.
    :param account_id: twelve digits, the account whose calls they are; ``"123456789012"``.
    :param job_progress: ``"immediate"`` (jobs have ended when CreateJob returns), ``"on_describe"``
        (each DescribeJob moves a job one status on) or ``"manual"`` (``run_jobs``, ``step_jobs``).
    :param passthrough: services, under botocore's names, whose calls may go to the network.
    :param clock: a moment at which the mock's time stands still; the real time by default.
    :param seed: of ids and chance; the same seed gives the same ids. 0.
    :param real_sleep: whether botocore's back-off between tries, and the delays of faults, take the time
        that they stand for. They take none by default.
    :param fail_on: findings (``"lost_tags"``, ``"unused_fault"``, ...; ``"all"``) that fail the test, where
        they would warn.
    :param allow: findings that are meant, and not warned of.
    :return: the decorated function or class, or a ``TaggingMock``.
    :raises Misuse: for an option that can't be.
    """
    mock = TaggingMock(
        region=region,
        account_id=account_id,
        job_progress=job_progress,
        passthrough=passthrough,
        clock=clock,
        seed=seed,
        real_sleep=real_sleep,
        fail_on=fail_on,
        allow=allow,
    )
    return mock if target is None else mock(target)
