"""PutBucketLifecycleConfiguration, GetBucketLifecycleConfiguration, DeleteBucketLifecycle.

Rules are stored, given back, and shown in ``x-amz-expiration``; objects don't really expire.
"""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.rules import lifecycle_checks

_MINIMUM_SIZES: Final = ("all_storage_classes_128K", "varies_by_storage_class")


@operation(
    "s3",
    "PutBucketLifecycleConfiguration",
    BUCKET,
    "LifecycleConfiguration TransitionDefaultMinimumObjectSize",
    action="PutLifecycleConfiguration",
    directory_buckets=True,
)
def put_bucket_lifecycle_configuration(call: CallContext, params: Params) -> Result:
    """Replace a bucket's lifecycle rules; a rule without an ID gets one.

    Source: PutBucketLifecycleConfiguration; RECORDED, LS test_put_bucket_lifecycle_conf_exc,
    test_s3_transition_default_minimum_object_size.
    """
    bucket = require.bucket(call, params)
    minimum = params.get("TransitionDefaultMinimumObjectSize", _MINIMUM_SIZES[0])
    if minimum not in _MINIMUM_SIZES:
        raise errors.INVALID_TRANSITION_MINIMUM(value=minimum)
    rules = params.get("LifecycleConfiguration", {}).get("Rules", [])
    lifecycle_checks.check(rules)
    bucket.lifecycle_rules = [{**rule, "ID": rule.get("ID") or call.world.ids.rule_id()} for rule in rules]
    bucket.transition_minimum = minimum
    return {"TransitionDefaultMinimumObjectSize": minimum}


@operation(
    "s3",
    "GetBucketLifecycleConfiguration",
    BUCKET,
    action="GetLifecycleConfiguration",
    directory_buckets=True,
)
def get_bucket_lifecycle_configuration(call: CallContext, params: Params) -> Result:
    """A bucket's lifecycle rules.

    Source: GetBucketLifecycleConfiguration; RECORDED, LS test_delete_bucket_lifecycle_configuration.
    """
    bucket = require.bucket(call, params)
    if not bucket.lifecycle_rules:
        raise errors.NO_SUCH_LIFECYCLE(BucketName=bucket.name)
    return {
        "Rules": bucket.lifecycle_rules,
        "TransitionDefaultMinimumObjectSize": bucket.transition_minimum,
    }


@operation("s3", "DeleteBucketLifecycle", BUCKET, action="PutLifecycleConfiguration", directory_buckets=True)
def delete_bucket_lifecycle(call: CallContext, params: Params) -> Result:
    """Remove a bucket's lifecycle rules; none to remove is no error.

    Source: DeleteBucketLifecycle; RECORDED, LS test_delete_bucket_lifecycle_configuration.
    """
    require.bucket(call, params).lifecycle_rules = []
    return {}
