"""The multipart uploads under way in a bucket: found by id and by key, and walked in S3's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from s3tag_mock.state.keys import KeyIndex
from s3tag_mock.state.upload import Upload


class Uploads(Mapping[str, Upload]):
    """A mapping of upload id to upload."""

    def __init__(self) -> None:
        self._by_id: dict[str, Upload] = {}
        self._by_key: KeyIndex[list[Upload]] = KeyIndex(list.copy)

    def __getitem__(self, upload_id: str) -> Upload:
        return self._by_id[upload_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, upload: Upload) -> None:
        """Add one that is begun."""
        self._by_id[upload.id] = upload
        same_key = self._by_key.get(upload.key)
        if same_key is None:
            self._by_key.put(upload.key, [upload])
        else:
            same_key.append(upload)

    def remove(self, upload: Upload) -> None:
        """Take one out that has ended."""
        del self._by_id[upload.id]
        same_key = self.of(upload.key)
        same_key.remove(upload)
        if not same_key:
            self._by_key.remove(upload.key)

    def of(self, key: str) -> list[Upload]:
        """Those of a key."""
        return self._by_key.get(key) or []

    def after(self, key: str, *, inclusive: bool) -> Iterator[Upload]:
        """Those whose keys come after one (or are that one): by key, and of one key the earliest first."""
        for _, same_key in self._by_key.after(key, inclusive=inclusive):
            yield from sorted(same_key, key=lambda upload: upload.place)

    def copy(self) -> Uploads:
        """Uploads that go their own way from here."""
        other = Uploads()
        for upload in self._by_id.values():
            other.add(upload.copy())
        return other
