"""GetAccountAuthorizationDetails: everything about users, groups, roles and policies at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities, shapes
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.state import aws_policies
from s3tag_mock.state.iam import Entity, ManagedPolicy, Role, User

#: What a call may ask for, to the list in which it is answered.
_LISTS: Final = {
    "User": "UserDetailList",
    "Group": "GroupDetailList",
    "Role": "RoleDetailList",
    "LocalManagedPolicy": "Policies",
    "AWSManagedPolicy": "Policies",
}


class _Entry(NamedTuple):
    """One of everything: its place among all, its kind as a call asks for it, and it."""

    place: str
    kind: str
    shape: dict[str, Any]


@operation("iam", "GetAccountAuthorizationDetails", "Filter", PAGE)
def get_account_authorization_details(call: CallContext, params: Params) -> Result:
    """All users, groups, roles and managed policies with their documents; of AWS's policies those in use.

    Source: GetAccountAuthorizationDetails. In which order pages have them is ASSUMED.
    """
    wanted = params.get("Filter") or list(_LISTS)
    found = sorted(entry for entry in _entries(call) if entry.kind in wanted)
    result = page("Entries", found, params, lambda entry: entry.place)
    shown: list[_Entry] = result.pop("Entries")
    lists = {name: [one.shape for one in shown if _LISTS[one.kind] == name] for name in _LISTS.values()}
    return {**lists, **result}


def _entries(call: CallContext) -> Iterator[_Entry]:
    identities = call.world.identities
    for user in identities.users(call.account):
        groups = {"GroupList": user.groups}
        yield _entry("User", user, {**_details(call, user, "UserPolicyList"), **groups})
    for group in identities.groups(call.account):
        yield _entry("Group", group, _details(call, group, "GroupPolicyList"))
    for role in identities.roles(call.account):
        profiles = [shapes.profile(call, one) for one in entities.profiles_of(call, role)]
        trust = {"AssumeRolePolicyDocument": role.trust.text, "InstanceProfileList": profiles}
        yield _entry("Role", role, {**_details(call, role, "RolePolicyList"), **trust, "RoleLastUsed": {}})
    for policy in identities.policies.values():
        if policy.arn.split(":")[4] == call.account:
            yield _entry("LocalManagedPolicy", policy, _policy(call, policy))
    for policy in aws_policies.all_of(partition_of(call.region).name):
        if entities.with_policy(call, policy):
            yield _entry("AWSManagedPolicy", policy, _policy(call, policy))


def _entry(kind: str, one: Entity | ManagedPolicy, shape: dict[str, Any]) -> _Entry:
    return _Entry(f"{kind} {one.name.lower()}", kind, shape)


def _details(call: CallContext, entity: User | Role | Entity, inline: str) -> dict[str, Any]:
    attached = filter(None, (entities.find_policy(call, arn) for arn in entity.attached))
    return {
        **shapes.entity(entity),
        **shapes.tags(entity.tags),
        inline: [
            {"PolicyName": name, "PolicyDocument": document.text} for name, document in entity.inline.items()
        ],
        "AttachedManagedPolicies": [{"PolicyName": one.name, "PolicyArn": one.arn} for one in attached],
    }


def _policy(call: CallContext, policy: ManagedPolicy) -> dict[str, Any]:
    versions = [
        shapes.policy_version(policy, version, with_document=True) for version in policy.versions.values()
    ]
    return {**shapes.policy(call, policy), "PolicyVersionList": versions}
