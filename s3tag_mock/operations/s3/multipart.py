"""CreateMultipartUpload, AbortMultipartUpload."""

from __future__ import annotations

from s3tag_mock.operations import kms_permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation
from s3tag_mock.operations.s3 import uploads
from s3tag_mock.operations.s3.storing import (
    ALSO,
    WRITABLE,
    check_target,
    new_properties,
)
from s3tag_mock.rules import multipart
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.names import initiator_fields
from s3tag_mock.state.upload import Upload


@operation(
    "s3",
    "CreateMultipartUpload",
    OBJECT,
    "Tagging ChecksumType",
    *WRITABLE,
    action="PutObject",
    also=ALSO,
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
    properties = new_properties(call, bucket, params)
    kms_permission.check(call, params, properties.encryption, "kms:Decrypt")
    upload = Upload(
        id=call.world.ids.upload_id(),
        key=params["Key"],
        number=len(bucket.uploads) + len(bucket.ended_uploads),
        initiated=call.second,
        initiator=initiator_fields(call.principal.arn),
        tags=tag_rules.from_header(params.get("Tagging", "")),
        properties=properties,
        checksum_algorithm=algorithm,
        checksum_type=kind,
    )
    bucket.uploads.add(upload)
    return {
        **uploads.upload_fields(bucket, upload),
        **upload.properties.encryption.fields(),
        **uploads.checksum_kind_fields(upload),
    }


@operation("s3", "AbortMultipartUpload", OBJECT, "UploadId", access_points=True, directory_buckets=True)
def abort_multipart_upload(call: CallContext, params: Params) -> Result:
    """Forget an upload and its parts; one that has ended already is no error.

    Source: AbortMultipartUpload; RECORDED, LS test_multipart_no_such_upload. That AWS still knows an ended
    upload for hours is OBSERVED, minio/minio#2250.
    """
    bucket = require.bucket(call, params)
    if uploads.ended_upload(bucket, params) is None:
        bucket.end_upload(uploads.get_upload(bucket, params), None)
    return {}
