"""What the operations on multipart uploads share: finding one, and saying which it is."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import kms_permission
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result
from s3tag_mock.rules import lifecycle
from s3tag_mock.rules.encryption import check_upload_key
from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.upload import Upload


def get_upload(bucket: Bucket, params: Params) -> Upload:
    """The upload that ``UploadId`` and ``Key`` name.

    :raises AwsError: NoSuchUpload.
    """
    upload = bucket.uploads.get(params["UploadId"])
    if upload is None or upload.key != params["Key"]:
        raise errors.NO_SUCH_UPLOAD(UploadId=params["UploadId"])
    return upload


def check_key(call: CallContext, params: Params, upload: Upload, *, required: bool = True) -> None:
    """Refuse a call with another key than its upload was begun with, or whose caller may not use KMS's.

    :param required: whether it must give the customer's key, as those must that store a part.
    :raises AwsError: InvalidRequest; AccessDenied.
    """
    check_upload_key(upload.properties.encryption, params, required=required)
    kms_permission.check(call, params, upload.properties.encryption, "kms:Decrypt")


def ended_upload(bucket: Bucket, params: Params) -> Upload | None:
    """The upload that ``UploadId`` and ``Key`` name, if it was completed or aborted."""
    upload = bucket.ended_uploads.get(params["UploadId"])
    return None if upload is None or upload.key != params["Key"] else upload


def upload_fields(bucket: Bucket, upload: Upload) -> Result:
    """How answers name an upload, and when and by which lifecycle rule it will be aborted."""
    named = {"Bucket": bucket.name, "Key": upload.key, "UploadId": upload.id}
    due = lifecycle.abort(bucket.lifecycle_rules, upload.key, upload.initiated)
    return named if due is None else {**named, "AbortDate": due[0], "AbortRuleId": due[1]}


def checksum_kind_fields(upload: Upload) -> Result:
    """The algorithm and type of an upload's checksums; empty when it has none."""
    if upload.checksum_algorithm is None:
        return {}
    return {"ChecksumAlgorithm": upload.checksum_algorithm, "ChecksumType": upload.checksum_type}
