"""CreateAccessPoint, GetAccessPoint, ListAccessPoints, DeleteAccessPoint: for buckets, also on outposts."""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations import paging, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Params, Result, operation
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import access_points, arns, partitions
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.state.access_point import AccessPoint
from s3tag_mock.state.bucket import ALL_PUBLIC_ACCESS_BLOCKED, Bucket, public_access_block


@operation(
    "s3control",
    "CreateAccessPoint",
    "AccountId Name Bucket BucketAccountId VpcConfiguration PublicAccessBlockConfiguration Tags",
    also={"TagResource": "Tags"},
)
def create_access_point(call: CallContext, params: Params) -> Result:
    """Give a bucket another name, with an alias.

    Source: CreateAccessPoint; RECORDED, LS test_access_point_lifecycle, test_access_point_name_validation,
    test_access_point_bucket_not_exists, test_access_point_already_exists.
    """
    origin = "VPC" if "VpcConfiguration" in params else "Internet"
    require.own_account(call, params, further={"s3:accesspointnetworkorigin": origin})
    name = params["Name"]
    if not access_points.is_name(name):
        raise errors.INVALID_URI(URI=f"accesspoint/{name}")
    tags = tag_rules.RESOURCE.check(pairs(params.get("Tags", ())))
    bucket = _bucket(call, params)
    vpc = params.get("VpcConfiguration", {}).get("VpcId")
    if bucket.outpost is not None and vpc is None:
        raise errors.OUTPOST_NEEDS_VPC()
    arn = arns.access_point(call.region, call.account, name, bucket.outpost)
    if arn in call.world.access_points:
        raise errors.ACCESS_POINT_ALREADY_OWNED()
    blocked = params.get("PublicAccessBlockConfiguration", ALL_PUBLIC_ACCESS_BLOCKED)
    point = call.world.access_points[arn] = AccessPoint(
        name=name,
        account=call.account,
        region=call.region,
        bucket=bucket,
        alias=access_points.alias(name, call.world.ids.alias(), bucket.outpost, call.region),
        created=call.now,
        public_access_block=public_access_block(blocked),
        vpc=vpc,
        tags=tags,
    )
    return {"AccessPointArn": arn, "Alias": point.alias}


def _bucket(call: CallContext, params: Params) -> Bucket:
    name = params["Bucket"]
    if arns.is_outpost_bucket(name):
        return require.outpost_bucket(call, params)
    bucket = call.buckets.get(name)
    owner = params.get("BucketAccountId", call.account)
    if bucket is None or (bucket.owner, bucket.region) != (owner, call.region):
        raise errors.ACCESS_POINT_WITHOUT_BUCKET(
            hint=f"there is no bucket {name} of account {owner} in {call.region}"
        )
    return bucket


@operation("s3control", "GetAccessPoint", "AccountId Name")
def get_access_point(call: CallContext, params: Params) -> Result:
    """An access point, with all that there is to know of it.

    Source: GetAccessPoint; RECORDED, LS test_access_point_lifecycle.
    """
    point = find(call, params)
    host = partitions.host(call.region)
    endpoints = {
        "ipv4": f"s3-accesspoint.{host}",
        "dualstack": f"s3-accesspoint.dualstack.{host}",
        "fips": f"s3-accesspoint-fips.{host}",
        "fips_dualstack": f"s3-accesspoint-fips.dualstack.{host}",
    }
    return {
        **_access_point_entry(point),
        "PublicAccessBlockConfiguration": point.public_access_block,
        "CreationDate": point.created,
        **({"Endpoints": endpoints} if point.bucket.outpost is None else {}),
    }


@operation("s3control", "ListAccessPoints", "AccountId Bucket NextToken MaxResults")
def list_access_points(call: CallContext, params: Params) -> Result:
    """A page of the account's access points in the region, by name; those of one bucket if it is named.

    Source: ListAccessPoints; RECORDED, LS test_access_point_lifecycle.
    """
    require.own_account(call, params)
    wanted = params.get("Bucket")
    points = [
        point
        for point in sorted(call.world.access_points.values(), key=lambda point: point.name)
        if (point.account, point.region) == (call.account, call.region)
        and (_bucket_name_of(point) == wanted if wanted else point.bucket.outpost is None)
    ]
    page, token = paging.page(points, lambda point: point.name, params)
    result: Result = {"AccessPointList": [_access_point_entry(point) for point in page]}
    return result if token is None else {**result, "NextToken": token}


@operation("s3control", "DeleteAccessPoint", "AccountId Name")
def delete_access_point(call: CallContext, params: Params) -> Result:
    """Take an access point away; its bucket stays.

    Source: DeleteAccessPoint; RECORDED, LS test_access_point_lifecycle.
    """
    del call.world.access_points[find(call, params).arn]
    return {}


def find(call: CallContext, params: Params) -> AccessPoint:
    """The access point that a call names, by its name or its ARN.

    :raises AwsError: AccessDenied, NoSuchAccessPoint.
    """
    name = params["Name"]
    arn = name if name.startswith("arn:") else arns.access_point(call.region, call.account, name, None)
    found = call.world.access_points.get(arn)
    require.own_account(call, params, resource_tags={} if found is None else found.tags)
    return require.access_point(call, arn)


def _access_point_entry(point: AccessPoint) -> Result:
    vpc = {} if point.vpc is None else {"VpcConfiguration": {"VpcId": point.vpc}}
    return {
        "Name": point.name,
        "NetworkOrigin": "Internet" if point.vpc is None else "VPC",
        **vpc,
        "Bucket": _bucket_name_of(point),
        "AccessPointArn": point.arn,
        "Alias": point.alias,
        "BucketAccountId": point.bucket.owner,
    }


def _bucket_name_of(point: AccessPoint) -> str:
    outpost, name = point.bucket.outpost, point.bucket.name
    return name if outpost is None else arns.outpost_bucket(point.region, point.account, outpost, name)
