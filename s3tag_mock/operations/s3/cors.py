"""PutBucketCors, GetBucketCors, DeleteBucketCors."""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.s3 import configurations
from s3tag_mock.operations.s3.configurations import Kind
from s3tag_mock.rules import cors

_CORS: Final = Kind(
    title="CORS rules",
    name="BucketCors",
    parameter="CORSConfiguration",
    put_action="PutBucketCORS",
    get_action="GetBucketCORS",
    source="PutBucketCors; RECORDED, LS test_put_cors, test_get_cors, test_delete_cors.",
    check=configurations.refused_by(cors.check),
    absent=errors.NO_CORS,
)
put_bucket_cors = configurations.put(_CORS)
get_bucket_cors = configurations.get(_CORS)
delete_bucket_cors = configurations.delete(_CORS, action="PutBucketCORS")
