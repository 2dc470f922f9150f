"""Tags of roles, users, managed policies and instance profiles."""

from __future__ import annotations

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs, tag_set_of
from s3tag_mock.rules import iam_tags
from s3tag_mock.state.iam import Entity, ManagedPolicy


@operation("iam", "TagRole", "RoleName Tags", tags=("resource", "changes"))
def tag_role(call: CallContext, params: Params) -> Result:
    """Add tags to a role's, or change their values.

    Source: TagRole; RECORDED, LS test_role_with_tags.
    """
    return _tag(entities.role(call, params), "TagsPerRole", params)


@operation("iam", "UntagRole", "RoleName TagKeys", tags=("resource", "changes"))
def untag_role(call: CallContext, params: Params) -> Result:
    """Remove some of a role's tags.

    Source: UntagRole.
    """
    return _untag(entities.role(call, params), params)


@operation("iam", "ListRoleTags", "RoleName", PAGE, tags=("resource", "reads"))
def list_role_tags(call: CallContext, params: Params) -> Result:
    """A role's tags.

    Source: ListRoleTags.
    """
    return _list(entities.role(call, params), params)


@operation("iam", "TagUser", "Tags UserName", tags=("resource", "changes"))
def tag_user(call: CallContext, params: Params) -> Result:
    """Add tags to a user's, or change their values.

    Source: TagUser.
    """
    return _tag(entities.user(call, params), "TagsPerUser", params)


@operation("iam", "UntagUser", "TagKeys UserName", tags=("resource", "changes"))
def untag_user(call: CallContext, params: Params) -> Result:
    """Remove some of a user's tags.

    Source: UntagUser.
    """
    return _untag(entities.user(call, params), params)


@operation("iam", "ListUserTags", "UserName", PAGE, tags=("resource", "reads"))
def list_user_tags(call: CallContext, params: Params) -> Result:
    """A user's tags.

    Source: ListUserTags.
    """
    return _list(entities.user(call, params), params)


@operation("iam", "TagPolicy", "PolicyArn Tags", tags=("resource", "changes"))
def tag_policy(call: CallContext, params: Params) -> Result:
    """Add tags to a policy's, or change their values.

    Source: TagPolicy.
    """
    return _tag(entities.own_policy(call, params), "TagsPerPolicy", params)


@operation("iam", "UntagPolicy", "PolicyArn TagKeys", tags=("resource", "changes"))
def untag_policy(call: CallContext, params: Params) -> Result:
    """Remove some of a policy's tags.

    Source: UntagPolicy.
    """
    return _untag(entities.own_policy(call, params), params)


@operation("iam", "ListPolicyTags", "PolicyArn", PAGE, tags=("resource", "reads"))
def list_policy_tags(call: CallContext, params: Params) -> Result:
    """A policy's tags.

    Source: ListPolicyTags.
    """
    return _list(entities.policy(call, params), params)


@operation("iam", "TagInstanceProfile", "InstanceProfileName Tags", tags=("resource", "changes"))
def tag_instance_profile(call: CallContext, params: Params) -> Result:
    """Add tags to an instance profile's, or change their values.

    Source: TagInstanceProfile.
    """
    return _tag(entities.profile(call, params), "TagsPerInstanceProfile", params)


@operation("iam", "UntagInstanceProfile", "InstanceProfileName TagKeys", tags=("resource", "changes"))
def untag_instance_profile(call: CallContext, params: Params) -> Result:
    """Remove some of an instance profile's tags.

    Source: UntagInstanceProfile.
    """
    return _untag(entities.profile(call, params), params)


@operation("iam", "ListInstanceProfileTags", "InstanceProfileName", PAGE, tags=("resource", "reads"))
def list_instance_profile_tags(call: CallContext, params: Params) -> Result:
    """An instance profile's tags.

    Source: ListInstanceProfileTags.
    """
    return _list(entities.profile(call, params), params)


def _tag(tagged: Entity | ManagedPolicy, quota: str, params: Params) -> Result:
    tagged.tags = iam_tags.merged(tagged.tags, pairs(params["Tags"]), quota)
    return {}


def _untag(tagged: Entity | ManagedPolicy, params: Params) -> Result:
    tagged.tags = iam_tags.without(tagged.tags, params["TagKeys"])
    return {}


def _list(tagged: Entity | ManagedPolicy, params: Params) -> Result:
    entries = sorted(tag_set_of(tagged.tags), key=lambda tag: tag["Key"])
    return page("Tags", entries, params, lambda tag: tag["Key"])
