"""S3 Inventory: its columns, and its manifest.json.

Sources: user guide, "Locating your inventory list" and "Amazon S3 Inventory list"; the order of the columns
up to ChecksumAlgorithm DOCUMENTED there, of the two after it OBSERVED (a fixture of orcabus's, made of a real
inventory), of the last ones LIKELY.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus

#: Columns that every inventory has, and those of one of all versions.
ALWAYS: Final = ("Bucket", "Key")
OF_VERSIONS: Final = ("VersionId", "IsLatest", "IsDeleteMarker")
#: Columns that may be asked for, in the order in which they come.
OPTIONAL: Final = (
    "Size",
    "LastModifiedDate",
    "ETag",
    "StorageClass",
    "IsMultipartUploaded",
    "ReplicationStatus",
    "EncryptionStatus",
    "ObjectLockRetainUntilDate",
    "ObjectLockMode",
    "ObjectLockLegalHoldStatus",
    "IntelligentTieringAccessTier",
    "BucketKeyStatus",
    "ChecksumAlgorithm",
    "ObjectAccessControlList",
    "ObjectOwner",
    "LifecycleExpirationDate",
    "ObjectLockEventHoldStatus",
    "ObjectLockEventHoldDuration",
    "IntelligentTieringReferenceDate",
)
_VERSION: Final = "2016-11-30"


def columns(*, versions: bool, fields: Iterable[str]) -> tuple[str, ...]:
    """The columns of an inventory.

    :param versions: whether of all versions.
    :param fields: of the optional ones, in any order.
    """
    wanted = set(fields)
    return (*ALWAYS, *(OF_VERSIONS if versions else ()), *(name for name in OPTIONAL if name in wanted))


def manifest(
    source: str, destination: str, schema: Iterable[str], files: Mapping[str, bytes], now: datetime
) -> bytes:
    """The manifest.json of an inventory.

    :param source: the bucket's name.
    :param destination: the ARN of the bucket that it is written to.
    :param files: key to body.
    """
    told: dict[str, Any] = {
        "sourceBucket": source,
        "destinationBucket": destination,
        "version": _VERSION,
        "creationTimestamp": str(int(now.timestamp() * 1000)),
        "fileFormat": "CSV",
        "fileSchema": ", ".join(schema),
        "files": [
            {"key": key, "size": len(body), "MD5checksum": hashlib.md5(body).hexdigest()}
            for key, body in files.items()
        ],
    }
    return json.dumps(told).encode()


def encoded(key: str) -> str:
    """A key as inventories spell it."""
    return quote_plus(key, safe="/")
