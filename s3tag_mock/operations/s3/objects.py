"""PutObject, GetObject, HeadObject."""

from __future__ import annotations

import hashlib

from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import CHECKSUMS, Params, Result, operation
from s3tag_mock.operations.s3.conditions import READING, STORING, check_reading, check_storing
from s3tag_mock.operations.s3.ranges import bounds
from s3tag_mock.operations.s3.storing import (
    ATTRIBUTES,
    METADATA,
    check_target,
    checksums_of,
    described,
    expiration_of,
    store,
    stored,
)
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.state.bucket import ObjectVersion


@operation(
    "s3",
    "PutObject",
    honours=f"Bucket Key Body Tagging ExpectedBucketOwner {' '.join([*METADATA, *ATTRIBUTES, *STORING])}",
    ignores="ACL RequestPayer SSEKMSEncryptionContext",
)
def put_object(call: CallContext, params: Params) -> Result:
    """Store an object; on a bucket with versioning as its newest version.

    Tags of the object before it don't carry over; those of the ``x-amz-tagging`` header count alone.
    Source: PutObject; RECORDED, LS test_put_object_with_tags, test_put_object_on_suspended_bucket.
    """
    bucket = require.bucket(call, params)
    check_target(params)
    check_storing(params, bucket)
    body = params.get("Body", b"")
    version = store(
        call,
        bucket,
        params["Key"],
        body=body,
        etag=hashlib.md5(body).hexdigest(),
        tags=tag_rules.from_header(params.get("Tagging", "")),
        description={**described(params), **{name: params[name] for name in CHECKSUMS if name in params}},
    )
    return {"ETag": f'"{version.etag}"', **checksums_of(version), **stored(bucket, params["Key"], version)}


@operation(
    "s3",
    "GetObject",
    honours=f"Bucket Key VersionId Range ChecksumMode ExpectedBucketOwner {' '.join(READING)}",
    ignores="RequestPayer",
)
def get_object(call: CallContext, params: Params) -> Result:
    """An object with its body.

    Source: GetObject; RECORDED, LS test_get_object_after_deleted_in_versioned_bucket,
    test_delete_object_versioned. TagCount is absent at 0 (RECORDED, LS test_put_object_with_tags).
    """
    version = require.readable_version(call, params)
    check_reading(params, version)
    part = bounds(params.get("Range", ""), len(version.body))
    body = version.body if part is None else version.body[part[0] : part[1] + 1]
    return {**_described(call, params, version, part), "Body": body}


@operation(
    "s3",
    "HeadObject",
    honours=f"Bucket Key VersionId Range ChecksumMode ExpectedBucketOwner {' '.join(READING)}",
    ignores="RequestPayer",
)
def head_object(call: CallContext, params: Params) -> Result:
    """An object without its body.

    Source: HeadObject; RECORDED, LS test_head_object_with_tags.
    """
    version = require.readable_version(call, params)
    check_reading(params, version)
    return _described(call, params, version, bounds(params.get("Range", ""), len(version.body)))


def _described(
    call: CallContext, params: Params, version: ObjectVersion, part: tuple[int, int] | None
) -> Result:
    described: Result = {
        "AcceptRanges": "bytes",
        "LastModified": version.last_modified,
        "ContentLength": len(version.body),
        "ETag": f'"{version.etag}"',
        "ContentType": "binary/octet-stream",
        **{name: value for name, value in version.metadata.items() if name in METADATA | ATTRIBUTES},
    }
    if described.get("StorageClass") == "STANDARD":
        # S3 answers x-amz-storage-class for every class but this one (API reference, GetObject).
        del described["StorageClass"]
    if part is not None:
        first, last = part
        described["ContentLength"] = last - first + 1
        described["ContentRange"] = f"bytes {first}-{last}/{len(version.body)}"
    elif params.get("ChecksumMode") == "ENABLED":
        described.update(checksums_of(version))
    if version.tags:
        described["TagCount"] = len(version.tags)
    bucket = call.world.buckets[params["Bucket"]]
    described.update(expiration_of(bucket, params["Key"], version))
    if bucket.versioning is not None:
        described["VersionId"] = version.version_id
    return described
