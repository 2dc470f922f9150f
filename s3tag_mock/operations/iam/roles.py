"""Roles."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import boundaries, documents, entities, shapes
from s3tag_mock.operations.iam.deletion import check_deletable
from s3tag_mock.operations.iam.listing import PAGE, page_of_entities
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import iam_tags
from s3tag_mock.state.iam import Role


@operation(
    "iam",
    "CreateRole",
    "AssumeRolePolicyDocument Description MaxSessionDuration Path PermissionsBoundary RoleName Tags",
    also={"TagRole": "Tags"},
)
def create_role(call: CallContext, params: Params) -> Result:
    """Make a role. That its document is checked before its name is ASSUMED.

    Source: CreateRole; RECORDED, LS test_create_describe_role.
    """
    name, path = params["RoleName"], params.get("Path", "/")
    trust = documents.trust(call, params["AssumeRolePolicyDocument"])
    boundary = boundaries.given(call, params)
    tags = iam_tags.given(pairs(params.get("Tags", ())))
    if call.world.identities.role(call.account, name) is not None:
        raise errors.ENTITY_EXISTS(kind="Role", name=name)
    role = entities.made(
        call,
        Role,
        "role",
        "AROA",
        name,
        path,
        tags=tags,
        boundary=boundary,
        trust=trust,
        description=params.get("Description"),
        max_session=params.get("MaxSessionDuration", 3600),
    )
    return {"Role": shapes.created_role(role)}


@operation("iam", "GetRole", "RoleName")
def get_role(call: CallContext, params: Params) -> Result:
    """A role.

    Source: GetRole; RECORDED, LS test_create_describe_role.
    """
    return {"Role": shapes.role(entities.role(call, params))}


@operation("iam", "ListRoles", "PathPrefix", PAGE)
def list_roles(call: CallContext, params: Params) -> Result:
    """The account's roles, by name.

    Source: ListRoles; RECORDED, LS test_create_describe_role.
    """
    return page_of_entities("Roles", call.world.identities.roles(call.account), params, shapes.listed_role)


@operation("iam", "UpdateRole", "Description MaxSessionDuration RoleName")
def update_role(call: CallContext, params: Params) -> Result:
    """Change a role's description or its sessions' length.

    Source: UpdateRole. That what isn't given stays is ASSUMED.
    """
    role = entities.role(call, params)
    role.description = params.get("Description", role.description)
    role.max_session = params.get("MaxSessionDuration", role.max_session)
    return {}


@operation("iam", "UpdateRoleDescription", "Description RoleName")
def update_role_description(call: CallContext, params: Params) -> Result:
    """Change a role's description.

    Source: UpdateRoleDescription.
    """
    role = entities.role(call, params)
    role.description = params["Description"]
    return {"Role": shapes.listed_role(role)}


@operation("iam", "UpdateAssumeRolePolicy", "PolicyDocument RoleName")
def update_assume_role_policy(call: CallContext, params: Params) -> Result:
    """Change who may assume a role.

    Source: UpdateAssumeRolePolicy; RECORDED, LS test_update_assume_role_policy.
    """
    role = entities.role(call, params)
    role.trust = documents.trust(call, params["PolicyDocument"])
    return {}


@operation("iam", "ListInstanceProfilesForRole", "RoleName", PAGE)
def list_instance_profiles_for_role(call: CallContext, params: Params) -> Result:
    """The instance profiles that a role is in, by name.

    Source: ListInstanceProfilesForRole.
    """
    found = entities.profiles_of(call, entities.role(call, params))
    return page_of_entities("InstanceProfiles", found, params, lambda one: shapes.profile(call, one))


@operation("iam", "DeleteRole", "RoleName")
def delete_role(call: CallContext, params: Params) -> Result:
    """Delete a role that has no policies, and is in no instance profile.

    Source: DeleteRole; RECORDED, LS test_role_with_path_lifecycle; OBSERVED cloud-custodian #6340. That
    instance profiles are looked at first is ASSUMED.
    """
    role = entities.role(call, params)
    if entities.profiles_of(call, role):
        raise errors.CANNOT_DELETE_ENTITY(first="remove roles from instance profile")
    check_deletable(role)
    call.world.identities.remove(role)
    return {}
