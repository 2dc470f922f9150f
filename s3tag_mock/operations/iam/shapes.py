"""What IAM remembers, in boto3's shape.

Source: RECORDED, LS test_create_describe_role, test_role_with_tags, test_role_attach_policy: lists leave tags
and boundaries out (OBSERVED awsdocs/iam-user-guide #81, #82, which shows the boundary's type, too).
"""

from __future__ import annotations

from typing import Any

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities
from s3tag_mock.operations.tag_sets import tag_set_of
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.iam import Entity, InstanceProfile, ManagedPolicy, PolicyVersion, Role

Shape = dict[str, Any]


def entity(found: Entity) -> Shape:
    """What every user, role, group and instance profile has."""
    return {
        "Path": found.path,
        f"{found.word}Name": found.name,
        f"{found.word}Id": found.id,
        "Arn": found.arn,
        "CreateDate": found.created,
    }


def details(found: Entity) -> Shape:
    """The boundary and the tags, where there are any."""
    return {**_boundary(found), **tags(found.tags)}


def created_role(role: Role) -> Shape:
    """As CreateRole answers it."""
    return {
        **entity(role),
        "AssumeRolePolicyDocument": role.trust.text,
        **({} if role.description is None else {"Description": role.description}),
        **details(role),
    }


def listed_role(role: Role) -> Shape:
    """As ListRoles answers it."""
    shape = {**created_role(role), "MaxSessionDuration": role.max_session}
    return {name: value for name, value in shape.items() if name not in {"Tags", "PermissionsBoundary"}}


def role(found: Role) -> Shape:
    """As GetRole answers it: when it was used isn't remembered."""
    return {**created_role(found), "MaxSessionDuration": found.max_session, "RoleLastUsed": {}}


def profile(call: CallContext, found: InstanceProfile) -> Shape:
    """As GetInstanceProfile answers it, but for the tags."""
    held = None if found.role is None else call.world.identities.role(found.account, found.role)
    roles = [] if held is None else [{**entity(held), "AssumeRolePolicyDocument": held.trust.text}]
    return {**entity(found), "Roles": roles}


def policy(call: CallContext, found: ManagedPolicy) -> Shape:
    """As CreatePolicy and ListPolicies answer it."""
    return {
        "PolicyName": found.name,
        "PolicyId": found.id,
        "Arn": found.arn,
        "Path": found.path,
        "DefaultVersionId": found.default,
        "AttachmentCount": len(entities.with_policy(call, found, "PermissionsPolicy")),
        "PermissionsBoundaryUsageCount": len(entities.with_policy(call, found, "PermissionsBoundary")),
        "IsAttachable": True,
        "CreateDate": found.created,
        "UpdateDate": found.updated,
    }


def policy_version(found: ManagedPolicy, version: PolicyVersion, *, with_document: bool = False) -> Shape:
    """A version of a managed policy."""
    return {
        **({"Document": version.document.text} if with_document else {}),
        "VersionId": version.id,
        "IsDefaultVersion": version.id == found.default,
        "CreateDate": version.created,
    }


def tags(found: Tags) -> Shape:
    """Tags, where there are any."""
    return {"Tags": tag_set_of(found)} if found else {}


def _boundary(found: Entity) -> Shape:
    if found.boundary is None:
        return {}
    attached = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": found.boundary}
    return {"PermissionsBoundary": attached}
