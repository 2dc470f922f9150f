"""UploadPart, UploadPartCopy."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation
from s3tag_mock.operations.s3 import copy_source, uploads
from s3tag_mock.operations.s3.storing import etag_of
from s3tag_mock.rules import checksums, multipart
from s3tag_mock.rules.checksums import Checksum
from s3tag_mock.rules.encryption import CUSTOMER_KEY
from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.upload import Part, Upload


@operation(
    "s3",
    "UploadPart",
    OBJECT,
    "UploadId PartNumber Body",
    *CUSTOMER_KEY,
    action="PutObject",
    access_points=True,
    directory_buckets=True,
)
def upload_part(call: CallContext, params: Params) -> Result:
    """Store a part, in place of an earlier one with its number.

    Source: UploadPart; RECORDED, LS test_complete_multipart_parts_order,
    test_multipart_parts_checksum_exceptions_composite.
    """
    bucket = require.bucket(call, params)
    upload = uploads.get_upload(bucket, params)
    uploads.check_key(call, params, upload)
    multipart.check_part_number(params["PartNumber"])
    body, given = params["Body"], checksums.given(params)
    _check_algorithm(upload, given)
    part = _put(call, bucket, upload, params["PartNumber"], body, given)
    shown = {} if given is None else given.fields()
    return {"ETag": part.quoted_etag, **shown, **upload.properties.encryption.fields()}


@operation(
    "s3",
    "UploadPartCopy",
    OBJECT,
    "UploadId PartNumber CopySourceRange",
    *copy_source.CONDITIONS,
    *CUSTOMER_KEY,
    action="PutObject",
    access_points=True,
    directory_buckets=True,
)
def upload_part_copy(call: CallContext, params: Params) -> Result:
    """Store a part that is a copy of an object, or of a range of it; its tags don't come along.

    Source: UploadPartCopy; RECORDED, LS test_upload_part_copy_range.
    """
    bucket = require.bucket(call, params)
    upload = uploads.get_upload(bucket, params)
    uploads.check_key(call, params, upload)
    multipart.check_part_number(params["PartNumber"])
    version = copy_source.find(call, params, copy_source.parse(params))
    body = version.body
    if "CopySourceRange" in params:
        first, last = multipart.copy_range(params["CopySourceRange"], len(body))
        body = body[first : last + 1]
    part = _put(call, bucket, upload, params["PartNumber"], body, None)
    copied = {"ETag": part.quoted_etag, "LastModified": part.last_modified, **part.checksum_fields()}
    return {
        "CopyPartResult": copied,
        **upload.properties.encryption.fields(),
        **copy_source.version_id_fields(version),
    }


def _check_algorithm(upload: Upload, given: Checksum | None) -> None:
    """Only S3's own composite checksum needs one of each part (REPORTED, versitygw #1342)."""
    expected = upload.checksum_algorithm
    if expected is None or (given is None and upload.checksum_type == "FULL_OBJECT"):
        return
    actual = "null" if given is None else given.algorithm.lower()
    if actual != expected.lower():
        raise errors.CHECKSUM_OF_ANOTHER_ALGORITHM(expected=expected.lower(), actual=actual)


def _put(
    call: CallContext, bucket: Bucket, upload: Upload, number: int, body: bytes, given: Checksum | None
) -> Part:
    """Store a part. Its checksum is remembered where the upload has an algorithm, and then always there.

    RECORDED, LS test_multipart_and_list_parts, test_multipart_upload_part_copy_checksum.
    """
    algorithm = upload.checksum_algorithm
    checksum = None if algorithm is None else given or checksums.calculate(algorithm, body)
    etag = etag_of(call, bucket, upload.properties, body)
    part = upload.parts[number] = Part(number, body, etag, call.second, checksum)
    return part
