"""PutBucketRequestPayment, GetBucketRequestPayment: who pays for requests."""

from __future__ import annotations

from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation


@operation("s3", "PutBucketRequestPayment", BUCKET, "RequestPaymentConfiguration")
def put_bucket_request_payment(call: CallContext, params: Params) -> Result:
    """Make the requester pay, or the bucket's owner again.

    Another account must then send ``RequestPayer="requester"``, or is denied. Source:
    PutBucketRequestPayment; user guide, "Using Requester Pays buckets".
    """
    bucket = require.bucket(call, params)
    bucket.payer = params["RequestPaymentConfiguration"]["Payer"]
    return {}


@operation("s3", "GetBucketRequestPayment", BUCKET)
def get_bucket_request_payment(call: CallContext, params: Params) -> Result:
    """Who pays for requests: the bucket's owner at first.

    Source: GetBucketRequestPayment.
    """
    return {"Payer": require.bucket(call, params).payer}
