"""Roles and users for a test to start with, made in IAM without a client: in moto's where moto is active."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from s3tag_mock.exceptions import AwsError, Misuse, did_you_mean
from s3tag_mock.intercept.scope import Scope
from s3tag_mock.operations.caller import Caller
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.context import CallContext
from s3tag_mock.permissions.iam_validation import identity_policy, trust_policy
from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.state import aws_policies

#: A policy: its document, as a dict or JSON; or the name or ARN of a managed one.
Policy = str | Mapping[str, Any]
_NAME: Final = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)


def role(scope: Scope, name: str, policies: tuple[Policy, ...], trust: Policy | None) -> str:
    """Make a role; ``Handle.create_role`` describes it."""
    document = _text(_batch_operations_and(scope) if trust is None else trust)
    wanted = f"create_role({name!r})"
    _checked(wanted, trust_policy, document)
    params = {"RoleName": name, "AssumeRolePolicyDocument": document}
    return _made(scope, wanted, "Role", params, policies)


def user(scope: Scope, name: str, policies: tuple[Policy, ...]) -> str:
    """Make a user; ``Handle.create_user`` describes it."""
    return _made(scope, f"create_user({name!r})", "User", {"UserName": name}, policies)


def _batch_operations_and(scope: Scope) -> Policy:
    """A trust policy: Batch Operations may assume the role, and whoever in the account may do so."""
    partition = partition_of(scope.settings.region).name
    who = {
        "Service": "batchoperations.s3.amazonaws.com",
        "AWS": f"arn:{partition}:iam::{scope.settings.account_id}:root",
    }
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]
    return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": who, "Action": actions}}


def _made(
    scope: Scope, wanted: str, kind: str, params: Mapping[str, str], policies: tuple[Policy, ...]
) -> str:
    named = {f"{kind}Name": params[f"{kind}Name"]}
    if not _NAME.fullmatch(named[f"{kind}Name"]):
        raise Misuse(f"{wanted}: a name is 1 to 64 of letters, digits and _+=,.@-")
    further = [{**named, **one} for one in _policies(scope, wanted, policies)]
    try:
        made = _call(scope, f"Create{kind}", params)
        for one in further:
            _call(scope, f"{'Put' if 'PolicyName' in one else 'Attach'}{kind}Policy", one)
    except AwsError as error:
        raise Misuse(f"{wanted}: {error.message}") from None
    arn: str = made[kind]["Arn"]
    return arn


def _policies(scope: Scope, wanted: str, policies: tuple[Policy, ...]) -> Iterator[dict[str, str]]:
    """What puts or attaches each policy; all are checked before anything is made."""
    partition = partition_of(scope.settings.region).name
    for number, policy in enumerate(policies, 1):
        if isinstance(policy, str) and not policy.lstrip().startswith("{"):
            yield {"PolicyArn": policy if policy.startswith("arn:") else _of_aws(wanted, policy, partition)}
        else:
            text = _text(policy)
            _checked(wanted, identity_policy, text)
            yield {"PolicyName": f"policy{number}", "PolicyDocument": text}


def _of_aws(wanted: str, name: str, partition: str) -> str:
    if name not in aws_policies.NAMES:
        near = did_you_mean(name, aws_policies.NAMES, none_known="")
        raise Misuse(f"{wanted}: no policy of AWS's called {name!r} is known. {near}")
    return aws_policies.arn_of(name, partition)


def _text(policy: Policy) -> str:
    return policy if isinstance(policy, str) else json.dumps(policy)


def _checked(wanted: str, validate: Any, text: str) -> None:
    try:
        validate(text)
    except AwsError as error:
        raise Misuse(f"{wanted}: {error.message}\nThe policy is {text}") from None


def _call(scope: Scope, operation: str, params: Mapping[str, str]) -> Mapping[str, Any]:
    """Call an operation of IAM's, moto's or ours."""
    world, region = scope.world, scope.settings.region
    answer = world.ask_beside("iam", region, operation, params)
    if answer is not None:
        return answer
    record = OPERATIONS["iam", operation]
    call = CallContext(world, world.clock.now(), Caller(scope.settings.account_id), region, record)
    with world.lock:
        return record.run(call, params)
