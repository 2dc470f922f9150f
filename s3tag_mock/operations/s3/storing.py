"""What the operations that store an object share: its properties, its checksum, its version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import kms_permission
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.operations.registry import Params, Result
from s3tag_mock.operations.s3 import public_acls
from s3tag_mock.rules import acl, encryption, lifecycle, limits, object_lock
from s3tag_mock.rules.archives import STORAGE_CLASSES
from s3tag_mock.rules.checksums import Checksum
from s3tag_mock.rules.directory_buckets import STORAGE_CLASS
from s3tag_mock.rules.names import canonical_user_id
from s3tag_mock.rules.ownership import owner_of_new
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion
from s3tag_mock.state.properties import Properties
from s3tag_mock.state.upload import StoredPart

_HEADERS: Final = frozenset(
    {"CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires"}
)
#: What else is said of an object when it is stored. A copy onto itself must change one of these, or its
#: metadata.
ATTRIBUTES: Final = frozenset({"StorageClass", "WebsiteRedirectLocation", *encryption.PARAMETERS})
_ACL: Final = frozenset({"ACL", *acl.GRANT_HEADERS}) - {"GrantWrite"}
#: All that a storing call may say of its object.
WRITABLE: Final = _HEADERS | {"Metadata"} | ATTRIBUTES | _ACL | frozenset(object_lock.PARAMETERS)
#: The further actions that storing calls need, and the parameters that make them needed.
ALSO: Final[Mapping[str, str]] = {
    "PutObjectAcl": " ".join(sorted(_ACL)),
    "PutObjectTagging": "Tagging",
    "PutObjectRetention": "ObjectLockMode ObjectLockRetainUntilDate",
    "PutObjectLegalHold": "ObjectLockLegalHoldStatus",
}


def check_target(bucket: Bucket, params: Params) -> None:
    """Refuse a key, a storage class or metadata that no object can have, and tags that this one can't.

    :raises AwsError: KeyTooLongError, InvalidStorageClass, MetadataTooLarge; NotImplemented for tags in a
        directory bucket.
    """
    size = len(params["Key"].encode())
    if size > limits.KEY_BYTES:
        raise errors.KEY_TOO_LONG(Size=str(size), MaxSizeAllowed=str(limits.KEY_BYTES))
    storage_class = params.get("StorageClass", "STANDARD")
    if storage_class not in STORAGE_CLASSES:
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


def new_properties(call: CallContext, bucket: Bucket, params: Params) -> Properties:
    """The properties of an object that a call stores: what it says, and the bucket's defaults.

    :raises AwsError: what AWS answers to an encryption, a lock or an ACL that the object can't have;
        AccessDenied for a key of KMS that the caller may not use.
    """
    writer = None if call.caller.is_anonymous else call.account
    owner = owner_of_new(bucket.ownership, bucket.owner, writer, params.get("ACL"))
    bucket_owner = None if owner == bucket.owner else canonical_user_id(bucket.owner)
    grants = acl.given(params, canonical_user_id(owner), bucket_owner)
    harmless = {None, acl.BUCKET_OWNER_FULL_CONTROL, *(("private",) if writer == bucket.owner else ())}
    closed = params.get("ACL") not in harmless
    acl.check(grants, bucket.ownership, closed=closed)
    public_acls.check(call, bucket, params, grants)
    encrypted = encryption.for_new_object(params, bucket.encryption, bucket.region, bucket.owner)
    kms_permission.check(call, params, encrypted, "kms:GenerateDataKey")
    return Properties(
        headers={name: params[name] for name in _HEADERS if name in params},
        metadata=params.get("Metadata", {}),
        storage_class=params.get("StorageClass", "STANDARD") if bucket.zone is None else STORAGE_CLASS,
        website_redirect_location=params.get("WebsiteRedirectLocation"),
        encryption=encrypted,
        lock=object_lock.for_new_object(params, bucket.object_lock, call.now),
        grants=grants,
        owner=None if owner == bucket.owner else owner,
    )


def properties_fields(properties: Properties) -> Result:
    """What GetObject and HeadObject show of an object's properties.

    The storage class isn't shown when it is STANDARD (API reference, GetObject).
    """
    shown = {
        **properties.headers,
        "Metadata": properties.metadata,
        "StorageClass": None if properties.storage_class == "STANDARD" else properties.storage_class,
        "WebsiteRedirectLocation": properties.website_redirect_location,
        "ReplicationStatus": properties.replication_status,
        **properties.encryption.fields(),
        **properties.lock.fields(),
    }
    return {name: value for name, value in shown.items() if value is not None}


def etag_of(call: CallContext, bucket: Bucket, properties: Properties, body: bytes) -> str:
    """The ETag of a part, or of an object that wasn't uploaded in parts.

    It is the MD5 of the body; under keys of KMS and of customers, and in directory buckets, it is something
    else each time (PutObject; RECORDED, LS test_multipart_upload_sse_c).
    """
    if bucket.zone is None and properties.encryption.etag_is_md5:
        return hashlib.md5(body).hexdigest()
    return call.world.ids.etag()


def store(
    call: CallContext,
    bucket: Bucket,
    key: str,
    *,
    body: bytes,
    etag: str,
    tags: Tags,
    properties: Properties,
    checksum: Checksum | None,
    parts: tuple[StoredPart, ...] = (),
) -> ObjectVersion:
    """Make an object, or with versioning on, its newest version.

    :param checksum: that came with it or was asked for.
    """
    version = ObjectVersion(
        version_id=new_version_id(call, bucket),
        last_modified=call.second,
        etag=etag,
        body=body,
        tags=tags,
        properties=properties,
        given_checksum=checksum,
        parts=parts,
    )
    bucket.add(key, version)
    note(call, bucket, f"ObjectCreated:{_how(call)}", key, version)
    return version


def _how(call: CallContext) -> str:
    """How an object came about, as events name it."""
    if call.sent.auth_type == "POST":
        return "Post"
    return {"PutObject": "Put", "CopyObject": "Copy"}.get(call.operation.name, call.operation.name)


def new_version_id(call: CallContext, bucket: Bucket) -> str:
    """The id of a version that is put now."""
    return call.world.ids.version_id() if bucket.versioning == "Enabled" else NULL_VERSION


def stored_fields(bucket: Bucket, key: str, version: ObjectVersion) -> Result:
    """What an answer says of the version that was stored: encryption, expiration, id."""
    result = {**version.properties.encryption.fields(), **expiration_fields(bucket, key, version)}
    if bucket.versioning == "Enabled":
        result["VersionId"] = version.version_id
    return result


def expiration_fields(bucket: Bucket, key: str, version: ObjectVersion) -> Result:
    """The Expiration of an object by the bucket's lifecycle rules; empty when none expires it."""
    if not bucket.lifecycle_rules:
        return {}
    text = lifecycle.expiration(
        bucket.lifecycle_rules, key, len(version.body), version.tags, version.last_modified
    )
    return {} if text is None else {"Expiration": text}


def checksum_fields(version: ObjectVersion) -> Result:
    """An object's checksum with its type; empty when it has none."""
    checksum = version.checksum
    return {} if checksum is None else {**checksum.fields(), "ChecksumType": checksum.kind}
