"""Whatever comes in over HTTP is answered as in the process: a success, or an error that changes nothing."""

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
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing, needs_botocore
from tools.fuzz.generate import steps
from tools.fuzz.run import Run, Runner
from tools.fuzz.values import OTHER_ACCOUNT
from tools.fuzz.world import ANONYMOUS, CONFIG, world_for

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


@needs_botocore("1.44", "all that is served")
@fuzzing(3, shrinks=False)
@given(seed=st.integers(0, 2**32))
def test_sequences_of_all_operations(seed: int) -> None:
    with world_for(seed) as aws, aws.serve() as server, clients_of(server.url) as clients:
        runner = Runner(aws, Run(seed), clients)
        for step in steps(seed, 60):
            if not runner.take(step):
                raise AssertionError("\n".join(runner.result.done)) from runner.result.failure
        codes = {call.error_code for call in aws.calls}
    assert {None, "AccessDenied"} <= codes
    assert not codes & {"SignatureDoesNotMatch", "InvalidAccessKeyId"}  # they are signed as AWS has it
