"""PutObject, GetObject, HeadObject, DeleteObject."""

from __future__ import annotations

import hashlib
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import CHECKSUMS, Params, Result, operation
from s3tag_mock.rules import limits
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion

#: What PutObject is told of an object and GetObject and HeadObject give back.
_DESCRIPTION: Final = frozenset(
    {
        "BucketKeyEnabled",
        "CacheControl",
        "ContentDisposition",
        "ContentEncoding",
        "ContentLanguage",
        "ContentType",
        "Expires",
        "Metadata",
        "SSEKMSKeyId",
        "ServerSideEncryption",
        "StorageClass",
        "WebsiteRedirectLocation",
    }
)
#: What PutObject's own answer repeats of it.
_ANSWERED: Final = CHECKSUMS | {"ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled"}
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


@operation(
    "s3",
    "PutObject",
    honours=f"Bucket Key Body Tagging ExpectedBucketOwner {' '.join(sorted(_DESCRIPTION))}",
    ignores="ACL RequestPayer SSEKMSEncryptionContext",
)
def put_object(call: CallContext, params: Params) -> Result:
    """Store an object; on a bucket with versioning as its newest version.

    Tags of the object before it don't carry over; those of the ``x-amz-tagging`` header count alone.
    Source: PutObject; RECORDED, LS test_put_object_with_tags, test_put_object_on_suspended_bucket.
    """
    bucket = require.bucket(call, params)
    _check_key(params["Key"])
    storage_class = params.get("StorageClass", "STANDARD")
    if storage_class not in _STORAGE_CLASSES:
        raise errors.INVALID_STORAGE_CLASS(StorageClassRequested=storage_class)
    tags = tag_rules.from_header(params["Tagging"]) if params.get("Tagging") else tag_rules.NO_TAGS
    described = {name: params[name] for name in _DESCRIPTION | CHECKSUMS if name in params}
    described.setdefault("ServerSideEncryption", "AES256")
    body = params.get("Body", b"")
    version = ObjectVersion(
        version_id=_new_version_id(call, bucket),
        last_modified=call.second,
        etag=hashlib.md5(body).hexdigest(),
        body=body,
        tags=tags,
        metadata=described,
    )
    bucket.add(params["Key"], version)
    result: Result = {"ETag": f'"{version.etag}"'}
    result.update({name: value for name, value in described.items() if name in _ANSWERED})
    if CHECKSUMS & described.keys():
        result["ChecksumType"] = "FULL_OBJECT"
    if bucket.versioning == "Enabled":
        result["VersionId"] = version.version_id
    return result


def _check_key(key: str) -> None:
    size = len(key.encode("utf-8", "surrogatepass"))
    if size > limits.KEY_BYTES:
        raise errors.KEY_TOO_LONG(Size=str(size), MaxSizeAllowed=str(limits.KEY_BYTES))


def _new_version_id(call: CallContext, bucket: Bucket) -> str:
    return call.world.ids.version_id() if bucket.versioning == "Enabled" else NULL_VERSION


@operation(
    "s3",
    "GetObject",
    honours="Bucket Key VersionId ChecksumMode ExpectedBucketOwner",
    ignores="RequestPayer",
)
def get_object(call: CallContext, params: Params) -> Result:
    """An object with its body.

    Source: GetObject; RECORDED, LS test_get_object_after_deleted_in_versioned_bucket,
    test_delete_object_versioned. TagCount is absent at 0 (RECORDED, LS test_put_object_with_tags).
    """
    version = _found(call, params)
    return {**_described(call, params, version), "Body": version.body}


@operation(
    "s3",
    "HeadObject",
    honours="Bucket Key VersionId ChecksumMode ExpectedBucketOwner",
    ignores="RequestPayer",
)
def head_object(call: CallContext, params: Params) -> Result:
    """An object without its body.

    Source: HeadObject; RECORDED, LS test_head_object_with_tags.
    """
    return _described(call, params, _found(call, params))


def _found(call: CallContext, params: Params) -> ObjectVersion:
    bucket = require.bucket(call, params)
    if params.get("VersionId") is not None:
        version = require.version_by_id(bucket, params["Key"], params["VersionId"])
        if version.is_delete_marker:
            raise require.delete_marker(call, version)
        return version
    latest = bucket.latest(params["Key"])
    if latest is None:
        raise errors.NO_SUCH_KEY(Key=params["Key"])
    if latest.is_delete_marker:
        headers = {"x-amz-delete-marker": "true", "x-amz-version-id": latest.version_id}
        raise errors.NO_SUCH_KEY(Key=params["Key"], headers=headers)
    return latest


def _described(call: CallContext, params: Params, version: ObjectVersion) -> Result:
    described: Result = {
        "AcceptRanges": "bytes",
        "LastModified": version.last_modified,
        "ContentLength": len(version.body),
        "ETag": f'"{version.etag}"',
        "ContentType": "binary/octet-stream",
        **{name: value for name, value in version.metadata.items() if name not in CHECKSUMS},
    }
    if described.get("StorageClass") == "STANDARD":
        # S3 answers x-amz-storage-class for every class but this one (API reference, GetObject).
        del described["StorageClass"]
    checksums = {name: value for name, value in version.metadata.items() if name in CHECKSUMS}
    if checksums and params.get("ChecksumMode") == "ENABLED":
        described.update(checksums, ChecksumType="FULL_OBJECT")
    if version.tags:
        described["TagCount"] = len(version.tags)
    if call.world.buckets[params["Bucket"]].versioning is not None:
        described["VersionId"] = version.version_id
    return described


@operation("s3", "DeleteObject", honours="Bucket Key VersionId ExpectedBucketOwner", ignores="RequestPayer")
def delete_object(call: CallContext, params: Params) -> Result:
    """Take an object away, or cover it with a delete marker, or take one version away for good.

    What isn't there is no error. Source: DeleteObject; RECORDED, LS test_delete_object,
    test_delete_object_versioned.
    """
    bucket = require.bucket(call, params)
    key, version_id = params["Key"], params.get("VersionId")
    if version_id is not None:
        return _delete_version(bucket, key, version_id)
    if bucket.versioning is None:
        bucket.remove(key, NULL_VERSION)
        return {}
    marker = ObjectVersion(_new_version_id(call, bucket), call.second, is_delete_marker=True)
    bucket.add(key, marker)
    return {"DeleteMarker": True, "VersionId": marker.version_id}


def _delete_version(bucket: Bucket, key: str, version_id: str) -> Result:
    require.check_version_id(version_id)
    removed = bucket.remove(key, version_id)
    result: Result = {} if bucket.versioning is None else {"VersionId": version_id}
    if removed is not None and removed.is_delete_marker:
        result["DeleteMarker"] = True
    return result
