"""The source of CopyObject and UploadPartCopy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import unquote_plus

from s3tag_mock import errors
from s3tag_mock.operations import kms_permission, permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, record_of
from s3tag_mock.operations.s3.conditions import COPYING, check_copying
from s3tag_mock.operations.s3.reading import get_object
from s3tag_mock.rules import archives
from s3tag_mock.rules.encryption import CUSTOMER_KEY, check_readable
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion

#: What a copying call may ask of its source.
CONDITIONS: Final = (
    "CopySource",
    "ExpectedSourceBucketOwner",
    *COPYING,
    *(f"CopySource{name}" for name in CUSTOMER_KEY),
)
_BEFORE_BUCKET: Final = re.compile(r"\A(?:https?://s3\b[^/]*)?/")
_THROUGH_ACCESS_POINT: Final = re.compile(
    r"(arn:[^/]+(?:/op-[^/]+)?[:/]accesspoint/[^/]+)/object/(.+)", re.DOTALL
)


def parse(params: Params) -> dict[str, str]:
    """Bucket, Key and perhaps VersionId of ``[/]bucket/key[?versionId=id]``, which is URL-encoded; with what
    else the call says of its source.

    A space may also be written ``+`` (RECORDED, LS test_copy_object_special_character_plus_for_space), and a
    path-style URL takes the place of the slash before the bucket (RECORDED, LS test_s3_timestamp_precision).
    """
    path, _, version_id = params["CopySource"].partition("?versionId=")
    decoded = _BEFORE_BUCKET.sub("", unquote_plus(path))
    through = _THROUGH_ACCESS_POINT.fullmatch(decoded)
    name, key = through.groups() if through else decoded.partition("/")[::2]
    if not name or not key:
        argument = "x-amz-copy-source"
        raise errors.INVALID_COPY_SOURCE(ArgumentName=argument, ArgumentValue=argument)
    source = {"Bucket": name, "Key": key}
    if version_id:
        source["VersionId"] = version_id
    if "ExpectedSourceBucketOwner" in params:
        source["ExpectedBucketOwner"] = params["ExpectedSourceBucketOwner"]
    if "RequestPayer" in params:
        # It is about both buckets (CopyObject, UploadPartCopy).
        source["RequestPayer"] = params["RequestPayer"]
    return source


def find(call: CallContext, params: Params, source: Mapping[str, str]) -> ObjectVersion:
    """The version that a call copies from, if the caller may read it.

    :param source: as :func:`parse` gives it.
    :raises AwsError: what AWS answers when the source isn't there, isn't readable, or isn't as the call
        wants it to be.
    """
    # Under its own name, since the source's tags aren't among the condition keys of every copy.
    reading = call.calling(replace(record_of(get_object), name=call.operation.name))
    owner = require.bucket(reading, source)
    version = _version(reading, owner, source)
    check_readable(version.properties.encryption, params, "CopySource")
    kms_permission.check(reading, source, version.properties.encryption, "kms:Decrypt")
    check_copying(call, params, version)
    archives.check_readable(
        version.properties.storage_class, version.restore, call.now, errors.SOURCE_ARCHIVED
    )
    return version


def _version(call: CallContext, owner: Bucket, source: Mapping[str, str]) -> ObjectVersion:
    if "VersionId" in source:
        version = require.version_by_id(owner, source["Key"], source["VersionId"])
        if version.is_delete_marker:
            raise errors.COPY_OF_DELETE_MARKER()
        return version
    latest = owner.latest(source["Key"])
    if latest is None or latest.is_delete_marker:
        permission.check_listing(call, owner, source)
        raise errors.NO_SUCH_KEY(Key=source["Key"])
    return latest


def version_id_fields(version: ObjectVersion) -> Result:
    """What answers say of the version that was copied: nothing of a null version.

    RECORDED, LS test_s3_copy_object_in_place_versioned, test_s3_copy_object_in_place_suspended_only.
    """
    return {} if version.version_id == NULL_VERSION else {"CopySourceVersionId": version.version_id}
