"""PutObjectAcl, GetObjectAcl, PutBucketAcl, GetBucketAcl.

ACLs are checked, stored and given back; whom they let in, :mod:`s3tag_mock.operations.permission` decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.operations.registry import BUCKET, VERSION, Params, Result, operation
from s3tag_mock.operations.s3 import public_acls
from s3tag_mock.rules import acl
from s3tag_mock.rules.names import canonical_user_id, owner_fields
from s3tag_mock.state.bucket import Bucket

_ACL_PARAMETERS: Final = ("ACL", "AccessControlPolicy", *acl.GRANT_HEADERS)


@operation("s3", "PutObjectAcl", VERSION, *_ACL_PARAMETERS, access_points=True)
def put_object_acl(call: CallContext, params: Params) -> Result:
    """Replace an object's ACL, unless the bucket has none, as new ones do.

    Source: PutObjectAcl; RECORDED, LS test_put_object_acl_exceptions, test_put_object_acl_on_delete_marker.
    """
    bucket = require.bucket(call, params)
    version = require.tagged_version(call, params, bucket, shown_key=params["Key"])
    owner = bucket.owner_of(version)
    before, grants = version.properties.grants, _given(call, bucket, params, owner)
    version.properties = replace(version.properties, grants=grants)
    if grants != (before or acl.owners_alone(canonical_user_id(owner))):
        # RECORDED, LS test_object_put_acl: what changes nothing is no event.
        note(call, bucket, "ObjectAcl:Put", params["Key"], version)
    return {}


@operation("s3", "GetObjectAcl", VERSION, access_points=True)
def get_object_acl(call: CallContext, params: Params) -> Result:
    """An object's ACL: at first, full control for its owner.

    Source: GetObjectAcl; RECORDED, LS test_put_object_acl_on_delete_marker.
    """
    bucket = require.bucket(call, params)
    version = require.readable_version(call, params, bucket)
    return _acl_fields(bucket.owner_of(version), version.properties.grants)


@operation("s3", "PutBucketAcl", BUCKET, *_ACL_PARAMETERS)
def put_bucket_acl(call: CallContext, params: Params) -> Result:
    """Replace a bucket's ACL, unless it has none, as new ones do.

    Source: PutBucketAcl; RECORDED, LS test_s3_bucket_acl_exceptions.
    """
    bucket = require.bucket(call, params)
    bucket.grants = _given(call, bucket, params, bucket.owner)
    return {}


@operation("s3", "GetBucketAcl", BUCKET, access_points=True)
def get_bucket_acl(call: CallContext, params: Params) -> Result:
    """A bucket's ACL: at first, full control for its owner.

    Source: GetBucketAcl; RECORDED, LS test_s3_bucket_acl.
    """
    bucket = require.bucket(call, params)
    return _acl_fields(bucket.owner, bucket.grants)


def _given(call: CallContext, bucket: Bucket, params: Params, owner: str) -> acl.Grants:
    bucket_owner = None if owner == bucket.owner else canonical_user_id(bucket.owner)
    grants = acl.given(params, canonical_user_id(owner), bucket_owner)
    if grants is None:
        raise errors.MISSING_HEADER(MissingHeaderName="x-amz-acl")
    acl.check(grants, bucket.ownership, closed=True)
    public_acls.check(call, bucket, params, grants)
    return grants


def _acl_fields(account: str, grants: acl.Grants | None) -> Result:
    owner = owner_fields(account)
    return {"Owner": owner, "Grants": grants or acl.owners_alone(owner["ID"])}
