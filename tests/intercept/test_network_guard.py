"""What would reach S3 past what is answered is refused, also where a proxy is to reach it."""

from __future__ import annotations

import http.client
import io
import socket
import urllib.request
from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import boto3
import pytest
import urllib3
from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session

from s3tag_mock import NotSupported, mock_tagging

PROXY = "http://127.0.0.1:3128"


@pytest.fixture
def proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, PROXY)


def by_urllib(url: str) -> Any:
    return urllib.request.urlopen(url)


def by_http_client(url: str) -> Any:
    """As every library does it that stands on http.client."""
    scheme, _, rest = url.partition("://")
    connection = http.client.HTTPConnection("127.0.0.1", 3128)
    if scheme == "https":
        connection.set_tunnel(rest.partition("/")[0], 443)
        url = f"/{rest.partition('/')[2]}"
    connection.request("GET", url)


@pytest.mark.parametrize("send", [by_urllib, by_http_client])
@pytest.mark.parametrize(
    "url",
    [
        "https://123456789012.s3-control.us-east-1.amazonaws.com/v20180820/jobs",
        "http://sts.amazonaws.com/",
    ],
)
@pytest.mark.usefixtures("proxies")
def test_a_proxy_hears_nothing_of_hosts_that_arent_answered(send: Callable[[str], Any], url: str) -> None:
    with mock_tagging(), pytest.raises(NotSupported, match=r"aws\.serve\(\)"):
        send(url)


@pytest.mark.parametrize("url", ["http://example.com/k", "https://example.com/k"])
@pytest.mark.parametrize("send", [by_urllib, by_http_client])
@pytest.mark.usefixtures("proxies")
def test_a_proxy_is_reached_for_others(send: Callable[[str], Any], url: str) -> None:
    with mock_tagging(), pytest.raises(AssertionError, match="reached for the network"):
        send(url)


@pytest.mark.parametrize("connect", ["connect", "connect_ex"])
@pytest.mark.parametrize("host", ["photos.s3.amazonaws.com", b"sts.eu-west-1.amazonaws.com"])
def test_a_socket_looks_up_no_host_of_ours_by_itself(
    connect: str, host: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Mock()
    monkeypatch.setattr(socket.socket, connect, asked)
    with mock_tagging(), socket.socket() as own:
        with pytest.raises(NotSupported, match=r"aws\.serve\(\)"):
            getattr(own, connect)((host, 443))
        asked.assert_not_called()
        getattr(own, connect)(("example.com", 443))
        getattr(own, connect)("/run/socket")
        getattr(own, connect)(())  # which is Python's to refuse
    assert [call.args[1] for call in asked.call_args_list] == [("example.com", 443), "/run/socket", ()]


def test_sockets_have_their_own_methods_after_a_mock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket.socket, "connect")  # pytest's own for the tests of this project
    with mock_tagging():
        assert "connect" in vars(socket.socket)
    assert vars(socket.socket).keys().isdisjoint({"connect", "connect_ex"})
    with mock_tagging():
        monkeypatch.setattr(socket.socket, "connect_ex", theirs := Mock())
    assert vars(socket.socket)["connect_ex"] is theirs


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://169.254.170.2/v2/credentials/1",
        "http://[::ffff:169.254.169.254]/latest/meta-data/",
        "http://[fd00:0ec2:0:0::254]/latest/meta-data/",
        "http://169.254.43518/latest/meta-data/",
        "http://0xa9fea9fe/latest/meta-data/",
        "http://instance-data./latest/meta-data/",
    ],
)
def test_the_machine_has_no_metadata(url: str) -> None:
    """As on a machine that isn't at AWS: who asks whether it is one goes on."""
    with mock_tagging(), pytest.raises(OSError, match="inside mock_tagging"):
        by_urllib(url)
    with mock_tagging(passthrough=["s3"]), pytest.raises(AssertionError, match="reached for the network"):
        by_urllib(url)


@pytest.mark.parametrize(
    ("method", "before"),
    [("sendto", (b"x",)), ("sendto", (b"x", 0)), ("sendmsg", ([b"x"], [], 0))],
)
def test_other_methods_of_sockets_look_up_no_host_of_ours(
    method: str, before: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    called = Mock()
    monkeypatch.setattr(socket.socket, method, called)
    with mock_tagging(), socket.socket(type=socket.SOCK_DGRAM) as own:
        for host in ("tagging.eu-west-1.amazonaws.com", bytearray(b"sts.amazonaws.com")):
            with pytest.raises(NotSupported, match=r"aws\.serve\(\)"):
                getattr(own, method)(*before, (host, 53))
        called.assert_not_called()
        getattr(own, method)(*before, ("127.0.0.1", 53))
    called.assert_called_once_with(own, *before, ("127.0.0.1", 53))


def test_a_tunnel_to_others_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Mock(**{"makefile.return_value": io.BytesIO(b"HTTP/1.1 403 Forbidden\r\n\r\n")})
    monkeypatch.setattr(socket, "create_connection", lambda *args: proxy)
    connection = http.client.HTTPSConnection("127.0.0.1", 3128)
    with mock_tagging(), pytest.raises(OSError, match="403 Forbidden"):
        connection.set_tunnel("example.com", 8443)
        connection.request("GET", "/k")
    assert proxy.sendall.call_args_list[0].args[0].startswith(b"CONNECT example.com:8443 HTTP/1.")


@pytest.mark.parametrize("url", ["http://photos.s3.amazonaws.com/k", "https://photos.s3.amazonaws.com/k"])
@pytest.mark.usefixtures("proxies")
def test_a_proxy_is_reached_for_what_is_let_through(url: str) -> None:
    with mock_tagging(passthrough=["s3"]), pytest.raises(AssertionError, match="reached for the network"):
        by_urllib(url)


@pytest.mark.usefixtures("proxies")
def test_clients_and_urllib3_are_answered_behind_a_proxy() -> None:
    with mock_tagging() as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", {"k": b"x"})
        client = boto3.client("s3")
        assert client.list_objects_v2(Bucket="photos")["KeyCount"] == 1
        url = client.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "k"})
        assert urllib3.ProxyManager(PROXY).request("GET", url).data == b"x"


def test_what_botocore_sends_beside_clients() -> None:
    """Whoever looks for credentials sends tokens, some of them in queries."""
    request = AWSRequest("GET", "http://169.254.170.2/keys?token=secret").prepare()
    with mock_tagging(), pytest.raises(NotSupported) as refused:
        URLLib3Session().send(request)
    assert "about to call http://169.254.170.2/keys while mock_tagging is active" in str(refused.value)
    with pytest.raises(Exception, match="reached for the network"):
        URLLib3Session().send(request)


def test_outside_everything_is_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where somebody puts something back, later, that was there inside."""
    with mock_tagging():
        inside = URLLib3Session.send
    with pytest.raises(AssertionError, match="reached for the network"):
        by_http_client("http://photos.s3.amazonaws.com/k")
    monkeypatch.setattr(URLLib3Session, "send", inside)
    with pytest.raises(Exception, match="reached for the network"):
        URLLib3Session().send(AWSRequest("GET", "https://photos.s3.amazonaws.com/k").prepare())
