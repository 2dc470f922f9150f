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
from s3tag_mock.rules.rule_filters import with_ids

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
    bucket.lifecycle_rules = with_ids(rules, call.world.ids.rule_id)
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


#: Members of a rule's old form, where there is one of what the new form has several of.
_OLD_MEMBERS: Final = {
    "Transition": "Transitions",
    "NoncurrentVersionTransition": "NoncurrentVersionTransitions",
}


@operation("s3", "PutBucketLifecycle", BUCKET, "LifecycleConfiguration", action="PutLifecycleConfiguration")
def put_bucket_lifecycle(call: CallContext, params: Params) -> Result:
    """Replace a bucket's lifecycle rules, given in their old form.

    Source: PutBucketLifecycle, which AWS can't tell from PutBucketLifecycleConfiguration.
    """
    rules = params.get("LifecycleConfiguration", {}).get("Rules", [])
    new = [
        {
            _OLD_MEMBERS.get(name, name): [value] if name in _OLD_MEMBERS else value
            for name, value in rule.items()
        }
        for rule in rules
    ]
    put_bucket_lifecycle_configuration(call, {**params, "LifecycleConfiguration": {"Rules": new}})
    return {}


@operation("s3", "GetBucketLifecycle", BUCKET, action="GetLifecycleConfiguration")
def get_bucket_lifecycle(call: CallContext, params: Params) -> Result:
    """A bucket's lifecycle rules in their old form: of several transitions the first, of a filter its prefix.

    Source: GetBucketLifecycle; RECORDED, LS test_bucket_availability. What it shows of rules that only the
    new form can express is ASSUMED.
    """
    rules = get_bucket_lifecycle_configuration(call, params)["Rules"]
    return {"Rules": [_old_rule(rule) for rule in rules]}


def _old_rule(rule: Params) -> Result:
    single = {old: rule[new][0] for old, new in _OLD_MEMBERS.items() if rule.get(new)}
    prefix = rule.get("Prefix", rule.get("Filter", {}).get("Prefix", ""))
    return {**rule, "Prefix": prefix, **single}
