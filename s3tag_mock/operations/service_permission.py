"""Whether the caller may call an operation of IAM, STS or the Resource Groups Tagging API.

Their actions have the operations' names, and are on what a call names first. Which resource AccessDenied
shows is REPORTED (pasted many times) for IAM: of what is there its kind and name, of what is made its ARN.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.record import Params
from s3tag_mock.permissions.conditions import Value
from s3tag_mock.rules import arns
from s3tag_mock.state.iam import Entity, Kind

#: Operations of STS that decide over the caller themselves, or that nobody can be denied.
_OWN_DECISION: Final = frozenset({"AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"})
#: The kind of what a call names, by its parameter.
_KINDS: Final[Mapping[str, Kind]] = {
    "InstanceProfileName": "instance-profile",
    "RoleName": "role",
    "GroupName": "group",
    "UserName": "user",
}
_LISTS: Final = {
    "ListGroups": "group",
    "ListInstanceProfiles": "instance-profile",
    "ListRoles": "role",
    "ListUsers": "user",
}


def check(call: CallContext, params: Params) -> None:
    """Refuse a call of a service other than S3, unless the caller's policies allow it.

    :raises AwsError: AccessDenied; InvalidClientTokenId for IAM's calls with a user's temporary credentials.
    """
    service = call.operation.service
    if service in {"s3", "s3control"} or call.operation.name in _OWN_DECISION:
        return
    session = call.caller.session
    if session is not None and call.principal.kind in {"FederatedUser", "User"} and not session.used_mfa:
        if service == "iam":
            raise errors.UNKNOWN_TOKEN_OF_QUERY(
                hint="a user's temporary credentials can't call IAM without MFA"
            )
        if service == "sts":
            raise errors.NOT_WITH_SESSION(operation=call.operation.name)
    if call.caller.is_administrator or service == "sts":
        return
    entity = _named(call, params)
    resource, shown = _resource(call, params, entity)
    for action in call.operation.actions_on(params):
        authorization.check(
            call,
            action,
            resource,
            params,
            shown=shown,
            is_quoted=False,
            resource_tags={} if entity is None else entity.tags,
            further=_keys(call, params, entity),
        )


def _named(call: CallContext, params: Params) -> Entity | None:
    find = call.world.identities.entity
    return next(
        (find(kind, call.account, params[name]) for name, kind in _KINDS.items() if name in params), None
    )


def _resource(call: CallContext, params: Params, entity: Entity | None) -> tuple[str, str | None]:
    """The ARN of what a call is about, and how AccessDenied shows it."""
    name = call.operation.name
    is_new = name in {"CreateGroup", "CreateInstanceProfile", "CreateRole", "CreateUser"}
    for parameter, kind in _KINDS.items():
        if parameter in params:
            path = params.get("Path", "/")
            arn = arns.iam(call.region, call.account, kind, path, params[parameter])
            arn = arn if entity is None or is_new else entity.arn
            return arn, arn if is_new else f"{kind.replace('-', ' ')} {params[parameter]}"
    if "PolicyArn" in params:
        return params["PolicyArn"], f"policy {params['PolicyArn']}"
    if "PolicyName" in params:
        arn = arns.iam(call.region, call.account, "policy", params.get("Path", "/"), params["PolicyName"])
        return arn, arn
    if name in _LISTS:
        arn = arns.iam(call.region, call.account, _LISTS[name], params.get("PathPrefix", "/"), "")
        return arn, arn
    if name == "ListPolicies":
        return "*", f"policy path {params.get('PathPrefix', '/')}"
    if call.operation.service != "iam":
        return "*", None
    if "UserName" in (call.operation.honours or ()) and call.caller.entity is not None:
        # Without a name, such calls are about the calling user.
        return call.principal.principal_arn, f"user {call.caller.entity.name}"
    return "*", "*"


#: What the operations do that have iam:PermissionsBoundary (Service authorization reference, IAM): of one
#: that is there its own, unless the call gives another.
_BOUNDED: Final = re.compile(r"(Attach|Delete|Detach|Put)(Role|User)(PermissionsBoundary|Policy)")


def _keys(call: CallContext, params: Params, entity: Entity | None) -> Mapping[str, Value]:
    named = {"iam:policyarn": "PolicyArn", "iam:permissionsboundary": "PermissionsBoundary"}
    keys: dict[str, Value] = {key: params[name] for key, name in named.items() if name in params}
    if entity is not None:
        if entity.boundary is not None and _BOUNDED.fullmatch(call.operation.name):
            keys.setdefault("iam:permissionsboundary", entity.boundary)
        keys |= {f"iam:resourcetag/{key.lower()}": value for key, value in entity.tags.items()}
    return keys
