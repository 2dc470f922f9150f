"""Callers that a test chooses by their ARN: whose calls a client makes, and what policies let somebody do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from s3tag_mock.exceptions import Misuse, UnknownName, did_you_mean
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations import authorization, permission
from s3tag_mock.operations.caller import USER_NAME, Caller
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.credentials import caller_as
from s3tag_mock.permissions.conditions import Value
from s3tag_mock.permissions.decision import Decision
from s3tag_mock.rules import arns
from s3tag_mock.rules.access_keys import lent_key
from s3tag_mock.state.buckets import Buckets
from s3tag_mock.state.world import World

#: The values of condition keys, as a test writes them.
Context = Mapping[str, str | bool | float | Iterable[str]]
_ACTION: Final = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9]+")


def key_of(scope: Scope, arn: str, account_id: str | None) -> str:
    """The access key of a client whose calls are somebody's.

    :param arn: of a user or a role.
    :raises UnknownName: for one that nobody made; Misuse for an account beside it.
    """
    if account_id is not None:
        raise Misuse(f"as_={arn!r} has its account: leave account_id={account_id!r} out.")
    _caller(scope.world, arn)
    key = lent_key(arn)
    scope.world.identities.lent[key] = arn
    return key


def explain(scope: Scope, action: str, resource: str, arn: str, context: Context) -> Decision:
    """What policies decide; ``Handle.explain`` describes it."""
    if not _ACTION.fullmatch(action):
        raise Misuse(f"{action!r} is no action. Write one such as 's3:PutObjectTagging'.")
    if resource != "*" and not resource.startswith("arn:"):
        raise Misuse(f"{resource!r} is no ARN. Write one such as 'arn:aws:s3:::bucket/key', or '*'.")
    world, settings = scope.world, scope.settings
    own = arn == f"arn:aws:iam::{settings.account_id}:user/{USER_NAME}"
    caller = Caller(settings.account_id) if own else _caller(world, arn)
    call = CallContext(world, world.clock.now(), caller, settings.region)
    further = {key.lower(): _value(value) for key, value in context.items()}
    name, key = arns.bucket_and_key_of(resource) or (arns.bucket_of(resource), None)
    partition = resource.partition(":")[2].partition(":")[0]
    with world.lock:
        owner = world.partitions.get(partition, Buckets()).get(name or "")
        if owner is None:
            return authorization.decision(call, action, resource, {}, further=further)
        params = {"Bucket": owner.name} if key is None else {"Bucket": owner.name, "Key": key}
        return permission.decision(call, owner, params, action, further=further)


def _caller(world: World, arn: str) -> Caller:
    found = caller_as(world, arn)
    if found is None:
        near = did_you_mean(arn, world.identities.arns(), none_known="No role and no user was made.")
        raise UnknownName(f"There is no role or user {arn!r}. {near}")
    return found


def _value(value: str | bool | float | Iterable[str]) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)):
        return str(value).lower()
    return tuple(value)
