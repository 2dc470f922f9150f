"""GetCallerIdentity."""

from __future__ import annotations

from s3tag_mock.operations.caller import USER_ID
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation


@operation("sts", "GetCallerIdentity")
def get_caller_identity(call: CallContext, params: Params) -> Result:
    """Who calls: the mock's account, by a user called s3tag_mock.

    Source: GetCallerIdentity.
    """
    return {
        "UserId": USER_ID,
        "Account": call.account,
        "Arn": call.principal.arn,
    }
