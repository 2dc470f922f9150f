"""What browsers send: forms (PostObject, its fields, its policy) and CORS requests."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

EXTRA_FORM_FIELDS = ErrorSpec(
    "AccessDenied",
    403,
    "Invalid according to Policy: Extra input fields: {fields}",
    (),
    "OBSERVED aws-sdk-php #290, #3292; that they are listed in this way ASSUMED",
)
FORM_WITHOUT_FILE = ErrorSpec(
    "InvalidArgument",
    400,
    "POST requires exactly one file upload per request.",
    ("ArgumentName", "ArgumentValue"),
    "DOCUMENTED S3 error responses",
)
FORM_FIELD_MISSING = ErrorSpec(
    "InvalidArgument",
    400,
    "Bucket POST must contain a field named '{field}'.  If it is specified, please check the order of the "
    "fields.",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_post_request_missing_fields",
)
INVALID_POST_POLICY = ErrorSpec(
    "InvalidPolicyDocument",
    400,
    "Invalid Policy: {problem}",
    (),
    "RECORDED LS test_post_object_policy_conditions_validation_eq, for simple conditions; others ASSUMED",
)
POST_POLICY_EXPIRED = ErrorSpec(
    "AccessDenied",
    403,
    "Invalid according to Policy: Policy expired.",
    (),
    "RECORDED LS test_post_request_expires",
)
POST_CONDITION_FAILED = ErrorSpec(
    "AccessDenied",
    403,
    "Invalid according to Policy: Policy Condition failed: {condition}",
    (),
    "RECORDED LS test_post_object_policy_conditions_validation_eq",
)
FILE_TOO_LARGE = ErrorSpec(
    "EntityTooLarge",
    400,
    "Your proposed upload exceeds the maximum allowed size",
    ("ProposedSize", "MaxSizeAllowed"),
    "RECORDED LS test_post_object_policy_validation_size",
)
FILE_TOO_SMALL = ErrorSpec(
    "EntityTooSmall",
    400,
    "Your proposed upload is smaller than the minimum allowed size",
    ("ProposedSize", "MinSizeAllowed"),
    "RECORDED LS test_post_object_policy_validation_size",
)

# CORS requests

ORIGIN_WANTED = ErrorSpec(
    "BadRequest",
    400,
    "Insufficient information. Origin request header needed.",
    (),
    "RECORDED LS test_cors_http_options_no_config",
)
CORS_NOT_ENABLED = ErrorSpec(
    "AccessForbidden",
    403,
    "CORSResponse: CORS is not enabled for this bucket.",
    ("Method", "ResourceType"),
    "RECORDED LS test_cors_http_options_no_config",
)
CORS_WITHOUT_BUCKET = ErrorSpec(
    "AccessForbidden",
    403,
    "CORSResponse: Bucket not found",
    ("Method", "ResourceType"),
    "RECORDED LS test_cors_http_options_non_existent_bucket",
)
CORS_NOT_ALLOWED = ErrorSpec(
    "AccessForbidden",
    403,
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, "
    "request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted "
    "by the resource's CORS spec.",
    ("Method", "ResourceType"),
    "RECORDED LS test_cors_match_origins, test_cors_options_fails_partial_origin",
)
