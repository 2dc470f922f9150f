"""A multipart upload that was begun and not yet completed or aborted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from s3tag_mock.rules.checksums import Checksum
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.properties import Properties


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    :param etag: 32 hex digits, without quotes.
    """

    number: int
    body: bytes
    etag: str
    last_modified: datetime
    checksum: Checksum | None

    @property
    def quoted_etag(self) -> str:
        """The ETag as headers and documents show it."""
        return f'"{self.etag}"'

    def checksum_fields(self) -> dict[str, str]:
        """Its checksum under boto3's name; empty when it has none."""
        return {} if self.checksum is None else self.checksum.fields()


class StoredPart(NamedTuple):
    """A part of an object that was uploaded in parts.

    :param size: in bytes.
    """

    number: int
    size: int
    checksum: Checksum | None


@dataclass(slots=True, eq=False)
class Upload:
    """An upload.

    :param tags, properties: of the object that it will be.
    :param is_disturbed: whether the key was put or deleted since the upload was begun.
    :param checksum_algorithm: such as ``"CRC32"``; None when none was asked for.
    :param checksum_type: ``"COMPOSITE"`` or ``"FULL_OBJECT"``; None likewise.
    """

    id: str
    key: str
    initiated: datetime
    tags: Tags
    properties: Properties
    checksum_algorithm: str | None = None
    checksum_type: str | None = None
    parts: dict[int, Part] = field(default_factory=dict)
    is_disturbed: bool = False
