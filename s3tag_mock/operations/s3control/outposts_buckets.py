"""Buckets on outposts, and their tags: CreateBucket, GetBucket, DeleteBucket, ListRegionalBuckets,
PutBucketTagging, GetBucketTagging, DeleteBucketTagging of S3 Control.

Every well-formed outpost id (``op-`` and 17 hex digits) is an outpost that is there. Objects are
reached through access points alone.
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import account_permission, paging, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import bucket_tag_set, remove_bucket_tags, replace_bucket_tags
from s3tag_mock.rules import arns
from s3tag_mock.rules.names import is_bucket_name
from s3tag_mock.state.bucket import Bucket


@operation(
    "s3control",
    "CreateBucket",
    "Bucket OutpostId CreateBucketConfiguration",
    action="s3-outposts:CreateBucket",
)
def create_bucket(call: CallContext, params: Params) -> Result:
    """Make a bucket on an outpost.

    Source: CreateBucket of S3 Control. Its errors are those of CreateBucket of S3 (ASSUMED).
    """
    account_permission.check(call, params)
    outpost, name = params.get("OutpostId"), params["Bucket"]
    if outpost is None:
        raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="BUCKET")
    if not arns.is_outpost_id(outpost):
        raise errors.NO_SUCH_OUTPOST(hint=outpost)
    if not is_bucket_name(name):
        raise errors.INVALID_BUCKET_NAME(BucketName=name)
    arn = arns.outpost_bucket(call.region, call.account, outpost, name)
    if arn in call.world.outpost_buckets:
        raise errors.BUCKET_ALREADY_OWNED_BY_YOU(BucketName=name)
    bucket = Bucket(name, call.region, call.account, created=call.second, outpost=outpost)
    call.world.outpost_buckets[arn] = bucket
    return {"Location": f"/{name}", "BucketArn": arn}


@operation("s3control", "GetBucket", "AccountId Bucket", action="s3-outposts:GetBucket")
def get_bucket(call: CallContext, params: Params) -> Result:
    """A bucket on an outpost.

    Source: GetBucket of S3 Control.
    """
    bucket = require.outpost_bucket(call, params)
    return {"Bucket": bucket.name, "PublicAccessBlockEnabled": True, "CreationDate": bucket.created}


@operation(
    "s3control",
    "ListRegionalBuckets",
    "AccountId OutpostId NextToken MaxResults",
    action="s3-outposts:ListRegionalBuckets",
)
def list_regional_buckets(call: CallContext, params: Params) -> Result:
    """A page of the account's buckets on outposts, by name; those of one outpost if it is named.

    Source: ListRegionalBuckets.
    """
    require.own_account(call, params)
    wanted = params.get("OutpostId")
    owned = [
        (arn, bucket)
        for arn, bucket in sorted(call.world.outpost_buckets.items(), key=lambda item: item[1].name)
        if (bucket.owner, bucket.region) == (call.account, call.region) and wanted in {None, bucket.outpost}
    ]
    page, token = paging.page(owned, lambda item: item[1].name, params)
    listed = [
        {
            "Bucket": bucket.name,
            "BucketArn": arn,
            "PublicAccessBlockEnabled": True,
            "CreationDate": bucket.created,
            "OutpostId": bucket.outpost,
        }
        for arn, bucket in page
    ]
    result: Result = {"RegionalBucketList": listed}
    return result if token is None else {**result, "NextToken": token}


@operation("s3control", "DeleteBucket", "AccountId Bucket", action="s3-outposts:DeleteBucket")
def delete_bucket(call: CallContext, params: Params) -> Result:
    """Take an empty bucket on an outpost away.

    Source: DeleteBucket of S3 Control.
    """
    bucket = require.outpost_bucket(call, params)
    require.removable(call, bucket)
    del call.world.outpost_buckets[params["Bucket"]]
    return {}


@operation(
    "s3control",
    "PutBucketTagging",
    "AccountId Bucket Tagging",
    action="s3-outposts:PutBucketTagging",
    tags=("bucket", "replaces"),
)
def put_bucket_tagging(call: CallContext, params: Params) -> Result:
    """Replace the tags of a bucket on an outpost; an empty set removes them.

    Source: PutBucketTagging of S3 Control. Rules and texts are those of S3's own (ASSUMED; the
    documents name the codes with an Error behind: InvalidTagError).
    """
    replace_bucket_tags(call, require.outpost_bucket(call, params), params["Tagging"])
    return {}


@operation(
    "s3control",
    "GetBucketTagging",
    "AccountId Bucket",
    action="s3-outposts:GetBucketTagging",
    tags=("bucket", "reads"),
)
def get_bucket_tagging(call: CallContext, params: Params) -> Result:
    """The tags of a bucket on an outpost, in the order in which they were put; NoSuchTagSet for none.

    Source: GetBucketTagging of S3 Control.
    """
    return {"TagSet": bucket_tag_set(require.outpost_bucket(call, params))}


@operation(
    "s3control",
    "DeleteBucketTagging",
    "AccountId Bucket",
    action="s3-outposts:PutBucketTagging",
    tags=("bucket", "removes"),
)
def delete_bucket_tagging(call: CallContext, params: Params) -> Result:
    """Remove the tags of a bucket on an outpost; none to remove is no error.

    Source: DeleteBucketTagging of S3 Control.
    """
    remove_bucket_tags(require.outpost_bucket(call, params))
    return {}
