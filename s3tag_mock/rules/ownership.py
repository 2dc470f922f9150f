"""Object ownership: who owns what others put into a bucket (S3 user guide, "Object Ownership")."""

from __future__ import annotations

from typing import Final

#: The setting of new buckets (since April 2023): the bucket's owner owns all, and there are no ACLs.
BUCKET_OWNER_ENFORCED: Final = "BucketOwnerEnforced"
_KNOWN: Final = frozenset({BUCKET_OWNER_ENFORCED, "BucketOwnerPreferred", "ObjectWriter"})


def owner_of_new(ownership: str | None, bucket_owner: str, writer: str | None, canned_acl: str | None) -> str:
    """The account that owns an object which is put into a bucket.

    :param ownership: the bucket's ObjectOwnership; None for a bucket without the controls.
    :param writer: whose call it is; None for nobody's, whose objects are the bucket owner's (ASSUMED).
    """
    if writer is None or ownership == BUCKET_OWNER_ENFORCED:
        return bucket_owner
    if ownership == "BucketOwnerPreferred" and canned_acl == "bucket-owner-full-control":
        return bucket_owner
    return writer


def is_ownership(name: str) -> bool:
    """Whether there is such a setting."""
    return name in _KNOWN
