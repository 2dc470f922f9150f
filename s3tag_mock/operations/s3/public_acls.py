"""Public ACLs, where a bucket or its account blocks them."""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import permission
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.rules import acl
from s3tag_mock.state.bucket import Bucket

_HINT: Final = "new buckets block public ACLs since April 2023, until delete_public_access_block"


def check(call: CallContext, bucket: Bucket, params: Params, grants: acl.Grants | None) -> None:
    """Refuse a public ACL where BlockPublicAcls is on.

    :raises AwsError: AccessDenied, for the bucket's account in the long form (DOCUMENTED).
    """
    if not acl.is_public(grants) or not permission.blocks(call, bucket, "BlockPublicAcls"):
        return
    if call.account != bucket.owner:
        raise errors.ACCESS_DENIED(hint=_HINT)
    resource = f"{bucket.arn}/{params['Key']}" if "Key" in params else bucket.arn
    raise errors.PUBLIC_ACL_BLOCKED(
        arn=call.principal.arn, action=call.operation.action, resource=resource, hint=_HINT
    )
