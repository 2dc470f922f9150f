"""PutBucketTagging, GetBucketTagging, DeleteBucketTagging."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.operations.tag_sets import bucket_tag_set, remove_bucket_tags, replace_bucket_tags


@operation("s3", "PutBucketTagging", BUCKET, "Tagging", tags=("bucket", "replaces"))
def put_bucket_tagging(call: CallContext, params: Params) -> Result:
    """Replace a bucket's tags; an empty set, or none, removes them.

    Source: PutBucketTagging; RECORDED, LS test_bucket_tagging_crud, test_tagging_validation.
    """
    bucket = require.bucket(call, params)
    if bucket.abac:
        raise errors.ABAC_CLOSES_PUT()
    replace_bucket_tags(call, bucket, params["Tagging"])
    return {}


@operation("s3", "GetBucketTagging", BUCKET, tags=("bucket", "reads"))
def get_bucket_tagging(call: CallContext, params: Params) -> Result:
    """A bucket's tags, in the order in which they were put; NoSuchTagSet when there are none.

    Source: GetBucketTagging; RECORDED, LS test_bucket_tagging_crud.
    """
    return {"TagSet": bucket_tag_set(require.bucket(call, params))}


@operation("s3", "DeleteBucketTagging", BUCKET, action="PutBucketTagging", tags=("bucket", "removes"))
def delete_bucket_tagging(call: CallContext, params: Params) -> Result:
    """Remove a bucket's tags; none to remove is no error.

    Source: DeleteBucketTagging; RECORDED, LS test_bucket_tagging_crud.
    """
    bucket = require.bucket(call, params)
    if bucket.abac:
        raise errors.ABAC_CLOSES_DELETE()
    remove_bucket_tags(bucket)
    return {}
