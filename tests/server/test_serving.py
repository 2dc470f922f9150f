"""``aws.serve()``: the same mock over HTTP, from its start to its end."""

from __future__ import annotations

import http.client
import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import requests

from conftest import ACCOUNT
from s3tag_mock import Misuse, mock_tagging
from tests.server.over_http import clients_of
from tests.support import active_mock, tag_set, tagging_job


def fetch(url: str, path: str) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def presigned(server: Any, key: str) -> str:
    s3 = boto3.client("s3", endpoint_url=server.url)
    url = str(s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": key}))
    return url[len(server.url) :]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_one_port_at_both_addresses_of_this_machine(server: Any, photos: str, host: str) -> None:
    path = presigned(server, "c.jpg")
    assert fetch(f"http://{host}:{urlsplit(server.url).port}", "/")[0] == 403
    assert fetch(server.url, path) == (200, b"three")


def test_calls_are_logged_with_those_of_the_process(
    aws: Any, s3: Any, server: Any, photos: str, connection: Any
) -> None:
    connection.request("GET", presigned(server, "c.jpg"), headers={"amz-sdk-request": "attempt=3; max=5"})
    connection.getresponse().read()
    s3.head_object(Bucket=photos, Key="c.jpg")
    assert [(call.operation, call.retries) for call in aws.calls] == [("GetObject", 2), ("HeadObject", 0)]


def test_calls_from_everywhere_at_once(aws: Any, server: Any, photos: str) -> None:
    """By threads of this process and over HTTP: none is lost, and each has a number of its own."""

    def tag(s3: Any, key: str) -> None:
        for number in range(20):
            s3.put_object_tagging(Bucket=photos, Key=key, Tagging=tag_set(number=str(number)))
            found = s3.get_object_tagging(Bucket=photos, Key=key)["TagSet"]
            assert found == [{"Key": "number", "Value": str(number)}]

    with clients_of(server.url) as one, clients_of(server.url) as other, ThreadPoolExecutor() as pool:
        s3 = aws.client("s3")
        calls = zip(
            (s3, one("s3", "own"), s3, other("s3", "own")), ("a.jpg", "b.jpg", "c.jpg", "d.jpg"), strict=True
        )
        aws.put_objects(photos, ["d.jpg"])
        list(pool.map(lambda call: tag(*call), calls))
    assert len({call.sequence for call in aws.calls}) == len(aws.calls) == 160


def test_functions_that_call_the_server(aws: Any, server: Any, photos: str) -> None:
    """Each call has a thread, so that they don't wait for each other."""

    @aws.lambda_function("reader")
    def reader(event: Any, context: Any) -> Any:
        (task,) = event["tasks"]
        body = fetch(server.url, presigned(server, task["s3Key"]))[1].decode()
        result = {"taskId": task["taskId"], "resultCode": "Succeeded", "resultString": body}
        shared = {name: event[name] for name in ("invocationId", "invocationSchemaVersion")}
        return {**shared, "treatMissingKeysAs": "PermanentFailure", "results": [result]}

    arn = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:reader"
    params = tagging_job(aws, "photos,c.jpg", Operation={"LambdaInvoke": {"FunctionArn": arn}})

    def create(number: int) -> None:
        with clients_of(server.url) as clients:
            clients("s3control", "own").create_job(**{**params, "ClientRequestToken": str(number)})

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(create, range(12)))
    assert [job.tasks[0].message for job in aws.jobs.values()] == ["three"] * 12


def test_stop_closes_the_port_and_every_connection(server: Any, port: int, connection: Any) -> None:
    connection.request("GET", "/")
    connection.getresponse().read()
    server.stop()
    server.stop()
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        connection.request("GET", "/")
        connection.getresponse()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)
    with mock_tagging() as again, again.serve(port=port) as other:
        assert other.url == server.url
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("s3tag_mock")]


def test_it_ends_with_its_mock() -> None:
    with mock_tagging() as aws:
        server = aws.serve()
    with pytest.raises(ConnectionRefusedError):
        fetch(server.url, "/")
    assert repr(server) == f"<s3tag_mock server at {server.url}, stopped>"


def test_it_answers_for_the_innermost_mock_of_its_own_world() -> None:
    with mock_tagging() as outer, outer.serve() as server, mock_tagging(region="eu-west-1") as inner:
        fetch(server.url, "/")
        assert len(inner.calls) == len(outer.calls) == 1


@mock_tagging
class TestOfADecoratedClass:
    """Each test has a world of its own, and the server of the class answers for it."""

    server: Any

    @classmethod
    def setup_class(cls) -> None:
        cls.server = active_mock().serve()

    @pytest.mark.parametrize("name", ["one-test", "another-test"])
    def test_each_sees_its_own_bucket(self, name: str) -> None:
        for bucket in ("one-test", "another-test"):
            assert b"NoSuchBucket" in fetch(self.server.url, f"/{bucket}")[1]
        boto3.client("s3").create_bucket(Bucket=name)
        assert b"AccessDenied" in fetch(self.server.url, f"/{name}")[1]


def test_a_port_that_is_taken(aws: Any, port: int) -> None:
    with pytest.raises(Misuse, match=f"s3tag_mock can't listen at 127.0.0.1:{port}"):
        aws.serve(port=port)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
def test_a_fork_has_nothing_of_the_server(aws: Any, port: int, server: Any) -> None:
    """The port is free once the parent has stopped, although the child goes on."""
    ends, done = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(ends, 1)
        os._exit(0)
    try:
        server.stop()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=10)
    finally:
        os.write(done, b".")
        os.waitpid(child, 0)


def test_in_the_process_itself(aws: Any, server: Any, photos: str) -> None:
    """The server answers, also what is signed; it sees nobody's code."""
    for get in (fetch, lambda url, path: (requests.get(url + path).status_code,)):
        assert get(server.url, presigned(server, "c.jpg"))[0] == 200
        assert get(server.url, "/photos/c.jpg")[0] == 403
    assert [(call.status, call.place) for call in aws.calls] == [(200, None), (403, None)] * 2


def test_no_finding_about_its_endpoint(aws: Any, server: Any, photos: str) -> None:
    fetch(server.url, "/photos/c.jpg")
    assert {endpoint for _, endpoint in aws._entered().callers} == {""}
