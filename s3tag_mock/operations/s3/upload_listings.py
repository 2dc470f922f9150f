"""ListParts, ListMultipartUploads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, OBJECT, Params, Result, operation
from s3tag_mock.operations.s3 import uploads
from s3tag_mock.operations.s3.paging import common_prefix, encoder, page_of_parts, page_size
from s3tag_mock.rules.encryption import CUSTOMER_KEY
from s3tag_mock.rules.names import owner_fields
from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.upload import Part, Upload


@operation(
    "s3",
    "ListParts",
    OBJECT,
    "UploadId MaxParts PartNumberMarker",
    *CUSTOMER_KEY,
    action="ListMultipartUploadParts",
    access_points=True,
    directory_buckets=True,
)
def list_parts(call: CallContext, params: Params) -> Result:
    """A page of an upload's parts, by number.

    Source: ListParts; RECORDED, LS test_multipart_and_list_parts.
    """
    bucket = require.bucket(call, params)
    upload = uploads.get_upload(bucket, params)
    uploads.check_key(call, params, upload, required=False)
    page, described = page_of_parts(map(upload.parts.__getitem__, sorted(upload.parts)), params)
    result: Result = {
        **uploads.upload_fields(bucket, upload),
        **described,
        "Initiator": upload.initiator,
        "Owner": owner_fields(bucket.owner),
        "StorageClass": upload.properties.storage_class,
        **uploads.checksum_kind_fields(upload),
    }
    if page:
        result["Parts"] = [_part_entry(part) for part in page]
    return result


def _part_entry(part: Part) -> Result:
    return {
        "PartNumber": part.number,
        "LastModified": part.last_modified,
        "ETag": part.quoted_etag,
        "Size": len(part.body),
        **part.checksum_fields(),
    }


@operation(
    "s3",
    "ListMultipartUploads",
    BUCKET,
    "Prefix Delimiter EncodingType KeyMarker UploadIdMarker MaxUploads RequestPayer",
    action="ListBucketMultipartUploads",
    access_points=True,
    directory_buckets=True,
)
def list_multipart_uploads(call: CallContext, params: Params) -> Result:
    """A page of the uploads under way: by key, and of one key the earliest first.

    The next page's markers are those of the page's last upload; a page of common prefixes alone has none.
    Source: ListMultipartUploads; RECORDED, LS test_list_multiparts_next_marker,
    test_list_multiparts_with_prefix_and_delimiter,
    test_list_multipart_uploads_marker_common_prefixes.
    """
    bucket = require.bucket(call, params)
    encode = encoder(params)
    key_marker, id_marker = params.get("KeyMarker", ""), params.get("UploadIdMarker", "")
    prefix, delimiter = params.get("Prefix", ""), params.get("Delimiter")
    most = page_size(params, "MaxUploads", "max-uploads")
    left = _after(bucket, prefix, key_marker, id_marker if key_marker else "")
    page: list[Upload] = []
    prefixes: list[str] = []
    truncated = False
    for upload in left:
        common = common_prefix(upload.key, prefix, delimiter)
        if common in prefixes or _is_inside(key_marker, common):
            continue
        if len(page) + len(prefixes) == most:
            truncated = most > 0
            break
        if common is None:
            page.append(upload)
        else:
            prefixes.append(common)
    result: Result = {
        "Bucket": bucket.name,
        "KeyMarker": encode(key_marker),
        "UploadIdMarker": id_marker if key_marker else "",
        "NextKeyMarker": encode(page[-1].key) if page else "",
        "NextUploadIdMarker": page[-1].id if page else "",
        "MaxUploads": most,
        "IsTruncated": truncated,
        "Uploads": [_upload_entry(bucket, upload, encode(upload.key)) for upload in page],
        "CommonPrefixes": [{"Prefix": encode(one)} for one in prefixes],
    }
    if prefix:
        result["Prefix"] = encode(prefix)
    for name in ("Delimiter", "EncodingType"):
        if params.get(name):
            result[name] = params[name]
    return {name: value for name, value in result.items() if value != []}


def _is_inside(key_marker: str, common: str | None) -> bool:
    """Whether a page begins inside a common prefix, which was on the page before then."""
    return common is not None and key_marker.startswith(common)


def _after(bucket: Bucket, prefix: str, key_marker: str, id_marker: str) -> Iterator[Upload]:
    """The uploads with a prefix behind a marker, which may be that of one that has ended since (ASSUMED)."""
    start = max(prefix, key_marker)
    behind = bucket.uploads.after(start, inclusive=start > key_marker or bool(id_marker))
    found = takewhile(lambda upload: upload.key.startswith(prefix), behind)
    if not id_marker:
        return found
    marked = bucket.uploads.get(id_marker) or bucket.ended_uploads.get(id_marker)
    if marked is None or marked.key != key_marker:
        raise errors.INVALID_ARGUMENT(
            message="Invalid uploadId marker", ArgumentName="upload-id-marker", ArgumentValue=id_marker
        )
    return (upload for upload in found if upload.place > marked.place)


def _upload_entry(bucket: Bucket, upload: Upload, key: str) -> Result:
    return {
        "UploadId": upload.id,
        "Key": key,
        "Initiated": upload.initiated,
        "StorageClass": upload.properties.storage_class,
        "Owner": owner_fields(bucket.owner),
        "Initiator": upload.initiator,
        **uploads.checksum_kind_fields(upload),
    }
