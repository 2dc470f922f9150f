"""Inline policies of roles, users and groups."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import documents, entities
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules import iam_limits
from s3tag_mock.state.iam import Document, Entity


@operation("iam", "PutRolePolicy", "PolicyDocument PolicyName RoleName")
def put_role_policy(call: CallContext, params: Params) -> Result:
    """Put a policy into a role, in the place of one of the same name.

    Source: PutRolePolicy; RECORDED, LS test_put_role_policy_encoding.
    """
    return _put(call, params)


@operation("iam", "GetRolePolicy", "PolicyName RoleName")
def get_role_policy(call: CallContext, params: Params) -> Result:
    """A policy of a role's.

    Source: GetRolePolicy; RECORDED, LS test_put_role_policy_encoding.
    """
    return _get(call, params)


@operation("iam", "ListRolePolicies", "RoleName", PAGE)
def list_role_policies(call: CallContext, params: Params) -> Result:
    """The names of a role's inline policies.

    Source: ListRolePolicies.
    """
    return _list(call, params)


@operation("iam", "DeleteRolePolicy", "PolicyName RoleName")
def delete_role_policy(call: CallContext, params: Params) -> Result:
    """Delete a policy of a role's.

    Source: DeleteRolePolicy.
    """
    return _delete(call, params)


@operation("iam", "PutUserPolicy", "PolicyDocument PolicyName UserName")
def put_user_policy(call: CallContext, params: Params) -> Result:
    """Put a policy into a user, in the place of one of the same name.

    Source: PutUserPolicy; RECORDED, LS test_put_user_policy_encoding.
    """
    return _put(call, params)


@operation("iam", "GetUserPolicy", "PolicyName UserName")
def get_user_policy(call: CallContext, params: Params) -> Result:
    """A policy of a user's.

    Source: GetUserPolicy; RECORDED, LS test_put_user_policy_encoding.
    """
    return _get(call, params)


@operation("iam", "ListUserPolicies", "UserName", PAGE)
def list_user_policies(call: CallContext, params: Params) -> Result:
    """The names of a user's inline policies.

    Source: ListUserPolicies.
    """
    return _list(call, params)


@operation("iam", "DeleteUserPolicy", "PolicyName UserName")
def delete_user_policy(call: CallContext, params: Params) -> Result:
    """Delete a policy of a user's.

    Source: DeleteUserPolicy.
    """
    return _delete(call, params)


@operation("iam", "PutGroupPolicy", "GroupName PolicyDocument PolicyName")
def put_group_policy(call: CallContext, params: Params) -> Result:
    """Put a policy into a group, in the place of one of the same name.

    Source: PutGroupPolicy; RECORDED, LS test_put_group_policy_encoding.
    """
    return _put(call, params)


@operation("iam", "GetGroupPolicy", "GroupName PolicyName")
def get_group_policy(call: CallContext, params: Params) -> Result:
    """A policy of a group's.

    Source: GetGroupPolicy; RECORDED, LS test_put_group_policy_encoding.
    """
    return _get(call, params)


@operation("iam", "ListGroupPolicies", "GroupName", PAGE)
def list_group_policies(call: CallContext, params: Params) -> Result:
    """The names of a group's inline policies.

    Source: ListGroupPolicies.
    """
    return _list(call, params)


@operation("iam", "DeleteGroupPolicy", "GroupName PolicyName")
def delete_group_policy(call: CallContext, params: Params) -> Result:
    """Delete a policy of a group's.

    Source: DeleteGroupPolicy.
    """
    return _delete(call, params)


def _put(call: CallContext, params: Params) -> Result:
    entity = entities.named(call, params)
    document = documents.inline(params["PolicyDocument"])
    after = {**entity.inline, params["PolicyName"]: document}
    limit = iam_limits.INLINE_POLICIES_SIZE[entity.kind]
    if sum(iam_limits.size(one.text) for one in after.values()) > limit:
        raise errors.INLINE_POLICIES_TOO_LARGE(size=str(limit), kind=entity.kind, name=entity.name)
    entity.inline = after
    return {}


def _get(call: CallContext, params: Params) -> Result:
    entity = entities.named(call, params)
    document = _policy(entity, params)
    return {
        entities.name_parameter(entity): entity.name,
        "PolicyName": params["PolicyName"],
        "PolicyDocument": document.text,
    }


def _list(call: CallContext, params: Params) -> Result:
    names = sorted(entities.named(call, params).inline)
    return page("PolicyNames", names, params, lambda name: name)


def _delete(call: CallContext, params: Params) -> Result:
    entity = entities.named(call, params)
    _policy(entity, params)
    del entity.inline[params["PolicyName"]]
    return {}


def _policy(entity: Entity, params: Params) -> Document:
    name = params["PolicyName"]
    if name not in entity.inline:
        raise errors.NO_SUCH_ENTITY(kind=f"{entity.kind} policy", name=name)
    return entity.inline[name]
