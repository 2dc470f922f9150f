"""Mocks for a test class: one around the class, and in each test a fresh one that begins as a copy of it.

So what ``setUpClass``, ``setup_class`` and fixtures of the class's scope made is there in every test, as they
made it. Under pytest, the plugin's fixtures enter both mocks, before all else of the class and of the
test; under unittest, ``setUpClass`` and ``run`` do.
"""

from __future__ import annotations

import functools
import inspect
import unittest
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol

from s3tag_mock.misuse import Misuse


class Mock(Protocol):
    """What this module needs of a mock."""

    def __enter__(self) -> Any:
        """Enter it."""

    def __exit__(self, *error: Any) -> None:
        """Leave it."""

    def __call__(self, target: Any, /) -> Any:
        """Decorate with it."""

    def beginning_as(self, other: Any, /) -> Any:
        """It, with a copy of what another mock holds when it is entered."""

    def is_on(self, *, besides: Any = None) -> bool:
        """Whether the innermost mock is of the same decorator, and not this other one."""

    def check(self) -> None:
        """Fail for what the test is to fail on."""

    def test_failed(self) -> None:
        """Have it tell nothing more when it is left."""


#: Makes a mock with the decorator's options.
Another = Callable[[], Any]

_ANOTHER: Final = "__s3tag_mock__"
_WIDE: Final = "__s3tag_mock_of_class__"


def decorate_class(owner: type, another: Another) -> None:
    """Give a test class mocks, in place.

    :param owner: a unittest.TestCase, or a class with ``test*`` methods.
    :param another: makes a mock that wasn't entered yet.
    """
    setattr(owner, _ANOTHER, staticmethod(another))
    if issubclass(owner, unittest.TestCase):
        _decorate_test_case(owner)
    else:
        _decorate_plain_class(owner)


def is_decorated(owner: object) -> bool:
    """Whether a class has mocks."""
    return hasattr(owner, _ANOTHER)


@contextmanager
def around_class(owner: type) -> Iterator[None]:
    """The mock of a whole class, unless it is on already."""
    if _WIDE in vars(owner):
        yield
        return
    mock: Mock = getattr(owner, _ANOTHER)()
    with mock:
        setattr(owner, _WIDE, mock)
        try:
            yield
        finally:
            delattr(owner, _WIDE)
            mock.test_failed()  # the tests' own mocks tell what there is to be told


@contextmanager
def around_test(owner: type) -> Iterator[Any]:
    """The mock of one test; None where it is on already."""
    wide = vars(owner).get(_WIDE)
    mock: Mock = getattr(owner, _ANOTHER)()
    if mock.is_on(besides=wide):
        yield None
        return
    with mock if wide is None else mock.beginning_as(wide):
        yield mock


def _decorate_test_case(owner: type[unittest.TestCase]) -> None:
    """``run`` and ``debug`` hold all of one test: setUp, the method, tearDown and clean-ups."""
    for name in ("run", "debug"):
        setattr(owner, name, _around_run(getattr(owner, name)))
    set_up: Any = owner.setUpClass

    def setUpClass(cls: type[unittest.TestCase]) -> None:
        wide = around_class(cls)
        wide.__enter__()
        try:
            # Registered first, so it is done last; it is done too when the set-up fails.
            cls.addClassCleanup(wide.__exit__, None, None, None)
            set_up.__func__(cls)
        except KeyboardInterrupt as stop:
            # No clean-up comes after this one.
            wide.__exit__(type(stop), stop, stop.__traceback__)
            raise

    owner.setUpClass = classmethod(setUpClass)  # type: ignore[assignment]


def _around_run(function: Any) -> Any:
    @functools.wraps(function)
    def inside(self: unittest.TestCase, *args: Any, **kwargs: Any) -> Any:
        with around_test(type(self)) as mock:
            if mock is not None:
                self.addCleanup(_check, mock)
            return function(self, *args, **kwargs)

    return inside


def _check(mock: Mock) -> None:
    """A clean-up: what it raises is the test's failure, where ``run`` itself may raise nothing."""
    try:
        mock.check()
    except AssertionError:
        mock.test_failed()
        raise


def _decorate_plain_class(owner: type) -> None:
    """A test method that is called by itself gets a mock too."""
    for name in [name for name in dir(owner) if name.startswith("test")]:
        method = inspect.getattr_static(owner, name)
        if isinstance(method, (staticmethod, classmethod)):
            setattr(owner, name, type(method)(_in_a_mock(owner, method.__func__)))
        elif inspect.isfunction(method):
            setattr(owner, name, _in_a_mock(owner, method))
    for name in ("setup_method", "setup_class"):
        method = inspect.getattr_static(owner, name, None)
        if isinstance(method, classmethod):
            setattr(owner, name, classmethod(_only_in_a_mock(owner, method.__func__)))
        elif method is not None:
            setattr(owner, name, _only_in_a_mock(owner, method))


def _in_a_mock(owner: type, method: Any) -> Any:
    """A test method in a mock of its own, unless the plugin's is on already."""
    another = getattr(owner, _ANOTHER)
    decorated = another()(method)
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def inside_coroutine(*args: Any, **kwargs: Any) -> Any:
            return await (method if another().is_on() else decorated)(*args, **kwargs)

        return inside_coroutine

    @functools.wraps(method)
    def inside(*args: Any, **kwargs: Any) -> Any:
        return (method if another().is_on() else decorated)(*args, **kwargs)

    return inside


def _only_in_a_mock(owner: type, method: Any) -> Any:
    """A set-up that must not reach AWS itself; pytest tells by its parameters what to give it."""
    another = getattr(owner, _ANOTHER)

    @functools.wraps(method)
    def inside(self: Any, given: Any = None) -> Any:
        if not another().is_on():
            raise Misuse(
                f"{owner.__name__}.{method.__name__} was about to run outside its mock: pytest's plugin "
                "s3tag_mock is off. Add `-p s3tag_mock.pytest_plugin` to pytest's options, or leave "
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD unset."
            )
        return method(self, given) if wants_given else method(self)

    wants_given = len(inspect.signature(method).parameters) > 1
    return inside
