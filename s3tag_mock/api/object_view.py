"""What a test sees of an object: ``aws.object(bucket, key)``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from s3tag_mock.state.bucket import ObjectVersion

#: Notes that the test looked at something.
Inspect = Callable[..., None]


class ObjectView:
    """A read-only view of one version of an object."""

    def __init__(
        self, bucket: str, key: str, version: ObjectVersion, history: Sequence[ObjectVersion], look: Inspect
    ) -> None:
        self._bucket = bucket
        self._key = key
        self._version = version
        self._history = history
        self._inspect = look

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        return self._bucket

    @property
    def key(self) -> str:
        """The object's key."""
        return self._key

    @property
    def body(self) -> bytes:
        """The content."""
        return self._seen().body

    @property
    def size(self) -> int:
        """The length of the content, in bytes."""
        return len(self._seen().body)

    @property
    def tags(self) -> dict[str, str]:
        """The tags."""
        self._inspect("object", self._bucket, self._key)
        return dict(self._version.tags)

    @property
    def metadata(self) -> dict[str, str]:
        """The user's own metadata, without ``x-amz-meta-``."""
        return dict(self._seen().properties.metadata)

    @property
    def headers(self) -> Mapping[str, object]:
        """ContentType, CacheControl and the like, as far as they were given, under boto3's names."""
        return dict(self._seen().properties.headers)

    @property
    def etag(self) -> str:
        """The ETag with its quotes, as boto3 gives it."""
        return self._seen().quoted_etag

    @property
    def version_id(self) -> str:
        """The version's id; ``"null"`` where versioning was not enabled when the object was put."""
        return self._seen().version_id

    @property
    def storage_class(self) -> str:
        """Such as ``"STANDARD"``."""
        return self._seen().properties.storage_class

    @property
    def last_modified(self) -> datetime:
        """When it was put, to the second."""
        return self._seen().last_modified

    @property
    def is_delete_marker(self) -> bool:
        """Whether it is one of the versions that only say that the object was deleted."""
        return self._seen().is_delete_marker

    @property
    def versions(self) -> list[ObjectView]:
        """All versions of the key and its delete markers, the newest first, as S3 lists them."""
        return [
            ObjectView(self._bucket, self._key, one, self._history, self._inspect)
            for one in reversed(self._history)
        ]

    def _seen(self) -> ObjectVersion:
        self._inspect("content", self._bucket, self._key)
        return self._version

    def __repr__(self) -> str:
        version = self._version
        what = "delete marker" if version.is_delete_marker else f"{len(version.body)} bytes"
        return f"<Object {self._bucket}/{self._key} ({version.version_id}): {what}, {dict(version.tags)}>"
