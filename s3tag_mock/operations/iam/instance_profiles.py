"""Instance profiles, by which instances of EC2 get a role."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities, shapes
from s3tag_mock.operations.iam.listing import PAGE, page_of_entities
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import iam_limits, iam_tags
from s3tag_mock.state.iam import InstanceProfile


@operation(
    "iam", "CreateInstanceProfile", "InstanceProfileName Path Tags", also={"TagInstanceProfile": "Tags"}
)
def create_instance_profile(call: CallContext, params: Params) -> Result:
    """Make an instance profile.

    Source: CreateInstanceProfile.
    """
    name, path = params["InstanceProfileName"], params.get("Path", "/")
    tags = iam_tags.given(pairs(params.get("Tags", ())))
    identities = call.world.identities
    if identities.profile(call.account, name) is not None:
        raise errors.PROFILE_EXISTS(name=name)
    if sum(1 for _ in identities.profiles(call.account)) >= iam_limits.INSTANCE_PROFILES:
        raise errors.QUOTA_EXCEEDED(
            quota="InstanceProfilesPerAccount", limit=str(iam_limits.INSTANCE_PROFILES)
        )
    profile = entities.made(call, InstanceProfile, "instance-profile", "AIPA", name, path, tags=tags)
    return {"InstanceProfile": {**shapes.profile(call, profile), **shapes.tags(tags)}}


@operation("iam", "GetInstanceProfile", "InstanceProfileName")
def get_instance_profile(call: CallContext, params: Params) -> Result:
    """An instance profile, with its role.

    Source: GetInstanceProfile.
    """
    profile = entities.profile(call, params)
    return {"InstanceProfile": {**shapes.profile(call, profile), **shapes.tags(profile.tags)}}


@operation("iam", "ListInstanceProfiles", "PathPrefix", PAGE)
def list_instance_profiles(call: CallContext, params: Params) -> Result:
    """The account's instance profiles, by name.

    Source: ListInstanceProfiles.
    """
    found = call.world.identities.profiles(call.account)
    return page_of_entities("InstanceProfiles", found, params, lambda one: shapes.profile(call, one))


@operation("iam", "AddRoleToInstanceProfile", "InstanceProfileName RoleName")
def add_role_to_instance_profile(call: CallContext, params: Params) -> Result:
    """Put a role into an instance profile that has none; whoever does must be allowed to pass it on.

    Source: AddRoleToInstanceProfile; OBSERVED getmoto/moto #6404. That the role that is in it already is one
    too many is ASSUMED.
    """
    profile, role = entities.profile(call, params), entities.role(call, params)
    authorization.check_pass_role(call, role.arn, "ec2.amazonaws.com", params)
    if profile.role is not None:
        raise errors.QUOTA_EXCEEDED(
            quota="InstanceSessionsPerInstanceProfile", limit=str(iam_limits.ROLES_OF_PROFILE)
        )
    profile.role = role.name
    return {}


@operation("iam", "RemoveRoleFromInstanceProfile", "InstanceProfileName RoleName")
def remove_role_from_instance_profile(call: CallContext, params: Params) -> Result:
    """Take a role out of an instance profile.

    Source: RemoveRoleFromInstanceProfile. What a role that isn't in it is answered is ASSUMED.
    """
    profile, role = entities.profile(call, params), entities.role(call, params)
    if profile.role != role.name:
        hint = f"it isn't in the instance profile {profile.name}"
        raise errors.NO_SUCH_ENTITY(kind="role", name=role.name, hint=hint)
    profile.role = None
    return {}


@operation("iam", "DeleteInstanceProfile", "InstanceProfileName")
def delete_instance_profile(call: CallContext, params: Params) -> Result:
    """Delete an instance profile without a role.

    Source: DeleteInstanceProfile; OBSERVED cloud-custodian #6044.
    """
    profile = entities.profile(call, params)
    if profile.role is not None:
        raise errors.CANNOT_DELETE_ENTITY(first="remove roles from instance profile", hint=profile.role)
    call.world.identities.remove(profile)
    return {}
