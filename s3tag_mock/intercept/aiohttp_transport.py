"""A connection of aiohttp's that leads to the mock."""

from __future__ import annotations

import asyncio
import sys
from errno import ECONNREFUSED
from typing import Any, Final

from s3tag_mock.intercept.http_wire import Wire
from s3tag_mock.state.fault import INJECTED, NoAnswer

_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def connected(wire: Wire, request: Any) -> Any:
    """aiohttp's end of a connection.

    :param request: aiohttp's.
    """
    protocol = sys.modules["aiohttp.client_proto"].ResponseHandler(loop=asyncio.get_running_loop())
    protocol.connection_made(_Transport(wire, protocol, request))
    return protocol


class _Transport(asyncio.Transport):
    """A transport that asks the mock once the request is complete."""

    def __init__(self, wire: Wire, protocol: Any, request: Any) -> None:
        super().__init__()
        self._wire, self._protocol, self._request = wire, protocol, request
        self._is_asked = False

    def write(self, data: Any) -> None:
        self._wire.write(data)
        if self._wire.is_complete and not self._is_asked:
            self._is_asked = True
            asyncio.get_running_loop().call_soon(self._answer)
        elif self._wire.head and self._wire.head.waits_for_continue:
            asyncio.get_running_loop().call_soon(self._protocol.data_received, _CONTINUE)

    def _answer(self) -> None:
        try:
            answer = self._wire.answer()
        except NoAnswer as none:
            self._protocol.set_exception(self._raised(none.name))
        except Exception as refusal:
            self._protocol.set_exception(refusal)
        else:
            self._protocol.data_received(answer)

    def _raised(self, name: str) -> Exception:
        aiohttp: Any = sys.modules["aiohttp"]
        raised: Exception
        if name == "EndpointConnectionError":
            raised = aiohttp.ClientConnectorError(
                self._request.connection_key, OSError(ECONNREFUSED, INJECTED)
            )
        elif name in {"ReadTimeoutError", "ConnectTimeoutError"}:
            raised = aiohttp.ServerTimeoutError(INJECTED)
        else:
            raised = aiohttp.ServerDisconnectedError(INJECTED)
        return raised

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing is open."""

    abort = close

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        """The whole answer is there at once."""

    resume_reading = pause_reading
