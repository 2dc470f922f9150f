"""DeleteObject, DeleteObjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations import permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.operations.registry import BUCKET, VERSION, Params, Result, operation
from s3tag_mock.operations.s3.conditions import check_deleting
from s3tag_mock.operations.s3.storing import new_version_id
from s3tag_mock.rules import limits, object_lock
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion

#: What DeleteObjects calls the conditions of DeleteObject.
_CONDITIONS: Final[dict[str, str]] = {
    "ETag": "IfMatch",
    "LastModifiedTime": "IfMatchLastModifiedTime",
    "Size": "IfMatchSize",
}

#: To delete what governance retention protects needs a permission of its own.
_BYPASS: Final = {"BypassGovernanceRetention": "BypassGovernanceRetention"}


@operation(
    "s3",
    "DeleteObject",
    VERSION,
    "BypassGovernanceRetention IfMatch IfMatchLastModifiedTime IfMatchSize",
    access_points=True,
    directory_buckets=True,
    also=_BYPASS,
)
def delete_object(call: CallContext, params: Params) -> Result:
    """Delete an object, or cover it with a delete marker, or delete one version permanently.

    What isn't there is no error. Source: DeleteObject; RECORDED, LS test_delete_object,
    test_delete_object_versioned.
    """
    bucket = require.bucket(call, params)
    bypass = _bypass(bucket, params)
    check_deleting(params, bucket)
    return _delete(call, bucket, params["Key"], params.get("VersionId"), bypass=bypass)


@operation(
    "s3",
    "DeleteObjects",
    BUCKET,
    "Delete BypassGovernanceRetention RequestPayer",
    action="DeleteObject",
    access_points=True,
    directory_buckets=True,
    also=_BYPASS,
)
def delete_objects(call: CallContext, params: Params) -> Result:
    """Delete up to 1,000 objects, each as DeleteObject would; what fails stands among the Errors.

    A version id that S3 never gave out is NoSuchVersion here (RECORDED, LS test_delete_objects,
    test_delete_objects_versioned; ASSUMED for one of another form). Source: DeleteObjects.
    """
    bucket = require.existing_bucket(call, params)
    bypass = _bypass(bucket, params)
    wanted = params["Delete"]["Objects"]
    if len(wanted) > limits.OBJECTS_TO_DELETE:
        raise errors.MALFORMED_XML(hint=f"{len(wanted)} objects")
    deleted: list[Result] = []
    failed: list[Result] = []
    for one in wanted:
        try:
            permission.check(call, bucket, {**params, **one})
            check_deleting({_CONDITIONS.get(name, name): value for name, value in one.items()}, bucket)
            _check_known(bucket, one)
            done = _delete(call, bucket, one["Key"], one.get("VersionId"), bypass=bypass)
            deleted.append({**_entry_fields(one), **_marker_fields(done)})
        except AwsError as error:
            failed.append({**_entry_fields(one), "Code": error.code, "Message": error.message})
    shown = {"Deleted": [] if params["Delete"].get("Quiet") else deleted, "Errors": failed}
    return {name: entries for name, entries in shown.items() if entries}


def _check_known(bucket: Bucket, one: Params) -> None:
    if "VersionId" not in one:
        return
    try:
        require.check_version_id(bucket, one["VersionId"])
    except AwsError:
        raise errors.NO_SUCH_VERSION(Key=one["Key"], VersionId=one["VersionId"]) from None


def _entry_fields(one: Params) -> Result:
    return {name: value for name, value in one.items() if name not in _CONDITIONS}


def _marker_fields(result: Mapping[str, object]) -> Result:
    if not result.get("DeleteMarker"):
        return {}
    return {"DeleteMarker": True, "DeleteMarkerVersionId": result["VersionId"]}


def _bypass(bucket: Bucket, params: Params) -> bool:
    """Whether retention in governance mode is bypassed; a bucket without object lock takes no such header.

    RECORDED, LS test_delete_object_with_no_locking: also where it says false.
    """
    bypass: bool = params.get("BypassGovernanceRetention", False)
    if "BypassGovernanceRetention" in params and bucket.object_lock is None:
        raise errors.BYPASS_WITHOUT_LOCK(ArgumentName="x-amz-bypass-governance-retention")
    return bypass


def _delete(call: CallContext, bucket: Bucket, key: str, version_id: str | None, *, bypass: bool) -> Result:
    if version_id is not None:
        return _delete_version(call, bucket, key, version_id, bypass=bypass)
    if bucket.versioning is None:
        removed = bucket.remove(key, NULL_VERSION)
        if removed is not None:
            note(call, bucket, "ObjectRemoved:Delete", key, removed)
        return {}
    marker = ObjectVersion(new_version_id(call, bucket), call.second, is_delete_marker=True)
    bucket.add(key, marker)
    note(call, bucket, "ObjectRemoved:DeleteMarkerCreated", key, marker)
    return {"DeleteMarker": True, "VersionId": marker.version_id}


def _delete_version(call: CallContext, bucket: Bucket, key: str, version_id: str, *, bypass: bool) -> Result:
    require.check_version_id(bucket, version_id)
    there = bucket.version(key, version_id)
    if there is not None:
        object_lock.check_deletable(there.properties.lock, call.now, bypass=bypass)
    removed = bucket.remove(key, version_id)
    if removed is not None:
        note(call, bucket, "ObjectRemoved:Delete", key, removed)
    result: Result = {} if bucket.versioning is None else {"VersionId": version_id}
    if removed is not None and removed.is_delete_marker:
        result["DeleteMarker"] = True
    return result
