"""Serving a mock to other processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from s3tag_mock.server.server import Server

if TYPE_CHECKING:
    from s3tag_mock.api.handle import Handle
    from s3tag_mock.api.snapshot import Snapshot
    from s3tag_mock.intercept.http1 import Head


def serve(aws: Handle, host: str, port: int) -> Server:
    """Serve a mock that is active."""
    version = _version()
    snapshots: list[Snapshot] = []

    def control(head: Head, body: bytes, served_at: str) -> tuple[int, dict[str, str], bytes]:
        from s3tag_mock.api.control.app import Control  # the server starts sooner without

        return Control(aws, version, snapshots)(head, body, served_at)

    return Server(aws._entered(), host, port, control, version)


def _version() -> str:
    return str(getattr(sys.modules.get("s3tag_mock"), "__version__", "unknown"))


def running(aws: Handle) -> Server:
    """A server of a mock's; a new one where none runs."""
    servers: list[Server] = aws._entered().servers
    return servers[0] if servers else serve(aws, "127.0.0.1", 0)


@contextmanager
def set_in_this_process(environment: Mapping[str, str]) -> Iterator[None]:
    """Have this process's environment be another one for a while."""
    before = {name: os.environ.get(name) for name in {*environment, *os.environ}}
    changed = {name: value for name, value in before.items() if value != environment.get(name)}
    _set({name: environment.get(name) for name in changed})
    try:
        yield
    finally:
        _set(changed)


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
