"""UploadPart, UploadPartCopy."""

from __future__ import annotations

import hashlib

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation
from s3tag_mock.operations.s3 import copy_source, uploads
from s3tag_mock.rules import checksums, multipart
from s3tag_mock.rules.checksums import Checksum
from s3tag_mock.rules.encryption import CUSTOMER_KEY, check_upload_key
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
    check_upload_key(upload.properties.encryption, params)
    multipart.check_part_number(params["PartNumber"])
    checksum = checksums.given(params)
    if checksum is not None:
        _check_algorithm(upload, checksum.algorithm)
    part = _put(call, upload, params["PartNumber"], params.get("Body", b""), checksum)
    return {"ETag": part.quoted_etag, **part.checksum_fields(), **upload.properties.encryption.fields()}


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
    check_upload_key(upload.properties.encryption, params)
    multipart.check_part_number(params["PartNumber"])
    source, version = copy_source.find(call, params, copy_source.parse(params))
    body = version.body
    if "CopySourceRange" in params:
        first, last = multipart.copy_range(params["CopySourceRange"], len(body))
        body = body[first : last + 1]
    algorithm = upload.checksum_algorithm
    checksum = None if algorithm is None else checksums.calculate(algorithm, body)
    part = _put(call, upload, params["PartNumber"], body, checksum)
    copied = {"ETag": part.quoted_etag, "LastModified": part.last_modified, **part.checksum_fields()}
    result: Result = {"CopyPartResult": copied, **upload.properties.encryption.fields()}
    if source.versioning is not None:
        result["CopySourceVersionId"] = version.version_id
    return result


def _check_algorithm(upload: Upload, algorithm: str) -> None:
    expected = upload.checksum_algorithm
    if expected not in {None, algorithm}:
        raise errors.CHECKSUM_OF_ANOTHER_ALGORITHM(expected=str(expected).lower(), actual=algorithm.lower())


def _put(call: CallContext, upload: Upload, number: int, body: bytes, checksum: Checksum | None) -> Part:
    part = Part(number, body, hashlib.md5(body).hexdigest(), call.second, checksum)
    upload.parts[number] = part
    return part
