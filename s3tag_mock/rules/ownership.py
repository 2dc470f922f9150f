"""Object ownership: who owns what others put into a bucket (S3 user guide, "Object Ownership")."""

from __future__ import annotations

from typing import Final

#: The setting of new buckets (since April 2023): the bucket's owner owns all, and there are no ACLs.
BUCKET_OWNER_ENFORCED: Final = "BucketOwnerEnforced"
_KNOWN: Final = frozenset({BUCKET_OWNER_ENFORCED, "BucketOwnerPreferred", "ObjectWriter"})


def is_ownership(name: str) -> bool:
    """Whether there is such a setting."""
    return name in _KNOWN
