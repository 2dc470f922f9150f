"""AssumeRoleWithWebIdentity.

Whether a token's signature is right isn't checked: nobody here knows the provider's keys.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations import role_sessions
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.sts import issuing
from s3tag_mock.operations.sts.assuming import ROLE_ARN
from s3tag_mock.permissions.principal import Principal
from s3tag_mock.rules import dates, json_documents

#: Providers that trust policies name by their hosts (IAM user guide, "Principal").
_BY_HOST: Final = frozenset(
    {"accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"}
)


@operation(
    "sts",
    "AssumeRoleWithWebIdentity",
    "RoleArn RoleSessionName WebIdentityToken PolicyArns Policy DurationSeconds",
    ignores="MinimumSessionTokenSize",
    unsigned=True,
)
def assume_role_with_web_identity(call: CallContext, params: Params) -> Result:
    """Credentials of a session of a role for whoever has a token of a provider that it trusts.

    Nobody signs the call. For a role that nobody made, any token is taken. Source: AssumeRoleWithWebIdentity.
    """
    arn = params["RoleArn"]
    if ROLE_ARN.fullmatch(arn) is None:
        raise errors.INVALID_ROLE_ARN(arn=arn)
    is_made = call.world.identities.role_of(arn) is not None
    claims = _claims(call, params["WebIdentityToken"], must_be_one=is_made)
    host = str(claims.get("iss", "")).removeprefix("https://")
    account, partition = arn.split(":")[4], arn.split(":")[1]
    provider = host if host in _BY_HOST else f"arn:{partition}:iam::{account}:oidc-provider/{host}"
    who = Principal("WebIdentity", account, provider)
    policies = issuing.policies_of(call, params)
    role = role_sessions.find(call, arn, who)
    if role is None:
        raise errors.WEB_IDENTITY_DENIED(hint=f"nobody made {arn}, and the mock has roles='strict'")
    keys: dict[str, Any] = {f"{host}:{name}".lower(): value for name, value in claims.items()}
    keys |= {"aws:federatedprovider": provider, "sts:rolesessionname": params["RoleSessionName"]}
    against = role_sessions.may_assume(call, role, who, "sts:AssumeRoleWithWebIdentity", params, **keys)
    if against is not None:
        raise errors.WEB_IDENTITY_DENIED(hint=against.explanation)
    seconds = params.get("DurationSeconds", 3600)
    if seconds > role.max_session:
        raise errors.SESSION_TOO_LONG(hint=f"it is {role.max_session}")
    session = role.session(params["RoleSessionName"])
    limits = policies if {"Policy", "PolicyArns"} & params.keys() else None
    credentials = issuing.issue(call, session, role.role, seconds, policies=limits)
    role_sessions.note_use(call, role)
    audience = claims.get("aud", "")
    return {
        "Credentials": credentials,
        "SubjectFromWebIdentityToken": str(claims.get("sub", "")),
        "AssumedRoleUser": {"AssumedRoleId": session.user_id, "Arn": session.arn},
        "PackedPolicySize": issuing.packed_size(params),
        "Provider": provider,
        "Audience": audience[0] if isinstance(audience, tuple) and audience else audience,
    }


def _claims(call: CallContext, token: str, *, must_be_one: bool) -> Mapping[str, Any]:
    """What a token says; texts, numbers as texts, and lists of texts alone.

    :raises AwsError: InvalidIdentityToken, ExpiredTokenException.
    """
    try:
        _, payload, _ = token.split(".")
        claims = json_documents.read(base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_"))
        if not isinstance(claims, dict):
            raise ValueError(payload)
        json.dumps(claims, ensure_ascii=False).encode()  # a ValueError for half a pair of surrogates
    except (binascii.Error, ValueError):
        if must_be_one:
            raise errors.INVALID_WEB_IDENTITY() from None
        return {}
    expires = claims.get("exp")
    if isinstance(expires, (int, float)) and expires <= call.now.timestamp():
        ends = dates.of_timestamp(expires)
        raise errors.WEB_IDENTITY_EXPIRED(
            now=dates.iso8601_second(call.now), expires=dates.iso8601_second(ends)
        )
    return {name: _value(value) for name, value in claims.items() if not isinstance(value, dict)}


def _value(value: Any) -> Any:
    return tuple(map(str, value)) if isinstance(value, list) else str(value)
