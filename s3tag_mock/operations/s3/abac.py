"""PutBucketAbac, GetBucketAbac: while ABAC is enabled, tags change through TagResource alone."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation


@operation("s3", "PutBucketAbac", BUCKET, "AbacStatus")
def put_bucket_abac(call: CallContext, params: Params) -> Result:
    """Enable or disable a bucket's attribute-based access control.

    Source: PutBucketAbac; REPORTED argmin. A status that isn't one, or none, is MalformedXML (ASSUMED).
    """
    bucket = require.bucket(call, params)
    status = params["AbacStatus"].get("Status")
    if status is None:
        raise errors.MALFORMED_XML(hint="AbacStatus lacks Status")
    bucket.abac = status == "Enabled"
    return {}


@operation("s3", "GetBucketAbac", BUCKET)
def get_bucket_abac(call: CallContext, params: Params) -> Result:
    """Whether a bucket's attribute-based access control is enabled.

    Source: GetBucketAbac; REPORTED argmin (a fresh bucket answers Disabled).
    """
    bucket = require.bucket(call, params)
    return {"AbacStatus": {"Status": "Enabled" if bucket.abac else "Disabled"}}
