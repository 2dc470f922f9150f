"""Users."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import boundaries, entities, shapes
from s3tag_mock.operations.iam.deletion import check_deletable
from s3tag_mock.operations.iam.listing import PAGE, page_of_entities
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import iam_tags
from s3tag_mock.state.iam import User

#: When the user was made that a mock's own credentials are.
_LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=timezone.utc)


@operation("iam", "CreateUser", "Path PermissionsBoundary Tags UserName", also={"TagUser": "Tags"})
def create_user(call: CallContext, params: Params) -> Result:
    """Make a user.

    Source: CreateUser; RECORDED, LS test_user_attach_policy.
    """
    name, path = params["UserName"], params.get("Path", "/")
    boundary = boundaries.given(call, params)
    tags = iam_tags.given(pairs(params.get("Tags", ())))
    if call.world.identities.user(call.account, name) is not None:
        raise errors.ENTITY_EXISTS(kind="User", name=name)
    user = entities.made(call, User, "user", "AIDA", name, path, tags=tags, boundary=boundary)
    return {"User": {**shapes.entity(user), **shapes.details(user)}}


@operation("iam", "GetUser", "UserName")
def get_user(call: CallContext, params: Params) -> Result:
    """A user; without a name, the caller.

    Source: GetUser. When the mock's own user was made is ASSUMED.
    """
    caller = call.principal
    name = params.get("UserName", caller.user_name)
    if name is None:
        raise errors.NOT_A_USER()
    if name == caller.user_name and call.world.identities.user(call.account, name) is None:
        shown = {"Arn": caller.arn, "UserId": caller.user_id, "CreateDate": _LONG_AGO, "Path": "/"}
        return {"User": {**shown, "UserName": name}}
    user = entities.user(call, {"UserName": name})
    return {"User": {**shapes.entity(user), **shapes.details(user)}}


@operation("iam", "ListUsers", "PathPrefix", PAGE)
def list_users(call: CallContext, params: Params) -> Result:
    """The account's users, by name; not the one that a mock's own credentials are.

    Source: ListUsers.
    """
    return page_of_entities("Users", call.world.identities.users(call.account), params, shapes.entity)


@operation("iam", "DeleteUser", "UserName")
def delete_user(call: CallContext, params: Params) -> Result:
    """Delete a user that has no policies and no access keys, and is in no group.

    Source: DeleteUser; OBSERVED mozilla-services/userplex #17, aws-controllers-k8s/community #2229. The
    order of the checks is ASSUMED.
    """
    user = entities.user(call, params)
    check_deletable(user)
    if user.groups:
        raise errors.CANNOT_DELETE_ENTITY(first="remove users from group", hint=", ".join(user.groups))
    if any(entities.keys_of(call, user)):
        raise errors.CANNOT_DELETE_ENTITY(first="delete access keys")
    call.world.identities.remove(user)
    return {}
