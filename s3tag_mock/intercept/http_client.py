"""Plain HTTP by Python's own ``http.client``, and by what is built on it: ``urllib.request`` above all.

A request to S3 gets something in the place of the connection's socket. Proxies are left out of it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any, BinaryIO, Final

from s3tag_mock.intercept.http_wire import Wire
from s3tag_mock.intercept.network_guard import check_host
from s3tag_mock.intercept.ours import PlainRequest, may_resolve, mock_of, place_of
from s3tag_mock.state.fault import INJECTED, NoAnswer

_RAISED: Final[dict[str, type[OSError]]] = {
    "ReadTimeoutError": TimeoutError,
    "ConnectTimeoutError": TimeoutError,
    "EndpointConnectionError": ConnectionRefusedError,
}
#: Where a connection keeps the host and port behind a proxy that it was told to ask for a tunnel.
_BEHIND: Final = "_s3tag_mock_behind"
#: Where it keeps the proxy's own host and port, while those of S3 stand in their place.
_PROXY: Final = "_s3tag_mock_proxy"


def _without_tunnel(original: Callable[..., None]) -> Callable[..., None]:
    """No proxy is asked for a connection to S3: the request is answered, or refused."""

    def set_tunnel(
        self: HTTPConnection, host: Any, port: int | None = None, *args: Any, **options: Any
    ) -> None:
        own = vars(self)
        self.host, self.port = own.pop(_PROXY, (self.host, self.port))  # of two tunnels the last counts
        original(self, host, port, *args, **options)
        name, own_port = place_of(f"//{host}")
        behind = own[_BEHIND] = name, own_port or port or self.default_port  # may be a signed endpoint
        if not may_resolve(name):
            own[_PROXY] = self.host, self.port
            self.host, self.port = behind

    return set_tunnel


def _answering(original: Callable[..., None]) -> Callable[..., None]:
    def putrequest(self: HTTPConnection, method: str, url: str, *args: Any, **options: Any) -> None:
        scheme = "https" if self.default_port == 443 else "http"
        host, port = vars(self).get(_BEHIND, (self.host, self.port))
        origin = f"{scheme}://" + (f"[{host}]" if ":" in host else host)
        if port != self.default_port:
            origin += f":{port}"
        whole = f"{origin}{url}" if url.startswith("/") else url
        scope = mock_of(PlainRequest(method.upper(), whole, {}, None))
        if scope is None:
            check_host(place_of(whole)[0])
        original(self, method, url, *args, **options)  # which sends nothing yet
        if scope is not None:
            if self.sock is not None:
                self.sock.close()
            connection: Any = self
            connection.sock = _Socket(Wire(scope, origin))

    return putrequest


#: Around the beginning of requests.
WRAPPERS: Final = {
    "http.client:HTTPConnection.set_tunnel": _without_tunnel,
    "http.client:HTTPConnection.putrequest": _answering,
}


class _Socket:
    """What ``http.client`` needs of a socket."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def sendall(self, data: Any) -> None:
        self._wire.write(memoryview(data).cast("B"))

    def makefile(self, *args: Any, **options: Any) -> BinaryIO:
        return io.BufferedReader(_Answer(self._wire))

    def close(self) -> None:
        """Nothing is open."""

    def settimeout(self, seconds: float | None) -> None:
        """Nobody waits for anything."""

    def setsockopt(self, *args: Any) -> None:
        """As before."""


class _Answer(io.RawIOBase):
    """What is read of a socket: asked for when somebody reads, as of a real one, so that a failure finds the
    response made.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._bytes: io.BytesIO | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if self._bytes is None:
            try:
                self._bytes = io.BytesIO(self._wire.answer())
            except NoAnswer as none:
                raise _RAISED.get(none.name, RemoteDisconnected)(INJECTED) from None
        return self._bytes.readinto(buffer)
