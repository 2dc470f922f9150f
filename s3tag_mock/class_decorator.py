"""A mock for each test method of a class, with its set-up and tear-down inside."""

from __future__ import annotations

import functools
import inspect
import unittest
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

Another = Callable[[], AbstractContextManager[Any]]


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
        setattr(owner, name, _inside(getattr(owner, name), another))


def _decorate_plain_class(owner: type, another: Another) -> None:
    """The mock of a test begins before setup_method and ends after teardown_method.

    A test method that is called by itself gets a mock of its own; under pytest that one is inside
    the set-up's.
    """
    for name, method in inspect.getmembers(owner, inspect.isfunction):
        if name.startswith("test"):
            setattr(owner, name, another()(method))  # type: ignore[operator]
    set_up = getattr(owner, "setup_method", None)
    tear_down = getattr(owner, "teardown_method", None)
    if set_up is None and tear_down is None:
        return

    def setup_method(self: Any, method: Any) -> None:
        mock = another()
        mock.__enter__()
        try:
            _call(set_up, self, method)
        except BaseException:
            mock.__exit__(None, None, None)
            raise
        vars(self)[_MOCK] = mock

    def teardown_method(self: Any, method: Any) -> None:
        try:
            _call(tear_down, self, method)
        finally:
            vars(self).pop(_MOCK).__exit__(None, None, None)

    owner.setup_method, owner.teardown_method = setup_method, teardown_method  # type: ignore[attr-defined]


_MOCK = "_s3tag_mock"


def _call(function: Any, instance: Any, method: Any) -> None:
    """Call setup_method or teardown_method, which may leave ``method`` out, as pytest does."""
    if function is not None:
        wants_method = len(inspect.signature(function).parameters) > 1
        function(instance, method) if wants_method else function(instance)


def _inside(function: Any, another: Another) -> Any:
    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        with another():
            return function(*args, **kwargs)

    return inside
