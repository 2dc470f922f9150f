"""GetObject, HeadObject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import kms_permission, permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import VERSION, Params, Result, operation
from s3tag_mock.operations.s3.conditions import READING, check_reading
from s3tag_mock.operations.s3.ranges import byte_range
from s3tag_mock.operations.s3.storing import checksum_fields, expiration_fields, properties_fields
from s3tag_mock.rules import archives, object_lock
from s3tag_mock.rules.encryption import CUSTOMER_KEY, check_readable
from s3tag_mock.state.bucket import Bucket, ObjectVersion

#: Parameters that replace a header of the answer.
_OVERRIDES: Final[dict[str, str]] = {
    "ResponseCacheControl": "CacheControl",
    "ResponseContentDisposition": "ContentDisposition",
    "ResponseContentEncoding": "ContentEncoding",
    "ResponseContentLanguage": "ContentLanguage",
    "ResponseContentType": "ContentType",
    "ResponseExpires": "Expires",
}
#: Actions without which an object's lock stays hidden, and what each lets see (GetObject, HeadObject).
_LOCKS: Final[Mapping[str, frozenset[str]]] = {
    "s3:GetObjectRetention": frozenset({object_lock.MODE, object_lock.UNTIL}),
    "s3:GetObjectLegalHold": frozenset({object_lock.HOLD}),
}
_READING: Final = ("Range PartNumber ChecksumMode", *READING, *CUSTOMER_KEY, *_OVERRIDES)


@operation("s3", "GetObject", VERSION, *_READING, access_points=True, directory_buckets=True)
def get_object(call: CallContext, params: Params) -> Result:
    """An object with its body.

    Source: GetObject; RECORDED, LS test_get_object_after_deleted_in_versioned_bucket,
    test_delete_object_versioned. TagCount is absent at 0 (RECORDED, LS test_put_object_with_tags).
    """
    bucket = require.bucket(call, params)
    version = require.readable_version(call, params, bucket)
    check_readable(version.properties.encryption, params)
    kms_permission.check(call, params, version.properties.encryption, "kms:Decrypt")
    check_reading(call, params, version)
    archives.check_readable(version.properties.storage_class, version.restore, call.now)
    part = _part(params, version)
    body = version.body if part is None else version.body[part[0] : part[1] + 1]
    return {**_object_fields(call, params, bucket, version, part), "Body": body}


@operation(
    "s3", "HeadObject", VERSION, *_READING, action="GetObject", access_points=True, directory_buckets=True
)
def head_object(call: CallContext, params: Params) -> Result:
    """An object without its body.

    Source: HeadObject; RECORDED, LS test_head_object_with_tags.
    """
    bucket = require.bucket(call, params)
    version = require.readable_version(call, params, bucket)
    check_readable(version.properties.encryption, params)
    check_reading(call, params, version)
    return _object_fields(call, params, bucket, version, _part(params, version))


def _part(params: Params, version: ObjectVersion) -> tuple[int, int] | None:
    """First and last byte that are wanted, by Range or PartNumber; None for the whole object.

    RECORDED, LS test_get_object_part.
    """
    number = params.get("PartNumber")
    if number is None:
        return byte_range(params.get("Range", ""), len(version.body))
    if "Range" in params:
        raise errors.RANGE_AND_PART()
    sizes = {part.number: part.size for part in version.parts} or {1: len(version.body)}
    if number not in sizes:
        raise errors.INVALID_PART_NUMBER(ActualPartCount=str(len(sizes)), PartNumberRequested=str(number))
    first = sum(size for other, size in sizes.items() if other < number)
    return first, first + sizes[number] - 1


def _visible(call: CallContext, bucket: Bucket, params: Params, fields: Result) -> Result:
    """The fields without those about a lock that the caller may not ask for."""
    hidden = {
        name
        for action, names in _LOCKS.items()
        if not names.isdisjoint(fields) and not permission.allows(call, bucket, params, action)
        for name in names
    }
    return {name: value for name, value in fields.items() if name not in hidden} if hidden else fields


def _object_fields(
    call: CallContext,
    params: Params,
    bucket: Bucket,
    version: ObjectVersion,
    part: tuple[int, int] | None,
) -> Result:
    fields: Result = {
        "AcceptRanges": "bytes",
        "LastModified": version.last_modified,
        "ContentLength": len(version.body),
        "ETag": version.quoted_etag,
        "ContentType": "binary/octet-stream",
        **_visible(call, bucket, params, properties_fields(version.properties)),
        **{name: params[override] for override, name in _OVERRIDES.items() if override in params},
    }
    if part is not None:
        first, last = part
        fields["ContentLength"] = last - first + 1
        if last >= first:  # a part without bytes has no range (ASSUMED)
            fields["ContentRange"] = f"bytes {first}-{last}/{len(version.body)}"
    if params.get("ChecksumMode", "").upper() == "ENABLED":
        fields.update(_checksum_fields(params, version, part))
    if "PartNumber" in params and version.parts:
        fields["PartsCount"] = len(version.parts)
    if version.tags and permission.allows(call, bucket, params, "s3:GetObjectTagging"):
        fields["TagCount"] = len(version.tags)
    restored = None if version.restore is None else archives.header(version.restore, call.now)
    if restored is not None:
        fields["Restore"] = restored
    if "VersionId" not in params:
        # RECORDED, LS test_bucket_lifecycle_configuration_object_expiry_versioned.
        fields.update(expiration_fields(bucket, params["Key"], version))
    if bucket.versioning is not None:
        fields["VersionId"] = version.version_id
    return fields


def _checksum_fields(params: Params, version: ObjectVersion, part: tuple[int, int] | None) -> Result:
    """The checksum of what is read, where S3 has one: of the whole object, or of one part of a composite one.

    RECORDED, LS test_get_object_part_checksum, test_get_object_range, test_get_object_part,
    test_complete_multipart_parts_checksum_full_object.
    """
    if "PartNumber" in params and version.checksum_type == "COMPOSITE":
        stored = next(one for one in version.parts if one.number == params["PartNumber"])
        return {**stored.checksum_fields(), "ChecksumType": "COMPOSITE"}
    whole = part is None or part == (0, len(version.body) - 1)
    return checksum_fields(version) if whole else {}
