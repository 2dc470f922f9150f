"""A connection that leads to the mock: a request's bytes in, its answer's bytes out.

For libraries that have no place where a request and its answer are whole.
"""

from __future__ import annotations

import io

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError, NotSupported
from s3tag_mock.intercept import caller_place, http1
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.ours import PlainRequest
from s3tag_mock.intercept.plain_http import answer_here, error_response
from s3tag_mock.intercept.scope import Scope

_END_OF_HEAD = b"\r\n\r\n"
_END_OF_CHUNKS = b"0\r\n\r\n"


class Wire:
    """One connection, which is closed after its first answer: so it doesn't outlast its mock.

    :param scope: the mock.
    :param origin: the URL's scheme and host, with a port where it isn't the scheme's own.
    """

    def __init__(self, scope: Scope, origin: str) -> None:
        self._scope, self._origin, self._place = scope, origin, caller_place.find()
        self._sent = bytearray()
        self._head: http1.Head | None = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take some bytes of the request."""
        self._sent += data

    @property
    def head(self) -> http1.Head | None:
        """The request up to its body, once that is there."""
        if self._head is None and _END_OF_HEAD in self._sent:
            self._head = http1.read_head(io.BytesIO(self._sent))
        return self._head

    @property
    def is_complete(self) -> bool:
        """Whether the whole request is there, or enough of it to see that it is no HTTP."""
        try:
            if self.head is None:
                return False
            length = http1.length_of(self.head.headers)
            if length is None:
                return self._sent.endswith(_END_OF_CHUNKS) and self._read() is not None
        except AwsError as problem:
            return problem.code != errors.INCOMPLETE_BODY.code  # a chunk that looks like the last
        return len(self._sent) >= self._sent.index(_END_OF_HEAD) + len(_END_OF_HEAD) + length

    def _read(self) -> PlainRequest:
        stream = io.BytesIO(self._sent)
        head = http1.read_head(stream)
        assert head is not None
        body = http1.read_body(stream, head.headers)
        url = f"{self._origin}{head.target}" if head.target.startswith("/") else head.target
        return PlainRequest(head.method, url, head.headers, body)

    def answer(self) -> bytes:
        """The answer to the request.

        :raises NoAnswer: when none comes.
        :raises NotSupported: for a parameter that isn't supported, and when the mock was left.
        """
        scope, method = ACTIVE.innermost(self._scope), "GET"
        if scope is None:
            raise NotSupported(
                f"A request to {self._origin} was still on its way when the mock_tagging() that was entered "
                f"at {self._scope.entered_at} was left; nothing was sent."
            )
        try:
            request = self._read()
        except AwsError as problem:
            response = error_response(scope, problem)
        else:
            response, method = answer_here(scope, request, self._place), request.method
        date = {"Date": response.headers["Date"]} if "Date" in response.headers else {}
        return http1.written(response, method, {**date, "Connection": "close"}) + response.body
