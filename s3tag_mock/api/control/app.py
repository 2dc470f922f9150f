"""The control API: a request in, JSON out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from s3tag_mock.api.control import console, guard, openapi
from s3tag_mock.api.control.route import PREFIX, Asked, Route
from s3tag_mock.api.control.routes import ROUTES
from s3tag_mock.api.handle import Handle
from s3tag_mock.api.snapshot import Snapshot
from s3tag_mock.exceptions import Misuse, UnknownName
from s3tag_mock.intercept.http1 import Head

#: Status, headers and body.
Answered = tuple[int, dict[str, str], bytes]
_DOCUMENT: Final = f"{PREFIX}/openapi.json"
#: What no page of another site may make of an answer.
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


class _Watched(Handle):
    """A mock as the console sees it: what a person looks at, the test doesn't.

    :param aws: the mock.
    """

    def __init__(self, aws: Handle) -> None:
        self._lifecycle = aws._lifecycle

    def _inspect(self, *what: str) -> None:
        """Note nothing, so that findings say what the test overlooked."""


class Control:
    """Answers the requests to ``/_s3tag_mock/``.

    :param aws: the mock.
    :param version: this package's.
    :param snapshots: those that were taken.
    """

    def __init__(self, aws: Handle, version: str, snapshots: list[Snapshot]) -> None:
        self._aws, self._watched = aws, _Watched(aws)
        self._version = version
        self._snapshots = snapshots

    def __call__(self, head: Head, body: bytes, served_at: str) -> Answered:
        """The answer to a request: status, headers, body.

        :param served_at: the host at which the server listens, with its port.
        """
        try:
            guard.check(head, served_at)
            parts = urlsplit(head.target)
            if parts.path == console.PATH and head.method in {"GET", "HEAD"}:
                page, policy = console.page()
                headers = {**_HEADERS, "Content-Type": "text/html; charset=utf-8"}
                return 200, {**headers, "Content-Security-Policy": policy}, page
            if parts.path == _DOCUMENT and head.method == "GET":
                return _json(200, openapi.document(ROUTES, self._version))
            route, path = _found(head.method, parts.path)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            asked = Asked(path, query, _members(body), self._snapshots)
            route.check(asked)
            is_page = head.headers.get("sec-fetch-site") == "same-origin"
            found = route.answer(self._watched if is_page else self._aws, asked)
            return _json(200, {} if found is None else found)
        except guard.Refused as refused:
            return _json(refused.status, {"error": str(refused)})
        except UnknownName as unknown:
            return _json(404, {"error": str(unknown)})
        except Misuse as misuse:
            return _json(400, {"error": str(misuse)})


def _found(method: str, path: str) -> tuple[Route, Mapping[str, str]]:
    """The route of a request, and the parts of its path that have names.

    :raises Refused: where there is none.
    """
    at_path = [(route, match) for route in ROUTES if (match := route.pattern.fullmatch(path))]
    for route, match in at_path:
        if route.method == method:
            return route, {name: unquote(text) for name, text in match.groupdict().items()}
    methods = ", ".join(route.method for route, _ in at_path)
    if methods:
        raise guard.Refused(405, f"{path} takes {methods}.")
    raise guard.Refused(404, f"There is nothing at {path}; {_DOCUMENT} lists what there is.")


def _members(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except (ValueError, RecursionError) as problem:
        raise Misuse(f"The body is no JSON: {problem}.") from None
    if not isinstance(found, dict):
        raise Misuse("The body must be an object of JSON.")
    return found


def _json(status: int, found: Any) -> Answered:
    body = json.dumps(found, default=str).encode()
    return status, {"Content-Type": "application/json", **_HEADERS}, body
