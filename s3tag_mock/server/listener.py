"""The sockets of a server: where it listens, and the connections that it has."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from s3tag_mock.exceptions import Misuse
from s3tag_mock.intercept.http1 import Head
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.server.connection import Connection
from s3tag_mock.server.relay import Proxies

#: How often a listener looks whether it is to stop, in seconds.
_POLL: Final = 0.05
#: How long stop() waits for the threads of connections, in seconds, all together.
_PATIENCE: Final = 1.0
#: Addresses of this machine alone, at which a server for one listens on both.
_LOOPBACK: Final = {"127.0.0.1": "::1", "localhost": "::1"}
#: How often a port that is free for one of them is looked for, that the other has, too.
_TRIES: Final = 20


#: Answers a request about the mock itself with status, headers and body.
Control = Callable[[Head, bytes, str], tuple[int, dict[str, str], bytes]]


@dataclass(frozen=True, slots=True)
class App:
    """What is behind a server's sockets.

    :param serving: the mock that answers now; None where it was left.
    :param control: answers what is asked of the mock itself, given the host at which the server listens.
    :param version: this package's.
    """

    serving: Callable[[], Scope | None]
    control: Control
    version: str


class Listener(socketserver.ThreadingTCPServer):
    """Listens at one address.

    :param host: its IP address.
    :param app: what is behind it.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # On Windows it would let two servers have one port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, host: str, port: int, app: App) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.app = app
        self._lock = threading.Lock()
        self._connections: dict[socket.socket, threading.Thread] = {}
        self._is_stopping = False
        super().__init__((host, port), Connection)
        self.proxies = Proxies(self.port)
        self._thread = threading.Thread(
            target=self.serve_forever, args=(_POLL,), name="s3tag_mock server", daemon=True
        )

    @property
    def host(self) -> str:
        """Where it listens, as a Host header has it."""
        name = str(self.server_address[0])
        return f"{f'[{name}]' if ':' in name else name}:{self.port}"

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def start(self) -> None:
        """Accept connections from now on."""
        self._thread.start()

    def server_bind(self) -> None:
        """Bind the socket, of IPv6 to that alone."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own."""
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), name="s3tag_mock", daemon=True
        )
        with self._lock:
            is_stopping = self._is_stopping
            self._connections[request] = thread
        if is_stopping:
            self.shutdown_request(request)
        else:
            thread.start()

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._lock:
            self._connections.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing more of a connection than its answer said."""

    def stop(self) -> None:
        """Close the port and every connection."""
        if self._thread.is_alive():
            self.shutdown()
        self.server_close()
        with self._lock:
            self._is_stopping = True
            threads = list(self._connections.values())
            for connection in list(self._connections):
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        end = time.monotonic() + _PATIENCE
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(max(end - time.monotonic(), 0.0))

    def abandon(self) -> None:
        """Close the copies of its sockets that a fork has; the parent's go on."""
        for one in (self.socket, *self._connections):
            one.close()


def listen(host: str, port: int, app: App) -> list[Listener]:
    """Listeners at a host, all at the same port; for one of this machine alone, of both its addresses.

    :param port: 0 for any that is free.
    :raises Misuse: for a port that is taken, or a host that isn't this machine's.
    """
    address, other = ("127.0.0.1" if host in _LOOPBACK else host), _LOOPBACK.get(host)
    for _ in range(_TRIES):
        try:
            first = Listener(address, port, app)
        except (OSError, OverflowError) as problem:
            raise Misuse(f"s3tag_mock can't listen at {host}:{port}: {problem}.") from None
        if other is None or not _has_ipv6():
            return [first]
        try:
            return [first, Listener(other, first.port, app)]
        except OSError as problem:
            first.server_close()
            if port:
                raise Misuse(f"s3tag_mock can't listen at [{other}]:{port}: {problem}.") from None
    raise Misuse(f"s3tag_mock found no port that is free at both {address} and {other}.")


def _has_ipv6() -> bool:
    """Whether this machine has a loopback address of IPv6."""
    if not socket.has_ipv6:
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False
