"""Fixtures of the tests of the server: connections of this machine with itself are allowed."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a connection to another machine fails."""
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def connect_here(self: socket.socket, address: Any) -> None:
        assert address[0] in {"127.0.0.1", "::1"}, f"a test reached for the network: {address}"
        connect(self, address)

    def look_up_here(host: Any, *args: Any, **options: Any) -> Any:
        assert host in {"127.0.0.1", "::1", "localhost"}, f"a test reached for the network: {host}"
        return getaddrinfo(host, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_here)


@pytest.fixture
def server(aws: Any) -> Iterator[Any]:
    with aws.serve() as running:
        yield running


@pytest.fixture
def port(server: Any) -> int:
    return int(server.url.rpartition(":")[2])


@pytest.fixture
def connection(port: int) -> Iterator[http.client.HTTPConnection]:
    """A connection that is kept alive."""
    made = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    yield made
    made.close()


@pytest.fixture
def send(port: int) -> Callable[[bytes], bytes]:
    """Sends bytes, ends its side of the connection, and gives all that is answered."""

    def send_bytes(sent: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as own:
            own.sendall(sent)
            own.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: own.recv(1 << 16), b""))

    return send_bytes
