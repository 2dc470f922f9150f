"""TagResources, UntagResources: tags added to and removed from several resources, each on its own.

A bucket's tags change as by PutBucketTagging, with its permissions and refusals (LIKELY); those of other
resources, and of buckets with attribute-based access control, as by S3 Control's TagResource (ASSUMED).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError, NotSupported
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.s3.bucket_tagging import (
    delete_bucket_tagging,
    get_bucket_tagging,
    put_bucket_tagging,
)
from s3tag_mock.operations.s3control.resource_tagging import tag_resource, untag_resource
from s3tag_mock.operations.tag_sets import pairs_of
from s3tag_mock.rules import arns, tagged_resources

_SERVICE: Final = "resourcegroupstaggingapi"
#: From a bucket's tags to what takes their place.
Change = Callable[[dict[str, str]], dict[str, str]]


@operation(_SERVICE, "TagResources", "ResourceARNList Tags", tags=("resource", "changes"))
def tag_resources(call: CallContext, params: Params) -> Result:
    """Add tags to resources, replacing the values of keys that they have; who fails stands in the answer.

    Source: TagResources.
    """
    added: dict[str, str] = params["Tags"]
    tag_set = [{"Key": key, "Value": value} for key, value in added.items()]

    def tag(arn: str) -> None:
        bucket = _bucket(call, arn)
        if bucket is not None:
            _change(call, bucket, lambda tags: {**tags, **added})
        else:
            tag_resource(call.calling(tag_resource), {"ResourceArn": arn, "Tags": tag_set})

    return _each(call, params, tag)


@operation(_SERVICE, "UntagResources", "ResourceARNList TagKeys", tags=("resource", "changes"))
def untag_resources(call: CallContext, params: Params) -> Result:
    """Remove tags from resources; a key that one doesn't have is no error; who fails stands in the answer.

    Source: UntagResources.
    """
    keys = list(dict.fromkeys(params["TagKeys"]))

    def untag(arn: str) -> None:
        bucket = _bucket(call, arn)
        if bucket is not None:
            _change(call, bucket, lambda tags: {key: tags[key] for key in tags if key not in keys})
        else:
            untag_resource(call.calling(untag_resource), {"ResourceArn": arn, "TagKeys": keys})

    return _each(call, params, untag)


def _each(call: CallContext, params: Params, change: Callable[[str], None]) -> Result:
    """Change each of S3's resources, and have moto change the others."""
    tagged_resources.check(params, tagged_resources.CHANGING, call.region)
    named = list(dict.fromkeys(params["ResourceARNList"]))
    others = [arn for arn in named if not tagged_resources.is_of_s3(arn)]
    failed = _by_moto(call, {**params, "ResourceARNList": others}) if others else {}
    for arn in named:
        if arn not in others:
            try:
                change(arn)
            except AwsError as error:
                failed[arn] = {
                    "StatusCode": error.status,
                    "ErrorCode": error.code,
                    "ErrorMessage": error.message,
                }
    return {"FailedResourcesMap": failed}


def _by_moto(call: CallContext, params: Params) -> dict[str, Any]:
    answer = call.world.ask_beside(_SERVICE, call.region, call.operation.name, params)
    if answer is None:
        raise NotSupported(
            f"{_SERVICE}.{call.operation.name} names {', '.join(params['ResourceARNList'])}, and s3tag_mock "
            "tags the resources of S3 alone; the call did nothing.\nTo tag those of other services too, "
            "activate moto's mock_aws as well."
        )
    return dict(answer.get("FailedResourcesMap", {}))


def _bucket(call: CallContext, arn: str) -> str | None:
    """The name of the bucket whose tags S3 itself changes; None for what S3 Control does.

    :raises AwsError: InvalidParameterException for a bucket of another region.
    """
    name = arns.bucket_of(arn)
    if name is None:
        return None
    found = require.existing_bucket(call.calling(put_bucket_tagging), {"Bucket": name})
    if found.region != call.region:
        raise errors.RESOURCE_OF_ANOTHER_REGION(arn=arn, hint=f"it is in {found.region}")
    return None if found.abac else name


def _change(call: CallContext, bucket: str, change: Change) -> None:
    params = {"Bucket": bucket}
    try:
        before = dict(pairs_of(get_bucket_tagging(call.calling(get_bucket_tagging), params)))
    except AwsError as error:
        if error.code != errors.NO_SUCH_TAG_SET.code:
            raise
        before = {}
    after = [{"Key": key, "Value": value} for key, value in change(before).items()]
    if after:
        put = call.calling(put_bucket_tagging)
        put_bucket_tagging(put, {**params, "Tagging": {"TagSet": after}})
    else:
        delete_bucket_tagging(call.calling(delete_bucket_tagging), params)
