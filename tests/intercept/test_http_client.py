"""Plain HTTP by http.client and urllib.request is answered for S3's hosts, and for what is signed for S3."""

from __future__ import annotations

import io
import json
import socket
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from http.client import CannotSendRequest, HTTPConnection, HTTPSConnection, RemoteDisconnected
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from botocore.config import Config

from s3tag_mock import NotSupported, mock_tagging
from tests.web import presign

HOST = "photos.s3.amazonaws.com"


@pytest.fixture
def s3(aws: Any) -> Any:
    """Signs with version 4, which doesn't bind the type that urllib.request adds to a body."""
    return aws.client("s3", config=Config(signature_version="s3v4"))


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


# urllib.request


def test_reading_and_writing(aws: Any, s3: Any, photos: str) -> None:
    url = presign(s3, "put_object", Bucket=photos, Key="new", Tagging="team=blue")
    request = urllib.request.Request(url, b"body", {"x-amz-tagging": "team=blue"}, method="PUT")
    assert urllib.request.urlopen(request).status == 200
    assert aws.object_tags(photos, "new") == {"team": "blue"}
    with urllib.request.urlopen(presign(s3, "get_object", Bucket=photos, Key="new")) as answer:
        assert (answer.read(2), answer.read()) == (b"bo", b"dy")
        assert answer.headers["Content-Length"] == "4"


def test_errors(s3: Any, photos: str) -> None:
    with pytest.raises(HTTPError, match="404") as refused:
        urllib.request.urlopen(presign(s3, "get_object", Bucket=photos, Key="no"))
    assert b"<Code>NoSuchKey</Code>" in refused.value.read()
    refused.value.close()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_behind_a_proxy(s3: Any, photos: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{scheme}_proxy", "http://127.0.0.1:3128")
    url = presign(s3, "get_object", Bucket=photos, Key="c.jpg").replace("https", scheme)
    assert urllib.request.urlopen(url).read() == b"three"


@pytest.mark.parametrize(
    ("endpoint", "style"),
    [
        ("http://localhost:9000", "path"),
        ("http://[::1]:9000", "path"),
        ("https://storage.test", "virtual"),
        ("http://storage.test:9000", "virtual"),
    ],
)
def test_a_custom_endpoint(aws: Any, photos: str, endpoint: str, style: str) -> None:
    config = Config(signature_version="s3v4", s3={"addressing_style": style})
    client = aws.client("s3", endpoint_url=endpoint, config=config)
    client.list_buckets()  # since then the mock knows the endpoint
    url = presign(client, "get_object", Bucket=photos, Key="c.jpg")
    assert urllib.request.urlopen(url).read() == b"three"
    for scheme in ("http", "https"):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({scheme: "http://127.0.0.1:3128"}))
        assert opener.open(url).read() == b"three"


def test_policies_see_whether_it_came_by_https(aws: Any, s3: Any, photos: str) -> None:
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    rule = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": insecure}
    rules = [{**rule, "Resource": f"arn:aws:s3:::{photos}/*"}]
    s3.put_bucket_policy(Bucket=photos, Policy=json.dumps({"Statement": rules}))
    url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
    assert urllib.request.urlopen(url).read() == b"three"
    here = aws.client("s3", endpoint_url="http://[::1]:9000")  # from a machine to itself counts as secure
    assert urllib.request.urlopen(presign(here, "get_object", Bucket=photos, Key="c.jpg")).status == 200
    with pytest.raises(HTTPError, match="403") as refused:
        urllib.request.urlopen(url.replace("https", "http"))
    refused.value.close()


# http.client


def test_several_requests_on_one_connection(s3: Any, photos: str) -> None:
    connection = HTTPSConnection(HOST)
    for method in ("HEAD", "GET"):
        url = presign(s3, f"{method.lower()}_object", Bucket=photos, Key="c.jpg")
        connection.request(method, path_of(url))
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Length"]) == (200, "5")
        assert answer.read() == (b"three" if method == "GET" else b"")


@pytest.mark.parametrize("earlier", [(), ("example.com",), ("other.s3.amazonaws.com",)])
def test_through_a_tunnel(s3: Any, photos: str, earlier: tuple[str, ...]) -> None:
    """Of several, the last one counts, and so it is the Host that was signed."""
    connection = HTTPSConnection("127.0.0.1", 3128)
    for host in (*earlier, HOST):
        connection.set_tunnel(host)
    connection.request("GET", path_of(presign(s3, "get_object", Bucket=photos, Key="c.jpg")))
    assert connection.getresponse().read() == b"three"


def test_no_proxy_is_asked_for_a_tunnel(s3: Any) -> None:
    connection = HTTPSConnection("proxy.example.com", 3128)
    connection.set_tunnel(HOST)
    with pytest.raises(NotSupported, match=HOST):
        connection.connect()


def test_a_second_request_before_the_first_is_answered(s3: Any, photos: str) -> None:
    """http.client refuses it, and still has the first one's answer."""
    connection = HTTPSConnection(HOST)
    path = path_of(presign(s3, "get_object", Bucket=photos, Key="c.jpg"))
    connection.request("GET", path)
    with pytest.raises(CannotSendRequest):
        connection.request("GET", path)
    assert connection.getresponse().read() == b"three"


def test_a_request_that_ends_inside_its_body(s3: Any, photos: str) -> None:
    connection = HTTPSConnection(HOST)
    headers = {"Transfer-Encoding": "chunked"}
    connection.request("PUT", "/k", body=b"5\r\nthr", headers=headers, encode_chunked=False)
    answer = connection.getresponse()
    assert (answer.status, b"<Code>IncompleteBody</Code>" in answer.read()) == (400, True)


def test_hosts_that_are_none() -> None:
    """They fail as they do outside."""
    with mock_tagging():
        for host in ("[::1", "[photos]"):
            through = HTTPConnection("127.0.0.1", 3128)
            through.set_tunnel(host, 443)
            for connection in (HTTPConnection(host, 443), through):
                with pytest.raises(AssertionError, match="reached for the network"):
                    connection.request("GET", "/k")


def test_a_connection_that_was_open_before() -> None:
    """It is closed when the mock answers in its place, and not used for what isn't answered."""
    connection = HTTPConnection(HOST)
    connection.sock = before = socket.socket()
    with mock_tagging():
        connection.request("GET", "/k")
        assert connection.getresponse().status == 404
        assert before.fileno() == -1
        connection = HTTPConnection("sts.amazonaws.com")
        connection.sock = before
        with pytest.raises(NotSupported, match="connect to sts"):
            connection.request("GET", "/")


@pytest.mark.parametrize("body", [b"new body", io.BytesIO(b"new body"), [b"new ", b"body"]])
def test_bodies(s3: Any, photos: str, body: Any) -> None:
    connection = HTTPSConnection(HOST)
    url = presign(s3, "put_object", Bucket=photos, Key="new")
    connection.request("PUT", path_of(url), body, {"Content-Length": "8"})
    assert connection.getresponse().status == 200
    assert s3.get_object(Bucket=photos, Key="new")["Body"].read() == b"new body"


def test_a_body_of_unknown_length(s3: Any, photos: str) -> None:
    """S3 takes no chunks but its own."""

    def pieces() -> Iterator[bytes]:
        yield b"new "
        yield b"body"

    connection = HTTPSConnection(HOST)
    connection.request("PUT", path_of(presign(s3, "put_object", Bucket=photos, Key="new")), pieces())
    assert connection.getresponse().status == 501


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ReadTimeoutError", TimeoutError),
        ("ConnectTimeoutError", TimeoutError),
        ("EndpointConnectionError", ConnectionRefusedError),
        ("ConnectionClosedError", RemoteDisconnected),
    ],
)
def test_connections_that_fail(aws: Any, s3: Any, photos: str, name: str, kind: type[Exception]) -> None:
    aws.faults.add("GetObject", name, times=1)
    connection = HTTPSConnection(HOST)
    connection.request("GET", path_of(presign(s3, "get_object", Bucket=photos, Key="c.jpg")))
    with pytest.raises(kind):
        connection.getresponse()


def test_a_refusal_is_itself(aws: Any, photos: str) -> None:
    """And no error of HTTP's."""
    with pytest.raises(NotSupported, match="s3-control"):
        urllib.request.urlopen("https://123456789012.s3-control.us-east-1.amazonaws.com/v20180820/jobs")


def test_a_connection_that_outlasts_its_mock() -> None:
    """It has to be made anew; the answers' date is the mock's."""
    connection = HTTPConnection(HOST)
    with mock_tagging(clock=datetime(2020, 1, 1)):
        connection.request("GET", "/k")
        answer = connection.getresponse()
        assert answer.read().startswith(b"<?xml")
        assert answer.headers["Connection"] == "close"
        assert answer.headers["Date"] == "Wed, 01 Jan 2020 00:00:00 GMT"
    with pytest.raises(AssertionError, match="reached for the network"):
        connection.request("GET", "/k")


def test_a_request_that_outlasts_its_mock() -> None:
    connection = HTTPConnection(HOST)
    with mock_tagging():
        connection.request("GET", "/k")
    with pytest.raises(NotSupported, match="was still on its way"):
        connection.getresponse()
    connection.close()
    with pytest.raises(AssertionError, match="reached for the network"):
        connection.request("GET", "/k")
