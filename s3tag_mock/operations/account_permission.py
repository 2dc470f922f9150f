"""Whether the caller may do what an operation does to something that has no policy of its own: an account's
list of buckets, a bucket that isn't there yet, a job, an access point.

The caller's own policies alone decide. Source: Service authorization reference, "Actions, resources, and
condition keys for Amazon S3"; which resource AccessDenied shows is OBSERVED for CreateJob, LIKELY for what is
about one job, and else ASSUMED.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations import authorization
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.record import Params
from s3tag_mock.permissions import actions
from s3tag_mock.rules import arns


def check(call: CallContext, params: Params, **more: Any) -> None:
    """Refuse a call, unless the caller's policies allow all actions that it needs.

    s3:TagResource is asked for first (OBSERVED for CreateBucket).

    :param more: what :class:`~s3tag_mock.permissions.keys.Keys` takes.
    :raises AwsError: AccessDenied.
    """
    if call.caller.is_administrator:
        return
    if call.caller.is_anonymous:
        raise errors.ACCESS_DENIED(hint="nobody signed the call")
    for action in sorted(call.operation.actions_on(params), key=lambda one: one != "s3:TagResource"):
        resource = _resource(call, params, action)
        shown = None if resource == "*" else resource
        authorization.check(call, action, resource, params, shown=shown, **more)


def _resource(call: CallContext, params: Params, action: str) -> str:
    """The ARN of what an action is done to; ``"*"`` for an action without a resource."""
    if "ResourceArn" in params:
        return str(params["ResourceArn"])
    find = _RESOURCES.get(action) or _RESOURCES.get(actions.resource_of(action))
    return "*" if find is None else find(call, params)


def _outpost_bucket(call: CallContext, params: Params) -> str:
    name, outpost = params["Bucket"], params.get("OutpostId")
    return name if outpost is None else arns.outpost_bucket(call.region, call.account, outpost, name)


def _access_point(call: CallContext, params: Params) -> str:
    name: str = params.get("Name", "*")
    return name if name.startswith("arn:") else arns.access_point(call.region, call.account, name, None)


def _job(call: CallContext, params: Params) -> str:
    return arns.job(call.region, call.account, params.get("JobId", "*"))


def _storage_lens(call: CallContext, params: Params) -> str:
    return arns.storage_lens(call.region, call.account, params["ConfigId"])


def _storage_lens_group(call: CallContext, params: Params) -> str:
    name = params["Name"] if "Name" in params else params["StorageLensGroup"]["Name"]
    return arns.storage_lens_group(call.region, call.account, name)


def _tagged(call: CallContext, params: Params) -> str:
    """What a call makes with tags."""
    if "StorageLensGroup" in params:
        return _storage_lens_group(call, params)
    return _access_point(call, params) if "Name" in params else arns.bucket(params["Bucket"], call.region)


_RESOURCES: Final[Mapping[str, Callable[[CallContext, Params], str]]] = {
    # Kinds of resources
    "accesspoint": _access_point,
    "bucket": lambda call, params: arns.bucket(params["Bucket"], call.region),
    "job": _job,
    "storagelensconfiguration": _storage_lens,
    "storagelensgroup": _storage_lens_group,
    # Actions
    "s3:CreateJob": _job,
    "s3:GetAccessPoint": _access_point,
    "s3:ListAccessPoints": _access_point,
    "s3:ListJobs": _job,
    "s3:TagResource": _tagged,
    **dict.fromkeys(
        (
            f"s3-outposts:{name}"
            for name in ("CreateBucket", "DeleteBucket", "GetBucket", "GetBucketTagging", "PutBucketTagging")
        ),
        _outpost_bucket,
    ),
}
