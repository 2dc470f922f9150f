"""What asynchronous clients send and read as a body: all at once, by the piece, by the line."""

from __future__ import annotations

import hashlib
import io
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.asynchronous.conftest import MakeClient, needs_aiobotocore

pytest.importorskip("aiobotocore", reason="aiobotocore isn't installed")

BODY = b"first line\nsecond line\n" * 1000


class AsyncFile:
    """As aiofiles' files."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)

    async def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)


@pytest.fixture
def bodies(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "body"
    path.write_bytes(BODY)
    return {
        "bytes": lambda: BODY,
        "bytearray": lambda: bytearray(BODY),
        "BytesIO": lambda: io.BytesIO(BODY),
        "file": lambda: path.open("rb"),
        "asynchronous": lambda: AsyncFile(BODY),
    }


ASYNC_FILES = needs_aiobotocore("2.20", "leaves a body's digest to what sends it")


@pytest.mark.parametrize(
    "kind", ["bytes", "bytearray", "BytesIO", "file", pytest.param("asynchronous", marks=ASYNC_FILES)]
)
@pytest.mark.parametrize("endpoint_url", [None, "http://localhost:9000"])
async def test_uploads(
    photos: str,
    client: MakeClient,
    bodies: dict[str, Any],
    kind: str,
    endpoint_url: str | None,
    backend: dict[str, Any],
) -> None:
    """By https a checksum follows the body, in chunks of AWS's own; by http it is signed before."""
    length = {"ContentLength": len(BODY)} if kind == "asynchronous" else {}
    if kind == "asynchronous" and endpoint_url is not None:
        pytest.skip("botocore hashes the body before it sends it by http, and can't await it")
    async with client(config=backend, endpoint_url=endpoint_url) as s3:
        body = bodies[kind]()
        await s3.put_object(Bucket=photos, Key="k", Body=body, **length)
        found = await s3.get_object(Bucket=photos, Key="k")
        assert await found["Body"].read() == BODY
        if kind == "file":
            body.close()


@ASYNC_FILES
async def test_what_is_sent_without_a_checksum(
    photos: str, client: MakeClient, backend: dict[str, Any]
) -> None:
    """botocore knows no generators, and could send no checksum after one."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"first "
        yield b"second"

    config = {**backend, "parameter_validation": False, "request_checksum_calculation": "when_required"}
    async with client(config=config) as s3:
        for body in (pieces(), AsyncFile(b"first second")):
            await s3.put_object(Bucket=photos, Key="k", Body=body, ContentLength=12)
            assert await (await s3.get_object(Bucket=photos, Key="k"))["Body"].read() == b"first second"


@needs_aiobotocore("2.13", "awaits bodies with checksums")
@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
async def test_checksums(photos: str, client: MakeClient, backend: dict[str, Any], algorithm: str) -> None:
    async with client(config=backend) as s3:
        await s3.put_object(Bucket=photos, Key="k", Body=io.BytesIO(BODY), ChecksumAlgorithm=algorithm)
        found = await s3.get_object(Bucket=photos, Key="k", ChecksumMode="ENABLED")
        assert await found["Body"].read() == BODY
        assert found[f"Checksum{algorithm}"]


async def test_a_wrong_checksum(photos: str, client: MakeClient) -> None:
    async with client() as s3:
        with pytest.raises(s3.exceptions.ClientError, match="BadDigest"):
            await s3.put_object(Bucket=photos, Key="k", Body=BODY, ChecksumSHA256="A" * 43 + "=")


@pytest.fixture
def big(aws: Any, photos: str) -> str:
    aws.put_objects(photos, {"big": BODY})
    return photos


@pytest.fixture
def reads_pieces(backend: dict[str, Any]) -> None:
    """Skip what earlier versions of aiobotocore can't do by httpx."""
    if backend and not hasattr(import_module("aiobotocore.response").HttpxStreamingBody, "iter_chunks"):
        pytest.skip("this aiobotocore doesn't read httpx's bodies by the piece")


@pytest.mark.usefixtures("reads_pieces")
async def test_a_body_at_once_and_by_the_piece(big: str, client: MakeClient, backend: dict[str, Any]) -> None:
    async with client(config=backend) as s3:

        async def body(**params: Any) -> Any:
            return (await s3.get_object(Bucket=big, Key="big", **params))["Body"]

        assert await (await body()).read() == BODY
        assert await (await body()).read(10) == BODY[:10]
        assert b"".join([piece async for piece in await body()]) == BODY
        assert [len(one) async for one in (await body()).iter_chunks(9000)] == [9000, 9000, 5000]
        assert [one async for one in (await body()).iter_lines()] == BODY.splitlines()
        assert await (await body(Range="bytes=6-9")).read() == BODY[6:10]


async def test_a_body_as_a_context_manager(big: str, client: MakeClient) -> None:
    async with client() as s3, (await s3.get_object(Bucket=big, Key="big"))["Body"] as stream:
        assert await stream.read() == BODY


async def test_the_response_beneath(big: str, client: MakeClient) -> None:
    """aiohttp's, as far as its users read it."""
    async with client() as s3:
        stream = (await s3.get_object(Bucket=big, Key="big"))["Body"]
        beneath = stream.raw_stream if hasattr(stream, "raw_stream") else stream.__wrapped__
        assert (beneath.status, beneath.headers["content-length"]) == (200, str(len(BODY)))
        async with beneath as entered:
            assert entered is beneath
            assert [len(one) async for one in beneath.content.iter_chunked(20_000)] == [20_000, 3000]
        assert beneath.content.at_eof()


async def test_a_body_that_is_closed_early(big: str, client: MakeClient) -> None:
    async with client() as s3:
        stream = (await s3.get_object(Bucket=big, Key="big"))["Body"]
        assert await stream.read(1) == b"f"
        stream.close()


@pytest.mark.usefixtures("reads_pieces")
async def test_a_body_of_nothing(aws: Any, photos: str, client: MakeClient, backend: dict[str, Any]) -> None:
    aws.put_objects(photos, {"empty": b""})
    async with client(config=backend) as s3:
        stream = (await s3.get_object(Bucket=photos, Key="empty"))["Body"]
        assert [piece async for piece in stream] == []


@pytest.mark.usefixtures("reads_pieces")
async def test_parts(photos: str, client: MakeClient, backend: dict[str, Any]) -> None:
    async with client(config=backend) as s3:
        upload = {"Bucket": photos, "Key": "k"}
        upload["UploadId"] = (await s3.create_multipart_upload(**upload, Tagging="team=blue"))["UploadId"]
        parts = []
        for number, part in enumerate([b"x" * 5 * 2**20, b"y"], 1):
            sent = await s3.upload_part(**upload, PartNumber=number, Body=io.BytesIO(part))
            parts.append({"ETag": sent["ETag"], "PartNumber": number})
        await s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
        stream = (await s3.get_object(Bucket=photos, Key="k"))["Body"]
        digest = hashlib.md5()
        async for piece in stream.iter_chunks(2**20):
            digest.update(piece)
    assert digest.digest() == hashlib.md5(b"x" * 5 * 2**20 + b"y").digest()
