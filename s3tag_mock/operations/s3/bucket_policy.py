"""PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy, GetBucketPolicyStatus.

A policy decides over other accounts' calls, and its denials over everybody's.
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import permission, require, role_sessions
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.permissions import validation
from s3tag_mock.permissions.validation import BucketPolicy
from s3tag_mock.state.bucket import Bucket


@operation(
    "s3", "PutBucketPolicy", BUCKET, "Policy", ignores="ConfirmRemoveSelfBucketAccess", directory_buckets=True
)
def put_bucket_policy(call: CallContext, params: Params) -> Result:
    """Replace a bucket's policy; a public one is denied while BlockPublicPolicy is on, as it is at first.

    Source: PutBucketPolicy; RECORDED, LS test_bucket_policy_crud, test_bucket_policy_exc.
    """
    bucket = _own_bucket(call, params)
    policy = validation.bucket_policy(params["Policy"], bucket.arn)
    check_principals(call, policy)
    if permission.blocks(call, bucket, "BlockPublicPolicy") and policy.is_public:
        raise errors.PUBLIC_POLICY_BLOCKED(
            arn=call.principal.arn,
            resource=bucket.arn,
            hint="new buckets block public policies since April 2023, until delete_public_access_block",
        )
    bucket.policy = policy
    return {}


@operation("s3", "GetBucketPolicy", BUCKET, access_points=True, directory_buckets=True)
def get_bucket_policy(call: CallContext, params: Params) -> Result:
    """A bucket's policy, in S3's own layout.

    Source: GetBucketPolicy; RECORDED, LS test_bucket_policy_crud.
    """
    return {"Policy": _policy(_own_bucket(call, params)).text}


@operation("s3", "GetBucketPolicyStatus", BUCKET)
def get_bucket_policy_status(call: CallContext, params: Params) -> Result:
    """Whether a bucket's policy is public.

    Source: GetBucketPolicyStatus.
    """
    return {"PolicyStatus": {"IsPublic": _policy(require.bucket(call, params)).is_public}}


@operation("s3", "DeleteBucketPolicy", BUCKET, directory_buckets=True)
def delete_bucket_policy(call: CallContext, params: Params) -> Result:
    """Remove a bucket's policy; none to remove is no error.

    Source: DeleteBucketPolicy; RECORDED, LS test_bucket_policy_crud.
    """
    _own_bucket(call, params).policy = None
    return {}


def check_principals(call: CallContext, policy: BucketPolicy) -> None:
    """Refuse a policy that names a user or a role that isn't there, unless such roles are trusted.

    :raises AwsError: MalformedPolicy.
    """
    for arn in role_sessions.unknown_principals(call, policy.policy):
        raise errors.POLICY_INVALID_PRINCIPAL(hint=f"nobody made {arn}")


def _own_bucket(call: CallContext, params: Params) -> Bucket:
    """The bucket, for callers of its own account.

    :raises AwsError: MethodNotAllowed for another account's, though the policy lets it in (DOCUMENTED in the
        model of each of the three; the element ResourceType ASSUMED).
    """
    bucket = require.bucket(call, params)
    if bucket.owner != call.account:
        raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="BUCKETPOLICY")
    return bucket


def _policy(bucket: Bucket) -> BucketPolicy:
    if bucket.policy is None:
        raise errors.NO_SUCH_BUCKET_POLICY(BucketName=bucket.name)
    return bucket.policy
