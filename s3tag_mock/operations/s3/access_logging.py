"""PutBucketLogging, GetBucketLogging. Nothing is logged."""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.operations.s3 import configurations
from s3tag_mock.operations.s3.configurations import Document, Kind
from s3tag_mock.rules.ownership import BUCKET_OWNER_ENFORCED
from s3tag_mock.rules.regions import US_EAST_1
from s3tag_mock.state.bucket import Bucket


def _checked(call: CallContext, bucket: Bucket, document: Document, params: Params) -> Document:
    """That the target exists is checked before its region (LIKELY)."""
    enabled = document.get("LoggingEnabled")
    if enabled is None:
        return document
    target = call.buckets.get(enabled["TargetBucket"])
    if target is None:
        raise errors.NO_LOGGING_TARGET(TargetBucket=enabled["TargetBucket"])
    if target.region != bucket.region:
        if bucket.region == US_EAST_1:
            raise errors.LOGGING_ELSEWHERE(TargetBucketLocation=target.region)
        raise errors.LOGGING_ELSEWHERE_FROM(
            SourceBucketLocation=bucket.region, TargetBucketLocation=target.region
        )
    if enabled.get("TargetGrants") and target.ownership == BUCKET_OWNER_ENFORCED:
        raise errors.INVALID_ARGUMENT(
            message="Target grants are not supported for buckets with bucket owner enforced ownership",
            ArgumentName="TargetGrants",
            ArgumentValue="",
        )
    formats = enabled.get("TargetObjectKeyFormat", {})
    if len(formats) > 1:
        raise errors.MALFORMED_XML(hint="a TargetObjectKeyFormat holds one format")
    return document


_LOGGING: Final = Kind(
    title="logging settings",
    name="BucketLogging",
    parameter="BucketLoggingStatus",
    put_action="PutBucketLogging",
    get_action="GetBucketLogging",
    source="PutBucketLogging; RECORDED, LS test_put_bucket_logging, test_put_bucket_logging_wrong_target.",
    check=_checked,
)
put_bucket_logging = configurations.put(_LOGGING)
get_bucket_logging = configurations.get(_LOGGING)
