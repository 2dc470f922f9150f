"""TagResource, UntagResource, ListTagsForResource: a bucket's tags through S3 Control's door.

They are the very tags of PutBucketTagging (RECORDED, moto-av test_s3control_tagging). Resources
other than general purpose buckets aren't served yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from s3tag_mock import errors
from s3tag_mock.misuse import NotServed
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs, tag_set_of
from s3tag_mock.rules import arns, limits
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.state.bucket import Bucket

#: Access points, directory buckets, Storage Lens groups, Access Grants.
_OTHER_RESOURCES: Final = re.compile(
    r"arn:[^:]+:(s3express:.+|s3:[^:]+:\d{12}:(accesspoint|storage-lens-group|access-grants)/.+)"
)


@operation("s3control", "TagResource", honours="AccountId ResourceArn Tags")
def tag_resource(call: CallContext, params: Params) -> Result:
    """Add tags to a bucket, replacing the values of keys that it has.

    Source: TagResource; RECORDED, LS test_tag_lifecycle, test_tag_resource_validation. That tags are
    checked before the bucket is looked for is ASSUMED.
    """
    added = pairs(params.get("Tags", ()))
    if not added:
        raise errors.NO_TAGS_AT_ALL()
    bucket_name = _bucket_name(params["ResourceArn"])
    tags = tag_rules.RESOURCE.check(added)
    bucket = _bucket(call, bucket_name)
    merged = {**bucket.tags, **tags}
    if len(merged) > limits.BUCKET_TAGS:
        raise errors.TOO_MANY_TAGS()
    bucket.tags = merged
    return {}


@operation("s3control", "UntagResource", honours="AccountId ResourceArn TagKeys")
def untag_resource(call: CallContext, params: Params) -> Result:
    """Remove tags from a bucket; a key that it doesn't have is no error.

    Source: UntagResource; RECORDED, LS test_tag_lifecycle; the refusals REPORTED argmin: a key that
    no tag can have is refused only when the bucket has tags at all.
    """
    keys: Sequence[str] = params.get("TagKeys", ())
    if not keys:
        raise errors.NO_TAGS_AT_ALL()
    bucket_name = _bucket_name(params["ResourceArn"])
    if len(set(keys)) < len(keys):
        raise errors.DUPLICATE_TAG_KEYS_TO_REMOVE()
    if len(keys) > limits.BUCKET_TAGS:
        raise errors.INTERNAL_ERROR(hint=f"{len(keys)} tag keys")
    if "" in keys:
        raise errors.INVALID_TAG(hint="an empty tag key")
    bucket = _bucket(call, bucket_name)
    if bucket.tags:
        _check_keys(keys)
    bucket.tags = {key: value for key, value in bucket.tags.items() if key not in keys}
    return {}


def _check_keys(keys: Sequence[str]) -> None:
    # A key in another case of `aws:` is no error here, though no tag can have it (REPORTED argmin).
    tag_rules.RESOURCE.check((key, "") for key in keys if key[:4] == "aws:" or key[:4].lower() != "aws:")


@operation("s3control", "ListTagsForResource", honours="AccountId ResourceArn")
def list_tags_for_resource(call: CallContext, params: Params) -> Result:
    """A bucket's tags, in the order in which they were put; an empty list when there are none.

    Source: ListTagsForResource; RECORDED, LS test_tag_lifecycle.
    """
    return {"Tags": tag_set_of(_bucket(call, _bucket_name(params["ResourceArn"])).tags)}


def _bucket_name(arn: str) -> str:
    if _OTHER_RESOURCES.fullmatch(arn):
        raise NotServed(f"s3tag_mock doesn't tag {arn} yet. It tags buckets: arn:aws:s3:::name.")
    name = arns.bucket_of(arn)
    if name is None:
        raise errors.INVALID_URI(URI=f"tags/{quote(arn, safe='/')}")
    return name


def _bucket(call: CallContext, name: str) -> Bucket:
    bucket = call.world.buckets.get(name)
    if bucket is None:
        raise errors.NO_SUCH_RESOURCE()
    if bucket.owner != call.account:
        raise errors.ACCESS_DENIED(hint=f"the bucket is {bucket.owner}'s, the call {call.account}'s")
    return bucket
