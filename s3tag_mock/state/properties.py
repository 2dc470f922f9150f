"""What is said of an object when it is stored, beside its body, its tags and its checksum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from s3tag_mock.rules.acl import Grants
from s3tag_mock.rules.encryption import WITH_S3_KEYS, Encryption
from s3tag_mock.rules.object_lock import UNLOCKED, ObjectLock

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return _NOTHING


@dataclass(frozen=True, slots=True)
class Properties:
    """An object's properties. They never change in place: any number of objects may share one.

    :param headers: ContentType, CacheControl and the like, under boto3's names.
    :param metadata: the user's own.
    :param grants: of the ACL, in boto3's shape; None for the owner's alone.
    :param replication_status: ``"COMPLETED"`` or ``"REPLICA"``; None for an object that wasn't replicated.
    :param owner: the account that owns it, where that isn't the bucket's owner.
    """

    headers: Mapping[str, Any] = field(default_factory=_nothing)
    metadata: Mapping[str, str] = field(default_factory=_nothing)
    storage_class: str = "STANDARD"
    website_redirect_location: str | None = None
    encryption: Encryption = WITH_S3_KEYS
    lock: ObjectLock = UNLOCKED
    grants: Grants | None = None
    replication_status: str | None = None
    owner: str | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> Properties:
        return self


#: Those of an object of which nothing was said.
DEFAULT_PROPERTIES: Final = Properties()
