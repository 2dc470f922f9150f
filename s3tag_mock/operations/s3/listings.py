"""ListObjectsV2, ListObjects, ListObjectVersions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.operations.s3.paging import Encode, common_prefix, encoder, from_token, page_size, token_of
from s3tag_mock.rules.names import owner_fields
from s3tag_mock.state.bucket import Bucket, History, ObjectVersion

_COMMON: Final = f"{BUCKET} Prefix Delimiter MaxKeys EncodingType OptionalObjectAttributes RequestPayer"
#: Sorts behind every key that begins with the text before it (but for keys that hold it themselves).
_LAST_CHARACTER = "\U0010ffff"


@dataclass
class _Page:
    """One page of a listing.

    :param versions: key, version and whether it is the latest, in order.
    :param prefixes: common prefixes, in order.
    :param last: the key or prefix with which the page ends.
    """

    most: int
    versions: list[tuple[str, ObjectVersion, bool]] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    last: str = ""
    last_version: str | None = None
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.versions) + len(self.prefixes)


@operation(
    "s3",
    "ListObjectsV2",
    _COMMON,
    "ContinuationToken StartAfter FetchOwner",
    action="ListBucket",
    access_points=True,
    directory_buckets=True,
)
def list_objects_v2(call: CallContext, params: Params) -> Result:
    """A page of a bucket's keys, in the order of their UTF-8 bytes.

    Source: ListObjectsV2; RECORDED, LS test_list_objects_v2_continuation_start_after,
    test_list_ops_encoding_type_validation.
    """
    bucket = require.bucket(call, params)
    token, start = params.get("ContinuationToken"), params.get("StartAfter", "")
    encode, most = encoder(params), page_size(params, "MaxKeys", "maxKeys")
    page = _page(bucket, params, most, after=start if token is None else from_token(token))
    result = _keys_fields(call, params, page, bucket, encode, with_owner=params.get("FetchOwner", False))
    result["KeyCount"] = len(page)
    if token is not None:
        result["ContinuationToken"] = token
    elif "StartAfter" in params:
        # RECORDED, LS test_list_objects_v2_continuation_token_safe_chars: never beside a token.
        result["StartAfter"] = encode(start)
    if page.truncated:
        result["NextContinuationToken"] = token_of(page.last)
    return result


@operation("s3", "ListObjects", _COMMON, "Marker", action="ListBucket", access_points=True)
def list_objects(call: CallContext, params: Params) -> Result:
    """A page of a bucket's keys, the older way; boto3's resources still use it.

    Source: ListObjects. NextMarker is answered only with a delimiter.
    """
    bucket = require.bucket(call, params)
    encode, marker = encoder(params), params.get("Marker", "")
    page = _page(bucket, params, page_size(params, "MaxKeys", "maxKeys"), after=marker)
    result = _keys_fields(call, params, page, bucket, encode, with_owner=True)
    result["Marker"] = encode(marker)
    if page.truncated and params.get("Delimiter"):
        result["NextMarker"] = encode(page.last)
    return result


@operation(
    "s3",
    "ListObjectVersions",
    _COMMON,
    "KeyMarker VersionIdMarker",
    action="ListBucketVersions",
    access_points=True,
)
def list_object_versions(call: CallContext, params: Params) -> Result:
    """A page of all versions and delete markers: by key, and of one key the newest first.

    A page goes on from its markers also when their version was deleted since. Source: ListObjectVersions;
    RECORDED, LS test_list_objects_versions_markers,
    test_list_objects_versions_with_prefix_only_and_pagination.
    """
    bucket = require.bucket(call, params)
    key_marker, version_marker = params.get("KeyMarker", ""), params.get("VersionIdMarker", "")
    if version_marker and not key_marker:
        raise errors.VERSION_MARKER_WITHOUT_KEY_MARKER(
            ArgumentName="version-id-marker", ArgumentValue=version_marker
        )
    encode, most = encoder(params), page_size(params, "MaxKeys", "maxKeys")
    page = _page(bucket, params, most, after=key_marker, after_version=version_marker, all_versions=True)
    result = _page_fields(params, page, encode, bucket)
    result.update({"KeyMarker": encode(key_marker), "VersionIdMarker": version_marker})
    versions = [
        {
            **_object_entry(call, params, encode(key), version),
            "VersionId": version.version_id,
            "IsLatest": latest,
            "Owner": owner_fields(bucket.owner_of(version)),
        }
        for key, version, latest in page.versions
        if not version.is_delete_marker
    ]
    markers = [
        {
            "Key": encode(key),
            "VersionId": version.version_id,
            "IsLatest": latest,
            "LastModified": version.last_modified,
            "Owner": owner_fields(bucket.owner_of(version)),
        }
        for key, version, latest in page.versions
        if version.is_delete_marker
    ]
    result.update(
        {name: found for name, found in (("Versions", versions), ("DeleteMarkers", markers)) if found}
    )
    if page.truncated:
        result["NextKeyMarker"] = encode(page.last)
        if page.last_version is not None:
            result["NextVersionIdMarker"] = page.last_version
    return result


def _page(
    bucket: Bucket,
    params: Params,
    most: int,
    *,
    after: str,
    after_version: str = "",
    all_versions: bool = False,
) -> _Page:
    """Walk the keys from a marker on until the page is full."""
    page = _Page(most, last=after)
    if most == 0:
        return page
    prefix, delimiter = params.get("Prefix", ""), params.get("Delimiter")
    for entry in _entries(bucket, prefix, delimiter, after, after_version, all_versions):
        if len(page) == most:
            page.truncated = True
            break
        if isinstance(entry, str):
            page.prefixes.append(entry)
            page.last, page.last_version = entry, None
        else:
            page.versions.append(entry)
            page.last, page.last_version = entry[0], entry[1].version_id
    return page


def _entries(
    bucket: Bucket, prefix: str, delimiter: str | None, after: str, after_version: str, all_versions: bool
) -> Iterator[str | tuple[str, ObjectVersion, bool]]:
    """Common prefixes and versions behind a marker, in order."""
    start, inclusive = (after, bool(after_version)) if after and after >= prefix else (prefix, True)
    skipped = (
        common_prefix(after, prefix, delimiter) if after.startswith(prefix) and not after_version else None
    )
    if skipped is not None:
        start, inclusive = skipped + _LAST_CHARACTER, False
    while True:
        for key, history in bucket.keys.after(start, inclusive=inclusive):
            if not key.startswith(prefix):
                return
            if skipped is not None and key.startswith(skipped):
                continue
            latest = history[-1]
            if all_versions:
                shown = _newest_first(bucket, key, history, after_version if key == after else "")
            else:
                shown = [] if latest.is_delete_marker else [latest]
            common = common_prefix(key, prefix, delimiter)
            if common is None:
                yield from ((key, version, version is latest) for version in shown)
            elif shown:
                yield common
                skipped, start, inclusive = common, common + _LAST_CHARACTER, False
                break
        else:
            return


def _newest_first(bucket: Bucket, key: str, history: History, after_version: str) -> History:
    """The versions of a key that are older than a marker; none for a marker that was never one of its own."""
    if not after_version:
        return history[::-1]
    place = bucket.place_of(key, after_version)
    return [] if place is None else history[: bisect_left(history, place, key=lambda one: one.place)][::-1]


def _keys_fields(
    call: CallContext, params: Params, page: _Page, bucket: Bucket, encode: Encode, *, with_owner: bool
) -> Result:
    result = _page_fields(params, page, encode, bucket)
    # RECORDED, LS test_region_header_exists_outside_us_east_1, for ListObjectsV2.
    result["ResponseMetadata"] = {"HTTPHeaders": {"x-amz-bucket-region": bucket.region}}
    if page.versions:
        result["Contents"] = [
            {
                **_object_entry(call, params, encode(key), version),
                **({"Owner": owner_fields(bucket.owner_of(version))} if with_owner else {}),
            }
            for key, version, _ in page.versions
        ]
    return result


def _page_fields(params: Params, page: _Page, encode: Encode, bucket: Bucket) -> Result:
    result: Result = {
        "Name": bucket.name,
        "Prefix": encode(params.get("Prefix", "")),
        "MaxKeys": page.most,
        "IsTruncated": page.truncated,
    }
    if params.get("Delimiter"):
        result["Delimiter"] = encode(params["Delimiter"])
    if "EncodingType" in params:
        result["EncodingType"] = params["EncodingType"]
    if page.prefixes:
        result["CommonPrefixes"] = [{"Prefix": encode(prefix)} for prefix in page.prefixes]
    return result


def _object_entry(call: CallContext, params: Params, key: str, version: ObjectVersion) -> dict[str, Any]:
    return {
        "Key": key,
        "LastModified": version.last_modified,
        "ETag": version.quoted_etag,
        **_checksum_kind_fields(version),
        "Size": len(version.body),
        "StorageClass": version.properties.storage_class,
        **(_restore_fields(call, version) if params.get("OptionalObjectAttributes") else {}),
    }


def _restore_fields(call: CallContext, version: ObjectVersion) -> dict[str, Any]:
    if version.restore is None or call.now >= version.restore[1]:
        return {}
    ready, gone = version.restore
    in_progress = call.now < ready
    expiry = {} if in_progress else {"RestoreExpiryDate": gone}
    return {"RestoreStatus": {"IsRestoreInProgress": in_progress, **expiry}}


def _checksum_kind_fields(version: ObjectVersion) -> dict[str, Any]:
    algorithm = version.checksum_algorithm
    return (
        {} if algorithm is None else {"ChecksumAlgorithm": [algorithm], "ChecksumType": version.checksum_type}
    )
