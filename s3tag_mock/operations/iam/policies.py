"""Managed policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import documents, entities, shapes
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs, tag_set_of
from s3tag_mock.rules import arns, iam_tags
from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.state import aws_policies
from s3tag_mock.state.iam import Entity, ManagedPolicy, PolicyVersion

#: How ListEntitiesForPolicy calls kinds: what it filters by, and the list.
_KINDS: Final = {"Group": "PolicyGroups", "Role": "PolicyRoles", "User": "PolicyUsers"}


@operation(
    "iam", "CreatePolicy", "Description Path PolicyDocument PolicyName Tags", also={"TagPolicy": "Tags"}
)
def create_policy(call: CallContext, params: Params) -> Result:
    """Make a managed policy.

    Source: CreatePolicy; RECORDED, LS test_role_attach_policy.
    """
    name, path = params["PolicyName"], params.get("Path", "/")
    document = documents.managed(params["PolicyDocument"])
    tags = iam_tags.given(pairs(params.get("Tags", ())))
    if any(policy.name.lower() == name.lower() for policy in _own(call)):
        raise errors.POLICY_EXISTS(name=name)
    arn = arns.iam(call.region, call.account, "policy", path, name)
    versions = {"v1": PolicyVersion("v1", document, call.second)}
    policy = ManagedPolicy(
        arn, call.world.ids.iam_id("ANPA"), name, path, call.second, call.second, versions, tags=tags
    )
    policy.description = params.get("Description")
    call.world.identities.policies[arn] = policy
    return {"Policy": {**shapes.policy(call, policy), **shapes.tags(tags)}}


@operation("iam", "GetPolicy", "PolicyArn")
def get_policy(call: CallContext, params: Params) -> Result:
    """A managed policy, without its document. That it has an empty list of tags is LIKELY.

    Source: GetPolicy.
    """
    policy = entities.policy(call, params)
    described = {} if policy.description is None else {"Description": policy.description}
    return {"Policy": {**shapes.policy(call, policy), **described, "Tags": tag_set_of(policy.tags)}}


@operation("iam", "ListPolicies", "OnlyAttached PathPrefix PolicyUsageFilter Scope", PAGE)
def list_policies(call: CallContext, params: Params) -> Result:
    """The managed policies, by name: the account's, and those of AWS's that are known here.

    Source: ListPolicies.
    """
    scope, prefix = params.get("Scope"), params.get("PathPrefix", "/")
    policies = [] if scope == "AWS" else list(_own(call))
    if scope != "Local":
        policies += aws_policies.all_of(partition_of(call.region).name)
    found = [
        policy
        for policy in policies
        if policy.path.startswith(prefix)
        and (not params.get("OnlyAttached") or entities.with_policy(call, policy, "PermissionsPolicy"))
        and ("PolicyUsageFilter" not in params or _used(call, policy, params))
    ]
    found.sort(key=_place)
    return page("Policies", found, params, _place, lambda policy: shapes.policy(call, policy))


@operation("iam", "DeletePolicy", "PolicyArn")
def delete_policy(call: CallContext, params: Params) -> Result:
    """Delete a managed policy that is attached to nobody, and has one version.

    Source: DeletePolicy; RECORDED, LS test_delete_non_existent_policy_returns_no_such_entity. That a boundary
    counts as attached is ASSUMED.
    """
    policy = entities.own_policy(call, params)
    if entities.with_policy(call, policy):
        raise errors.POLICY_IS_ATTACHED()
    if len(policy.versions) > 1:
        raise errors.POLICY_HAS_VERSIONS()
    del call.world.identities.policies[policy.arn]
    return {}


@operation("iam", "ListEntitiesForPolicy", "EntityFilter PathPrefix PolicyArn PolicyUsageFilter", PAGE)
def list_entities_for_policy(call: CallContext, params: Params) -> Result:
    """The users, roles and groups that a managed policy is attached to.

    Source: ListEntitiesForPolicy. In which order pages have them is ASSUMED.
    """
    policy = entities.policy(call, params)
    wanted, prefix = params.get("EntityFilter"), params.get("PathPrefix", "/")
    found = [
        entity
        for entity in _used(call, policy, params)
        if entity.path.startswith(prefix) and wanted in {None, entity.word}
    ]
    result = page("Entities", found, params, lambda entity: f"{entity.kind} {entity.name.lower()}")
    shown: list[Entity] = result.pop("Entities")
    for kind, member in _KINDS.items():
        result[member] = [
            {f"{kind}Name": one.name, f"{kind}Id": one.id} for one in shown if one.kind == kind.lower()
        ]
    return result


def _used(call: CallContext, policy: ManagedPolicy, params: Params) -> list[Entity]:
    """Those that have a policy in the way that a call asks for."""
    return entities.with_policy(call, policy, params.get("PolicyUsageFilter"))


def _own(call: CallContext) -> Iterator[ManagedPolicy]:
    policies = call.world.identities.policies.values()
    return (policy for policy in policies if policy.arn.split(":")[4] == call.account)


def _place(policy: ManagedPolicy) -> str:
    """Where a policy stands in a list: one of AWS's may have the name of one of the account's."""
    return f"{policy.name.lower()} {policy.id}"
