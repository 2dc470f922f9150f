"""Plain HTTP by aiohttp: its own requests and responses, over a connection that leads to the mock."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from typing import Any, Final

from s3tag_mock.intercept.http_wire import Wire
from s3tag_mock.intercept.network_guard import check_host
from s3tag_mock.intercept.ours import PlainRequest, mock_of


def _answering(
    original: Callable[..., Coroutine[Any, Any, Any]],
) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def connect(self: Any, request: Any, *args: Any, **options: Any) -> Any:
        url = request.url
        scope = mock_of(PlainRequest(request.method.upper(), str(url), dict(request.headers), None))
        if scope is None:
            check_host(url.raw_host)
            return await original(self, request, *args, **options)
        wire = Wire(scope, str(url.origin()))
        return await original(_connector(wire), request, *args, **options)

    return connect


#: By the place of what it wraps, once it is imported.
OF_IMPORTED: Final = {"aiohttp.connector:BaseConnector.connect": _answering}


def _connector(wire: Wire) -> Any:
    """What makes connections that aren't kept, and lead to the mock."""

    async def create_connection(self: Any, request: Any, *args: Any, **options: Any) -> Any:
        # It imports asyncio, which takes long, and which whoever gets here has imported.
        from s3tag_mock.intercept.aiohttp_transport import connected

        return connected(wire, request)

    base: Any = sys.modules["aiohttp"].BaseConnector
    kind = type("MockConnector", (base,), {"_create_connection": create_connection})
    return kind(force_close=True)
