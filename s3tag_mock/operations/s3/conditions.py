"""Conditional requests: If-Match and its kin, for reading, copying and storing objects.

Sources: GetObject, CopyObject and PutObject, which say how pairs of conditions go together (RFC 7232);
RECORDED, LS test_s3_get_object_preconditions, test_s3_copy_object_preconditions,
test_put_object_if_none_match, test_put_object_if_match, test_put_object_if_match_validation.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.state.bucket import Bucket, ObjectVersion

#: The conditions of a reading call; CopyObject's begin with CopySource.
READING: Final = ("IfMatch", "IfModifiedSince", "IfNoneMatch", "IfUnmodifiedSince")
COPYING: Final = tuple(f"CopySource{name}" for name in READING)
#: The conditions of a storing call.
STORING: Final = ("IfMatch", "IfNoneMatch")
_OF_DIRECTORY_BUCKETS: Final[dict[str, str]] = {
    "IfMatchLastModifiedTime": "x-amz-if-match-last-modified-time",
    "IfMatchSize": "x-amz-if-match-size",
}


def check_reading(call: CallContext, params: Params, version: ObjectVersion) -> None:
    """Check GetObject's or HeadObject's conditions against a version.

    :raises AwsError: 412 PreconditionFailed, 304 Not Modified.
    """
    failed = _failed(call, params, version, "")
    if failed in {"If-None-Match", "If-Modified-Since"}:
        raise errors.NOT_MODIFIED(headers={"ETag": version.quoted_etag})
    if failed is not None:
        raise errors.PRECONDITION_FAILED(Condition=failed)


def check_copying(call: CallContext, params: Params, version: ObjectVersion) -> None:
    """Check CopyObject's conditions against the source.

    :raises AwsError: 412 PreconditionFailed.
    """
    failed = _failed(call, params, version, "CopySource")
    if failed is not None:
        raise errors.PRECONDITION_FAILED(Condition=f"x-amz-copy-source-{failed}")


def _failed(call: CallContext, params: Params, version: ObjectVersion, prefix: str) -> str | None:
    """The first condition that doesn't hold. An ETag's outweighs the date that goes with it.

    A date of If-Modified-Since that is still to come is ignored (RFC 9110; RECORDED, LS
    test_upload_part_copy_with_copy_source_if_modified_since_in_future_success and its kin).
    """
    match, none_match = params.get(f"{prefix}IfMatch"), params.get(f"{prefix}IfNoneMatch")
    modified: datetime | None = params.get(f"{prefix}IfModifiedSince")
    unmodified: datetime | None = params.get(f"{prefix}IfUnmodifiedSince")
    if match is not None and not _is(match, version):
        return "If-Match"
    if match is None and unmodified is not None and version.last_modified > unmodified:
        return "If-Unmodified-Since"
    if none_match is not None and _is(none_match, version):
        return "If-None-Match"
    if none_match is None and modified is not None and version.last_modified <= modified <= call.now:
        return "If-Modified-Since"
    return None


def _is(etag: str, version: ObjectVersion) -> bool:
    return etag == "*" or etag.strip('"') == version.etag


def check_deleting(params: Params, bucket: Bucket) -> None:
    """Check DeleteObject's conditions against what is there.

    :raises AwsError: 412 PreconditionFailed; NoSuchKey when If-Match finds nothing (ASSUMED, as for
        storing); 501 NotImplemented for the conditions of directory buckets.
    """
    for name, header in _OF_DIRECTORY_BUCKETS.items():
        if name in params:
            raise errors.BARE_HEADER_NOT_IMPLEMENTED(Header=header)
    if "IfMatch" not in params:
        return
    latest = bucket.latest(params["Key"])
    if latest is None or latest.is_delete_marker:
        raise errors.NO_SUCH_KEY(Key=params["Key"])
    if not _is(params["IfMatch"], latest):
        raise errors.PRECONDITION_FAILED(Condition="If-Match")


def check_storing(params: Params, bucket: Bucket) -> None:
    """Check PutObject's conditions against what is there.

    :raises AwsError: 412 PreconditionFailed; NoSuchKey when If-Match finds nothing; 501 NotImplemented
        for what S3 doesn't take: another If-None-Match than ``*``, an If-Match of ``*``, or both.
    """
    match, none_match = params.get("IfMatch"), params.get("IfNoneMatch")
    if match is not None and none_match is not None:
        raise errors.HEADER_NOT_IMPLEMENTED(
            Header="If-Match,If-None-Match",
            additionalMessage="Multiple conditional request headers present in the request",
        )
    if match == "*" or none_match not in {None, "*"}:
        header = "If-Match" if match is not None else "If-None-Match"
        raise errors.HEADER_NOT_IMPLEMENTED(
            Header=header,
            additionalMessage=f"We don't accept the provided value of {header} header for this API",
        )
    latest = bucket.latest(params["Key"])
    there = None if latest is None or latest.is_delete_marker else latest
    if none_match is not None and there is not None:
        raise errors.PRECONDITION_FAILED(Condition="If-None-Match")
    if match is not None and there is None:
        raise errors.NO_SUCH_KEY(Key=params["Key"])
    if match is not None and there is not None and not _is(match, there):
        raise errors.PRECONDITION_FAILED(Condition="If-Match")
