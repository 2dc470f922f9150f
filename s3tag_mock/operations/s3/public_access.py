"""Public access block and ownership controls of a bucket."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.rules import acl
from s3tag_mock.rules.names import canonical_user_id


@operation(
    "s3",
    "PutPublicAccessBlock",
    BUCKET,
    "PublicAccessBlockConfiguration",
    action="PutBucketPublicAccessBlock",
)
def put_public_access_block(call: CallContext, params: Params) -> Result:
    """Say which kinds of public access a bucket blocks; kinds that aren't named are not blocked.

    Source: PutPublicAccessBlock; RECORDED, LS test_crud_public_access_block, test_empty_public_access_block.
    """
    bucket = require.bucket(call, params)
    bucket.public_access_block = require.public_access_block(params)
    return {}


@operation("s3", "GetPublicAccessBlock", BUCKET, action="GetBucketPublicAccessBlock")
def get_public_access_block(call: CallContext, params: Params) -> Result:
    """Which kinds of public access a bucket blocks: a new one blocks all.

    Source: GetPublicAccessBlock; RECORDED, LS test_crud_public_access_block.
    """
    bucket = require.bucket(call, params)
    if not bucket.public_access_block:
        raise errors.NO_SUCH_PUBLIC_ACCESS_BLOCK(BucketName=bucket.name)
    return {"PublicAccessBlockConfiguration": bucket.public_access_block}


@operation("s3", "DeletePublicAccessBlock", BUCKET, action="PutBucketPublicAccessBlock")
def delete_public_access_block(call: CallContext, params: Params) -> Result:
    """Block no public access to a bucket.

    Source: DeletePublicAccessBlock; RECORDED, LS test_crud_public_access_block.
    """
    require.bucket(call, params).public_access_block = {}
    return {}


@operation("s3", "PutBucketOwnershipControls", BUCKET, "OwnershipControls")
def put_bucket_ownership_controls(call: CallContext, params: Params) -> Result:
    """Say who owns what others put into a bucket, and with that whether it has ACLs.

    Source: PutBucketOwnershipControls; RECORDED, LS test_bucket_ownership_controls_exc.
    """
    bucket = require.bucket(call, params)
    rules = params["OwnershipControls"].get("Rules", [])
    if len(rules) != 1:
        raise errors.MALFORMED_XML(hint=f"the rules are {rules!r}")
    acl.check_ownership(bucket.grants, canonical_user_id(bucket.owner), rules[0]["ObjectOwnership"])
    bucket.ownership = rules[0]["ObjectOwnership"]
    return {}


@operation("s3", "GetBucketOwnershipControls", BUCKET)
def get_bucket_ownership_controls(call: CallContext, params: Params) -> Result:
    """Who owns what is put into a bucket: BucketOwnerEnforced at first.

    Source: GetBucketOwnershipControls; RECORDED, LS test_crud_bucket_ownership_controls.
    """
    bucket = require.bucket(call, params)
    if bucket.ownership is None:
        raise errors.NO_OWNERSHIP_CONTROLS(BucketName=bucket.name)
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": bucket.ownership}]}}


@operation("s3", "DeleteBucketOwnershipControls", BUCKET, action="PutBucketOwnershipControls")
def delete_bucket_ownership_controls(call: CallContext, params: Params) -> Result:
    """Remove a bucket's ownership controls; it has ACLs then.

    Source: DeleteBucketOwnershipControls; RECORDED, LS test_crud_bucket_ownership_controls.
    """
    require.bucket(call, params).ownership = None
    return {}
