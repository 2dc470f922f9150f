"""PutBucketVersioning, GetBucketVersioning."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation


@operation("s3", "PutBucketVersioning", BUCKET, "VersioningConfiguration")
def put_bucket_versioning(call: CallContext, params: Params) -> Result:
    """Turn a bucket's versioning on, or suspend it; it never goes back to never having been on.

    MFA delete can't be enabled, since no call can prove a device. Source: PutBucketVersioning; RECORDED, LS
    test_bucket_versioning_crud.
    """
    bucket = require.bucket(call, params)
    status = params["VersioningConfiguration"].get("Status")
    if status is None:
        raise errors.VERSIONING_STATUS_MISSING()
    if params["VersioningConfiguration"].get("MFADelete") == "Enabled":
        raise errors.MFA_WANTED()
    if bucket.object_lock is not None and status != "Enabled":
        raise errors.LOCK_KEEPS_VERSIONING()
    bucket.versioning = status
    return {}


@operation("s3", "GetBucketVersioning", BUCKET)
def get_bucket_versioning(call: CallContext, params: Params) -> Result:
    """Whether versioning is on; without a Status when it never was.

    Source: GetBucketVersioning.
    """
    bucket = require.bucket(call, params)
    return {} if bucket.versioning is None else {"Status": bucket.versioning}
