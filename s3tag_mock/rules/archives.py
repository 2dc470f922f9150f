"""Archived objects: which can be read, and how long a restore takes.

Sources: S3 user guide, "Restoring an archived object", RestoreObject; RECORDED, LS
test_put_object_storage_class, test_restore_object_glacier. Nothing is really archived by lifecycle
rules: an object is archived when it is stored with such a storage class.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from email.utils import format_datetime
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.errors.spec import ErrorSpec
from s3tag_mock.rules import dates

#: What PutObject, CopyObject and CreateMultipartUpload take as StorageClass.
STORAGE_CLASSES: Final = frozenset(
    {
        "DEEP_ARCHIVE",
        "EXPRESS_ONEZONE",
        "GLACIER",
        "GLACIER_IR",
        "INTELLIGENT_TIERING",
        "ONEZONE_IA",
        "REDUCED_REDUNDANCY",
        "SNOW",
        "STANDARD",
        "STANDARD_IA",
    }
)
#: Storage class to how long each tier's restore takes at most, in hours.
_HOURS: Final[dict[str, dict[str, float]]] = {
    "GLACIER": {"Expedited": 5 / 60, "Standard": 5, "Bulk": 12},
    "DEEP_ARCHIVE": {"Standard": 12, "Bulk": 48},
}

#: When a restored copy is there, and when it goes again: what is remembered of a restore.
Restore = tuple[datetime, datetime]


def is_archived(storage_class: str) -> bool:
    """Whether objects of this storage class must be restored before they can be read."""
    return storage_class in _HOURS


def check_readable(
    storage_class: str, restore: Restore | None, now: datetime, refusal: ErrorSpec = errors.OBJECT_ARCHIVED
) -> None:
    """Refuse to read an archived object that isn't restored.

    :param refusal: what to raise; it has an element StorageClass.
    :raises AwsError: 403 InvalidObjectState.
    """
    if is_archived(storage_class) and not (restore is not None and restore[0] <= now < restore[1]):
        raise refusal(
            StorageClass=storage_class,
            hint="restore_object takes hours: aws.clock.advance(hours=12) lets them pass",
        )


def start_restore(storage_class: str, request: Mapping[str, Any], now: datetime) -> Restore:
    """A restore that begins now.

    :param request: RestoreRequest.
    :raises AwsError: 403 InvalidObjectState for an object that isn't archived, MalformedXML for a
        request without Days, InvalidArgument for a tier that the storage class doesn't have.
    """
    if storage_class not in _HOURS:
        raise errors.NOT_ARCHIVED(StorageClass=storage_class)
    if request.get("Days", 0) < 1:
        raise errors.MALFORMED_XML(hint="a restore needs Days, at least 1")
    tier = request.get("Tier") or request.get("GlacierJobParameters", {}).get("Tier", "Standard")
    hours = _HOURS[storage_class].get(tier)
    if hours is None:
        raise errors.INVALID_ARGUMENT(
            message=f"{tier} retrieval is not available for {storage_class}",
            ArgumentName="Tier",
            ArgumentValue=tier,
        )
    ready = dates.later(now, hours=hours)
    return ready, expiry(ready, request["Days"])


def expiry(since: datetime, days: int) -> datetime:
    """When a restored copy goes: at the midnight (UTC) that follows so many days."""
    return datetime.combine(dates.later(since, days=days + 1).date(), time(), tzinfo=since.tzinfo)


def header(restore: Restore, now: datetime) -> str | None:
    """What ``x-amz-restore`` says; None once the copy is gone."""
    ready, gone = restore
    if now < ready:
        return 'ongoing-request="true"'
    if now >= gone:
        return None
    return f'ongoing-request="false", expiry-date="{format_datetime(gone, usegmt=True)}"'
