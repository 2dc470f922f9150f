"""The mock over HTTP beside moto's server: requests in a second, and the time from start to the first answer.

moto's server needs ``pip install 'moto[server]'``.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median
from typing import Final

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

#: How to start each, at a port.
SERVERS: Final = {
    "ours": ("-m", "s3tag_mock", "serve", "--port", "{port}"),
    "moto": ("-m", "moto.server", "-H", "127.0.0.1", "-p", "{port}"),
}
_TAGGING: Final = b"<Tagging><TagSet><Tag><Key>team</Key><Value>blue</Value></Tag></TagSet></Tagging>"
_REQUESTS: Final = 200
_PAIRS: Final = 5
_ROUNDS: Final = 3
_PATIENCE: Final = 60.0


class Client:
    """A client that keeps its connection, as long as the server does; it costs next to nothing itself."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: socket.socket | None = None

    def send(self, request: bytes) -> int:
        """Send a request; give the status of its answer, once all of that has come."""
        for _ in range(2):
            try:
                return self._exchange(request)
            except (ConnectionError, ValueError):
                self._connection = None  # it was closed after the last answer
        raise ConnectionError("no answer")

    def _exchange(self, request: bytes) -> int:
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self._port), timeout=_PATIENCE)
        self._connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        while len(body) < length:
            body += self._more()
        if b"connection: close" in lines:
            self._connection = None
        return int(head[9:12])

    def _more(self) -> bytes:
        assert self._connection is not None
        piece = self._connection.recv(1 << 16)
        if not piece:
            raise ConnectionError("closed")
        return piece


def signed(method: str, port: int, path: str, body: bytes = b"") -> bytes:
    """A request with its signature, ready to be sent as often as one likes."""
    request = AWSRequest(method, f"http://127.0.0.1:{port}{path}", data=body)
    S3SigV4Auth(Credentials("testing", "testing"), "s3", "us-east-1").add_auth(request)
    headers = {**dict(request.headers), "Host": f"127.0.0.1:{port}", "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def running(kind: str) -> Iterator[tuple[int, float]]:
    """A server in a process of its own: its port, and how long it took to its first answer, in seconds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, *(part.format(port=port) for part in SERVERS[kind])]
    # Signed before, so that the client takes little of the processor while the server starts.
    first = signed("GET", port, "/")
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while time.perf_counter() - began < _PATIENCE:
                with suppress(ConnectionError):
                    if Client(port).send(first) == 200:
                        break
                time.sleep(0.005)
            yield port, time.perf_counter() - began
        finally:
            process.terminate()


def rate(port: int) -> float:
    """Requests in a second, of put_object_tagging and get_object in turns."""
    client = Client(port)
    for method, path in (("PUT", "/photos"), ("PUT", "/photos/a.jpg")):
        assert client.send(signed(method, port, path)) == 200
    pair = signed("PUT", port, "/photos/a.jpg?tagging=", _TAGGING), signed("GET", port, "/photos/a.jpg")
    began = time.perf_counter()
    for number in range(_REQUESTS):
        assert client.send(pair[number % 2]) == 200
    return _REQUESTS / (time.perf_counter() - began)


def ratios() -> tuple[float, float, float]:
    """Our requests in a second; how many times moto's they are; our start, of moto's: medians of pairs."""
    rates, times, starts = [], [], []
    for _ in range(_PAIRS):
        with running("ours") as (port, start), running("moto") as (motos, start_of_moto):
            starts.append(start / start_of_moto)
            for _ in range(_ROUNDS):
                ours = rate(port)
                rates.append(ours)
                times.append(ours / rate(motos))
    return median(rates), median(times), median(starts)


if __name__ == "__main__":
    print(*(f"{number:.2f}" for number in ratios()))
