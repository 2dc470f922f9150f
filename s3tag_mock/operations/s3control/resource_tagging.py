"""TagResource, UntagResource, ListTagsForResource: tags of buckets, access points and Storage Lens groups.

A bucket's are the very tags of PutBucketTagging (RECORDED, moto-av test_s3control_tagging).
Access Grants aren't supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from s3tag_mock import errors
from s3tag_mock.exceptions import NotSupported
from s3tag_mock.operations import account_permission, permission
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs, retag, tag_set_of
from s3tag_mock.rules import arns, limits
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.state.access_point import AccessPoint
from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.storage_lens import StorageLens

_NOT_A_BUCKET: Final = re.compile(r"arn:[^:]+:s3:[^:]+:\d{12}:(?:accesspoint|storage-lens-group)/[^/]+")
#: Access points of directory buckets, Access Grants.
_OTHER_RESOURCES: Final = re.compile(r"arn:[^:]+:(s3express:.+|s3:[^:]+:\d{12}:access-grants/.+)")
#: What has tags.
Resource = Bucket | AccessPoint | StorageLens


@operation("s3control", "TagResource", "AccountId ResourceArn Tags", tags=("resource", "changes"))
def tag_resource(call: CallContext, params: Params) -> Result:
    """Add tags to a bucket or access point, replacing the values of keys that it has.

    Source: TagResource; RECORDED, LS test_tag_lifecycle, test_tag_resource_validation. That tags are
    checked before the bucket is looked for is ASSUMED.
    """
    added = pairs(params.get("Tags", ()))
    if not added:
        raise errors.NO_TAGS_AT_ALL()
    _check_arn(params["ResourceArn"])
    tags = tag_rules.RESOURCE.check(added)
    resource = _resource(call, params)
    merged = {**resource.tags, **tags}
    if len(merged) > limits.BUCKET_TAGS:
        raise errors.TOO_MANY_TAGS()
    retag(resource, merged)
    return {}


@operation("s3control", "UntagResource", "AccountId ResourceArn TagKeys", tags=("resource", "changes"))
def untag_resource(call: CallContext, params: Params) -> Result:
    """Remove tags from a bucket or access point; a key that it doesn't have is no error.

    Source: UntagResource; RECORDED, LS test_tag_lifecycle; the refusals REPORTED argmin: a key that
    no tag can have is refused only when the bucket has tags at all.
    """
    keys: Sequence[str] = params.get("TagKeys", ())
    if not keys:
        raise errors.NO_TAGS_AT_ALL()
    _check_arn(params["ResourceArn"])
    if len(set(keys)) < len(keys):
        raise errors.DUPLICATE_TAG_KEYS_TO_REMOVE()
    if len(keys) > limits.BUCKET_TAGS:
        raise errors.INTERNAL_ERROR(hint=f"{len(keys)} tag keys")
    if "" in keys:
        raise errors.INVALID_TAG(hint="an empty tag key")
    resource = _resource(call, params)
    if resource.tags:
        _check_keys(keys)
    retag(resource, {key: value for key, value in resource.tags.items() if key not in keys})
    return {}


def _check_keys(keys: Sequence[str]) -> None:
    # A key in another case of `aws:` is no error here, though no tag can have it (REPORTED argmin).
    tag_rules.RESOURCE.check((key, "") for key in keys if key[:4] == "aws:" or key[:4].lower() != "aws:")


@operation("s3control", "ListTagsForResource", "AccountId ResourceArn", tags=("resource", "reads"))
def list_tags_for_resource(call: CallContext, params: Params) -> Result:
    """A bucket's or access point's tags, in the order in which they were put; an empty list for none.

    Source: ListTagsForResource; RECORDED, LS test_tag_lifecycle.
    """
    _check_arn(params["ResourceArn"])
    return {"Tags": tag_set_of(_resource(call, params).tags)}


def _check_arn(arn: str) -> None:
    if _NOT_A_BUCKET.fullmatch(arn) or arns.directory_bucket_of(arn):
        return
    if _OTHER_RESOURCES.fullmatch(arn):
        raise NotSupported(
            f"s3tag_mock doesn't tag {arn}. It tags buckets (arn:aws:s3:::name), directory buckets and "
            "access points, and Storage Lens groups."
        )
    if arns.bucket_of(arn) is None:
        raise errors.INVALID_URI(URI=f"tags/{quote(arn, safe='/')}")


def _check_place(call: CallContext, arn: str) -> None:
    _, partition, _, region, account, *_ = arn.split(":")
    if (
        partition != partition_of(call.region).name
        or region not in {"", call.region}
        or account not in {"", call.account}
    ):
        raise errors.RESOURCE_ELSEWHERE(hint=f"{arn} isn't in {call.region} of account {call.account}")


def _resource(call: CallContext, params: Params) -> Resource:
    arn: str = params["ResourceArn"]
    _check_place(call, arn)
    if _NOT_A_BUCKET.fullmatch(arn):
        found = call.world.access_points.get(arn) or call.world.storage_lens_groups.get(arn)
        account_permission.check(call, params, resource_tags={} if found is None else found.tags)
        if found is None:
            raise errors.NO_SUCH_RESOURCE()
        return found  # the ARN has its account, which is the caller's
    directory = arns.directory_bucket_of(arn)
    name = directory or arns.bucket_of(arn)
    bucket = call.buckets.get(name or "")
    if bucket is None or (bucket.zone is None) is not (directory is None):
        raise errors.NO_SUCH_RESOURCE()
    if bucket.owner != call.account:
        raise errors.ACCESS_DENIED(hint=f"the resource is {bucket.owner}'s, the call {call.account}'s")
    permission.check(call, bucket, params)
    return bucket
