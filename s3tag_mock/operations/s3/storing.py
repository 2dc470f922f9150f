"""What the operations that store an object share: its description, its checksums, its version."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result
from s3tag_mock.rules import acl, encryption, lifecycle, limits, object_lock
from s3tag_mock.rules.checksums import ALGORITHMS, CHECKSUM_PARAMETERS
from s3tag_mock.rules.directory_buckets import STORAGE_CLASS
from s3tag_mock.rules.names import canonical_user_id
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion
from s3tag_mock.state.upload import StoredPart

#: What an object's metadata is, in S3's sense: MetadataDirective decides over it.
METADATA: Final = frozenset(
    {
        "CacheControl",
        "ContentDisposition",
        "ContentEncoding",
        "ContentLanguage",
        "ContentType",
        "Expires",
        "Metadata",
    }
)
#: What else is said of an object when it is stored. A copy onto itself must change one of these, or its
#: metadata.
ATTRIBUTES: Final = frozenset({"StorageClass", "WebsiteRedirectLocation", *encryption.PARAMETERS})
_PLAIN: Final = METADATA | {"StorageClass", "WebsiteRedirectLocation"}
_ACL: Final = frozenset({"ACL", *acl.GRANT_HEADERS}) - {"GrantWrite"}
#: All that a storing call may say of its object.
WRITABLE: Final = METADATA | ATTRIBUTES | _ACL | frozenset(object_lock.PARAMETERS)
#: What is given back of it with the object.
SHOWN: Final = (METADATA | ATTRIBUTES | frozenset({*object_lock.PARAMETERS, "ReplicationStatus"})) - {
    "SSECustomerKey"
}
_STORAGE_CLASSES: Final = frozenset(
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


def check_target(bucket: Bucket, params: Params) -> None:
    """Refuse a key, a storage class or metadata that no object can have, and tags that this one can't.

    :raises AwsError: KeyTooLongError, InvalidStorageClass, MetadataTooLarge; NotImplemented for tags in a
        directory bucket.
    """
    size = len(params["Key"].encode("utf-8", "surrogatepass"))
    if size > limits.KEY_BYTES:
        raise errors.KEY_TOO_LONG(Size=str(size), MaxSizeAllowed=str(limits.KEY_BYTES))
    storage_class = params.get("StorageClass", "STANDARD")
    if storage_class not in _STORAGE_CLASSES:
        raise errors.INVALID_STORAGE_CLASS(StorageClassRequested=storage_class)
    described_in = sum(
        len(text.encode("utf-8", "surrogatepass"))
        for item in params.get("Metadata", {}).items()
        for text in item
    )
    if described_in > limits.METADATA_BYTES:
        raise errors.METADATA_TOO_LARGE(Size=str(described_in), MaxSizeAllowed=str(limits.METADATA_BYTES))
    if bucket.zone is not None and params.get("Tagging"):
        raise errors.BARE_HEADER_NOT_IMPLEMENTED(Header="x-amz-tagging")


def described(call: CallContext, bucket: Bucket, params: Params) -> dict[str, Any]:
    """What is to be remembered of an object that a call stores: what it says, and the bucket's defaults.

    :raises AwsError: what AWS answers to an encryption, a lock or an ACL that the object can't have.
    """
    grants = acl.given(params, canonical_user_id(bucket.owner))
    blocks_public = bucket.public_access_block.get("BlockPublicAcls", False)
    acl.check(grants, bucket.ownership, blocks_public=blocks_public, closed=False)
    express = {} if bucket.zone is None else {"StorageClass": STORAGE_CLASS}
    return {
        **{name: params[name] for name in _PLAIN if name in params},
        **express,
        **encryption.for_new_object(params, bucket.encryption, bucket.region, bucket.owner),
        **object_lock.for_new_object(params, bucket.object_lock, call.now),
        **({} if grants is None else {"Grants": grants}),
    }


def encryption_of(description: Mapping[str, Any]) -> Result:
    """The part of a description that answers to storing calls repeat."""
    return {name: value for name, value in description.items() if name in encryption.RETURNED}


def store(
    call: CallContext,
    bucket: Bucket,
    key: str,
    *,
    body: bytes,
    etag: str,
    tags: Tags,
    description: Mapping[str, Any],
    parts: tuple[StoredPart, ...] = (),
) -> ObjectVersion:
    """Make an object, or with versioning on, its newest version.

    :param description: under boto3's names, as :func:`described` gives it.
    """
    version = ObjectVersion(
        version_id=new_version_id(call, bucket),
        last_modified=call.second,
        etag=etag,
        body=body,
        tags=tags,
        metadata=description,
        parts=parts,
    )
    bucket.add(key, version)
    return version


def new_version_id(call: CallContext, bucket: Bucket) -> str:
    """The id of a version that is put now."""
    return call.world.ids.version_id() if bucket.versioning == "Enabled" else NULL_VERSION


def stored(bucket: Bucket, key: str, version: ObjectVersion) -> Result:
    """What an answer says of the version that was stored: encryption, expiration, id."""
    result = {**encryption_of(version.metadata), **expiration_of(bucket, key, version)}
    if bucket.versioning == "Enabled":
        result["VersionId"] = version.version_id
    return result


def expiration_of(bucket: Bucket, key: str, version: ObjectVersion) -> Result:
    """The Expiration of an object by the bucket's lifecycle rules; empty when none expires it."""
    if not bucket.lifecycle_rules:
        return {}
    text = lifecycle.expiration(
        bucket.lifecycle_rules, key, len(version.body), version.tags, version.last_modified
    )
    return {} if text is None else {"Expiration": text}


def checksums_of(version: ObjectVersion) -> Result:
    """The checksums that a version has, with their type; empty when it has none."""
    found = {name: value for name, value in version.metadata.items() if name in CHECKSUM_PARAMETERS}
    return {**found, "ChecksumType": version.metadata.get("ChecksumType", "FULL_OBJECT")} if found else {}


def checksum(algorithm: str, body: bytes) -> Result:
    """The checksum of a body, under boto3's name.

    :param algorithm: such as ``"SHA256"``.
    :raises AwsError: InvalidRequest for one that isn't known.
    """
    return {f"Checksum{algorithm.upper()}": base64.b64encode(digest(algorithm, body)).decode()}


def composite(algorithm: str, bodies: Iterable[bytes]) -> bytes:
    """The checksum of several parts' checksums."""
    return digest(algorithm, b"".join(digest(algorithm, body) for body in bodies))


def digest(algorithm: str, body: bytes) -> bytes:
    """The same as bytes."""
    calculate = ALGORITHMS.get(algorithm.lower())
    if calculate is None:
        raise errors.UNSUPPORTED_CHECKSUM(hint=algorithm)
    return calculate(body)
