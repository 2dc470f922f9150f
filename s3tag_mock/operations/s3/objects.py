"""PutObject."""

from __future__ import annotations

import hashlib

from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import OBJECT, Params, Result, operation
from s3tag_mock.operations.s3.conditions import STORING, check_storing
from s3tag_mock.operations.s3.storing import WRITABLE, check_target, checksums_of, described, store, stored
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.checksums import CHECKSUM_PARAMETERS


@operation(
    "s3",
    "PutObject",
    OBJECT,
    "Body Tagging",
    *WRITABLE,
    *STORING,
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
    body = params.get("Body", b"")
    version = store(
        call,
        bucket,
        params["Key"],
        body=body,
        etag=hashlib.md5(body).hexdigest(),
        tags=tag_rules.from_header(params.get("Tagging", "")),
        description={
            **described(call, bucket, params),
            **{name: params[name] for name in CHECKSUM_PARAMETERS if name in params},
        },
    )
    return {"ETag": f'"{version.etag}"', **checksums_of(version), **stored(bucket, params["Key"], version)}
