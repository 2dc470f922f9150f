"""A bucket, the versions of its objects, and the few moves that versioning makes of them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal

from s3tag_mock.permissions.validation import BucketPolicy
from s3tag_mock.rules import arns, checksums
from s3tag_mock.rules.archives import Restore
from s3tag_mock.rules.checksums import Checksum
from s3tag_mock.rules.ownership import BUCKET_OWNER_ENFORCED
from s3tag_mock.rules.tags import Tags, no_tags
from s3tag_mock.state.keys import KeyIndex
from s3tag_mock.state.properties import DEFAULT_PROPERTIES, Properties
from s3tag_mock.state.upload import Completion, StoredPart, Upload
from s3tag_mock.state.uploads import Uploads

#: The id of an object's version that was put while versioning was off or suspended.
NULL_VERSION = "null"

Versioning = Literal["Enabled", "Suspended"]

#: What a new bucket blocks (since April 2023; S3 user guide, "Blocking public access").
ALL_PUBLIC_ACCESS_BLOCKED: Final[Mapping[str, bool]] = MappingProxyType(
    {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
)


def public_access_block(given: Mapping[str, bool]) -> dict[str, bool]:
    """Every kind of public access, and whether it is blocked: those that aren't named are not."""
    return {name: given.get(name, False) for name in ALL_PUBLIC_ACCESS_BLOCKED}


@dataclass(slots=True, eq=False)
class ObjectVersion:
    """One version of an object, or a delete marker.

    :param version_id: 32 characters, or ``"null"``.
    :param last_modified: to the second, as S3 keeps it.
    :param etag: 32 hex digits, without quotes; empty for a delete marker.
    :param tags: replaced as a whole, never changed in place.
    :param properties: replaced as a whole too.
    :param given_checksum: that came with the body, or was asked for; or S3's own, once it was calculated.
    :param parts: of an object that was uploaded in parts.
    :param restore: of an archived object, the last one.
    :param place: its number among all versions that the bucket ever had, in order.
    """

    version_id: str
    last_modified: datetime
    etag: str = ""
    body: bytes = b""
    tags: Tags = field(default_factory=no_tags)
    properties: Properties = DEFAULT_PROPERTIES
    given_checksum: Checksum | None = None
    is_delete_marker: bool = False
    parts: tuple[StoredPart, ...] = ()
    restore: Restore | None = None
    place: int = 0

    @property
    def quoted_etag(self) -> str:
        """The ETag as headers and documents show it."""
        return f'"{self.etag}"'

    @property
    def checksum_algorithm(self) -> str | None:
        """The algorithm of its checksum; None for what was uploaded in parts under the customer's own key and
        without a checksum, of which S3 calculates none (RECORDED, LS test_multipart_upload_sse_c).
        """
        if self.given_checksum is not None:
            return self.given_checksum.algorithm
        has_none = self.parts and self.properties.encryption.customer_key_md5 is not None
        return None if has_none else checksums.DEFAULT_ALGORITHM

    @property
    def checksum_type(self) -> str:
        """``"FULL_OBJECT"`` or ``"COMPOSITE"``."""
        return "FULL_OBJECT" if self.given_checksum is None else self.given_checksum.kind

    @property
    def checksum(self) -> Checksum | None:
        """Its checksum: the one that was given, or the one that S3 calculates, here once it is wanted."""
        algorithm = self.checksum_algorithm
        if self.given_checksum is None and algorithm is not None:
            self.given_checksum = checksums.calculate(algorithm, self.body)
        return self.given_checksum


#: The versions of one key, oldest first.
History = list[ObjectVersion]


def _copied(history: History) -> History:
    """Versions that can be changed apart from these; what they hold is replaced, and never changed."""
    return [copy.copy(version) for version in history]


def _position(history: History, version_id: str) -> int | None:
    """Where the version with an id stands, if it is there; mostly the newest are asked for."""
    positions = range(len(history) - 1, -1, -1)
    return next((one for one in positions if history[one].version_id == version_id), None)


def no_keys() -> KeyIndex[History]:
    """Keys of a bucket without objects."""
    return KeyIndex(_copied)


@dataclass(slots=True, eq=False)
class Bucket:
    """A bucket.

    :param owner: an account id.
    :param created: to the second.
    :param constraint: LocationConstraint as it was given, where it is another name of the region (``EU``).
    :param outpost: the id of the outpost that it is on.
    :param zone: the availability zone's id of a directory bucket.
    :param versioning: None as long as it was never turned on.
    :param abac: whether attribute-based access control is enabled.
    :param lifecycle_rules: in boto3's shape, each with an ID.
    :param transition_minimum: TransitionDefaultMinimumObjectSize.
    :param was_tagged: whether it had tags that were removed or replaced since.
    :param public_access_block: in boto3's shape; empty when it was deleted.
    :param ownership: ObjectOwnership; None when the controls were deleted.
    :param policy: its policy, parsed.
    :param payer: ``"BucketOwner"`` or ``"Requester"``.
    :param encryption: ServerSideEncryptionConfiguration; None for SSE-S3.
    :param object_lock: ObjectLockConfiguration; None for a bucket without object lock.
    :param replication: ReplicationConfiguration.
    :param grants: of its ACL, in boto3's shape; None for the owner's alone.
    :param configurations: documents that are stored as they were put, by their operations' name
        (``"BucketCors"``); where a bucket has several of a kind, a mapping of their ids to them.
    :param uploads: the multipart uploads under way.
    :param ended_uploads: upload id to those that were completed or aborted, without their parts: listings go
        on from them, and a completion may be repeated.
    :param removed_places: key and version id of versions that were removed to their places: listings go on
        from them, too.
    :param last_place: of the version that was added last.
    """

    name: str
    region: str
    owner: str
    created: datetime
    constraint: str | None = None
    outpost: str | None = None
    zone: str | None = None
    versioning: Versioning | None = None
    abac: bool = False
    lifecycle_rules: list[dict[str, Any]] = field(default_factory=list)
    transition_minimum: str = ""
    tags: Tags = field(default_factory=no_tags)
    was_tagged: bool = False
    public_access_block: Mapping[str, bool] = field(default_factory=lambda: ALL_PUBLIC_ACCESS_BLOCKED)
    ownership: str | None = BUCKET_OWNER_ENFORCED
    policy: BucketPolicy | None = None
    payer: str = "BucketOwner"
    encryption: Mapping[str, Any] | None = None
    object_lock: Mapping[str, Any] | None = None
    replication: Mapping[str, Any] | None = None
    grants: list[dict[str, Any]] | None = None
    configurations: dict[str, Any] = field(default_factory=dict)
    uploads: Uploads = field(default_factory=Uploads)
    ended_uploads: dict[str, Upload] = field(default_factory=dict)
    keys: KeyIndex[History] = field(default_factory=no_keys)
    removed_places: dict[tuple[str, str], int] = field(default_factory=dict)
    last_place: int = 0

    @property
    def arn(self) -> str:
        """The bucket's ARN."""
        if self.zone is not None:
            return arns.directory_bucket(self.region, self.owner, self.name)
        return arns.bucket(self.name, self.region)

    def latest(self, key: str) -> ObjectVersion | None:
        """The current version of a key (it may be a delete marker), or None."""
        history = self.keys.get(key)
        return history[-1] if history else None

    def version(self, key: str, version_id: str) -> ObjectVersion | None:
        """The version of a key with this id, or None."""
        history = self.keys.get(key) or []
        position = _position(history, version_id)
        return None if position is None else history[position]

    def named(self, key: str, version_id: str | None) -> ObjectVersion | None:
        """The version with an id, or without an id the current one; None where there is none."""
        return self.latest(key) if version_id is None else self.version(key, version_id)

    def owner_of(self, version: ObjectVersion | None) -> str:
        """The account that owns a version: where the bucket has no ACLs, its own owner owns all."""
        if version is None or self.ownership == BUCKET_OWNER_ENFORCED:
            return self.owner
        return version.properties.owner or self.owner

    def add(self, key: str, version: ObjectVersion) -> None:
        """Make this the current version; a null version takes the place of the null version before it."""
        self.last_place += 1
        version.place = self.last_place
        self._disturb_uploads(key)
        history = self.keys.get(key)
        if history is None:
            self.keys.put(key, [version])
            return
        if version.version_id == NULL_VERSION:
            position = _position(history, NULL_VERSION)
            if position is not None:
                del history[position]
        history.append(version)

    def remove(self, key: str, version_id: str) -> ObjectVersion | None:
        """Delete a version permanently; the one before it becomes current.

        :return: the version that was there, or None.
        """
        history = self.keys.get(key) or []
        position = _position(history, version_id)
        if position is None:
            return None
        self._disturb_uploads(key)
        version = history.pop(position)
        if not history:
            self.keys.remove(key)
        if self.versioning is not None:
            self.removed_places[key, version_id] = version.place
        return version

    def place_of(self, key: str, version_id: str) -> int | None:
        """The place of a version that is there or was removed; None where there never was one."""
        version = self.version(key, version_id)
        return self.removed_places.get((key, version_id)) if version is None else version.place

    def end_upload(self, upload: Upload, completion: Completion | None) -> None:
        """Forget an upload's parts.

        :param completion: None when it is aborted.
        """
        self.uploads.remove(upload)
        upload.parts.clear()
        upload.completion = completion
        self.ended_uploads[upload.id] = upload

    def __deepcopy__(self, memo: dict[int, Any]) -> Bucket:
        """A bucket that goes its own way. Only these fields are changed in place; others are replaced."""
        other = copy.copy(self)
        other.keys, other.uploads = self.keys.fork(), self.uploads.copy()
        other.configurations = dict(self.configurations)
        other.ended_uploads, other.removed_places = dict(self.ended_uploads), dict(self.removed_places)
        return other

    def _disturb_uploads(self, key: str) -> None:
        for upload in self.uploads.of(key):
            upload.is_disturbed = True

    def __repr__(self) -> str:
        return f"<Bucket {self.name!r} in {self.region}, {len(self.keys)} keys>"
