"""What the operations that store an object share: its description, its checksums, its version."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.checksums import ALGORITHMS
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import CHECKSUMS, Params, Result
from s3tag_mock.rules import lifecycle, limits
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion

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
#: What else is said of an object when it is stored, and given back with it.
ATTRIBUTES: Final = frozenset(
    {
        "BucketKeyEnabled",
        "SSEKMSKeyId",
        "ServerSideEncryption",
        "StorageClass",
        "WebsiteRedirectLocation",
    }
)
#: What the answer to storing an object repeats of it.
ENCRYPTION: Final = frozenset({"ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled"})
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


def check_target(params: Params) -> None:
    """Refuse a key or a storage class that no object can have.

    :raises AwsError: KeyTooLongError, InvalidStorageClass.
    """
    size = len(params["Key"].encode("utf-8", "surrogatepass"))
    if size > limits.KEY_BYTES:
        raise errors.KEY_TOO_LONG(Size=str(size), MaxSizeAllowed=str(limits.KEY_BYTES))
    storage_class = params.get("StorageClass", "STANDARD")
    if storage_class not in _STORAGE_CLASSES:
        raise errors.INVALID_STORAGE_CLASS(StorageClassRequested=storage_class)


def described(params: Params) -> dict[str, Any]:
    """What a call says of the object that it stores, encrypted with SSE-S3 where it says nothing of it."""
    given = {name: params[name] for name in METADATA | ATTRIBUTES if name in params}
    return {"ServerSideEncryption": "AES256", **given}


def encryption_of(description: Mapping[str, Any]) -> Result:
    """The part of a description that answers to storing calls repeat."""
    return {name: value for name, value in description.items() if name in ENCRYPTION}


def store(
    call: CallContext,
    bucket: Bucket,
    key: str,
    *,
    body: bytes,
    etag: str,
    tags: Tags,
    description: Mapping[str, Any],
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
    found = {name: value for name, value in version.metadata.items() if name in CHECKSUMS}
    return {**found, "ChecksumType": version.metadata.get("ChecksumType", "FULL_OBJECT")} if found else {}


def checksum(algorithm: str, body: bytes) -> Result:
    """The checksum of a body, under boto3's name.

    :param algorithm: such as ``"SHA256"``.
    :raises AwsError: InvalidRequest for one that isn't known.
    """
    return {f"Checksum{algorithm.upper()}": base64.b64encode(digest(algorithm, body)).decode()}


def digest(algorithm: str, body: bytes) -> bytes:
    """The same as bytes."""
    calculate = ALGORITHMS.get(algorithm.lower())
    if calculate is None:
        raise errors.UNSUPPORTED_CHECKSUM(hint=algorithm)
    return calculate(body)
