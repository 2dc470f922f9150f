"""PutObject."""

from __future__ import annotations

from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation
from s3tag_mock.operations.s3.conditions import STORING, check_storing
from s3tag_mock.operations.s3.storing import (
    ALSO,
    WRITABLE,
    check_target,
    checksum_fields,
    etag_of,
    new_properties,
    store,
    stored_fields,
)
from s3tag_mock.rules import checksums
from s3tag_mock.rules import tags as tag_rules


@operation(
    "s3",
    "PutObject",
    OBJECT,
    "Body Tagging",
    *WRITABLE,
    *STORING,
    also=ALSO,
    access_points=True,
    directory_buckets=True,
)
def put_object(call: CallContext, params: Params) -> Result:
    """Store an object; on a bucket with versioning as its newest version.

    Tags of the object before it don't carry over; those of the ``x-amz-tagging`` header count alone.
    Source: PutObject; RECORDED, LS test_put_object_with_tags, test_put_object_on_suspended_bucket.
    """
    bucket = require.bucket(call, params)
    check_target(bucket, params)
    check_storing(params, bucket)
    body = params["Body"]
    tags = tag_rules.from_header(params.get("Tagging", ""))
    properties = new_properties(call, bucket, params)
    version = store(
        call,
        bucket,
        params["Key"],
        body=body,
        etag=etag_of(call, bucket, properties, body),
        tags=tags,
        properties=properties,
        checksum=checksums.given(params),
    )
    return {
        "ETag": version.quoted_etag,
        **checksum_fields(version),
        **stored_fields(bucket, params["Key"], version),
    }
