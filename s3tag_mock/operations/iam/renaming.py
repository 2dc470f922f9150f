"""Other names and paths for users and groups. Their ids, policies, keys and members stay.

Source: IAM user guide, "Rename an IAM user", "Rename an IAM user group".
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules import arns
from s3tag_mock.state.iam import Entity


@operation("iam", "UpdateUser", "NewPath NewUserName UserName")
def update_user(call: CallContext, params: Params) -> Result:
    """Give a user another name or path; the caller needs the right for both names.

    Source: UpdateUser.
    """
    return _rename(call, entities.user(call, params), params)


@operation("iam", "UpdateGroup", "GroupName NewGroupName NewPath")
def update_group(call: CallContext, params: Params) -> Result:
    """Give a group another name or path; the caller needs the right for both names.

    Source: UpdateGroup.
    """
    return _rename(call, entities.group(call, params), params)


def _rename(call: CallContext, entity: Entity, params: Params) -> Result:
    name = params.get(f"New{entity.word}Name", entity.name)
    path = params.get("NewPath", entity.path)
    arn = arns.iam(call.region, call.account, entity.kind, path, name)
    authorization.check(call, f"iam:{call.operation.name}", arn, params, is_quoted=False)
    identities = call.world.identities
    if identities.entity(entity.kind, call.account, name) not in {None, entity}:
        raise errors.ENTITY_EXISTS(kind=entity.word, name=name)
    identities.rename(entity, name, path, arn)
    return {}
