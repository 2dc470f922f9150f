"""Directory buckets (S3 Express One Zone): ListDirectoryBuckets, CreateSession, and how one is made.

Objects are kept and listed as in other buckets; that listings of directory buckets have no order,
and that their ETags are no MD5, isn't modelled.
"""

from __future__ import annotations

from datetime import timedelta

from s3tag_mock import errors
from s3tag_mock.operations import account_permission, authorization, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.paging import first
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.s3.paging import from_token, page_size, token_of
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import arns, partitions
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.access_keys import FAKE, access_key
from s3tag_mock.rules.directory_buckets import zone_of
from s3tag_mock.state.bucket import Bucket


def create(call: CallContext, name: str, params: Params) -> Result:
    """Make a directory bucket, as CreateBucket does when its configuration says so.

    :raises AwsError: InvalidBucketName; AccessDenied; BucketAlreadyOwnedByYou, BucketAlreadyExists.
    """
    configuration = params["CreateBucketConfiguration"]
    zone, arn = zone_of(name), arns.directory_bucket(call.region, call.account, name)
    if zone is None or zone != configuration.get("Location", {}).get("Name"):
        raise errors.INVALID_BUCKET_NAME(BucketName=name, hint="the name must end with --<zone id>--x-s3")
    tags = tag_rules.RESOURCE.check(pairs(configuration.get("Tags", ())))
    for action in ("TagResource", "CreateBucket") if tags else ("CreateBucket",):
        authorization.check(call, f"s3express:{action}", arn, params)
    there = call.buckets.get(name)
    if there is not None:
        own = there.owner == call.account
        raise (errors.BUCKET_ALREADY_OWNED_BY_YOU if own else errors.BUCKET_ALREADY_EXISTS)(BucketName=name)
    call.buckets[name] = Bucket(name, call.region, call.account, created=call.second, zone=zone, tags=tags)
    return {
        "Location": f"https://{name}.s3express-{zone}.{partitions.host(call.region)}/",
        "BucketArn": arn,
    }


@operation(
    "s3",
    "ListDirectoryBuckets",
    "ContinuationToken MaxDirectoryBuckets",
    action="s3express:ListAllMyDirectoryBuckets",
)
def list_directory_buckets(call: CallContext, params: Params) -> Result:
    """A page of the caller's directory buckets in the region, by name.

    Source: ListDirectoryBuckets.
    """
    account_permission.check(call, params)
    token = params.get("ContinuationToken", "")
    start = token and from_token(token)
    most = page_size(params, "MaxDirectoryBuckets", "max-directory-buckets")
    owned = (
        bucket
        for bucket in call.buckets.by_name(after=start)
        if bucket.zone is not None and (bucket.owner, bucket.region) == (call.account, call.region)
    )
    page, is_cut = first(owned, most)
    listed = [
        {
            "Name": bucket.name,
            "CreationDate": bucket.created,
            "BucketRegion": bucket.region,
            "BucketArn": bucket.arn,
        }
        for bucket in page
    ]
    result: Result = {"Buckets": listed}
    if is_cut:
        result["ContinuationToken"] = token_of(page[-1].name)
    return result


@operation(
    "s3",
    "CreateSession",
    "Bucket",
    ignores="SessionMode ServerSideEncryption SSEKMSKeyId SSEKMSEncryptionContext BucketKeyEnabled",
    action="s3express:CreateSession",
    directory_buckets=True,
)
def create_session(call: CallContext, params: Params) -> Result:
    """Credentials for five minutes of calls to a directory bucket; botocore asks for them by itself.

    Source: CreateSession.
    """
    bucket = require.bucket(call, params)
    if bucket.zone is None:
        raise errors.METHOD_NOT_ALLOWED(Method=call.method, ResourceType="BUCKET")
    # botocore holds the expiration against the real time, whatever the mock's clock says.
    expiration = call.world.clock.real_now() + timedelta(minutes=5)
    return {
        "ServerSideEncryption": "AES256",
        "Credentials": {
            "AccessKeyId": access_key(call.account),
            "SecretAccessKey": FAKE,
            "SessionToken": FAKE,
            "Expiration": expiration,
        },
    }
