"""Configurations that a bucket stores: CORS, website, logging, notifications, inventories and the like."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

_ARGUMENT = ("ArgumentName", "ArgumentValue")

NO_SUCH_CONFIGURATION = ErrorSpec(
    "NoSuchConfiguration",
    404,
    "The specified configuration does not exist.",
    (),
    "RECORDED LS test_s3_inventory_report_crud",
)
CONFIGURATION_ID_MISMATCH = ErrorSpec(
    "IdMismatch",
    400,
    "Document ID does not match the specified configuration ID.",
    (),
    "RECORDED LS test_s3_put_inventory_report_exceptions",
)
INVALID_INVENTORY_BUCKET = ErrorSpec(
    "InvalidS3DestinationBucket",
    400,
    "Invalid bucket ARN.",
    (),
    "RECORDED LS test_s3_put_inventory_report_exceptions",
)
NOTIFICATION_ELSEWHERE = ErrorSpec(
    "InvalidArgument",
    400,
    "The notification destination service region is not valid for the bucket location constraint",
    ("ArgumentName", "ArgumentValue"),
    "OBSERVED cloud-custodian #1720; the elements ASSUMED",
)
TOO_MANY_CONFIGURATIONS = ErrorSpec(
    "TooManyConfigurations",
    400,
    "You are attempting to create a new configuration but have already reached the 1,000-configuration "
    "limit.",
    (),
    "DOCUMENTED PutBucketInventoryConfiguration, special errors",
)

STORAGE_LENS_GROUP_EXISTS = ErrorSpec(
    "ConflictException",
    409,
    "A Storage Lens group with this name already exists.",
    (),
    "ASSUMED code, status and text",
)

# CORS

NO_CORS = ErrorSpec(
    "NoSuchCORSConfiguration",
    404,
    "The CORS configuration does not exist",
    ("BucketName",),
    "RECORDED LS test_get_cors",
)
UNSUPPORTED_CORS_METHOD = ErrorSpec(
    "InvalidRequest",
    400,
    "Found unsupported HTTP method in CORS config. Unsupported method is {method}",
    (),
    "RECORDED LS test_put_cors_invalid_rules",
)
SEVERAL_CORS_WILDCARDS = ErrorSpec(
    "InvalidRequest",
    400,
    '{element} "{text}" can not have more than one wildcard.',
    (),
    "OBSERVED versitygw #1870",
)
CORS_EXPOSED_WILDCARD = ErrorSpec(
    "InvalidRequest",
    400,
    "ExposeHeader {header} contains a wildcard. Wildcards are currently not supported for ExposeHeader.",
    (),
    "ASSUMED from Scality's text, which was written after AWS's",
)
TOO_MANY_CORS_RULES = ErrorSpec(
    "InvalidRequest",
    400,
    "The number of CORS rules should not exceed allowed limit of 100 rules.",
    (),
    "ASSUMED the limit is PutBucketCors's, the text Scality's",
)

# Website

NO_WEBSITE = ErrorSpec(
    "NoSuchWebsiteConfiguration",
    404,
    "The specified bucket does not have a website configuration",
    ("BucketName",),
    "RECORDED LS test_crud_website_configuration",
)
INDEX_SUFFIX_MALFORMED = ErrorSpec(
    "InvalidArgument",
    400,
    "The IndexDocument Suffix is not well formed",
    _ARGUMENT,
    "RECORDED LS test_validate_website_configuration",
)
INDEX_DOCUMENT_MISSING = ErrorSpec(
    "InvalidArgument",
    400,
    "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
    _ARGUMENT,
    "RECORDED LS test_validate_website_configuration",
)
REDIRECT_ALL_AND_MORE = ErrorSpec(
    "InvalidArgument",
    400,
    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
    _ARGUMENT,
    "RECORDED LS test_validate_website_configuration",
)
INVALID_REDIRECT_PROTOCOL = ErrorSpec(
    "InvalidRequest",
    400,
    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected "
    "automatically.",
    (),
    "RECORDED LS test_validate_website_configuration",
)
TWO_KEY_REPLACEMENTS = ErrorSpec(
    "InvalidRequest",
    400,
    "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
    (),
    "RECORDED LS test_validate_website_configuration",
)
EMPTY_ROUTING_CONDITION = ErrorSpec(
    "InvalidRequest",
    400,
    "Condition cannot be empty. To redirect all requests without a condition, the condition element "
    "shouldn't be present.",
    (),
    "RECORDED LS test_validate_website_configuration",
)
INVALID_REDIRECT_CODE = ErrorSpec(
    "InvalidRequest",
    400,
    "The provided HTTP redirect code ({code}) is not valid. Valid codes are 3XX except 300.",
    (),
    "ASSUMED from Scality's text",
)
INVALID_HTTP_ERROR_CODE = ErrorSpec(
    "InvalidRequest",
    400,
    "The provided HTTP error code ({code}) is not valid. Valid codes are 4XX or 5XX.",
    (),
    "ASSUMED from Scality's text",
)

# Logging

NO_LOGGING_TARGET = ErrorSpec(
    "InvalidTargetBucketForLogging",
    400,
    "The target bucket for logging does not exist",
    ("TargetBucket",),
    "RECORDED LS test_put_bucket_logging_wrong_target",
)
LOGGING_ELSEWHERE = ErrorSpec(
    "CrossLocationLoggingProhibitted",
    403,
    "Cross S3 location logging not allowed. ",
    ("TargetBucketLocation",),
    "RECORDED LS test_put_bucket_logging_wrong_target",
)
LOGGING_ELSEWHERE_FROM = ErrorSpec(
    "CrossLocationLoggingProhibitted",
    403,
    "Cross S3 location logging not allowed. ",
    ("SourceBucketLocation", "TargetBucketLocation"),
    "RECORDED LS test_put_bucket_logging_cross_locations",
)

# Acceleration

ACCELERATE_WITH_PERIODS = ErrorSpec(
    "InvalidRequest",
    400,
    "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
    (),
    "RECORDED LS test_bucket_acceleration_configuration_exc",
)

# Notifications

UNKNOWN_FILTER_NAME = ErrorSpec(
    "InvalidArgument",
    400,
    "filter rule name must be either prefix or suffix",
    _ARGUMENT,
    "RECORDED LS test_bucket_notification_with_invalid_filter_rules",
)
SEVERAL_FILTER_RULES = ErrorSpec(
    "InvalidArgument",
    400,
    "Cannot specify more than one {name} rule in a filter.",
    _ARGUMENT,
    "ASSUMED from MinIO's text, which was copied from AWS's",
)
FILTER_VALUE_TOO_LONG = ErrorSpec(
    "InvalidArgument",
    400,
    "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation",
    _ARGUMENT,
    "ASSUMED the limit is documented, the text MinIO's",
)
UNPARSABLE_ARN = ErrorSpec(
    "InvalidArgument",
    400,
    "The ARN could not be parsed",
    _ARGUMENT,
    "RECORDED LS test_invalid_sqs_arn",
)
UNSUPPORTED_EVENT = ErrorSpec(
    "InvalidArgument",
    400,
    "A specified event is not supported for notifications",
    _ARGUMENT,
    "ASSUMED from MinIO's text, which was copied from AWS's",
)
NOTIFICATION_ID_TWICE = ErrorSpec(
    "InvalidArgument",
    400,
    "Same ID used for multiple configurations. IDs must be unique",
    (),
    "ASSUMED from other implementations",
)
TOO_MANY_NOTIFICATIONS = ErrorSpec(
    "InvalidArgument",
    400,
    "The number of event notification configurations must not exceed 100",
    (),
    "ASSUMED the quota is documented, the text isn't",
)
DESTINATIONS_INVALID = ErrorSpec(
    "InvalidArgument",
    400,
    "Unable to validate the following destination configurations",
    (),
    "RECORDED LS test_multiple_invalid_sqs_arns, which has elements for each of them",
)
NOTIFICATIONS_OVERLAP = ErrorSpec(
    "InvalidArgument",
    400,
    "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
    _ARGUMENT,
    "OBSERVED minio #2472",
)
NOTIFICATIONS_AMBIGUOUS = ErrorSpec(
    "InvalidArgument",
    400,
    "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are "
    "overlapping for the same event type.",
    (),
    "OBSERVED aws-waf-security-automations #49",
)
