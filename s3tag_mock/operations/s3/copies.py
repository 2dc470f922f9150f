"""CopyObject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import CHECKSUMS, Params, Result, operation
from s3tag_mock.operations.s3.conditions import COPYING, check_copying
from s3tag_mock.operations.s3.storing import (
    ATTRIBUTES,
    METADATA,
    check_target,
    checksum,
    checksums_of,
    described,
    store,
    stored,
)
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.bucket import ObjectVersion


@operation(
    "s3",
    "CopyObject",
    honours="Bucket Key CopySource MetadataDirective TaggingDirective Tagging ExpectedBucketOwner "
    f"ExpectedSourceBucketOwner {' '.join([*METADATA, *ATTRIBUTES, *COPYING])}",
    ignores="ACL RequestPayer SSEKMSEncryptionContext",
)
def copy_object(call: CallContext, params: Params) -> Result:
    """Store a copy of an object, with its metadata and tags or with those of the request.

    Storage class, encryption and website redirect never come from the source. Source: CopyObject;
    RECORDED, LS test_s3_copy_tagging_directive, test_s3_copy_tagging_directive_versioned,
    test_s3_copy_object_in_place, test_s3_copy_object_src_not_exists, test_s3_copy_object_preconditions.
    """
    bucket = require.bucket(call, params)
    check_target(params)
    source = _source_of(params)
    version = _source_version(call, source)
    check_copying(params, version)
    if (source["Bucket"], source["Key"]) == (params["Bucket"], params["Key"]) and "VersionId" not in source:
        _check_change(params)
    copied = store(
        call,
        bucket,
        params["Key"],
        body=version.body,
        etag=version.etag,
        tags=_tags(params, version),
        description={
            **described({name: params[name] for name in ATTRIBUTES if name in params}),
            **_metadata(params, version),
            **_checksums(params, version),
        },
    )
    copy_result = {"ETag": f'"{copied.etag}"', "LastModified": copied.last_modified, **checksums_of(copied)}
    result: Result = {"CopyObjectResult": copy_result, **stored(bucket, params["Key"], copied)}
    if call.world.buckets[source["Bucket"]].versioning is not None:
        result["CopySourceVersionId"] = version.version_id
    return result


def _source_of(params: Params) -> dict[str, str]:
    """Bucket, Key and perhaps VersionId of ``[/]bucket/key[?versionId=id]``, which is URL-encoded."""
    path, _, version_id = params["CopySource"].partition("?versionId=")
    name, _, key = unquote(path).removeprefix("/").partition("/")
    if not name or not key:
        argument = "x-amz-copy-source"
        raise errors.INVALID_COPY_SOURCE(ArgumentName=argument, ArgumentValue=argument)
    source = {"Bucket": name, "Key": key}
    if version_id:
        source["VersionId"] = version_id
    if "ExpectedSourceBucketOwner" in params:
        source["ExpectedBucketOwner"] = params["ExpectedSourceBucketOwner"]
    return source


def _source_version(call: CallContext, source: Mapping[str, str]) -> ObjectVersion:
    owner = require.bucket(call, source)
    if "VersionId" in source:
        version = require.version_by_id(owner, source["Key"], source["VersionId"])
        if version.is_delete_marker:
            raise errors.COPY_OF_DELETE_MARKER()
        return version
    latest = owner.latest(source["Key"])
    if latest is None or latest.is_delete_marker:
        raise errors.NO_SUCH_KEY(Key=source["Key"])
    return latest


def _check_change(params: Params) -> None:
    if params.get("MetadataDirective") != "REPLACE" and not ATTRIBUTES & params.keys():
        raise errors.COPY_ONTO_ITSELF()


def _directive(params: Params, kind: str) -> str:
    directive: str = params.get(f"{kind.capitalize()}Directive", "COPY")
    if directive not in {"COPY", "REPLACE"}:
        raise errors.UNKNOWN_DIRECTIVE(
            kind=kind, ArgumentName=f"x-amz-{kind}-directive", ArgumentValue=directive
        )
    return directive


def _tags(params: Params, version: ObjectVersion) -> Tags:
    """With COPY, a Tagging that is given doesn't count (RECORDED, LS test_s3_copy_tagging_directive)."""
    if _directive(params, "tagging") == "COPY":
        return version.tags
    return tag_rules.from_header(params.get("Tagging", ""))


def _metadata(params: Params, version: ObjectVersion) -> dict[str, Any]:
    given = params if _directive(params, "metadata") == "REPLACE" else version.metadata
    return {name: given[name] for name in METADATA if name in given}


def _checksums(params: Params, version: ObjectVersion) -> dict[str, Any]:
    """Of the algorithm that is asked for, else of the source's; of the whole object in either case."""
    kept = {name: value for name, value in version.metadata.items() if name in CHECKSUMS}
    algorithms = [name.removeprefix("Checksum") for name in kept]
    if "ChecksumAlgorithm" in params:
        return checksum(params["ChecksumAlgorithm"], version.body)
    if version.metadata.get("ChecksumType") == "COMPOSITE":
        return checksum(algorithms[0], version.body)
    return kept
