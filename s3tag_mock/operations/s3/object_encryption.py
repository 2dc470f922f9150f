"""UpdateObjectEncryption."""

from __future__ import annotations

from dataclasses import replace

from s3tag_mock import errors
from s3tag_mock.operations import kms_permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import VERSION, Params, Result, operation
from s3tag_mock.rules import encryption


@operation("s3", "UpdateObjectEncryption", VERSION, "ObjectEncryption")
def update_object_encryption(call: CallContext, params: Params) -> Result:
    """Encrypt a version with another key of KMS, without storing it anew; all else stays as it is.

    Source: UpdateObjectEncryption; which of its actions of KMS is for which key is ASSUMED. That it is
    refused for a customer's own key is DOCUMENTED, how is ASSUMED.
    """
    bucket = require.bucket(call, params)
    version = require.tagged_version(call, params, bucket, shown_key=params["Key"])
    wanted = params["ObjectEncryption"].get("SSEKMS")
    if wanted is None:
        raise errors.MALFORMED_XML(hint="ObjectEncryption names no SSE-KMS")
    before = version.properties.encryption
    encryption.check_readable(before, {})
    given = {
        "ServerSideEncryption": "aws:kms",
        "SSEKMSKeyId": wanted["KMSKeyArn"],
        "BucketKeyEnabled": wanted.get("BucketKeyEnabled", False),
    }
    encrypted = encryption.for_new_object(given, None, bucket.region, bucket.owner)
    kms_permission.check(call, params, before, "kms:Decrypt", "kms:ReEncryptFrom")
    kms_permission.check(call, params, encrypted, "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptTo")
    version.properties = replace(version.properties, encryption=encrypted)
    return {}
