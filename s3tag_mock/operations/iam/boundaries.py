"""Permissions boundaries of roles and users."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities
from s3tag_mock.operations.registry import Params, Result, operation


def given(call: CallContext, params: Params) -> str | None:
    """The boundary that a call gives, if it does.

    :raises AwsError: NoSuchEntity, for a policy that isn't there.
    """
    arn: str | None = params.get("PermissionsBoundary")
    if arn is not None and entities.find_policy(call, arn) is None:
        raise errors.BOUNDARY_NOT_ATTACHABLE(arn=arn)
    return arn


@operation("iam", "PutRolePermissionsBoundary", "PermissionsBoundary RoleName")
def put_role_permissions_boundary(call: CallContext, params: Params) -> Result:
    """Say what a role may do at most.

    Source: PutRolePermissionsBoundary.
    """
    return _put(call, params)


@operation("iam", "PutUserPermissionsBoundary", "PermissionsBoundary UserName")
def put_user_permissions_boundary(call: CallContext, params: Params) -> Result:
    """Say what a user may do at most.

    Source: PutUserPermissionsBoundary.
    """
    return _put(call, params)


@operation("iam", "DeleteRolePermissionsBoundary", "RoleName")
def delete_role_permissions_boundary(call: CallContext, params: Params) -> Result:
    """Let a role do all that its policies allow.

    Source: DeleteRolePermissionsBoundary.
    """
    return _delete(call, params)


@operation("iam", "DeleteUserPermissionsBoundary", "UserName")
def delete_user_permissions_boundary(call: CallContext, params: Params) -> Result:
    """Let a user do all that its policies allow.

    Source: DeleteUserPermissionsBoundary.
    """
    return _delete(call, params)


def _put(call: CallContext, params: Params) -> Result:
    entity = entities.named(call, params)
    entity.boundary = given(call, params)
    return {}


def _delete(call: CallContext, params: Params) -> Result:
    entity = entities.named(call, params)
    if entity.boundary is None:
        raise errors.NO_SUCH_BOUNDARY(kind=entity.word, name=entity.name)
    entity.boundary = None
    return {}
