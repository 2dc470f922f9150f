"""Mocks for a test class: one around the class, and in each test a fresh one that starts as a copy of it.

So every test finds what ``setUpClass``, ``setup_class`` and class-scoped fixtures made, unchanged by other
tests. Under pytest, the plugin's fixtures enter both mocks before all other fixtures of the class and of the
test; under unittest, ``setUpClass`` and ``run`` enter them.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from s3tag_mock.api.lifecycle import is_active
from s3tag_mock.exceptions import Misuse
from s3tag_mock.reporting import unittest_report

if TYPE_CHECKING:
    import unittest

    from s3tag_mock.api.lifecycle import Lifecycle


class Mock(Protocol):
    """What this module needs of a mock."""

    _lifecycle: Lifecycle

    def __enter__(self) -> Any:
        """Enter it."""

    def __exit__(self, *error: Any) -> None:
        """Leave it."""

    def __call__(self, target: Any, /) -> Any:
        """Decorate with it."""


#: Makes a mock with the decorator's options, and with more: ``wraps=`` says what it is around, ``copy_of=``
#: what it starts with.
MakeMock = Callable[..., Any]

_MAKE_MOCK: Final = "__s3tag_mock__"
_CLASS_MOCK: Final = "__s3tag_mock_of_class__"


def decorate_class(owner: type, make_mock: MakeMock) -> None:
    """Give a test class its mocks, changing the class itself.

    :param owner: a unittest.TestCase, or a class with ``test*`` methods.
    :param make_mock: makes a mock that has not been entered.
    """
    setattr(owner, _MAKE_MOCK, staticmethod(make_mock))
    # If unittest was never imported, nothing is a TestCase.
    cases = getattr(sys.modules.get("unittest"), "TestCase", ())
    if issubclass(owner, cases):
        _decorate_test_case(owner)
    else:
        _decorate_plain_class(owner)


def is_decorated(owner: object) -> bool:
    """Whether a class has been given mocks."""
    return hasattr(owner, _MAKE_MOCK)


@contextmanager
def around_class(owner: type) -> Iterator[None]:
    """The mock of a whole class, unless it is active already."""
    if _CLASS_MOCK in vars(owner):
        yield
        return
    mock: Mock = getattr(owner, _MAKE_MOCK)(wraps="class")
    with mock:
        setattr(owner, _CLASS_MOCK, mock)
        try:
            yield
        finally:
            delattr(owner, _CLASS_MOCK)
            mock._lifecycle.silence()  # the tests' own mocks report what there is to report


@contextmanager
def around_test(owner: type, options: Mapping[str, Any] | None = None) -> Iterator[Any]:
    """The mock of one test; None if it is active already.

    :param options: the test's own, which replace the class's.
    """
    if is_active("test"):
        yield None
        return
    mock: Mock = getattr(owner, _MAKE_MOCK)(options, wraps="test", copy_of=vars(owner).get(_CLASS_MOCK))
    with mock as entered:
        yield entered


def _decorate_test_case(owner: type[unittest.TestCase]) -> None:
    """``run`` and ``debug`` are the whole of one test: setUp, the method, tearDown and clean-ups."""
    for name in ("run", "debug"):
        setattr(owner, name, _around_run(getattr(owner, name)))
    set_up: Any = owner.setUpClass

    def setUpClass(cls: type[unittest.TestCase]) -> None:
        class_mock = around_class(cls)
        class_mock.__enter__()
        try:
            # Registered first, so that it runs last; it also runs when the set-up fails.
            cls.addClassCleanup(class_mock.__exit__, None, None, None)
            set_up.__func__(cls)
        except KeyboardInterrupt as stop:
            # unittest runs no clean-ups after an interrupt.
            class_mock.__exit__(type(stop), stop, stop.__traceback__)
            raise

    owner.setUpClass = classmethod(setUpClass)  # type: ignore[assignment]


def _around_run(function: Any) -> Any:
    @functools.wraps(function)
    def inside(self: unittest.TestCase, *args: Any, **kwargs: Any) -> Any:
        with around_test(type(self)) as mock:
            if mock is None:
                return function(self, *args, **kwargs)
            result = args[0] if args else kwargs.get("result")
            self.addCleanup(_report, self, mock, _noted(result))
            result = function(self, *args, **kwargs)
            if result is not None:
                unittest_report.add_to(result, self, mock._lifecycle.own())
            return result

    return inside


def _report(case: unittest.TestCase, mock: Mock, noted_before: int) -> None:
    """A clean-up: what it raises is the test's failure, while ``run`` itself must not raise."""
    outcome = getattr(case, "_outcome", None)
    # Python 3.10 adds errors to the result only after the clean-ups.
    kept: list[Any] = [error for _, error in getattr(outcome, "errors", ()) if error]
    kept += getattr(outcome, "skipped", ())
    expected = getattr(outcome, "expectedFailure", None)
    if kept or expected or _noted(getattr(outcome, "result", None)) > noted_before:
        mock._lifecycle.silence()
    else:
        mock._lifecycle.report()


def _noted(result: object) -> int:
    """How many tests a result lists as not passed."""
    kinds = ("errors", "failures", "skipped", "expectedFailures")
    return sum(len(getattr(result, kind, ())) for kind in kinds)


def _decorate_plain_class(owner: type) -> None:
    """Test methods that something other than pytest's plugin calls get a mock too."""
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
    """A test method in a mock of its own, unless the plugin's is active already."""
    mock: Mock = getattr(owner, _MAKE_MOCK)()
    decorated = mock(method)
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def inside_coroutine(*args: Any, **kwargs: Any) -> Any:
            return await (method if is_active("test") else decorated)(*args, **kwargs)

        return inside_coroutine

    @functools.wraps(method)
    def inside(*args: Any, **kwargs: Any) -> Any:
        return (method if is_active("test") else decorated)(*args, **kwargs)

    return inside


def _only_in_a_mock(owner: type, method: Any) -> Any:
    """A set-up that must not run outside the mock; pytest looks at its parameters to see what to pass."""

    @functools.wraps(method)
    def inside(self: Any, given: Any = None) -> Any:
        if not is_active("class", "test"):
            raise Misuse(
                f"{owner.__name__}.{method.__name__} was about to run outside its mock: pytest's plugin "
                "s3tag_mock is not active. Add `-p s3tag_mock.pytest_plugin` to pytest's options, or leave "
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD unset."
            )
        return method(self, given) if wants_given else method(self)

    wants_given = len(inspect.signature(method).parameters) > 1
    return inside
