"""The public access block of a whole account, which counts with each bucket's own."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation


@operation(
    "s3control",
    "PutPublicAccessBlock",
    "AccountId PublicAccessBlockConfiguration",
    action="PutAccountPublicAccessBlock",
)
def put_account_public_access_block(call: CallContext, params: Params) -> Result:
    """Say which kinds of public access an account blocks; kinds that aren't named are not blocked.

    Source: PutPublicAccessBlock; RECORDED, LS test_crud_public_access_block, test_empty_public_access_block.
    """
    require.own_account(call, params)
    call.world.account_public_access_blocks[call.account] = require.public_access_block(params)
    return {}


@operation("s3control", "GetPublicAccessBlock", "AccountId", action="GetAccountPublicAccessBlock")
def get_account_public_access_block(call: CallContext, params: Params) -> Result:
    """Which kinds of public access an account blocks; an account has no such settings at first.

    Source: GetPublicAccessBlock; RECORDED, LS test_crud_public_access_block.
    """
    require.own_account(call, params)
    found = call.world.account_public_access_blocks.get(call.account)
    if found is None:
        raise errors.NO_SUCH_ACCOUNT_PUBLIC_ACCESS_BLOCK(AccountId=call.account)
    return {"PublicAccessBlockConfiguration": found}


@operation("s3control", "DeletePublicAccessBlock", "AccountId", action="PutAccountPublicAccessBlock")
def delete_account_public_access_block(call: CallContext, params: Params) -> Result:
    """Block no public access to a whole account; nothing to remove is no error.

    Source: DeletePublicAccessBlock; RECORDED, LS test_crud_public_access_block.
    """
    require.own_account(call, params)
    call.world.account_public_access_blocks.pop(call.account, None)
    return {}
