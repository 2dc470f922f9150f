"""What a child asks its proxy for that isn't AWS's: passed on, so that other hosts are reached as ever."""

from __future__ import annotations

import os
import selectors
import socket
import sys
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from s3tag_mock.intercept.http1 import Head

#: How long a connection to a host may take, in seconds.
_PATIENCE: Final = 30.0
_PIECE: Final = 1 << 16
#: Headers that are about one connection, and not passed on.
_OF_CONNECTION: Final = frozenset(
    {"connection", "expect", "keep-alive", "proxy-authorization", "proxy-connection", "transfer-encoding"}
)
_PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443}


class Proxies:
    """The proxies that this process itself has to use, as they were when the server was started.

    :param port: at which the server listens: where the environment leads to it already, it is none.
    """

    def __init__(self, port: int) -> None:
        own = f"127.0.0.1:{port}"
        self._known = {name: url for name, url in _proxies().items() if urlsplit(url).netloc != own}

    def connect(self, scheme: str, host: str, port: int) -> tuple[socket.socket, bool]:
        """A connection to a host, or to the proxy that leads to it.

        :return: the connection, and whether a proxy is at its other end.
        :raises OSError: where there is none.
        """
        from urllib.request import proxy_bypass

        proxy = urlsplit(self._known.get(scheme, ""))
        if not proxy.hostname or proxy_bypass(f"{host}:{port}"):
            return socket.create_connection((host, port), _PATIENCE), False
        return socket.create_connection((proxy.hostname, proxy.port or 80), _PATIENCE), True


def _proxies() -> Mapping[str, str]:
    """The proxies by scheme, as Python finds them."""
    has_others = sys.platform in {"darwin", "win32"}  # those of the system's settings
    if not has_others and not any(name.lower().endswith("_proxy") for name in os.environ):
        return {}
    from urllib.request import getproxies  # which takes long to import

    return getproxies()


def tunnel(client: socket.socket, target: str, proxies: Proxies) -> None:
    """Open a tunnel, as CONNECT asks for it, and pass on what either side sends until one of them ends.

    :param target: a host and a port.
    """
    host, _, port = target.rpartition(":")
    try:
        other, is_proxy = proxies.connect("https", host.strip("[]"), int(port))
    except (OSError, ValueError):
        client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return
    with other:
        if is_proxy:
            other.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
        else:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        _pass_on({client: other, other: client})


def forward(client: socket.socket, head: Head, body: bytes, proxies: Proxies) -> None:
    """Send a request for a whole URL to its host, and pass on the answer; the connection ends with it."""
    parts = urlsplit(head.target)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 80)
        other, is_proxy = proxies.connect(parts.scheme, parts.hostname or "", port)
    except (OSError, ValueError):
        client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return
    own = head.target[len(f"{parts.scheme}://{parts.netloc}") :]
    target = head.target if is_proxy else (own if own.startswith("/") else f"/{own}")
    headers = {name: value for name, value in head.headers.items() if name not in _OF_CONNECTION}
    if body or "transfer-encoding" in head.headers:
        headers["content-length"] = str(len(body))
    headers |= {"host": parts.netloc.rpartition("@")[2], "connection": "close"}
    lines = [f"{head.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    with other:
        other.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        _pass_on({other: client})


def _pass_on(pairs: Mapping[socket.socket, socket.socket]) -> None:
    """Pass on what comes from each socket to its other one, until one ends."""
    with selectors.DefaultSelector() as waiting:
        for source in pairs:
            waiting.register(source, selectors.EVENT_READ)
        while _passed(pairs, (ready.fileobj for ready, _ in waiting.select())):
            pass


def _passed(pairs: Mapping[socket.socket, socket.socket], ready: Iterable[object]) -> bool:
    for source in ready:
        assert isinstance(source, socket.socket)
        piece = source.recv(_PIECE)
        if not piece:
            return False
        pairs[source].sendall(piece)
    return True
