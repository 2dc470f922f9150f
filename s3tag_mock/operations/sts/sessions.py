"""GetSessionToken, GetFederationToken: temporary credentials of a user."""

from __future__ import annotations

from dataclasses import replace

from s3tag_mock import errors
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.sts import issuing
from s3tag_mock.permissions import principal

_DEFAULT_SECONDS = 43_200


@operation(
    "sts", "GetSessionToken", "DurationSeconds SerialNumber TokenCode", ignores="MinimumSessionTokenSize"
)
def get_session_token(call: CallContext, params: Params) -> Result:
    """Temporary credentials of the calling user; they need no permission. Any code of an MFA device is taken.

    Source: GetSessionToken.
    """
    _refuse_session(call)
    seconds = params.get("DurationSeconds", _DEFAULT_SECONDS)
    used = "TokenCode" in params
    return {"Credentials": issuing.issue(call, call.principal, call.caller.entity, seconds, used_mfa=used)}


@operation(
    "sts",
    "GetFederationToken",
    "Name Policy PolicyArns DurationSeconds Tags",
    ignores="MinimumSessionTokenSize",
)
def get_federation_token(call: CallContext, params: Params) -> Result:
    """Temporary credentials of a federated user, who may do what both the calling user and the given policies
    allow; without policies, what resources' policies allow them.

    Source: GetFederationToken; RECORDED, LS test_get_federation_token.
    """
    _refuse_session(call)
    federated = principal.federated(call.account, params["Name"])
    authorization.check(call, "sts:GetFederationToken", federated.arn, params, is_quoted=False)
    credentials = issuing.issue(
        call,
        replace(federated, tags=issuing.tags_of(params)),
        call.caller.entity,
        params.get("DurationSeconds", _DEFAULT_SECONDS),
        policies=issuing.policies_of(call, params),
    )
    return {
        "Credentials": credentials,
        "FederatedUser": {"FederatedUserId": federated.user_id, "Arn": federated.arn},
        "PackedPolicySize": issuing.packed_size(params),
    }


def _refuse_session(call: CallContext) -> None:
    if call.caller.session is not None or call.principal.kind == "AssumedRole":
        raise errors.NOT_WITH_SESSION(operation=call.operation.name)
