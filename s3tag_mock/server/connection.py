"""One connection of a client's: its requests, one after the other, until somebody closes it."""

from __future__ import annotations

import socket
import socketserver
from io import BufferedReader
from typing import TYPE_CHECKING, Final, cast

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.intercept import http1
from s3tag_mock.intercept.http1 import Head
from s3tag_mock.intercept.plain_http import error_response
from s3tag_mock.protocol.http import Response
from s3tag_mock.server import foreign, hosts, relay
from s3tag_mock.server.answering import respond
from s3tag_mock.state.fault import NoAnswer

if TYPE_CHECKING:
    from s3tag_mock.server.listener import Listener

#: Of a request that was given up, how many bytes are read on, and how many seconds is waited for them.
_MOST_LEFT: Final = 1 << 22
_LINGER: Final = 1.0
#: Where the mock itself is asked; no bucket that S3 makes has such a name.
CONTROL_PATH: Final = "/_s3tag_mock/"
#: The header by which a client tells the mock from AWS.
MARK: Final = "x-s3tag-mock"
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_ESTABLISHED: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"
_CLOSE: Final = {"Connection": "close"}


class Connection(socketserver.StreamRequestHandler):
    """Serves a connection in a thread of its own."""

    #: Seconds that a client may take to go on.
    timeout = 60.0
    disable_nagle_algorithm = True
    server: Listener

    @property
    def _stream(self) -> BufferedReader:
        return cast("BufferedReader", self.rfile)

    def handle(self) -> None:
        """Answer requests until the connection ends, however it does."""
        try:
            while self._serve_one():
                pass
        except OSError:
            pass  # the client, or stop(), has closed it

    def _serve_one(self) -> bool:
        """Answer one request.

        :return: whether another may follow.
        """
        head: Head | None = None
        try:
            if not self._stream.peek(1):
                return False
        except TimeoutError:
            return False  # nothing was asked for
        try:
            head = http1.read_head(self._stream)
            if head is None:
                return False
            if head.method == "CONNECT":
                return self._connect(head)
            if head.waits_for_continue:
                self.wfile.write(_CONTINUE)
            body = http1.read_body(self._stream, head.headers)
        except AwsError as problem:
            return self._give_up(problem, head)
        except TimeoutError:
            return self._give_up(errors.BODY_TOO_SLOW(), head)
        if not hosts.is_for_server(head, self.server.port):
            relay.forward(self.connection, head, body, self.server.proxies)
            return False
        scope = self.server.app.serving()
        if scope is None:
            return False
        if head.target.startswith(CONTROL_PATH):
            answered = self.server.app.control(head, body, self.server.host)
            self._write(Response(*answered), head.method, {} if head.is_kept_alive else _CLOSE)
            return head.is_kept_alive
        try:
            response = respond(scope, head, body)
        except NoAnswer as failure:
            if failure.name == "ReadTimeoutError" and scope.world.clock.takes_real_time:
                self._wait_for_the_client()
            return False
        self._write(response, head.method, {} if head.is_kept_alive else _CLOSE)
        return head.is_kept_alive

    def _wait_for_the_client(self) -> None:
        """Say nothing until the client has had enough, or the server is stopped."""
        self.connection.settimeout(None)
        self.connection.recv(1)

    def _connect(self, head: Head) -> bool:
        """Answer a client that wants a tunnel: one to AWS is refused, one to the server ends here."""
        if hosts.is_aws(head.target):
            scope = self.server.app.serving()
            if scope is not None:
                scope.turned_away.add(head.target)
            self._write(foreign.no_tunnel(head.target), head.method, _CLOSE)
        elif hosts.is_for_server(head, self.server.port):
            self.wfile.write(_ESTABLISHED)
            return True
        else:
            relay.tunnel(self.connection, head.target, self.server.proxies)
        return False

    def _give_up(self, problem: AwsError, head: Head | None) -> bool:
        """Answer a request that couldn't be read to its end; what follows can't be read either."""
        scope = self.server.app.serving()
        if scope is not None:
            self._write(error_response(scope, problem), "GET" if head is None else head.method, _CLOSE)
            self._read_the_rest()
        return False

    def _read_the_rest(self) -> None:
        """Read on for a moment: a connection that is closed before all was read takes its answer along."""
        self.connection.settimeout(min(self.timeout, _LINGER))
        self.connection.shutdown(socket.SHUT_WR)
        left = _MOST_LEFT
        while left > 0 and (piece := self._stream.read1(_MOST_LEFT)):
            left -= len(piece)

    def _write(self, response: Response, method: str, further: dict[str, str]) -> None:
        head = http1.written(response, method, {MARK: self.server.app.version, **further})
        has_body = method != "HEAD" and response.body
        if has_body and len(response.body) > 1 << 16:
            self.wfile.write(head)
            self.wfile.write(response.body)
        else:
            self.wfile.write(head + response.body if has_body else head)
