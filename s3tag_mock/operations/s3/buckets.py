"""CreateBucket, HeadBucket, ListBuckets, DeleteBucket, GetBucketLocation."""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import account_permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.paging import first
from s3tag_mock.operations.registry import BUCKET, Params, Result, operation
from s3tag_mock.operations.s3 import directory_buckets
from s3tag_mock.operations.s3.paging import from_token, page_size, token_of
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import access_points, acl, arns, limits
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.names import (
    account_regional_suffix,
    canonical_user_id,
    is_account_regional,
    is_bucket_name,
    owner_fields,
)
from s3tag_mock.rules.ownership import BUCKET_OWNER_ENFORCED, is_ownership
from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.rules.regions import LOCATION_CONSTRAINTS, US_EAST_1
from s3tag_mock.state.bucket import Bucket


@operation(
    "s3",
    "CreateBucket",
    "Bucket BucketNamespace CreateBucketConfiguration ACL ObjectOwnership ObjectLockEnabledForBucket",
    *acl.GRANT_HEADERS,
    also={
        "PutBucketAcl": f"ACL {' '.join(acl.GRANT_HEADERS)}",
        "PutBucketObjectLockConfiguration": "ObjectLockEnabledForBucket",
        "PutBucketVersioning": "ObjectLockEnabledForBucket",
        "PutBucketOwnershipControls": "ObjectOwnership",
        "TagResource": "CreateBucketConfiguration.Tags",
    },
)
def create_bucket(call: CallContext, params: Params) -> Result:
    """Make a bucket in the region of the endpoint; in us-east-1, making it again is no error.

    Source: CreateBucket; RECORDED, LS test_different_location_constraint,
    test_create_bucket_with_invalid_location_constraint, test_create_bucket_with_existing_name,
    test_create_bucket_head_bucket,
    test_create_bucket_with_tags_us_east_1_idempotency. The order name, constraint, namespace, tags,
    existence is ASSUMED.
    """
    name = params["Bucket"]
    wanted = params.get("CreateBucketConfiguration", {})
    if wanted.get("Bucket", {}).get("Type") == "Directory":
        return directory_buckets.create(call, name, params)
    if not is_bucket_name(name):
        raise errors.INVALID_BUCKET_NAME(
            BucketName=name, hint="a name has 3 to 63 of a-z, 0-9, '.' and '-'; more rules are in S3's guide"
        )
    region = _region_of(call, wanted.get("LocationConstraint"))
    _check_namespace(
        name, params.get("BucketNamespace", "global"), account_regional_suffix(call.account, region)
    )
    tags = tag_rules.CREATE_BUCKET.check(pairs(wanted.get("Tags", ())))
    account_permission.check(call, params)
    ownership, grants = _access(call, params)
    there = call.buckets.get(name)
    if there is not None and there.owner != call.account:
        raise errors.BUCKET_ALREADY_EXISTS(BucketName=name)
    if there is not None and (tags or (region, there.region) != (US_EAST_1, US_EAST_1)):
        raise errors.BUCKET_ALREADY_OWNED_BY_YOU(BucketName=name)
    if there is None:
        locked = params.get("ObjectLockEnabledForBucket", False)
        call.buckets[name] = Bucket(
            name,
            region,
            call.account,
            created=call.second,
            constraint=wanted.get("LocationConstraint"),
            tags=tags,
            ownership=ownership,
            grants=grants,
            versioning="Enabled" if locked else None,
            object_lock={"ObjectLockEnabled": "Enabled"} if locked else None,
        )
    domain = partition_of(region).domains[0]
    location = f"/{name}" if region == US_EAST_1 else call.url_of(name, "", f"http://{name}.s3.{domain}")
    return {"Location": location, "BucketArn": arns.bucket(name, region)}


def _check_namespace(name: str, namespace: str, suffix: str) -> None:
    """Refuse a name outside of its namespace.

    Source: OBSERVED, ansible amazon.aws #2935; for names of other accounts and regions ASSUMED.
    """
    header = "x-amz-bucket-namespace"
    if namespace not in _NAMESPACES:
        raise errors.INVALID_ARGUMENT(message="", ArgumentName=header, ArgumentValue=namespace)
    if namespace == "account-regional" and not name.endswith(suffix):
        raise errors.INVALID_NAMESPACE_HEADER(suffix=suffix)
    if namespace == "global" and is_account_regional(name):
        raise errors.MISSING_NAMESPACE_HEADER(Header=header)


_NAMESPACES: Final = ("account-regional", "global")


def _access(call: CallContext, params: Params) -> tuple[str, acl.Grants | None]:
    ownership: str = params.get("ObjectOwnership", BUCKET_OWNER_ENFORCED)
    if not is_ownership(ownership):
        raise errors.INVALID_OWNERSHIP(given=ownership, ArgumentName="x-amz-object-ownership")
    grants = acl.given(params, canonical_user_id(call.account))
    if grants is not None and len(grants) > 1 and ownership == BUCKET_OWNER_ENFORCED:
        raise errors.BUCKET_ACL_WITH_OWNERSHIP()
    acl.check(grants, ownership, closed=False)
    if acl.is_public(grants):
        raise errors.BUCKET_ACL_WITH_PUBLIC_BLOCK()
    return ownership, grants


def _region_of(call: CallContext, constraint: str | None) -> str:
    if call.region == US_EAST_1:
        if constraint is None:
            return US_EAST_1
        if constraint not in LOCATION_CONSTRAINTS or partition_of(constraint) != partition_of(US_EAST_1):
            raise errors.INVALID_LOCATION_CONSTRAINT(LocationConstraint=constraint)
        return LOCATION_CONSTRAINTS[constraint]
    if constraint is None or LOCATION_CONSTRAINTS.get(constraint) != call.region:
        raise errors.ILLEGAL_LOCATION_CONSTRAINT(constraint=constraint or "unspecified")
    return call.region


@operation("s3", "HeadBucket", BUCKET, action="ListBucket", access_points=True, directory_buckets=True)
def head_bucket(call: CallContext, params: Params) -> Result:
    """Whether the bucket is there and the caller's.

    Source: HeadBucket; RECORDED, LS test_create_bucket_head_bucket.
    """
    bucket = require.bucket(call, params)
    result: Result = {
        "BucketArn": bucket.arn,
        "BucketRegion": bucket.region,
        "AccessPointAlias": access_points.is_alias(params["Bucket"]),
    }
    if bucket.zone is not None:
        result.update(BucketLocationType="AvailabilityZone", BucketLocationName=bucket.zone)
    return result


@operation("s3", "ListBuckets", "Prefix BucketRegion MaxBuckets ContinuationToken", action="ListAllMyBuckets")
def list_buckets(call: CallContext, params: Params) -> Result:
    """The caller's buckets by name, a page of them where MaxBuckets is given.

    Their regions are shown by every call that says anything of a page, of names or of a region. Source:
    ListBuckets; RECORDED, LS test_list_buckets_region_validation, test_list_buckets_with_max_buckets,
    test_list_buckets_by_prefix_with_case_sensitivity,
    test_list_buckets_when_continuation_token_is_empty. What is no token is answered as ListObjectsV2's is
    (ASSUMED).
    """
    account_permission.check(call, params)
    prefix, region = params.get("Prefix"), params.get("BucketRegion")
    if region is not None and region not in {US_EAST_1, *LOCATION_CONSTRAINTS.values()}:
        raise errors.NOT_A_REGION(region=region, ArgumentName="bucket-region")
    token = params.get("ContinuationToken", "")
    start = token and from_token(token)
    most = page_size(
        params, "MaxBuckets", "max-buckets", bounds=limits.BUCKETS_PAGE, most=limits.BUCKETS_PAGE[1]
    )
    owned = (
        bucket
        for bucket in call.buckets.by_name(after=start)
        if bucket.owner == call.account
        and bucket.zone is None
        and bucket.name.startswith(prefix or "")
        and region in {None, bucket.region}
    )
    page, is_cut = first(owned, most)
    result: Result = {
        "Buckets": [_bucket_entry(bucket, with_region=not _PAGING.isdisjoint(params)) for bucket in page],
        "Owner": owner_fields(call.account),
    }
    if prefix is not None:
        result["Prefix"] = prefix
    if is_cut:
        result["ContinuationToken"] = token_of(page[-1].name)
    return result


_PAGING: Final = frozenset({"BucketRegion", "ContinuationToken", "MaxBuckets", "Prefix"})


def _bucket_entry(bucket: Bucket, *, with_region: bool) -> Result:
    entry: Result = {
        "Name": bucket.name,
        "CreationDate": bucket.created,
        "BucketArn": bucket.arn,
    }
    return {**entry, "BucketRegion": bucket.region} if with_region else entry


@operation("s3", "DeleteBucket", BUCKET, directory_buckets=True)
def delete_bucket(call: CallContext, params: Params) -> Result:
    """Take an empty bucket away; one with versions or delete markers is not empty.

    Source: DeleteBucket; RECORDED, LS test_delete_bucket_with_objects,
    test_delete_versioned_bucket_with_objects.
    """
    bucket = require.bucket(call, params)
    require.removable(call, bucket)
    del call.buckets[bucket.name]
    return {}


@operation("s3", "GetBucketLocation", BUCKET, access_points=True)
def get_bucket_location(call: CallContext, params: Params) -> Result:
    """The bucket's region; nothing at all for us-east-1.

    Every region answers it (ASSUMED, from how it is used). Source: GetBucketLocation.
    """
    bucket = require.bucket(call.calling(call.operation), params)
    return {} if bucket.region == US_EAST_1 else {"LocationConstraint": bucket.constraint or bucket.region}
