"""A bucket, the versions of its objects, and the few moves that versioning makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from s3tag_mock.rules.tags import Tags, no_tags
from s3tag_mock.state.keys import KeyIndex
from s3tag_mock.state.upload import Upload

#: The id of an object's version that was put while versioning was off or suspended.
NULL_VERSION = "null"

Versioning = Literal["Enabled", "Suspended"]


@dataclass(slots=True, eq=False)
class ObjectVersion:
    """One version of an object, or a delete marker.

    :param version_id: 32 characters, or ``"null"``.
    :param last_modified: to the second, as S3 keeps it.
    :param etag: 32 hex digits, without quotes; empty for a delete marker.
    :param tags: replaced as a whole, never changed in place.
    :param metadata: what was said of the object when it was put, under boto3's names
        (ContentType, Metadata, StorageClass, ChecksumCRC32, ...).
    """

    version_id: str
    last_modified: datetime
    etag: str = ""
    body: bytes = b""
    tags: Tags = field(default_factory=no_tags)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    is_delete_marker: bool = False


#: The versions of one key, oldest first.
History = list[ObjectVersion]


@dataclass(slots=True, eq=False)
class Bucket:
    """A bucket.

    :param owner: an account id.
    :param created: to the second.
    :param versioning: None as long as it was never turned on.
    :param abac: whether attribute-based access control is enabled.
    :param lifecycle_rules: in boto3's shape, each with an ID.
    :param transition_minimum: TransitionDefaultMinimumObjectSize.
    :param uploads: upload id to the multipart uploads under way.
    """

    name: str
    region: str
    owner: str
    created: datetime
    versioning: Versioning | None = None
    abac: bool = False
    lifecycle_rules: list[dict[str, Any]] = field(default_factory=list)
    transition_minimum: str = ""
    tags: Tags = field(default_factory=no_tags)
    uploads: dict[str, Upload] = field(default_factory=dict)
    keys: KeyIndex[History] = field(default_factory=KeyIndex)

    def latest(self, key: str) -> ObjectVersion | None:
        """The current version of a key (it may be a delete marker), or None."""
        history = self.keys.get(key)
        return history[-1] if history else None

    def version(self, key: str, version_id: str) -> ObjectVersion | None:
        """The version of a key with this id, or None."""
        return next((one for one in self.keys.get(key) or () if one.version_id == version_id), None)

    def add(self, key: str, version: ObjectVersion) -> None:
        """Make this the current version; a null version takes the place of the null version before it."""
        history = self.keys.get(key)
        if history is None:
            self.keys.put(key, [version])
            return
        if version.version_id == NULL_VERSION:
            history[:] = [one for one in history if one.version_id != NULL_VERSION]
        history.append(version)

    def remove(self, key: str, version_id: str) -> ObjectVersion | None:
        """Take a version away for good; the one before it becomes current.

        :return: the version that was there, or None.
        """
        version = self.version(key, version_id)
        if version is None:
            return None
        history = self.keys.get(key) or []
        history.remove(version)
        if not history:
            self.keys.remove(key)
        return version

    def __repr__(self) -> str:
        return f"<Bucket {self.name!r} in {self.region}, {len(self.keys)} keys>"
