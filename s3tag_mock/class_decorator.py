"""A mock for each test method of a class, with its set-up and tear-down inside."""

from __future__ import annotations

import inspect
import unittest
from collections.abc import Callable
from typing import Any, Protocol


class Mock(Protocol):
    """What this module needs of a mock: to be entered and left, and to decorate."""

    def __enter__(self) -> Any:
        """Enter it."""

    def __exit__(self, *error: Any) -> None:
        """Leave it."""

    def __call__(self, target: Any, /) -> Any:
        """Decorate with it."""


Another = Callable[[], Mock]


def decorate_class(owner: type, another: Another) -> None:
    """Give a test class mocks, in place.

    :param owner: a unittest.TestCase, or a class with ``test*`` methods and perhaps ``setup_method``.
    :param another: makes a mock that wasn't entered yet.
    """
    if issubclass(owner, unittest.TestCase):
        _decorate_test_case(owner, another)
    else:
        _decorate_plain_class(owner, another)


def _decorate_test_case(owner: type[unittest.TestCase], another: Another) -> None:
    """``run`` and ``debug`` hold all of one test: setUp, the method, tearDown and clean-ups."""
    for name in ("run", "debug"):
        setattr(owner, name, another()(getattr(owner, name)))


def _decorate_plain_class(owner: type, another: Another) -> None:
    """The mock of a test begins before setup_method and ends after teardown_method.

    A test method that is called by itself gets a mock of its own; under pytest that one is inside
    the set-up's.
    """
    for name in [name for name in dir(owner) if name.startswith("test")]:
        method = inspect.getattr_static(owner, name)
        if isinstance(method, (staticmethod, classmethod)):
            setattr(owner, name, type(method)(another()(method.__func__)))
        elif inspect.isfunction(method):
            setattr(owner, name, another()(method))
    set_up = getattr(owner, "setup_method", None)
    tear_down = getattr(owner, "teardown_method", None)
    if set_up is None and tear_down is None:
        return

    def setup_method(self: Any, method: Any = None) -> None:
        mock = another()
        mock.__enter__()
        try:
            _call(set_up, self, method)
        except BaseException:
            mock.__exit__(None, None, None)
            raise
        vars(self)[_MOCK] = mock

    def teardown_method(self: Any, method: Any = None) -> None:
        try:
            _call(tear_down, self, method)
        finally:
            mock = vars(self).pop(_MOCK, None)  # None where a subclass's set-up left ours out
            if mock is not None:
                mock.__exit__(None, None, None)

    owner.setup_method, owner.teardown_method = setup_method, teardown_method  # type: ignore[attr-defined]


_MOCK = "_s3tag_mock"


def _call(function: Any, instance: Any, method: Any) -> None:
    """Call setup_method or teardown_method, which may leave ``method`` out, as pytest does."""
    if function is not None:
        wants_method = len(inspect.signature(function).parameters) > 1
        function(instance, method) if wants_method else function(instance)
