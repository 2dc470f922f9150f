"""Tests that are coroutines, and clients of aiobotocore for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from inspect import iscoroutinefunction
from typing import Any

import pytest

#: Gives a client: by the name of its service, and options of ``create_client``.
MakeClient = Callable[..., AbstractAsyncContextManager[Any]]


def needs_aiobotocore(version: str, what: str) -> pytest.MarkDecorator:
    """Skip a test of what aiobotocore itself can't do before a version.

    :param version: the first that can.
    """
    try:
        installed = import_module("aiobotocore").__version__
    except ImportError:
        installed = version
    numbers = [tuple(map(int, one.split(".")[:2])) for one in (installed, version)]
    return pytest.mark.skipif(numbers[0] < numbers[1], reason=f"aiobotocore {what} since {version}")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in an event loop of its own."""
    if not iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(params=["aiohttp", "httpx"])
def backend(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Options of aiobotocore's configuration: what it would send by."""
    if request.param == "aiohttp":
        return {}
    module = pytest.importorskip("aiobotocore.httpxsession")
    if module.httpx is None:
        pytest.skip("httpx isn't installed")
    return {"http_session_cls": module.HttpxSession}


@pytest.fixture
def client() -> MakeClient:
    """Makes a client for ``async with``."""
    from aiobotocore.config import AioConfig
    from aiobotocore.session import get_session

    @asynccontextmanager
    async def make(
        service: str = "s3", config: dict[str, Any] | None = None, **options: Any
    ) -> AsyncIterator[Any]:
        options = {"region_name": "us-east-1", **options}
        async with get_session().create_client(service, config=AioConfig(**config or {}), **options) as made:
            yield made

    return make
