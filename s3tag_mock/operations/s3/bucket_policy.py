"""PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy, GetBucketPolicyStatus.

A policy decides over other accounts' calls, and its denials over everybody's; statements with a
Condition are stored but decide nothing.
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.rules import policy
from s3tag_mock.state.bucket import Bucket


@operation(
    "s3", "PutBucketPolicy", BUCKET, "Policy", ignores="ConfirmRemoveSelfBucketAccess", directory_buckets=True
)
def put_bucket_policy(call: CallContext, params: Params) -> Result:
    """Replace a bucket's policy; a public one is denied while BlockPublicPolicy is on, as it is at first.

    Source: PutBucketPolicy; RECORDED, LS test_bucket_policy_crud, test_bucket_policy_exc.
    """
    bucket = require.bucket(call, params)
    document = policy.parse(params["Policy"])
    if require.blocks(call, bucket, "BlockPublicPolicy") and policy.is_public(document):
        raise errors.ACCESS_DENIED(hint="BlockPublicPolicy is on, and the policy is public")
    bucket.policy = params["Policy"]
    return {}


@operation("s3", "GetBucketPolicy", BUCKET, access_points=True, directory_buckets=True)
def get_bucket_policy(call: CallContext, params: Params) -> Result:
    """A bucket's policy, as it was put.

    Source: GetBucketPolicy; RECORDED, LS test_bucket_policy_crud.
    """
    return {"Policy": _policy(require.bucket(call, params))}


@operation("s3", "GetBucketPolicyStatus", BUCKET)
def get_bucket_policy_status(call: CallContext, params: Params) -> Result:
    """Whether a bucket's policy is public.

    Source: GetBucketPolicyStatus.
    """
    document = policy.parse(_policy(require.bucket(call, params)))
    return {"PolicyStatus": {"IsPublic": policy.is_public(document)}}


@operation("s3", "DeleteBucketPolicy", BUCKET, directory_buckets=True)
def delete_bucket_policy(call: CallContext, params: Params) -> Result:
    """Remove a bucket's policy; none to remove is no error.

    Source: DeleteBucketPolicy; RECORDED, LS test_bucket_policy_crud.
    """
    require.bucket(call, params).policy = None
    return {}


def _policy(bucket: Bucket) -> str:
    if bucket.policy is None:
        raise errors.NO_SUCH_BUCKET_POLICY(BucketName=bucket.name)
    return bucket.policy
