"""PutBucketEncryption, GetBucketEncryption, DeleteBucketEncryption."""

from __future__ import annotations

from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.rules import encryption


@operation(
    "s3",
    "PutBucketEncryption",
    BUCKET,
    "ServerSideEncryptionConfiguration",
    action="PutEncryptionConfiguration",
    directory_buckets=True,
)
def put_bucket_encryption(call: CallContext, params: Params) -> Result:
    """Say how objects are encrypted that are stored without saying it.

    Source: PutBucketEncryption; RECORDED, LS test_s3_default_bucket_encryption_exc.
    """
    bucket = require.bucket(call, params)
    rules = params["ServerSideEncryptionConfiguration"].get("Rules", [])
    encryption.check_configuration(rules)
    bucket.encryption = {"Rules": [{"BucketKeyEnabled": False, **rules[0]}]}
    return {}


@operation("s3", "GetBucketEncryption", BUCKET, action="GetEncryptionConfiguration", directory_buckets=True)
def get_bucket_encryption(call: CallContext, params: Params) -> Result:
    """How objects are encrypted by default: with SSE-S3 at first.

    Source: GetBucketEncryption; RECORDED, LS test_s3_default_bucket_encryption.
    """
    bucket = require.bucket(call, params)
    return {"ServerSideEncryptionConfiguration": bucket.encryption or encryption.DEFAULT}


@operation(
    "s3", "DeleteBucketEncryption", BUCKET, action="PutEncryptionConfiguration", directory_buckets=True
)
def delete_bucket_encryption(call: CallContext, params: Params) -> Result:
    """Encrypt with SSE-S3 again.

    Source: DeleteBucketEncryption.
    """
    require.bucket(call, params).encryption = None
    return {}
