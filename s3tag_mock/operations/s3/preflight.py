"""A browser's question whether it may send a request from another site.

Source: S3 API reference, "OPTIONS object".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation, Params, Result
from s3tag_mock.rules import cors_requests
from s3tag_mock.state.bucket import Bucket


def options_object(call: CallContext, params: Params) -> Result:
    """What the bucket's CORS rules say; anybody may ask.

    :return: the headers of the answer, as ``Headers``.
    :raises AwsError: BadRequest without an Origin; AccessForbidden where no rule lets the request in.

    Source: RECORDED, LS test_cors_http_options_no_config, test_cors_http_options_non_existent_bucket.
    """
    headers = params["Headers"]
    if "origin" not in headers:
        raise errors.ORIGIN_WANTED()
    method = headers.get("access-control-request-method", "OPTIONS")
    bucket = call.world.bucket_behind(params["Bucket"], call.region)
    if bucket is None:
        raise errors.CORS_WITHOUT_BUCKET(Method=method, ResourceType="BUCKET")
    rules = rules_of(bucket)
    if not rules:
        raise errors.CORS_NOT_ENABLED(Method=method, ResourceType="BUCKET")
    allowed = cors_requests.headers_of_answer(rules, method, headers)
    if allowed is None:
        raise errors.CORS_NOT_ALLOWED(Method=method, ResourceType="OBJECT" if params["Key"] else "BUCKET")
    return {"Headers": allowed}


def rules_of(bucket: Bucket) -> Sequence[Any]:
    """A bucket's CORS rules, in boto3's shape."""
    found: Sequence[Any] = bucket.configurations.get("BucketCors", {}).get("CORSRules", ())
    return found


OPTIONS_OBJECT: Final = Operation(
    "s3", "OptionsObject", options_object, honours=frozenset({"Bucket", "Headers", "Key"})
)
