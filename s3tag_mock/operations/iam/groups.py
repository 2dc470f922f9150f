"""Groups of users."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities, shapes
from s3tag_mock.operations.iam.deletion import check_deletable
from s3tag_mock.operations.iam.listing import PAGE, page, page_of_entities
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules import iam_limits
from s3tag_mock.state.iam import Entity, User


@operation("iam", "CreateGroup", "GroupName Path")
def create_group(call: CallContext, params: Params) -> Result:
    """Make a group.

    Source: CreateGroup.
    """
    name, path = params["GroupName"], params.get("Path", "/")
    if call.world.identities.group(call.account, name) is not None:
        raise errors.ENTITY_EXISTS(kind="Group", name=name)
    return {"Group": shapes.entity(entities.made(call, Entity, "group", "AGPA", name, path))}


@operation("iam", "GetGroup", "GroupName", PAGE)
def get_group(call: CallContext, params: Params) -> Result:
    """A group, with its users by name.

    Source: GetGroup.
    """
    group = entities.group(call, params)
    users = page("Users", _members(call, group), params, lambda user: user.name.lower(), shapes.entity)
    return {"Group": shapes.entity(group), **users}


@operation("iam", "ListGroups", "PathPrefix", PAGE)
def list_groups(call: CallContext, params: Params) -> Result:
    """The account's groups, by name.

    Source: ListGroups.
    """
    return page_of_entities("Groups", call.world.identities.groups(call.account), params, shapes.entity)


@operation("iam", "DeleteGroup", "GroupName")
def delete_group(call: CallContext, params: Params) -> Result:
    """Delete a group that has no policies and no users.

    Source: DeleteGroup; OBSERVED hashicorp/terraform #29147.
    """
    group = entities.group(call, params)
    check_deletable(group)
    if _members(call, group):
        raise errors.CANNOT_DELETE_ENTITY(first="remove users from group")
    call.world.identities.remove(group)
    return {}


@operation("iam", "AddUserToGroup", "GroupName UserName")
def add_user_to_group(call: CallContext, params: Params) -> Result:
    """Put a user into a group; one who is in it already stays.

    Source: AddUserToGroup.
    """
    group, user = entities.group(call, params), entities.user(call, params)
    if group.name in user.groups:
        return {}
    if len(user.groups) >= iam_limits.GROUPS_OF_USER:
        raise errors.QUOTA_EXCEEDED(quota="GroupsPerUser", limit=str(iam_limits.GROUPS_OF_USER))
    user.groups.append(group.name)
    return {}


@operation("iam", "RemoveUserFromGroup", "GroupName UserName")
def remove_user_from_group(call: CallContext, params: Params) -> Result:
    """Take a user out of a group. That one who isn't in it is no mistake is ASSUMED.

    Source: RemoveUserFromGroup.
    """
    group, user = entities.group(call, params), entities.user(call, params)
    user.groups = [name for name in user.groups if name != group.name]
    return {}


@operation("iam", "ListGroupsForUser", "UserName", PAGE)
def list_groups_for_user(call: CallContext, params: Params) -> Result:
    """The groups that a user is in, by name.

    Source: ListGroupsForUser.
    """
    user = entities.user(call, params)
    found = [group for group in call.world.identities.groups(call.account) if group.name in user.groups]
    return page("Groups", found, params, lambda group: group.name.lower(), shapes.entity)


def _members(call: CallContext, group: Entity) -> list[User]:
    return [user for user in call.world.identities.users(call.account) if group.name in user.groups]
