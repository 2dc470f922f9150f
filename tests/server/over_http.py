"""Clients of boto3 in this process whose requests are really sent to a server."""

from __future__ import annotations

import http.client
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import MethodType
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.awsrequest import AWSResponse
from botocore.endpoint import Endpoint

from tools.fuzz.values import OTHER_ACCOUNT
from tools.fuzz.world import ANONYMOUS, CONFIG

#: botocore's own, which no mock answers.
MAKE_REQUEST = Endpoint.make_request


class Session:
    """Sends what a client of botocore has prepared to a server, whatever the host in its URL is."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def send(self, request: Any) -> AWSResponse:
        parts = urlsplit(request.url)
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        headers = {"Host": parts.netloc.lower(), **request.headers}
        self.connection.request(request.method, target, request.body, headers)
        answer = self.connection.getresponse()
        return AWSResponse(request.url, answer.status, answer.headers, Raw(answer.read()))


class Raw(io.BytesIO):
    def stream(self, *given: Any, **options: Any) -> Iterator[bytes]:
        yield self.read()


@contextmanager
def clients_of(url: str) -> Iterator[Callable[[str, str], Any]]:
    """Makes clients whose requests are signed, and really sent to a server."""
    sessions = []

    @cache
    def client(service: str, caller: str) -> Any:
        made = boto3.client(
            service,
            "us-east-1",
            endpoint_url=url,
            config=ANONYMOUS if caller == "anonymous" else CONFIG,
            aws_access_key_id=OTHER_ACCOUNT if caller == "other" else "testing",
            aws_secret_access_key="testing",
        )
        endpoint = made._endpoint
        endpoint.make_request = MethodType(MAKE_REQUEST, endpoint)
        endpoint.http_session = Session(int(url.rpartition(":")[2]))
        sessions.append(endpoint.http_session)
        return made

    yield client
    for session in sessions:
        session.connection.close()
