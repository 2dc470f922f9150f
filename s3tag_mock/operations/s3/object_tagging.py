"""PutObjectTagging, GetObjectTagging, DeleteObjectTagging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from s3tag_mock.operations import permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import NOTIFICATIONS, note
from s3tag_mock.operations.registry import BUCKET, VERSION, Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs_of, tag_set_of
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.ownership import BUCKET_OWNER_ENFORCED
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.bucket import Bucket, ObjectVersion
from s3tag_mock.state.job import ManifestRow


@operation("s3", "PutObjectTagging", VERSION, "Tagging", access_points=True, tags=("object", "replaces"))
def put_object_tagging(call: CallContext, params: Params) -> Result:
    """Replace an object's tags; an empty set, or none, removes them.

    Source: PutObjectTagging; the order bucket, key, tags RECORDED (LS test_object_tagging_exc).
    """
    bucket = require.bucket(call, params)
    version = retag(call, params, bucket, lambda: tag_rules.OBJECT.check(pairs_of(params["Tagging"])))
    return _version_id_fields(bucket, version)


def retag(call: CallContext, params: Params, bucket: Bucket, tags: Callable[[], Tags]) -> ObjectVersion:
    """Give the version that a call names other tags.

    :param tags: gives them, once the version is found; it may raise what is wrong with them.
    :raises AwsError: what :func:`require.tagged_version` and ``tags`` raise.
    """
    version = require.tagged_version(call, params, bucket, shown_key=params["Key"])
    before, version.tags = version.tags, tags()
    call.notes.replaced(before, version.tags)
    how = "Delete" if call.operation.name == "DeleteObjectTagging" else "Put"
    note(call, bucket, f"ObjectTagging:{how}", params["Key"], version)
    return version


def retagging(
    tags: Callable[[], Tags], tagging: Params | None = None
) -> Callable[[CallContext, ManifestRow], None]:
    """What :func:`retag` does, for many rows of a manifest: what is the same for all of them is done once.

    The world's lock must be held from the first row to the last, so that nobody takes a bucket away
    meanwhile, or puts a policy on it.

    :param tags: gives the tags, once an object is found; it may raise what is wrong with them.
    :param tagging: as PutObjectTagging has it; permissions are decided by it.
    """
    owners: dict[str, Bucket] = {}

    def retag_row(call: CallContext, row: ManifestRow) -> None:
        bucket, key, _, version_id = row
        owner = owners.get(bucket)
        current = None if owner is None or version_id is not None else owner.latest(key)
        if current is not None and not current.is_delete_marker:
            # What retag does, by the shortest way: most of a million tasks end here.
            before, current.tags = current.tags, tags()
            if before:
                call.notes.replaced(before, current.tags)
            return
        params: dict[str, Any] = {"Bucket": bucket, "Key": key}
        if tagging is not None:
            params["Tagging"] = tagging
        if version_id is not None:
            params["VersionId"] = version_id
        if owner is None:
            owner = require.bucket(call, params)
            is_alike = owner.ownership == BUCKET_OWNER_ENFORCED and NOTIFICATIONS not in owner.configurations
            if is_alike and permission.is_decided(call, owner, params):
                owners[bucket] = owner
        retag(call, params, owner, tags)

    return retag_row


@operation("s3", "GetObjectTagging", VERSION, access_points=True, tags=("object", "reads"))
def get_object_tagging(call: CallContext, params: Params) -> Result:
    """An object's tags, in the order in which they were put; an empty list when there are none.

    Source: GetObjectTagging; NoSuchKey shows `bucket/key` (RECORDED, LS test_object_tagging_exc).
    """
    bucket = require.bucket(call, params)
    shown = f"{params['Bucket']}/{params['Key']}"
    version = require.tagged_version(call, params, bucket, shown_key=shown)
    return {**_version_id_fields(bucket, version), "TagSet": tag_set_of(version.tags)}


@operation(
    "s3", "DeleteObjectTagging", BUCKET, "Key VersionId", access_points=True, tags=("object", "removes")
)
def delete_object_tagging(call: CallContext, params: Params) -> Result:
    """Remove an object's tags; none to remove is no error.

    Source: DeleteObjectTagging; RECORDED, LS test_delete_object_tagging.
    """
    bucket = require.bucket(call, params)
    return _version_id_fields(bucket, retag(call, params, bucket, tag_rules.no_tags))


def _version_id_fields(bucket: Bucket, version: ObjectVersion) -> Result:
    return {} if bucket.versioning is None else {"VersionId": version.version_id}
