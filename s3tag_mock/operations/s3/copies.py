"""CopyObject."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation
from s3tag_mock.operations.s3 import copy_source
from s3tag_mock.operations.s3.conditions import STORING, check_storing
from s3tag_mock.operations.s3.object_tagging import get_object_tagging
from s3tag_mock.operations.s3.storing import (
    ALSO,
    ATTRIBUTES,
    WRITABLE,
    check_target,
    checksum_fields,
    etag_of,
    new_properties,
    store,
    stored_fields,
)
from s3tag_mock.rules import checksums, encryption
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.checksums import Checksum
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.bucket import Bucket, ObjectVersion
from s3tag_mock.state.properties import Properties

#: What becomes of the source's metadata and tags (MetadataDirective, TaggingDirective).
DIRECTIVES: Final = frozenset({"COPY", "REPLACE"})

#: Stands among the parameters that permissions are decided by, for the tags that come from the source.
_COPIED_TAGS: Final = "CopiedTags"


@operation(
    "s3",
    "CopyObject",
    OBJECT,
    "CopySource MetadataDirective TaggingDirective Tagging",
    *WRITABLE,
    *copy_source.CONDITIONS,
    *STORING,
    action="PutObject",
    also={**ALSO, "PutObjectTagging": f"Tagging {_COPIED_TAGS}"},
    access_points=True,
    directory_buckets=True,
)
def copy_object(call: CallContext, params: Params) -> Result:
    """Store a copy of an object, with its metadata and tags or with those of the request.

    Storage class, encryption and website redirect never come from the source. Source: CopyObject;
    RECORDED, LS test_s3_copy_tagging_directive, test_s3_copy_tagging_directive_versioned,
    test_s3_copy_object_in_place, test_s3_copy_object_src_not_exists, test_s3_copy_object_preconditions,
    test_multipart_copy_object_etag.
    """
    bucket = require.existing_bucket(call, params)
    source = copy_source.parse(params)
    version = copy_source.find(call, params, source)
    if version.tags and _directive(params, "tagging") == "COPY":
        require.bucket(call.calling(get_object_tagging), source)
    permission.check(call, bucket, _with_tags(params, version))
    check_target(bucket, params)
    check_storing(params, bucket)
    if (source["Bucket"], source["Key"]) == (params["Bucket"], params["Key"]) and "VersionId" not in source:
        _check_change(bucket, params, version)
    tags = _tags(params, version)
    if tags and bucket.zone is not None:
        raise errors.BARE_HEADER_NOT_IMPLEMENTED(Header="x-amz-tagging-directive")
    properties = _properties(call, bucket, params, version)
    copied = store(
        call,
        bucket,
        params["Key"],
        body=version.body,
        etag=etag_of(call, bucket, properties, version.body),
        tags=tags,
        properties=properties,
        checksum=_checksum(params, version),
    )
    copy_result = {
        "ETag": copied.quoted_etag,
        "LastModified": copied.last_modified,
        **checksum_fields(copied),
    }
    result: Result = {
        "CopyObjectResult": copy_result,
        **stored_fields(bucket, params["Key"], copied),
        **copy_source.version_id_fields(version),
    }
    if bucket.versioning is not None:
        # Other storing calls show no null version (RECORDED, LS test_s3_copy_object_in_place_suspended_only).
        result["VersionId"] = copied.version_id
    return result


def _with_tags(params: Params, version: ObjectVersion) -> Params:
    """What permissions are decided by: tags of the source in place of those that don't count."""
    if _directive(params, "tagging") == "REPLACE":
        return params
    given = {name: value for name, value in params.items() if name != "Tagging"}
    return {**given, _COPIED_TAGS: version.tags}


def _check_change(bucket: Bucket, params: Params, version: ObjectVersion) -> None:
    """A copy onto itself must change something. One that may be encrypted anew does: where the bucket has a
    configuration of its own, or the source isn't encrypted as objects are by default (RECORDED, LS
    test_copy_in_place_with_bucket_encryption, test_s3_copy_object_in_place_with_encryption).
    """
    if bucket.encryption is not None or version.properties.encryption != encryption.WITH_S3_KEYS:
        return
    if params.get("MetadataDirective") != "REPLACE" and not ATTRIBUTES & params.keys():
        raise errors.COPY_ONTO_ITSELF()


def _directive(params: Params, kind: str) -> str:
    directive: str = params.get(f"{kind.capitalize()}Directive", "COPY")
    if directive not in DIRECTIVES:
        raise errors.UNKNOWN_DIRECTIVE(
            kind=kind, ArgumentName=f"x-amz-{kind}-directive", ArgumentValue=directive
        )
    return directive


def _tags(params: Params, version: ObjectVersion) -> Tags:
    """With COPY, a Tagging that is given doesn't count (RECORDED, LS test_s3_copy_tagging_directive)."""
    if _directive(params, "tagging") == "COPY":
        return version.tags
    return tag_rules.from_header(params.get("Tagging", ""))


def _properties(call: CallContext, bucket: Bucket, params: Params, source: ObjectVersion) -> Properties:
    """Those of the request; with MetadataDirective COPY, headers and metadata are the source's."""
    properties = new_properties(call, bucket, params)
    if _directive(params, "metadata") == "REPLACE":
        return properties
    kept = source.properties
    return replace(properties, headers=kept.headers, metadata=kept.metadata)


def _checksum(params: Params, source: ObjectVersion) -> Checksum | None:
    """Of the algorithm that is asked for, else of the source's; of the whole object in either case."""
    given = source.given_checksum
    if "ChecksumAlgorithm" in params:
        return checksums.calculate(params["ChecksumAlgorithm"], source.body)
    if given is not None and given.kind == "COMPOSITE":
        return checksums.calculate(given.algorithm, source.body)
    return given
