"""What would reach S3 past clients and urllib3 is refused, also where a proxy is to reach it."""

from __future__ import annotations

import asyncio
import http.client
import sys
import types
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
import urllib3

from s3tag_mock import NotSupported, mock_tagging
from s3tag_mock.intercept.private_names import owner_of

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
        "http://photos.s3.amazonaws.com/k",
        "https://photos.s3.amazonaws.com/k",
        "https://s3.eu-west-1.amazonaws.com:443/photos/k",
        "https://123456789012.s3-control.us-east-1.amazonaws.com/v20180820/jobs",
        "http://sts.amazonaws.com/",
    ],
)
@pytest.mark.usefixtures("proxies")
def test_a_proxy_hears_nothing_of_s3(send: Callable[[str], Any], url: str) -> None:
    with mock_tagging(), pytest.raises(NotSupported, match=r"aws\.serve\(\)"):
        send(url)


@pytest.mark.parametrize("url", ["http://example.com/k", "https://example.com/k"])
@pytest.mark.parametrize("send", [by_urllib, by_http_client])
@pytest.mark.usefixtures("proxies")
def test_a_proxy_is_reached_for_others(send: Callable[[str], Any], url: str) -> None:
    with mock_tagging(), pytest.raises(AssertionError, match="reached for the network"):
        send(url)


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


class Transport:
    """As httpx's."""

    def handle_request(self, request: Any) -> str:
        return "it went out"

    async def handle_async_request(self, request: Any) -> str:
        return "it went out"


class ClientSession:
    """As aiohttp's."""

    async def _request(self, method: str, url: Any, **options: Any) -> str:
        return "it went out"


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """httpx and aiohttp, as if they had been imported."""
    httpx: Any = types.ModuleType("httpx")
    httpx.HTTPTransport = httpx.AsyncHTTPTransport = Transport
    aiohttp: Any = types.ModuleType("aiohttp")
    aiohttp.ClientSession = ClientSession
    monkeypatch.setitem(sys.modules, "httpx", httpx)
    monkeypatch.setitem(sys.modules, "aiohttp", aiohttp)
    owner_of.cache_clear()
    yield
    owner_of.cache_clear()


def by_httpx(url: str) -> Any:
    return Transport().handle_request(types.SimpleNamespace(url=types.SimpleNamespace(host=host_of(url))))


def by_async_httpx(url: str) -> Any:
    request = types.SimpleNamespace(url=types.SimpleNamespace(host=host_of(url)))
    return asyncio.run(Transport().handle_async_request(request))


def by_aiohttp(url: str) -> Any:
    return asyncio.run(ClientSession()._request("GET", url))


def host_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


@pytest.mark.parametrize("send", [by_httpx, by_async_httpx, by_aiohttp])
@pytest.mark.usefixtures("others")
def test_other_libraries(send: Callable[[str], Any]) -> None:
    url, elsewhere = "https://photos.s3.amazonaws.com/k", "https://example.com/k"
    with mock_tagging():
        with pytest.raises(NotSupported, match=r"photos\.s3\.amazonaws\.com"):
            send(url)
        assert send(elsewhere) == "it went out"
    with mock_tagging(passthrough=["s3"]):
        assert send(url) == "it went out"
    assert send(url) == "it went out"


def test_other_libraries_themselves() -> None:
    httpx, aiohttp = pytest.importorskip("httpx"), pytest.importorskip("aiohttp")
    url = "https://photos.s3.amazonaws.com/k"

    async def by_async_client() -> None:
        async with httpx.AsyncClient(proxy=PROXY) as client:
            await client.get(url)

    async def by_session() -> None:
        async with aiohttp.ClientSession() as session:
            await session.get(url, proxy=PROXY)

    with mock_tagging():
        with pytest.raises(NotSupported), httpx.Client(proxy=PROXY) as client:
            client.get(url)
        for use in (by_async_client, by_session):
            with pytest.raises(NotSupported):
                asyncio.run(use())


def test_outside_everything_is_as_ever() -> None:
    with mock_tagging():
        pass
    with pytest.raises(AssertionError, match="reached for the network"):
        by_http_client("http://photos.s3.amazonaws.com/k")
