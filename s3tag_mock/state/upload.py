"""A multipart upload that was begun and not yet completed or aborted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from s3tag_mock.rules.tags import Tags


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    :param etag: 32 hex digits, without quotes.
    :param checksums: under boto3's names.
    """

    number: int
    body: bytes
    etag: str
    last_modified: datetime
    checksums: Mapping[str, str]


class StoredPart(NamedTuple):
    """A part of an object that was uploaded in parts.

    :param size: in bytes.
    :param checksums: under boto3's names.
    """

    number: int
    size: int
    checksums: Mapping[str, str]


@dataclass(slots=True, eq=False)
class Upload:
    """An upload.

    :param tags: of the object that it will be.
    :param description: of that object, under boto3's names.
    :param is_disturbed: whether the key was put or deleted since the upload was begun.
    :param checksum_algorithm: such as ``"CRC32"``; None when none was asked for.
    :param checksum_type: ``"COMPOSITE"`` or ``"FULL_OBJECT"``; None likewise.
    """

    id: str
    key: str
    initiated: datetime
    tags: Tags
    description: Mapping[str, Any]
    checksum_algorithm: str | None = None
    checksum_type: str | None = None
    parts: dict[int, Part] = field(default_factory=dict)
    is_disturbed: bool = False
