"""A mock around the body of a function of any kind."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, aclosing
from typing import Any

#: Makes a mock that has not been entered: every call of the function gets one of its own.
MakeMock = Callable[[], AbstractContextManager[Any]]


def decorate_function(function: Any, make_mock: MakeMock) -> Any:
    """A function of the same kind, name and signature, whose body runs inside a mock.

    :param function: a function, coroutine function, generator function or asynchronous one.
    """
    kinds: list[tuple[Callable[[Any], bool], Callable[[Any, MakeMock], Any]]] = [
        (inspect.isasyncgenfunction, _around_async_generator),
        (inspect.iscoroutinefunction, _around_coroutine),
        (inspect.isgeneratorfunction, _around_generator),
    ]
    around = next((wrap for is_kind, wrap in kinds if is_kind(function)), _around_function)
    return around(function, make_mock)


def _around_function(function: Any, make_mock: MakeMock) -> Any:
    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        with make_mock():
            return function(*args, **kwargs)

    return inside


def _around_coroutine(function: Any, make_mock: MakeMock) -> Any:
    @functools.wraps(function)
    async def inside(*args: Any, **kwargs: Any) -> Any:
        with make_mock():
            return await function(*args, **kwargs)

    return inside


def _around_generator(function: Any, make_mock: MakeMock) -> Any:
    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        with make_mock():
            return (yield from function(*args, **kwargs))

    return inside


def _around_async_generator(function: Any, make_mock: MakeMock) -> Any:
    @functools.wraps(function)
    async def inside(*args: Any, **kwargs: Any) -> Any:
        # Close the generator inside the mock, so that its clean-up is mocked too.
        with make_mock():
            async with aclosing(function(*args, **kwargs)) as values:
                async for value in values:
                    yield value

    return inside
