"""A running server, as ``aws.serve()`` gives it."""

from __future__ import annotations

import os
from types import TracebackType

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.server import environment
from s3tag_mock.server.listener import App, Control, listen


class Server:
    """The mock over HTTP, until ``stop()``, the end of a ``with``, or the end of the mock.

    :param scope: the mock, which is active.
    :param host: an IP address; for one of this machine alone the server listens at 127.0.0.1 and ::1.
    :param port: 0 for any that is free.
    :param control: answers what is asked of the mock itself.
    :param version: this package's, which every answer names.
    :raises Misuse: for a port that is taken.
    """

    def __init__(
        self,
        scope: Scope,
        host: str,
        port: int,
        control: Control,
        version: str,
    ) -> None:
        self._scope = scope
        self._listeners = listen(host, port, App(self._serving, control, version))
        shown = "127.0.0.1" if host in {"0.0.0.0", "localhost"} else host
        self._netloc = f"{f'[{shown}]' if ':' in shown else shown}:{self._listeners[0].port}"
        for one in self._listeners:
            one.start()
        scope.servers.append(self)
        scope.undo.callback(self.stop)

    @property
    def url(self) -> str:
        """Where it is reached: ``http://127.0.0.1:54321``, an ``endpoint_url`` for clients of S3 and STS."""
        return f"http://{self._netloc}"

    def environment(self, **further: str) -> dict[str, str]:
        """A whole environment for a child process: this process's, with what leads AWS's SDKs to the server.

            subprocess.run(["aws", "s3", "ls"], env=server.environment())

        :param further: variables to add.
        """
        child = environment.of_child(os.environ, self._scope.settings, self.url)
        child["AWS_SHARED_CREDENTIALS_FILE"] = self._scope.credentials_file
        return child | further

    def stop(self) -> None:
        """Close the port and every connection; stopping twice is not an error."""
        listeners, self._listeners[:] = list(self._listeners), []
        for one in listeners:
            one.stop()
        if self in self._scope.servers:
            self._scope.servers.remove(self)

    def abandon(self) -> None:
        """Close what a fork has of it; the parent's goes on."""
        for one in self._listeners:
            one.abandon()

    def _serving(self) -> Scope | None:
        """The mock that answers: the innermost on the same world, or on a copy of it for a class's test."""
        own = self._scope
        for scope in reversed(ACTIVE.scopes):
            outer: Scope | None = scope
            while outer is not None and outer.world is not own.world:
                outer = outer.copy_of
            if outer is not None:
                return scope
        return None

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<s3tag_mock server at {self.url}{'' if self._listeners else ', stopped'}>"
