"""AssumeRole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations import role_sessions
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.role_sessions import Assumable
from s3tag_mock.operations.sts import issuing

ROLE_ARN: Final = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/.+")
#: The longest session of a role that another role's session assumes, in seconds.
_LONGEST_CHAINED: Final = 3600


@operation(
    "sts",
    "AssumeRole",
    "RoleArn RoleSessionName PolicyArns Policy DurationSeconds Tags TransitiveTagKeys ExternalId",
    "SourceIdentity SerialNumber TokenCode",
    ignores="MinimumSessionTokenSize",
)
def assume_role(call: CallContext, params: Params) -> Result:
    """Credentials of a session of a role, if its trust policy and the caller's policies allow it.

    A role that nobody made is trusted by default. Any code of an MFA device is taken.
    Source: AssumeRole; RECORDED, LS test_assume_role, test_sts_invalid_parameters,
    test_assume_role_tag_validation, test_iam_role_chaining_override_transitive_tags. That tags and policies
    are checked before the trust policy is ASSUMED.
    """
    arn = params["RoleArn"]
    if ROLE_ARN.fullmatch(arn) is None:
        raise errors.INVALID_ROLE_ARN(arn=arn)
    tags, transitive = _tags(call, params)
    policies = issuing.policies_of(call, params)
    calling = call.caller.session
    identity = params.get("SourceIdentity", None if calling is None else calling.identity)
    role = _allowed(call, params, arn, tags, transitive, identity)
    seconds = params.get("DurationSeconds", 3600)
    if seconds > role.max_session:
        raise errors.SESSION_TOO_LONG(hint=f"it is {role.max_session}")
    if call.principal.kind == "AssumedRole" and seconds > _LONGEST_CHAINED:
        raise errors.CHAINED_SESSION_TOO_LONG()
    session = role.session(params["RoleSessionName"], tags)
    credentials = issuing.issue(
        call,
        session,
        role.role,
        seconds,
        policies=policies if {"Policy", "PolicyArns"} & params.keys() else None,
        transitive=frozenset(transitive),
        identity=identity,
        used_mfa="TokenCode" in params,
    )
    role_sessions.note_use(call, role)
    answer: Result = {
        "Credentials": credentials,
        "AssumedRoleUser": {"AssumedRoleId": session.user_id, "Arn": session.arn},
    }
    if {"Policy", "PolicyArns", "Tags"} & params.keys():
        answer["PackedPolicySize"] = issuing.packed_size(params)
    return answer if identity is None else {**answer, "SourceIdentity": identity}


def _tags(call: CallContext, params: Params) -> tuple[Mapping[str, str], list[str]]:
    """The session's tags with those that the calling session passes on, and the keys that it passes on."""
    given, wanted = issuing.tags_of(params), params.get("TransitiveTagKeys", ())
    folded = {key.lower() for key in given}
    if any(key.lower() not in folded for key in wanted):
        raise errors.TRANSITIVE_KEY_WITHOUT_TAG()
    kept = frozenset() if call.caller.session is None else call.caller.session.transitive
    if any(key.lower() in folded for key in kept):
        raise errors.TRANSITIVE_TAG_CONFLICT()
    own = call.principal.tags
    inherited = {key: value for key, value in own.items() if key.lower() in {one.lower() for one in kept}}
    return {**inherited, **given}, [*kept, *wanted]


def _allowed(
    call: CallContext,
    params: Params,
    arn: str,
    tags: Mapping[str, str],
    transitive: list[str],
    identity: str | None,
) -> Assumable:
    role = role_sessions.find(call, arn, call.principal)
    if role is None:
        raise _denied(call, arn, "sts:AssumeRole", "nobody made the role, and the mock has roles='strict'")
    keys: dict[str, Any] = {"sts:rolesessionname": params["RoleSessionName"]}
    if "ExternalId" in params:
        keys["sts:externalid"] = params["ExternalId"]
    if transitive:
        keys["sts:transitivetagkeys"] = tuple(transitive)
    if identity is not None:
        keys["sts:sourceidentity"] = identity
    if "TokenCode" in params:
        keys["aws:multifactorauthpresent"] = "true"
    asked = {**params, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
    needed = ["sts:AssumeRole"]
    needed += ["sts:TagSession"] if tags else []
    needed += ["sts:SetSourceIdentity"] if identity is not None else []
    for action in needed:
        against = role_sessions.may_assume(call, role, call.principal, action, asked, **keys)
        if against is not None:
            raise _denied(call, arn, action, against.explanation)
    return role


def _denied(call: CallContext, arn: str, action: str, hint: str) -> errors.AwsError:
    return errors.ROLE_NOT_ASSUMED(arn=call.principal.arn, action=action, role=arn, hint=hint)
