"""Find what a call names, or raise what AWS answers when it isn't there or isn't the caller's."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.misuse import NotServed
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params
from s3tag_mock.rules import arns, policy
from s3tag_mock.rules.names import is_account_id
from s3tag_mock.sources import is_version_id
from s3tag_mock.state.bucket import NULL_VERSION, Bucket, ObjectVersion
from s3tag_mock.state.job import Job


def bucket(call: CallContext, params: Params) -> Bucket:
    """The bucket that ``Bucket`` names, if the caller may use it.

    :raises AwsError: what :func:`existing_bucket` and then :func:`permission` raise.
    """
    found = existing_bucket(call, params)
    permission(call, found, params)
    return found


def existing_bucket(call: CallContext, params: Params) -> Bucket:
    """The bucket that ``Bucket`` names, whether or not the caller may use it.

    :raises NotServed: for the ARN of an access point.
    :raises AwsError: NoSuchBucket; 301 PermanentRedirect or 400 AuthorizationHeaderMalformed for another
        region's bucket; InvalidBucketOwnerAWSAccountID or AccessDenied for ExpectedBucketOwner. In
        this order, and before permissions (ASSUMED).
    """
    found = call.world.buckets.get(params["Bucket"])
    if found is None and params["Bucket"].startswith("arn:"):
        raise NotServed(
            f"{params['Bucket']} was used as a bucket, and s3tag_mock serves no access points yet."
        )
    if found is None:
        raise errors.NO_SUCH_BUCKET(BucketName=params["Bucket"])
    check_region(call, found)
    expected = params.get("ExpectedBucketOwner")
    if expected is not None and not is_account_id(expected):
        raise errors.INVALID_EXPECTED_OWNER(owner=expected)
    if expected is not None and expected != found.owner:
        raise errors.ACCESS_DENIED(
            hint=f"the bucket's owner is {found.owner}, ExpectedBucketOwner {expected}"
        )
    return found


def permission(call: CallContext, owner: Bucket, params: Params) -> None:
    """Let the bucket's owner in, and whom its policy lets in; nobody whom its policy denies.

    :raises AwsError: AccessDenied, also for another account that doesn't offer to pay a bucket whose
        requesters pay.
    """
    arn = arns.bucket(owner.name)
    decided = None
    if owner.policy is not None:
        action = policy.action_of(call.operation, names_version=params.get("VersionId") is not None)
        resource = f"{arn}/{params['Key']}" if "Key" in params else arn
        decided = policy.decision(policy.parse(owner.policy), call.account, action, resource)
    if decided == "Deny":
        raise errors.ACCESS_DENIED(hint="the bucket's policy denies it")
    if call.account == owner.owner:
        return
    if decided is None:
        raise errors.ACCESS_DENIED(
            hint=f"the bucket is {owner.owner}'s, the call {call.account}'s, and no policy allows it"
        )
    if owner.payer == "Requester" and params.get("RequestPayer") != "requester":
        raise errors.ACCESS_DENIED(hint="the bucket's requesters pay, and RequestPayer isn't 'requester'")


def check_region(call: CallContext, bucket: Bucket) -> None:
    """Refuse a call that came to another region than the bucket's, as botocore's redirector expects it.

    :raises AwsError: 301 PermanentRedirect from a region's own endpoint; 400 AuthorizationHeaderMalformed
        where the bucket's name led to the right region, but the signature is for another.
    """
    if call.endpoint == "custom" or call.region == bucket.region:
        return
    headers = {"x-amz-bucket-region": bucket.region}
    if call.endpoint == "global":
        raise errors.SIGNED_FOR_ANOTHER_REGION(
            wrong=call.region, right=bucket.region, Region=bucket.region, headers=headers
        )
    endpoint = f"{bucket.name}.s3.{bucket.region}.amazonaws.com"
    raise errors.PERMANENT_REDIRECT(Bucket=bucket.name, Endpoint=endpoint, headers=headers)


def own_account(call: CallContext, params: Params) -> None:
    """Refuse an AccountId that isn't the caller's.

    :raises AwsError: AccessDenied (ASSUMED).
    """
    if params["AccountId"] != call.account:
        raise errors.ACCESS_DENIED(hint=f"AccountId is {params['AccountId']}, the call {call.account}'s")


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
    check_version_id(version_id)
    version = owner.version(key, version_id)
    if version is None:
        raise errors.NO_SUCH_VERSION(Key=key, VersionId=version_id)
    return version


def check_version_id(version_id: str) -> None:
    """Refuse an id that S3 never gave out.

    :raises AwsError: InvalidArgument.
    """
    if version_id != NULL_VERSION and not is_version_id(version_id):
        raise errors.INVALID_VERSION_ID(ArgumentName="versionId", ArgumentValue=version_id)


def delete_marker(call: CallContext, marker: ObjectVersion) -> errors.AwsError:
    """The 405 for a call that a delete marker can't serve."""
    headers = {"x-amz-delete-marker": "true", "x-amz-version-id": marker.version_id, "Allow": "DELETE"}
    return errors.DELETE_MARKER(Method=call.method, ResourceType="DeleteMarker", headers=headers)


def job(call: CallContext, params: Params) -> Job:
    """The job that ``JobId`` names, in the caller's account and region.

    :raises AwsError: AccessDenied, NotFoundException.
    """
    own_account(call, params)
    found = call.world.jobs.get(params["JobId"])
    if found is None or (found.account, found.region) != (params["AccountId"], call.region):
        hint = None if found is None else f"the job is in {found.region}, account {found.account}"
        raise errors.JOB_NOT_FOUND(hint=hint)
    return found
