"""Plain HTTP by httpx (sync and async) and by aiohttp is answered for S3's hosts, and for what is signed for S3."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from botocore.config import Config

from s3tag_mock import NotSupported, mock_tagging
from tests.web import presign

CONTROL = "https://123456789012.s3-control.us-east-1.amazonaws.com/v20180820/jobs"
#: The first part of its host is no name in other letters, though it begins so.
ODD = "https://xn--d.s3-control.us-east-1.amazonaws.com/"
#: Faults, with the exceptions of httpx and of aiohttp.
FAILURES = [
    ("ReadTimeoutError", "ReadTimeout", "ServerTimeoutError"),
    ("ConnectTimeoutError", "ConnectTimeout", "ServerTimeoutError"),
    ("EndpointConnectionError", "ConnectError", "ClientConnectorError"),
    ("ConnectionClosedError", "RemoteProtocolError", "ServerDisconnectedError"),
]


@pytest.fixture
def s3(aws: Any) -> Any:
    """Signs with version 4, which doesn't bind the type that aiohttp adds to a body."""
    return aws.client("s3", config=Config(signature_version="s3v4"))


@pytest.fixture(params=["httpx", "httpx2"])
def httpx(request: pytest.FixtureRequest) -> Any:
    return pytest.importorskip(request.param)


@pytest.fixture
def aiohttp() -> Any:
    return pytest.importorskip("aiohttp")


@pytest.fixture
def form(s3: Any, photos: str) -> Any:
    return s3.generate_presigned_post(photos, "form.txt")


class TestHttpx:
    def test_reading_and_writing(self, aws: Any, s3: Any, photos: str, httpx: Any) -> None:
        url = presign(s3, "put_object", Bucket=photos, Key="a b/ü+", Tagging="team=blue")
        assert httpx.put(url, content=b"body", headers={"x-amz-tagging": "team=blue"}).status_code == 200
        assert aws.object_tags(photos, "a b/ü+") == {"team": "blue"}
        answer = httpx.get(presign(s3, "get_object", Bucket=photos, Key="a b/ü+"))
        assert (answer.content, answer.headers["content-length"]) == (b"body", "4")
        assert aws.calls[-1].place[0] == __file__
        missing = httpx.get(presign(s3, "get_object", Bucket=photos, Key="no"))
        assert (missing.status_code, "NoSuchKey" in missing.text) == (404, True)

    def test_streams(self, s3: Any, photos: str, httpx: Any) -> None:
        def pieces() -> Iterator[bytes]:
            yield b"new "
            yield b"body"

        url = presign(s3, "put_object", Bucket=photos, Key="new")
        assert httpx.put(url, content=pieces(), headers={"Content-Length": "8"}).status_code == 200
        assert httpx.put(url, content=pieces()).status_code == 501
        with httpx.stream("GET", presign(s3, "get_object", Bucket=photos, Key="new")) as answer:
            assert list(answer.iter_bytes(5)) == [b"new b", b"ody"]

    def test_forms(self, s3: Any, photos: str, httpx: Any, form: Any) -> None:
        assert httpx.post(form["url"], data=form["fields"], files={"file": b"x"}).status_code == 204
        assert s3.head_object(Bucket=photos, Key="form.txt")["ContentLength"] == 1

    def test_a_custom_endpoint(self, aws: Any, photos: str, httpx: Any) -> None:
        client = aws.client("s3", endpoint_url="http://localhost:9000")
        assert httpx.get(presign(client, "get_object", Bucket=photos, Key="c.jpg")).content == b"three"
        form = client.generate_presigned_post(photos, "form.txt")
        assert httpx.post(form["url"], data=form["fields"], files={"file": b"x"}).status_code == 204

    async def test_asynchronously(self, aws: Any, s3: Any, photos: str, httpx: Any, form: Any) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"new "
            yield b"body"

        async with httpx.AsyncClient(proxy="http://127.0.0.1:3128") as client:
            url = presign(s3, "put_object", Bucket=photos, Key="new")
            assert (
                await client.put(url, content=pieces(), headers={"Content-Length": "8"})
            ).status_code == 200
            async with client.stream("GET", presign(s3, "get_object", Bucket=photos, Key="new")) as answer:
                assert [piece async for piece in answer.aiter_bytes(5)] == [b"new b", b"ody"]
            here = aws.client("s3", endpoint_url="http://localhost:9000")
            for post in (form, here.generate_presigned_post(photos, "here.txt")):
                sent = await client.post(post["url"], data=post["fields"], files={"file": b"x"})
                assert sent.status_code == 204

    @pytest.mark.parametrize(("name", "kind", "_"), FAILURES)
    def test_connections_that_fail(
        self, aws: Any, s3: Any, photos: str, httpx: Any, name: str, kind: str, _: str
    ) -> None:
        aws.faults.add("GetObject", name, times=1)
        with pytest.raises(getattr(httpx, kind)):
            httpx.get(presign(s3, "get_object", Bucket=photos, Key="c.jpg"))

    async def test_what_isnt_answered(self, httpx: Any) -> None:
        """A refusal is itself, and transports of a test's own are left alone."""
        own = httpx.MockTransport(lambda request: httpx.Response(200, text="own"))
        with mock_tagging():
            with pytest.raises(NotSupported, match="s3-control"):
                httpx.get(CONTROL)
            for transport in (None, httpx.HTTPTransport(proxy="http://127.0.0.1:9")):
                with (
                    httpx.Client(transport=transport) as client,
                    pytest.raises(httpx.ConnectError, match="inside mock_tagging"),
                ):
                    client.get("http://169.254.169.254/latest/meta-data/")
            async with httpx.AsyncClient() as client:
                with pytest.raises(NotSupported, match="s3-control"):
                    await client.get(CONTROL)
                with pytest.raises(AssertionError, match="reached for the network"):
                    await client.get("https://example.com")
            with httpx.Client(transport=own) as client:
                assert client.get("https://photos.s3.amazonaws.com/k").text == "own"
        with mock_tagging(passthrough=["s3"]), pytest.raises(AssertionError, match="reached for the network"):
            httpx.get("https://photos.s3.amazonaws.com/k")


class TestAiohttp:
    async def test_reading_and_writing(self, aws: Any, s3: Any, photos: str, aiohttp: Any) -> None:
        url = presign(s3, "put_object", Bucket=photos, Key="new", Tagging="team=blue")
        headers = {"x-amz-tagging": "team=blue"}
        async with aiohttp.ClientSession() as session:
            for expect100 in (False, True):
                async with session.put(url, data=b"body", headers=headers, expect100=expect100) as answer:
                    assert answer.status == 200
            assert aws.object_tags(photos, "new") == {"team": "blue"}
            async with session.get(presign(s3, "get_object", Bucket=photos, Key="new")) as answer:
                assert (await answer.read(), answer.content_length) == (b"body", 4)
            assert aws.calls[-1].place[0] == __file__
            async with session.head(presign(s3, "head_object", Bucket=photos, Key="new")) as answer:
                assert (answer.status, answer.headers["Content-Length"]) == (200, "4")
            async with session.get(presign(s3, "get_object", Bucket=photos, Key="no")) as answer:
                assert "NoSuchKey" in await answer.text()
                with pytest.raises(aiohttp.ClientResponseError, match="404"):
                    answer.raise_for_status()

    async def test_streams(self, aws: Any, s3: Any, photos: str, aiohttp: Any) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"a chunk that looks like the last: 0\r\n"
            await asyncio.sleep(0)
            yield b"body"

        url = presign(s3, "put_object", Bucket=photos, Key="new")
        async with aiohttp.ClientSession() as session:
            # The first length is too short, of which aiohttp itself takes care since 3.10.
            for length in ("37", "41"):
                async with session.put(url, data=pieces(), headers={"Content-Length": length}) as answer:
                    assert answer.status == 200
            async with session.put(url, data=pieces()) as answer:
                assert answer.status == 501
            assert [call.status for call in aws.calls.of("PutObject")] == [200, 200, 501]
            async with session.get(presign(s3, "get_object", Bucket=photos, Key="new")) as answer:
                read = [piece async for piece in answer.content.iter_chunked(30)]
        assert [len(piece) for piece in read] == [30, 11]

    async def test_how_much_was_sent(self, s3: Any, photos: str, aiohttp: Any) -> None:
        if not hasattr(aiohttp, "UploadTracker"):
            pytest.skip("aiohttp tells that since 3.14")
        tracker = aiohttp.UploadTracker()

        async def pieces() -> AsyncIterator[bytes]:
            yield b"four"
            assert tracker.bytes_written == 4
            yield b"more"

        url = presign(s3, "put_object", Bucket=photos, Key="new")
        async with (
            aiohttp.ClientSession() as session,
            session.put(
                url, data=pieces(), headers={"Content-Length": "8"}, upload_tracker=tracker
            ) as answer,
        ):
            assert (answer.status, tracker.bytes_written) == (200, 8)

    async def test_forms(self, s3: Any, photos: str, aiohttp: Any, form: Any) -> None:
        data = aiohttp.FormData(form["fields"])
        data.add_field("file", b"x", filename="form.txt")
        async with aiohttp.ClientSession() as session, session.post(form["url"], data=data) as answer:
            assert answer.status == 204
        assert s3.head_object(Bucket=photos, Key="form.txt")["ContentLength"] == 1

    async def test_a_custom_endpoint_and_a_proxy(self, aws: Any, photos: str, aiohttp: Any) -> None:
        async with aiohttp.ClientSession() as session:
            for options in ({"endpoint_url": "http://localhost:9000"}, {}):
                url = presign(aws.client("s3", **options), "get_object", Bucket=photos, Key="c.jpg")
                async with session.get(url, proxy="http://127.0.0.1:3128") as answer:
                    assert await answer.read() == b"three"

    @pytest.mark.parametrize(("name", "_", "kind"), FAILURES)
    async def test_connections_that_fail(
        self, aws: Any, s3: Any, photos: str, aiohttp: Any, name: str, _: str, kind: str
    ) -> None:
        """aiohttp itself tries once more after a disconnection, since 3.10."""
        fault = aws.faults.add("GetObject", name)
        async with aiohttp.ClientSession() as session:
            url = presign(s3, "get_object", Bucket=photos, Key="c.jpg")
            with pytest.raises(getattr(aiohttp, kind)) as failed:
                await session.get(url)
            if kind == "ClientConnectorError":
                assert isinstance(failed.value.os_error, ConnectionRefusedError)
            fault.remove()
            async with session.get(url) as answer:
                assert answer.status == 200

    async def test_a_refusal_is_itself(self, aiohttp: Any) -> None:
        with mock_tagging():
            async with aiohttp.ClientSession() as session:
                for url, options in ((CONTROL, {}), (ODD, {}), (CONTROL, {"proxy": "http://127.0.0.1:3128"})):
                    with pytest.raises(NotSupported, match="s3-control"):
                        await session.get(url, **options)

    async def test_a_request_on_its_way_when_its_mock_is_left(self, aiohttp: Any) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            began.set()
            await go.wait()
            yield b"x"

        began, go = asyncio.Event(), asyncio.Event()
        async with aiohttp.ClientSession() as session:
            with mock_tagging():
                sending = session.put("https://photos.s3.amazonaws.com/k", data=pieces())
                call = asyncio.ensure_future(sending)
                await began.wait()
            go.set()
            with pytest.raises(NotSupported, match="was still on its way"):
                await call

    async def test_many_at_once(self, aws: Any, s3: Any, photos: str, aiohttp: Any) -> None:
        aws.put_objects(photos, {f"k{number}": str(number).encode() for number in range(200)})

        async def read(session: Any, number: int) -> bytes:
            url = presign(s3, "get_object", Bucket=photos, Key=f"k{number}")
            async with session.get(url) as answer:
                body: bytes = await answer.read()
                return body

        async with aiohttp.ClientSession() as session:
            read_bodies = await asyncio.gather(*(read(session, number) for number in range(200)))
        assert read_bodies == [str(number).encode() for number in range(200)]
