"""What is built on aiobotocore: aioboto3's managed transfers and resources, s3fs, pandas."""

from __future__ import annotations

import io
from typing import Any

import pytest

BODY = b"0123456789" * 10**6


class TestAioboto3:
    @pytest.fixture
    def session(self) -> Any:
        return pytest.importorskip("aioboto3").Session()

    async def test_transfers(self, aws: Any, photos: str, session: Any, tmp_path: Any) -> None:
        """In parts, with tags."""
        path = tmp_path / "file"
        async with session.client("s3") as s3:
            extra = {"Tagging": "team=blue"}
            await s3.upload_fileobj(io.BytesIO(BODY), photos, "big", ExtraArgs=extra)
            downloaded = io.BytesIO()
            await s3.download_fileobj(photos, "big", downloaded)
            assert downloaded.getvalue() == BODY
            await s3.download_file(photos, "big", str(path))
            await s3.upload_file(str(path), photos, "again")
        assert aws.object_tags(photos, "big") == {"team": "blue"}
        assert aws.calls.of("UploadPart")
        assert path.read_bytes() == BODY

    async def test_resources(self, photos: str, session: Any) -> None:
        async with session.resource("s3") as s3:
            bucket = await s3.Bucket(photos)
            assert [one.key async for one in bucket.objects.all()] == ["a.jpg", "b.jpg", "c.jpg"]
            found = await (await s3.Object(photos, "c.jpg")).get()
            assert await found["Body"].read() == b"three"


class TestS3fs:
    @pytest.fixture
    def files(self, aws: Any) -> Any:
        return pytest.importorskip("s3fs").S3FileSystem(skip_instance_cache=True)

    def test_files(self, photos: str, files: Any) -> None:
        with files.open(f"{photos}/new.txt", "wb") as file:
            file.write(b"a\nb\n")
        with files.open(f"{photos}/new.txt", "rb") as file:
            assert file.readlines() == [b"a\n", b"b\n"]
        assert files.ls(photos) == [f"{photos}/{key}" for key in ("a.jpg", "b.jpg", "c.jpg", "new.txt")]
        with pytest.raises(FileNotFoundError):
            files.cat(f"{photos}/no")

    def test_tags(self, aws: Any, photos: str, files: Any) -> None:
        files.put_tags(f"{photos}/c.jpg", {"year": "2026"}, mode="m")
        assert files.get_tags(f"{photos}/c.jpg") == {"team": "blue", "year": "2026"}
        files.put_tags(f"{photos}/c.jpg", {"only": "this"})
        assert aws.object_tags(photos, "c.jpg") == {"only": "this"}

    def test_copies(self, aws: Any, photos: str, files: Any) -> None:
        """They keep the tags, as CopyObject does by default."""
        files.copy(f"{photos}/c.jpg", f"{photos}/copy.jpg")
        files.mv(f"{photos}/c.jpg", f"{photos}/moved.jpg")
        assert files.cat([f"{photos}/copy.jpg", f"{photos}/moved.jpg"]) == {
            f"{photos}/copy.jpg": b"three",
            f"{photos}/moved.jpg": b"three",
        }
        assert aws.object_tags(photos, "copy.jpg") == aws.object_tags(photos, "moved.jpg") == {"team": "blue"}

    def test_large_files(self, photos: str, files: Any) -> None:
        with files.open(f"{photos}/big", "wb", block_size=5 * 2**20) as file:
            file.write(BODY)
        assert files.cat(f"{photos}/big") == BODY
        assert files.cat_file(f"{photos}/big", start=10, end=20) == BODY[10:20]

    def test_made_before(self, files: Any) -> None:
        from s3tag_mock import mock_tagging

        for name in ("first", "second"):
            with mock_tagging() as inner:
                inner.create_bucket(f"{name}-bucket")
                files.invalidate_cache()
                assert files.exists(f"{name}-bucket/")


def test_tables_of_pandas(aws: Any, photos: str) -> None:
    """They are read and written through s3fs."""
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("s3fs")
    options = {"skip_instance_cache": True}
    written = pandas.DataFrame({"key": ["a.jpg", "b.jpg"], "size": [1, 2]})
    written.to_csv(f"s3://{photos}/table.csv", index=False, storage_options=options)
    assert aws.object(photos, "table.csv").body == b"key,size\na.jpg,1\nb.jpg,2\n"
    assert pandas.read_csv(f"s3://{photos}/table.csv", storage_options=options).equals(written)
