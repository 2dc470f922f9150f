"""Names that S3 gives out: buckets, keys, accounts (S3 user guide, "Bucket naming rules")."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Final

from s3tag_mock.rules import limits

_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]*[a-z0-9]")
_LEGACY_BUCKET: Final = re.compile(r"[A-Za-z0-9._-]+")
_FOUR_NUMBERS: Final = re.compile(r"\d+\.\d+\.\d+\.\d+")
_RESERVED_PREFIXES: Final = ("xn--", "sthree-", "amzn-s3-demo-bucket-")
_RESERVED_SUFFIXES: Final = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
_ACCOUNT_REGIONAL: Final = re.compile(r".+-\d{12}-[a-z]+(-[a-z]+)+-\d+-an")
_ACCOUNT: Final = re.compile(r"\d{12}")


def is_bucket_name(name: str) -> bool:
    """Whether CreateBucket gives out this name today.

    ``amzn-s3-demo-bucket`` itself, which AWS's documents use everywhere, is let through.
    """
    return (
        _BUCKET.fullmatch(name) is not None
        and _is_long(name, limits.BUCKET_NAME_CHARACTERS)
        and ".." not in name
        and _FOUR_NUMBERS.fullmatch(name) is None
        and not name.startswith(_RESERVED_PREFIXES)
        and not name.endswith(_RESERVED_SUFFIXES)
    )


def account_regional_suffix(account: str, region: str) -> str:
    """What the names of buckets end with that belong to one account in one region alone."""
    return f"-{account}-{region}-an"


def is_account_regional(name: str) -> bool:
    """Whether a bucket's name belongs to one account in one region alone."""
    return _ACCOUNT_REGIONAL.fullmatch(name) is not None


def is_legacy_bucket_name(name: str) -> bool:
    """Whether us-east-1 gave out this name until March 2018 (capitals, underscores, 255 characters)."""
    fits = _is_long(name, limits.LEGACY_BUCKET_NAME_CHARACTERS)
    return fits and _LEGACY_BUCKET.fullmatch(name) is not None


def _is_long(name: str, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= len(name) <= bounds[1]


def is_key(text: str) -> bool:
    """Whether an object can have this key: it has 1 to 1024 bytes in UTF-8."""
    try:
        return 0 < len(text if text.isascii() else text.encode()) <= limits.KEY_BYTES
    except UnicodeEncodeError:
        return False


def is_account_id(text: str) -> bool:
    """Whether this is an AWS account id: twelve digits."""
    return _ACCOUNT.fullmatch(text) is not None


@lru_cache(maxsize=64)
def canonical_user_id(account: str) -> str:
    """The 64 hex digits that S3 shows as an owner's ID, always the same for the same account."""
    return hashlib.sha256(f"canonical user of {account}".encode()).hexdigest()


def owner_fields(account: str) -> dict[str, str]:
    """How answers show an account as an Owner."""
    return {"ID": canonical_user_id(account)}


def initiator_fields(arn: str) -> dict[str, str]:
    """How answers show the user who began a multipart upload.

    Source: ListParts; that there is a DisplayName RECORDED, LS test_multipart_and_list_parts.
    """
    return {"ID": arn, "DisplayName": arn.rpartition("/")[2]}
