"""GetCallerIdentity, GetAccessKeyInfo."""

from __future__ import annotations

from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.rules.access_keys import account_of


@operation("sts", "GetCallerIdentity")
def get_caller_identity(call: CallContext, params: Params) -> Result:
    """Who calls; nobody's policies can deny it. By default it is the user s3tag_mock of the mock's account.

    Source: GetCallerIdentity.
    """
    principal = call.principal
    return {"UserId": principal.user_id, "Account": call.account, "Arn": principal.arn}


@operation("sts", "GetAccessKeyInfo", "AccessKeyId")
def get_access_key_info(call: CallContext, params: Params) -> Result:
    """Whose account a key belongs to. One that nobody gave out is the caller's, as its calls are.

    Source: GetAccessKeyInfo.
    """
    identities, key = call.world.identities, params["AccessKeyId"]
    authorization.check(call, "sts:GetAccessKeyInfo", "*", params)
    if key in identities.keys:
        return {"Account": identities.keys[key].account}
    if key in identities.sessions:
        return {"Account": identities.sessions[key].principal.account}
    return {"Account": account_of(key) or call.account}
