"""Find what a call names, or raise what AWS answers when it isn't there or isn't the caller's."""

from __future__ import annotations

from itertools import islice
from typing import Any

from s3tag_mock import errors
from s3tag_mock.exceptions import MOST_NAMES, Hint, did_you_mean
from s3tag_mock.operations import account_permission, permission
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.rules import access_points, arns, partitions
from s3tag_mock.rules.names import is_account_id
from s3tag_mock.state import bucket as bucket_state
from s3tag_mock.state.access_point import AccessPoint
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion
from s3tag_mock.state.ids import is_version_id
from s3tag_mock.state.job import SUSPENDED_CAUSE, Job


def bucket(call: CallContext, params: Params) -> Bucket:
    """The bucket that ``Bucket`` names, if the caller may use it.

    :raises AwsError: what :func:`existing_bucket` and then :func:`permission.check` raise.
    """
    found = existing_bucket(call, params)
    permission.check(call, found, params)
    return found


def existing_bucket(call: CallContext, params: Params) -> Bucket:
    """The bucket that ``Bucket`` names, whether or not the caller may use it.

    :raises AwsError: NoSuchBucket, or NoSuchAccessPoint for an access point's ARN; MethodNotAllowed for
        what doesn't go through access points; NotImplemented for what directory buckets can't; 301
        PermanentRedirect or 400 AuthorizationHeaderMalformed for another region's bucket;
        InvalidBucketOwnerAWSAccountID or AccessDenied for ExpectedBucketOwner. In this order, and before
        permissions (ASSUMED).
    """
    found = _named(call, params["Bucket"])
    if found.zone is not None and not call.operation.directory_buckets:
        raise errors.NOT_FOR_DIRECTORY_BUCKETS(hint=call.operation.name)
    check_region(call, found)
    expected = params.get("ExpectedBucketOwner")
    if expected is not None and not is_account_id(expected):
        raise errors.INVALID_EXPECTED_OWNER(owner=expected)
    if expected is not None and expected != found.owner:
        raise errors.ACCESS_DENIED(
            hint=f"the bucket's owner is {found.owner}, ExpectedBucketOwner {expected}"
        )
    return found


def _named(call: CallContext, name: str) -> Bucket:
    """The bucket of this name, or behind the access point of this ARN or alias."""
    found = call.buckets.get(name)
    if found is not None:
        return found
    if name.startswith("arn:"):
        point = access_point(call, name)
    else:
        by_alias = call.world.access_point_of_alias(name) if access_points.is_alias(name) else None
        if by_alias is None:
            raise errors.NO_SUCH_BUCKET(BucketName=name, hint=_near(call, name))
        point = by_alias
    if not call.operation.access_points:
        raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="ACCESSPOINT")
    return point.bucket


def _near(call: CallContext, name: str) -> Hint:
    """That the bucket is in another partition, or which buckets of a similar name there are now.

    It looks for names when the hint is read.
    In a world of very many buckets only the newest are looked at, so that a call takes no longer there.
    """
    elsewhere = call.world.any_bucket(name, call.region)
    if elsewhere is not None:
        return f"the bucket is in {elsewhere.region}, another partition than {call.region}"
    buckets = call.buckets
    newest = tuple(islice(reversed(buckets), MOST_NAMES))
    others = len(buckets) - len(newest)
    return lambda: did_you_mean(name, newest, others=others, none_known="No bucket was created.")


def access_point(call: CallContext, arn: str) -> AccessPoint:
    """The access point of this ARN.

    :raises AwsError: NoSuchAccessPoint.
    """
    found = call.world.access_points.get(arn)
    if found is None:
        raise errors.NO_SUCH_ACCESS_POINT(AccessPointName=arn.rpartition("/")[2])
    return found


def outpost_bucket(call: CallContext, params: Params) -> Bucket:
    """The bucket on an outpost that ``Bucket`` names by its ARN.

    :raises AwsError: MethodNotAllowed for any other bucket (ASSUMED: AWS serves these calls on outposts
        alone), AccessDenied, NoSuchBucket.
    """
    own_account(call, params)
    arn = params["Bucket"]
    if not arns.is_outpost_bucket(arn):
        raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="BUCKET")
    found = call.world.outpost_buckets.get(arn)
    if found is None:
        raise errors.NO_SUCH_BUCKET(BucketName=arn.rpartition("/")[2])
    return found


def removable(call: CallContext, owner: Bucket) -> None:
    """Refuse to take a bucket away that isn't empty or that access points stand on.

    :raises AwsError: BucketNotEmpty, BucketHasAccessPointsAttached.
    """
    if len(owner.keys):
        spec = errors.BUCKET_NOT_EMPTY if owner.versioning is None else errors.BUCKET_NOT_EMPTY_OF_VERSIONS
        raise spec(BucketName=owner.name)
    if any(point.bucket is owner for point in call.world.access_points.values()):
        raise errors.BUCKET_HAS_ACCESS_POINTS()


def check_region(call: CallContext, bucket: Bucket) -> None:
    """Refuse a call that came to another region than the bucket's, as botocore's redirector expects it.

    :raises AwsError: NoSuchBucket from another partition; 301 PermanentRedirect from a region's own endpoint;
        400 AuthorizationHeaderMalformed where the bucket's name led to the right region, but the signature
        is for another.
    """
    if call.endpoint == "custom" or call.region == bucket.region:
        return
    headers = {"x-amz-bucket-region": bucket.region}
    if call.endpoint == "global":
        raise errors.SIGNED_FOR_ANOTHER_REGION(
            wrong=call.region, right=bucket.region, Region=bucket.region, headers=headers
        )
    if partitions.partition_of(call.region) != partitions.partition_of(bucket.region):
        hint = f"the bucket is in {bucket.region}, another partition than {call.region}"
        raise errors.NO_SUCH_BUCKET(BucketName=bucket.name, hint=hint)
    endpoint = f"{bucket.name}.s3.{partitions.host(bucket.region)}"
    raise errors.PERMANENT_REDIRECT(Bucket=bucket.name, Endpoint=endpoint, headers=headers)


def own_account(call: CallContext, params: Params, **more: Any) -> None:
    """Refuse an AccountId that isn't the caller's, and what the caller's policies don't allow there.

    :param more: what is known of the resource, as :func:`account_permission.check` takes it.
    :raises AwsError: AccessDenied (for an AccountId ASSUMED).
    """
    if params["AccountId"] != call.account:
        raise errors.ACCESS_DENIED(hint=f"AccountId is {params['AccountId']}, the call {call.account}'s")
    account_permission.check(call, params, **more)


def tagged_version(call: CallContext, params: Params, owner: Bucket, *, shown_key: str) -> ObjectVersion:
    """The version whose tags a call is about.

    :param shown_key: what NoSuchKey shows as Key.
    :raises AwsError: InvalidArgument for a malformed version id, NoSuchVersion for an unknown one,
        NoSuchKey; MethodNotAllowed for a delete marker, by id or as the latest.
    """
    version_id = params.get("VersionId")
    if version_id is None:
        version = owner.latest(params["Key"])
        if version is None:
            permission.check_listing(call, owner, params)
            raise errors.NO_SUCH_KEY(Key=shown_key)
    else:
        version = version_by_id(owner, params["Key"], version_id)
    if version.is_delete_marker:
        raise delete_marker(call, version)
    return version


def readable_version(call: CallContext, params: Params, owner: Bucket) -> ObjectVersion:
    """The version that a call reads, by VersionId or the current one.

    :raises AwsError: InvalidArgument, NoSuchVersion; MethodNotAllowed for a delete marker by id,
        NoSuchKey for one that is the latest.
    """
    if params.get("VersionId") is not None:
        version = version_by_id(owner, params["Key"], params["VersionId"])
        if version.is_delete_marker:
            raise delete_marker(call, version)
        return version
    latest = owner.latest(params["Key"])
    if latest is None or latest.is_delete_marker:
        permission.check_listing(call, owner, params)
    if latest is None:
        raise errors.NO_SUCH_KEY(Key=params["Key"])
    if latest.is_delete_marker:
        headers = {"x-amz-delete-marker": "true", "x-amz-version-id": latest.version_id}
        raise errors.NO_SUCH_KEY(Key=params["Key"], headers=headers)
    return latest


def version_by_id(owner: Bucket, key: str, version_id: str) -> ObjectVersion:
    """The version with this id.

    :raises AwsError: InvalidArgument for an id that S3 never gave out, else NoSuchVersion.
    """
    check_version_id(owner, version_id)
    version = owner.version(key, version_id)
    if version is None:
        raise errors.NO_SUCH_VERSION(Key=key, VersionId=version_id)
    return version


def check_version_id(owner: Bucket, version_id: str) -> None:
    """Refuse an id that S3 never gave out; a bucket that never had versioning gave out none (ASSUMED).

    :raises AwsError: InvalidArgument.
    """
    if version_id == NULL_VERSION:
        return
    if owner.versioning is None or not is_version_id(version_id):
        raise errors.INVALID_VERSION_ID(ArgumentName="versionId", ArgumentValue=version_id)


def delete_marker(call: CallContext, marker: ObjectVersion) -> errors.AwsError:
    """The 405 for a call that a delete marker can't serve."""
    headers = {"x-amz-delete-marker": "true", "x-amz-version-id": marker.version_id, "Allow": "DELETE"}
    return errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="DeleteMarker", headers=headers)


def public_access_block(params: Params) -> dict[str, bool]:
    """The public access block that a bucket or an account is given, whole.

    :raises AwsError: InvalidRequest, for one that names nothing.
    """
    wanted = params["PublicAccessBlockConfiguration"]
    if not wanted:
        raise errors.EMPTY_PUBLIC_ACCESS_BLOCK()
    return bucket_state.public_access_block(wanted)


def job(call: CallContext, params: Params) -> Job:
    """The job that ``JobId`` names, in the caller's account and region.

    :raises AwsError: AccessDenied, NotFoundException.
    """
    found = call.world.jobs.get(params["JobId"])
    if found is not None and (found.account, found.region) == (params["AccountId"], call.region):
        own_account(call, params, resource_tags=found.tags, further=_job_keys(found))
        return found
    own_account(call, params)
    hint = None if found is None else f"the job is in {found.region}, account {found.account}"
    raise errors.JOB_NOT_FOUND(hint=hint)


def _job_keys(found: Job) -> dict[str, str]:
    """The condition keys that a job has before the call."""
    keys = {"s3:existingjoboperation": found.operation, "s3:existingjobpriority": str(found.priority)}
    return {**keys, "s3:jobsuspendedcause": SUSPENDED_CAUSE} if found.status == "Suspended" else keys
