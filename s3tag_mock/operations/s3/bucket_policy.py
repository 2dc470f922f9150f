"""PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy, GetBucketPolicyStatus.

A policy decides over other accounts' calls, and its denials over everybody's.
"""

from __future__ import annotations

from dataclasses import replace

from s3tag_mock import errors
from s3tag_mock.operations import named_principals, permission, require
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
    policy = known(call, policy)
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
    return {"Policy": shown(call, _policy(_own_bucket(call, params)))}


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


def known(call: CallContext, policy: BucketPolicy) -> BucketPolicy:
    """A policy with the ids of the users and roles that it names.

    :raises AwsError: MalformedPolicy, for one that isn't there, unless such roles are trusted.
    """
    for arn in named_principals.unknown(call, policy.policy):
        raise errors.POLICY_INVALID_PRINCIPAL(hint=f"nobody made {arn}")
    ids = named_principals.ids(call.world, policy.policy)
    return replace(policy, policy=named_principals.with_ids(policy.policy, ids), ids=ids)


def shown(call: CallContext, policy: BucketPolicy) -> str:
    """The text of a policy, with the ids of those that were deleted."""
    text = policy.text
    for arn, id_then in policy.ids.items():
        if named_principals.id_of(call.world, arn) != id_then:
            text = text.replace(f'"{arn}"', f'"{id_then}"')
    return text


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
