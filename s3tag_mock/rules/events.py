"""The events of S3: which members their records have, and what EventBridge calls them.

Sources: user guide, "Event message structure" and "Amazon S3 Event Notifications and EventBridge"; RECORDED,
LS test_object_created_put, test_object_created_put_versioned, test_object_tagging_put_event,
test_object_tagging_delete_event, test_object_put_acl, test_restore_object; Object Tags Added OBSERVED (a
user's note of September 2023). That an event of retention has what one of an ACL has is ASSUMED.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote_plus

#: The version of all records since 2026 (OBSERVED, a public project's fixture of October 2026).
RECORD_VERSION: Final = "2.6"
#: The version of EventBridge's details (user guide; OBSERVED).
DETAIL_VERSION: Final = "1.1"
#: Who does what S3 does by itself.
S3: Final = "s3.amazonaws.com"
#: The ETag of nothing, which records of delete markers have.
EMPTY_ETAG: Final = "d41d8cd98f00b204e9800998ecf8427e"


class Form(NamedTuple):
    """How an event is told.

    :param detail_type: EventBridge's name of it.
    :param members: what is said of the object beside its key and version.
    :param detail: what EventBridge says beside, always the same.
    """

    detail_type: str
    members: frozenset[str]
    detail: Mapping[str, str]


_STORED: Final = frozenset({"size", "eTag", "sequencer"})
_REMOVED: Final = frozenset({"sequencer"})
_COVERED: Final = frozenset({"eTag", "sequencer"})
_CHANGED: Final = frozenset({"eTag"})
_GONE: Final = "Permanently Deleted"
_MARKED: Final = "Delete Marker Created"
_EXPIRED: Final = "Lifecycle Expiration"


def _created(reason: str) -> Form:
    return Form("Object Created", _STORED, {"reason": reason})


def _deleted(members: frozenset[str], reason: str, how: str) -> Form:
    return Form("Object Deleted", members, {"reason": reason, "deletion-type": how})


FORMS: Final[Mapping[str, Form]] = {
    "ObjectCreated:Put": _created("PutObject"),
    "ObjectCreated:Post": _created("POST Object"),
    "ObjectCreated:Copy": _created("CopyObject"),
    "ObjectCreated:CompleteMultipartUpload": _created("CompleteMultipartUpload"),
    "ObjectRemoved:Delete": _deleted(_REMOVED, "DeleteObject", _GONE),
    "ObjectRemoved:DeleteMarkerCreated": _deleted(_COVERED, "DeleteObject", _MARKED),
    "LifecycleExpiration:Delete": _deleted(_REMOVED, _EXPIRED, _GONE),
    "LifecycleExpiration:DeleteMarkerCreated": _deleted(_COVERED, _EXPIRED, _MARKED),
    "LifecycleTransition": Form("Object Storage Class Changed", _STORED, {}),
    "ObjectTagging:Put": Form("Object Tags Added", _CHANGED, {}),
    "ObjectTagging:Delete": Form("Object Tags Deleted", _CHANGED, {}),
    "ObjectAcl:Put": Form("Object ACL Updated", _CHANGED, {}),
    "ObjectRetention:Put": Form("Object Retention Updated", _CHANGED, {}),
    "ObjectRestore:Post": Form("Object Restore Initiated", _STORED, {}),
    "ObjectRestore:Completed": Form("Object Restore Completed", _STORED, {}),
    "ObjectRestore:Delete": Form("Object Restore Expired", _STORED, {}),
}
#: What EventBridge calls the members of the object.
_IN_EVENTBRIDGE: Final = {"eTag": "etag", "versionId": "version-id"}


def described_object(
    event: str, *, size: int, etag: str, version_id: str | None, sequence: int
) -> dict[str, Any]:
    """What a record says of its object beside the key.

    :param version_id: None for one that isn't shown: without versioning, and of a null version (RECORDED, LS
        test_object_created_put_versioned).
    """
    wanted = FORMS[event].members
    members: dict[str, Any] = {
        "size": size,
        "eTag": etag or EMPTY_ETAG,
        "versionId": version_id,
        "sequencer": f"{sequence:016X}",
    }
    return {
        name: value
        for name, value in members.items()
        if name in wanted or (name == "versionId" and value is not None)
    }


def in_eventbridge(event: str, described: Mapping[str, Any]) -> dict[str, Any]:
    """The same as EventBridge has it: without a sequencer for restores (RECORDED, LS test_restore_object)."""
    left_out = "sequencer" if event.startswith("ObjectRestore:") else None
    return {_IN_EVENTBRIDGE.get(name, name): value for name, value in described.items() if name != left_out}


def encoded_key(key: str) -> str:
    """A key as records have it: as in forms, but for slashes (RECORDED, LS test_key_encoding)."""
    return quote_plus(key, safe="/", errors="surrogatepass")
