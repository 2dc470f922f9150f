"""ListParts, ListMultipartUploads."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, OBJECT, Params, Result, operation
from s3tag_mock.operations.s3 import uploads
from s3tag_mock.operations.s3.paging import common_prefix, encoder, page_size, part_marker
from s3tag_mock.rules.encryption import CUSTOMER_KEY, check_upload_key
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
    check_upload_key(upload.properties.encryption, params, required=False)
    marker, most = part_marker(params), page_size(params, "MaxParts", "max-parts")
    left = [part for number, part in sorted(upload.parts.items()) if number > marker]
    page = left[:most]
    owner = owner_fields(bucket.owner)
    result: Result = {
        **uploads.upload_fields(bucket, upload),
        "PartNumberMarker": marker,
        "NextPartNumberMarker": page[-1].number if page else 0,
        "MaxParts": most,
        "IsTruncated": len(page) < len(left),
        "Initiator": owner,
        "Owner": owner,
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

    Source: ListMultipartUploads; RECORDED, LS test_list_multiparts_next_marker.
    """
    bucket = require.bucket(call, params)
    encode = encoder(params)
    key_marker, id_marker = params.get("KeyMarker", ""), params.get("UploadIdMarker", "")
    prefix, delimiter = params.get("Prefix", ""), params.get("Delimiter", "")
    most = page_size(params, "MaxUploads", "max-uploads")
    left = _after(bucket, key_marker, id_marker if key_marker else "")
    page: list[Upload] = []
    prefixes: list[str] = []
    last: Upload | None = None
    truncated = False
    for upload in left:
        common = common_prefix(upload.key, prefix, delimiter)
        if not upload.key.startswith(prefix) or common in prefixes or common == key_marker:
            continue
        if len(page) + len(prefixes) == most:
            truncated = most > 0
            break
        last = upload
        if common is None:
            page.append(upload)
        else:
            prefixes.append(common)
    result: Result = {
        "Bucket": bucket.name,
        "KeyMarker": encode(key_marker),
        "UploadIdMarker": id_marker if key_marker else "",
        "Prefix": encode(prefix),
        "MaxUploads": most,
        "IsTruncated": truncated,
        "Uploads": [_upload_entry(bucket, upload, encode(upload.key)) for upload in page],
        "CommonPrefixes": [{"Prefix": encode(one)} for one in prefixes],
    }
    for name in ("Delimiter", "EncodingType"):
        if params.get(name):
            result[name] = params[name]
    if last is not None and (truncated or page):
        common = common_prefix(last.key, prefix, delimiter)
        result["NextKeyMarker"] = encode(common or last.key)
        if common is None:
            result["NextUploadIdMarker"] = last.id
    return {name: value for name, value in result.items() if value != []}


def _after(bucket: Bucket, key_marker: str, id_marker: str) -> list[Upload]:
    ordered = sorted(bucket.uploads.values(), key=lambda upload: (upload.key, upload.initiated))
    if not id_marker:
        return [upload for upload in ordered if not key_marker or upload.key > key_marker]
    marked = bucket.uploads.get(id_marker)
    if marked is None or marked.key != key_marker:
        raise errors.INVALID_ARGUMENT(
            message="Invalid uploadId marker", ArgumentName="upload-id-marker", ArgumentValue=id_marker
        )
    return ordered[ordered.index(marked) + 1 :]


def _upload_entry(bucket: Bucket, upload: Upload, key: str) -> Result:
    owner = owner_fields(bucket.owner)
    return {
        "UploadId": upload.id,
        "Key": key,
        "Initiated": upload.initiated,
        "StorageClass": upload.properties.storage_class,
        "Owner": owner,
        "Initiator": owner,
        **uploads.checksum_kind_fields(upload),
    }
