"""PutAccessPointPolicy, GetAccessPointPolicy, GetAccessPointPolicyStatus, DeleteAccessPointPolicy.

What a policy denies, it denies to everybody who comes through the access point; callers of other accounts
need it to allow what the bucket's policy allows them.
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.s3.bucket_policy import known, shown
from s3tag_mock.operations.s3control.access_points import find
from s3tag_mock.permissions import validation
from s3tag_mock.permissions.validation import BucketPolicy
from s3tag_mock.state.access_point import AccessPoint


@operation("s3control", "PutAccessPointPolicy", "AccountId Name Policy")
def put_access_point_policy(call: CallContext, params: Params) -> Result:
    """Replace an access point's policy; a public one is denied while its BlockPublicPolicy is on.

    Source: PutAccessPointPolicy; the refusals LIKELY those of bucket policies.
    """
    point = find(call, params)
    policy = validation.access_point_policy(params["Policy"], point.arn)
    policy = known(call, policy)
    account = call.world.account_public_access_blocks.get(point.account, {})
    blocked = point.public_access_block["BlockPublicPolicy"] or account.get("BlockPublicPolicy", False)
    if policy.is_public and blocked:
        raise errors.ACCESS_DENIED(hint="the policy is public, and BlockPublicPolicy is on")
    point.policy = policy
    return {}


@operation("s3control", "GetAccessPointPolicy", "AccountId Name")
def get_access_point_policy(call: CallContext, params: Params) -> Result:
    """An access point's policy, in S3's own layout.

    Source: GetAccessPointPolicy.
    """
    return {"Policy": shown(call, _policy(find(call, params)))}


@operation("s3control", "GetAccessPointPolicyStatus", "AccountId Name")
def get_access_point_policy_status(call: CallContext, params: Params) -> Result:
    """Whether an access point's policy is public.

    Source: GetAccessPointPolicyStatus; that there must be a policy is LIKELY.
    """
    return {"PolicyStatus": {"IsPublic": _policy(find(call, params)).is_public}}


@operation("s3control", "DeleteAccessPointPolicy", "AccountId Name")
def delete_access_point_policy(call: CallContext, params: Params) -> Result:
    """Remove an access point's policy; none to remove is no error.

    Source: DeleteAccessPointPolicy.
    """
    find(call, params).policy = None
    return {}


def _policy(point: AccessPoint) -> BucketPolicy:
    if point.policy is None:
        raise errors.NO_SUCH_ACCESS_POINT_POLICY(AccessPointName=point.name)
    return point.policy
