"""``mock_tagging``: decorator, context manager and start/stop, all ending in the same two moves."""

from __future__ import annotations

import copy
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast, overload

from s3tag_mock.class_decorator import decorate_class
from s3tag_mock.deferred import Deferred
from s3tag_mock.function_decorator import decorate_function
from s3tag_mock.handle import Handle
from s3tag_mock.misuse import Misuse
from s3tag_mock.observing import OBSERVER
from s3tag_mock.settings import Settings

if TYPE_CHECKING:
    from s3tag_mock import sources
    from s3tag_mock.findings import telling
    from s3tag_mock.hook import activation, entry, interrupts
    from s3tag_mock.hook.activation import Role
    from s3tag_mock.settings import JobProgress
    from s3tag_mock.state import world
else:
    activation = Deferred("s3tag_mock.hook.activation")
    entry = Deferred("s3tag_mock.hook.entry")
    interrupts = Deferred("s3tag_mock.hook.interrupts")
    sources = Deferred("s3tag_mock.sources")
    telling = Deferred("s3tag_mock.findings.telling")
    world = Deferred("s3tag_mock.state.world")

T = TypeVar("T", bound=Callable[..., Any])
"""A function, a coroutine function or a class: it comes back as what it was."""

#: Options of what the mock remembers; the others are settings.
_OF_THE_WORLD: Final = ("clock", "seed", "real_sleep")
#: Options of the whole, which a mock inside another can't have.
_ONLY_OUTERMOST: Final = (*_OF_THE_WORLD, "fail_on", "allow")


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
        given = {
            "region": region,
            "account_id": account_id,
            "job_progress": job_progress,
            "passthrough": passthrough,
            "clock": clock,
            "seed": seed,
            "real_sleep": real_sleep or None,
            "fail_on": fail_on,
            "allow": allow,
        }
        self._options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        self._change(Settings())
        self._role: Role | None = None
        self._origin: TaggingMock | None = None
        self._is_silent = False

    def start(self) -> TaggingMock:
        """Enter the mock.

        :return: itself.
        :raises Misuse: when it is active already, or is inside another and asks for a clock or seed
            of its own.
        """
        if self._scope is not None:
            raise Misuse("This mock is active already. Write mock_tagging() once more for one inside it.")
        try:
            with interrupts.held():
                self._scope = entry.enter(
                    self._new_world,
                    self._change,
                    self,
                    only_outermost=[name for name in _ONLY_OUTERMOST if name in self._options],
                    beginning_as=None if self._origin is None else self._origin._own(),
                    role=self._role,
                )
            return self
        except BaseException:
            self._leave()  # it was interrupted
            raise

    def stop(self) -> None:
        """Leave the mock; the last one out leaves everything as it was before the first came in.

        :raises Misuse: when it is not active.
        :raises TaggingMockFailure: for a finding that ``fail_on`` names.
        """
        scope, observer = self._own(), OBSERVER.get()
        # In a `finally`, the test's own exception is on its way.
        failed = sys.exc_info()[0] is not None or (observer is not None and observer.failed)
        is_silent = self._is_silent or failed
        self._leave()
        if scope.is_outermost and not is_silent:
            telling.tell(scope)

    def _leave(self) -> None:
        if self._scope is not None:
            with interrupts.held():
                scope, self._scope, self._is_silent = self._scope, None, False
                entry.leave(scope)

    # For decorated classes and pytest's plugin

    def playing(self, role: Role, *, beginning_as: TaggingMock | None = None) -> TaggingMock:
        """This mock, which is to be around a class, or around a test of one.

        :param beginning_as: a mock whose world it begins with a copy of, sharing nothing.
        """
        self._role, self._origin = role, beginning_as
        return self

    def with_options(self, options: Mapping[str, Any]) -> TaggingMock:
        """A mock with other options, where these name any."""
        return TaggingMock(**{**self._options, **options}) if options else self

    @staticmethod
    def is_on(*roles: Role) -> bool:
        """Whether a mock is active that is around a class, or around a test of one."""
        return any(scope.role in roles for scope in activation.ACTIVE.scopes)

    def check(self) -> None:
        """Fail now for what would fail when the mock is left.

        :raises TaggingMockFailure: for a finding that ``fail_on`` names.
        """
        scope = self._own()
        if scope.is_outermost and scope.settings.fail_on:
            telling.check(scope)

    def tell(self) -> None:
        """Tell now what would be told when the mock is left, and nothing more then.

        :raises TaggingMockFailure: for a finding that ``fail_on`` names.
        """
        if not self._is_silent:
            self._is_silent = True
            telling.tell(self._own())

    def test_failed(self) -> None:
        """Say that the test has failed anyway: the mock tells nothing when it is left."""
        self._is_silent = True

    def _change(self, settings: Settings) -> Settings:
        return settings.changed(
            **{name: value for name, value in self._options.items() if name not in _OF_THE_WORLD}
        )

    def _new_world(self) -> world.World:
        return world.World(
            sources.Clock(self._options.get("clock"), real_sleep=self._options.get("real_sleep", False)),
            sources.Ids(self._options.get("seed", 0)),
        )

    # The very same, so that no interrupt can come between the two.
    __enter__ = start

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is not None:
                self.test_failed()
            self.stop()
        finally:
            self._leave()  # if an interrupt came before that

    async def __aenter__(self) -> TaggingMock:
        return self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)

    def _another(self) -> TaggingMock:
        """A mock with the same options; every run of a decorated function gets one of its own."""
        other = copy.copy(self)
        other._scope, other._role, other._origin, other._is_silent = None, None, None, False
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
