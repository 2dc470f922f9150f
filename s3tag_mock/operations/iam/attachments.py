"""Managed policies that are attached to roles, users and groups."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules import iam_limits


@operation("iam", "AttachRolePolicy", "PolicyArn RoleName")
def attach_role_policy(call: CallContext, params: Params) -> Result:
    """Attach a managed policy to a role; one that is attached already stays.

    Source: AttachRolePolicy; RECORDED, LS test_role_attach_policy.
    """
    return _attach(call, params)


@operation("iam", "DetachRolePolicy", "PolicyArn RoleName")
def detach_role_policy(call: CallContext, params: Params) -> Result:
    """Detach a managed policy from a role.

    Source: DetachRolePolicy.
    """
    return _detach(call, params)


@operation("iam", "ListAttachedRolePolicies", "PathPrefix RoleName", PAGE)
def list_attached_role_policies(call: CallContext, params: Params) -> Result:
    """The managed policies of a role, as they were attached.

    Source: ListAttachedRolePolicies.
    """
    return _list(call, params)


@operation("iam", "AttachUserPolicy", "PolicyArn UserName")
def attach_user_policy(call: CallContext, params: Params) -> Result:
    """Attach a managed policy to a user; one that is attached already stays.

    Source: AttachUserPolicy; RECORDED, LS test_user_attach_policy.
    """
    return _attach(call, params)


@operation("iam", "DetachUserPolicy", "PolicyArn UserName")
def detach_user_policy(call: CallContext, params: Params) -> Result:
    """Detach a managed policy from a user.

    Source: DetachUserPolicy.
    """
    return _detach(call, params)


@operation("iam", "ListAttachedUserPolicies", "PathPrefix UserName", PAGE)
def list_attached_user_policies(call: CallContext, params: Params) -> Result:
    """The managed policies of a user, as they were attached.

    Source: ListAttachedUserPolicies.
    """
    return _list(call, params)


@operation("iam", "AttachGroupPolicy", "GroupName PolicyArn")
def attach_group_policy(call: CallContext, params: Params) -> Result:
    """Attach a managed policy to a group; one that is attached already stays.

    Source: AttachGroupPolicy.
    """
    return _attach(call, params)


@operation("iam", "DetachGroupPolicy", "GroupName PolicyArn")
def detach_group_policy(call: CallContext, params: Params) -> Result:
    """Detach a managed policy from a group.

    Source: DetachGroupPolicy.
    """
    return _detach(call, params)


@operation("iam", "ListAttachedGroupPolicies", "GroupName PathPrefix", PAGE)
def list_attached_group_policies(call: CallContext, params: Params) -> Result:
    """The managed policies of a group, as they were attached.

    Source: ListAttachedGroupPolicies.
    """
    return _list(call, params)


def _attach(call: CallContext, params: Params) -> Result:
    arn = params["PolicyArn"]
    policy, entity = entities.find_policy(call, arn), entities.named(call, params)
    if policy is None:
        raise errors.POLICY_NOT_ATTACHABLE(arn=arn)
    if arn in entity.attached:
        return {}
    limit = iam_limits.ATTACHED_POLICIES
    if len(entity.attached) >= limit:
        raise errors.QUOTA_EXCEEDED(quota=f"PoliciesPer{entity.word}", limit=str(limit))
    entity.attached.append(arn)
    return {}


def _detach(call: CallContext, params: Params) -> Result:
    arn = params["PolicyArn"]
    policy, entity = entities.find_policy(call, arn), entities.named(call, params)
    if policy is None or arn not in entity.attached:
        raise errors.NO_SUCH_POLICY(arn=arn)
    entity.attached.remove(arn)
    return {}


def _list(call: CallContext, params: Params) -> Result:
    prefix = params.get("PathPrefix", "/")
    attached = entities.named(call, params).attached
    places = {arn: f"{place:02}" for place, arn in enumerate(attached)}
    found = [policy for arn in attached if (policy := entities.find_policy(call, arn)) is not None]
    return page(
        "AttachedPolicies",
        [policy for policy in found if policy.path.startswith(prefix)],
        params,
        lambda policy: places[policy.arn],
        lambda policy: {"PolicyName": policy.name, "PolicyArn": policy.arn},
    )
