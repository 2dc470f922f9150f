"""Users and roles that a resource's policy names: whether they exist, and who they are.

AWS keeps the id of whoever is named. So another user of the same name, made after the first was deleted, is
not meant (IAM user guide, "AWS JSON policy elements: Principal").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from s3tag_mock.operations import beside
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.permissions.document import Policy, Principals
from s3tag_mock.rules import arns
from s3tag_mock.state.world import World


def unknown(call: CallContext, policy: Policy) -> Iterator[str]:
    """Users and roles of the account that a policy names, and that aren't there; none while roles are trusted
    that nobody made. Of other accounts nobody knows.
    """
    if call.world.identities.trusts_roles:
        return
    own = Caller(call.account).principal.arn
    ours = tuple(arns.iam(call.region, call.account, kind, "/", "") for kind in ("role", "user"))
    for statement in policy.statements:
        for principals in filter(None, (statement.principals, statement.not_principals)):
            for arn in principals.aws:
                known = arn == own or beside.role_of(call.world, arn) or beside.user_of(call.world, arn)
                if arn.startswith(ours) and not known:
                    yield arn


def ids(world: World, policy: Policy) -> Mapping[str, str]:
    """The ARNs of those that a policy names and that are there, to their ids."""
    named = {arn for one in policy.statements for arn in _named(one.principals) | _named(one.not_principals)}
    found = {arn: id_of(world, arn) for arn in sorted(named)}
    return {arn: found_id for arn, found_id in found.items() if found_id is not None}


def id_of(world: World, arn: str) -> str | None:
    """The id of the user or role that has this ARN."""
    found = beside.role_of(world, arn) or beside.user_of(world, arn)
    return None if found is None else found.id


def with_ids(policy: Policy, ids: Mapping[str, str]) -> Policy:
    """A policy that names some by their ids in the place of their ARNs."""
    return replace(
        policy,
        statements=tuple(
            replace(
                one,
                principals=_with_ids(one.principals, ids),
                not_principals=_with_ids(one.not_principals, ids),
            )
            for one in policy.statements
        ),
    )


def _named(principals: Principals | None) -> set[str]:
    return set() if principals is None else set(principals.aws)


def _with_ids(principals: Principals | None, ids: Mapping[str, str]) -> Principals | None:
    if principals is None:
        return None
    return replace(principals, aws=tuple(ids.get(arn, arn) for arn in principals.aws))
