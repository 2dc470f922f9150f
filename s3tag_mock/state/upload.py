"""Multipart uploads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

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
        return _checksum_fields(self.checksum)


class StoredPart(NamedTuple):
    """A part of an object that was uploaded in parts.

    :param size: in bytes.
    """

    number: int
    size: int
    checksum: Checksum | None

    def checksum_fields(self) -> dict[str, str]:
        """Its checksum under boto3's name; empty when it has none."""
        return _checksum_fields(self.checksum)


def _checksum_fields(checksum: Checksum | None) -> dict[str, str]:
    return {} if checksum is None else checksum.fields()


@dataclass(frozen=True, slots=True)
class Completion:
    """How an upload was completed, for a client that says so again because it missed the answer.

    :param parts: as the call listed them.
    :param answer: to the call, in boto3's shape.
    """

    parts: Sequence[Mapping[str, Any]]
    answer: Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Upload:
    """An upload.

    :param number: how many were begun in the bucket before it.
    :param initiator: who began it, in boto3's shape.
    :param tags, properties: of the object that it will be.
    :param is_disturbed: whether the key was put or deleted since the upload was begun.
    :param completion: of one that was completed.
    :param checksum_algorithm: such as ``"CRC32"``; None when none was asked for.
    :param checksum_type: ``"COMPOSITE"`` or ``"FULL_OBJECT"``; None likewise.
    """

    id: str
    key: str
    number: int
    initiated: datetime
    initiator: Mapping[str, str]
    tags: Tags
    properties: Properties
    checksum_algorithm: str | None = None
    checksum_type: str | None = None
    parts: dict[int, Part] = field(default_factory=dict)
    is_disturbed: bool = False
    completion: Completion | None = None

    def copy(self) -> Upload:
        """An upload that goes its own way from here."""
        return replace(self, parts=dict(self.parts))

    @property
    def place(self) -> tuple[str, datetime, int]:
        """Where it stands among others: by key, and of one key the earliest first."""
        return self.key, self.initiated, self.number
