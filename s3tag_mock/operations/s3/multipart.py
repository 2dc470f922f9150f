"""CreateMultipartUpload, CompleteMultipartUpload, AbortMultipartUpload."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from urllib.parse import quote

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation
from s3tag_mock.operations.s3 import uploads
from s3tag_mock.operations.s3.conditions import STORING, check_storing
from s3tag_mock.operations.s3.storing import (
    WRITABLE,
    check_target,
    checksum_fields,
    new_properties,
    store,
    stored_fields,
)
from s3tag_mock.rules import checksums, multipart
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.checksums import CHECKSUM_PARAMETERS, Checksum
from s3tag_mock.rules.encryption import CUSTOMER_KEY, check_upload_key
from s3tag_mock.state.upload import Part, StoredPart, Upload


@operation(
    "s3",
    "CreateMultipartUpload",
    OBJECT,
    "Tagging ChecksumType",
    *WRITABLE,
    action="PutObject",
    access_points=True,
    directory_buckets=True,
)
def create_multipart_upload(call: CallContext, params: Params) -> Result:
    """Begin an upload; its tags and description are the object's once it is complete.

    Source: CreateMultipartUpload; RECORDED, LS test_multipart_checksum_type_compatibility. That a bad
    tagging header is refused here, not at completion, is ASSUMED.
    """
    bucket = require.bucket(call, params)
    check_target(bucket, params)
    algorithm = params.get("ChecksumAlgorithm")
    kind = multipart.checksum_type(algorithm, params.get("ChecksumType"))
    upload = Upload(
        id=call.world.ids.upload_id(),
        key=params["Key"],
        initiated=call.second,
        tags=tag_rules.from_header(params.get("Tagging", "")),
        properties=new_properties(call, bucket, params),
        checksum_algorithm=algorithm,
        checksum_type=kind,
    )
    bucket.uploads[upload.id] = upload
    return {
        **uploads.upload_fields(bucket, upload),
        **upload.properties.encryption.fields(),
        **uploads.checksum_kind_fields(upload),
    }


@operation(
    "s3",
    "CompleteMultipartUpload",
    OBJECT,
    "UploadId MultipartUpload ChecksumType MpuObjectSize",
    *STORING,
    *CUSTOMER_KEY,
    action="PutObject",
    access_points=True,
    directory_buckets=True,
)
def complete_multipart_upload(call: CallContext, params: Params) -> Result:
    """Make an object of the parts that the call lists; the upload is over.

    Source: CompleteMultipartUpload; RECORDED, LS test_multipart_complete_multipart_too_small,
    test_complete_multipart_parts_checksum_composite, test_multipart_size_validation.
    """
    bucket = require.bucket(call, params)
    upload = uploads.get_upload(bucket, params)
    check_upload_key(upload.properties.encryption, params, required=False)
    check_storing(params, bucket)
    _check_undisturbed(upload, params)
    parts = _chosen_parts(upload, params.get("MultipartUpload", {}).get("Parts", []))
    _check_checksum_type(upload, params)
    body = b"".join(part.body for part in parts)
    if params.get("MpuObjectSize", len(body)) != len(body):
        raise errors.OBJECT_SIZE_MISMATCH(given=str(params["MpuObjectSize"]), computed=str(len(body)))
    checksum = _checksum(upload, parts, body)
    _check_checksum(checksum, params)
    joined = hashlib.md5(b"".join(bytes.fromhex(part.etag) for part in parts)).hexdigest()
    version = store(
        call,
        bucket,
        upload.key,
        body=body,
        etag=f"{joined}-{len(parts)}",
        tags=upload.tags,
        properties=upload.properties,
        checksum=checksum,
        parts=tuple(StoredPart(part.number, len(part.body), part.checksum) for part in parts),
    )
    del bucket.uploads[upload.id]
    return {
        "Location": f"https://{bucket.name}.s3.{bucket.region}.amazonaws.com/{quote(upload.key, safe='')}",
        "Bucket": bucket.name,
        "Key": upload.key,
        "ETag": version.quoted_etag,
        **checksum_fields(version.checksum),
        **stored_fields(bucket, upload.key, version),
    }


def _check_undisturbed(upload: Upload, params: Params) -> None:
    """A condition says nothing once the key was put or deleted meanwhile.

    RECORDED, LS test_multipart_if_match_with_delete, test_multipart_if_none_match_with_delete.
    """
    condition = "If-Match" if "IfMatch" in params else "If-None-Match" if "IfNoneMatch" in params else None
    if condition is not None and upload.is_disturbed:
        raise errors.CONDITION_CONFLICT(Condition=condition, Key=upload.key)


def _check_checksum(checksum: Checksum | None, params: Params) -> None:
    """Check the checksum that the call names for the whole object against the object's."""
    given = checksums.given(params)
    if given is not None and (checksum is None or checksum.fields() != given.fields()):
        raise errors.BAD_DIGEST_CHECKSUM(algorithm=given.algorithm.lower())


def _chosen_parts(upload: Upload, wanted: Sequence[Params]) -> list[Part]:
    if not wanted:
        raise errors.NO_PARTS()
    numbers = [one["PartNumber"] for one in wanted]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise errors.PARTS_OUT_OF_ORDER(UploadId=upload.id)
    parts = [_chosen_part(upload, one) for one in wanted]
    for part in parts:
        multipart.check_part_size(part.number, len(part.body), part.etag, is_last=part is parts[-1])
    return parts


def _chosen_part(upload: Upload, wanted: Params) -> Part:
    number, etag = wanted["PartNumber"], wanted.get("ETag", "").strip('"')
    part = upload.parts.get(number)
    given = {name: wanted[name] for name in CHECKSUM_PARAMETERS if name in wanted}
    if upload.checksum_type == "COMPOSITE" and not given:
        raise errors.PART_WITHOUT_CHECKSUM(
            algorithm=str(upload.checksum_algorithm).lower(), number=str(number)
        )
    if part is not None and upload.checksum_algorithm is not None:
        _check_has_checksums(part, given)
    fits = part is not None and etag == part.etag and given.items() <= part.checksum_fields().items()
    if part is None or not fits:
        raise errors.INVALID_PART(ETag=etag, PartNumber=str(number), UploadId=upload.id)
    return part


def _check_has_checksums(part: Part, given: Mapping[str, str]) -> None:
    for name in given:
        if name not in part.checksum_fields():
            algorithm = name.removeprefix("Checksum").lower()
            raise errors.BAD_PART_DIGEST(algorithm=algorithm, number=str(part.number))


def _check_checksum_type(upload: Upload, params: Params) -> None:
    given = params.get("ChecksumType")
    if given is not None and given != upload.checksum_type:
        raise errors.CHECKSUM_TYPE_MISMATCH(kind=str(upload.checksum_type or "null"))


def _checksum(upload: Upload, parts: Sequence[Part], body: bytes) -> Checksum | None:
    """The object's checksum: of its whole body, or of its parts' checksums with their number."""
    algorithm = upload.checksum_algorithm
    if algorithm is None:
        return None
    if upload.checksum_type == "FULL_OBJECT":
        return checksums.calculate(algorithm, body)
    joined = base64.b64encode(checksums.composite(algorithm, (part.body for part in parts))).decode()
    return Checksum(algorithm, f"{joined}-{len(parts)}", "COMPOSITE")


@operation("s3", "AbortMultipartUpload", OBJECT, "UploadId", access_points=True, directory_buckets=True)
def abort_multipart_upload(call: CallContext, params: Params) -> Result:
    """Forget an upload and its parts.

    Source: AbortMultipartUpload; RECORDED, LS test_multipart_no_such_upload.
    """
    bucket = require.bucket(call, params)
    del bucket.uploads[uploads.get_upload(bucket, params).id]
    return {}
