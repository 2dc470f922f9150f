"""Tags: in XML, in the x-amz-tagging header, through CreateBucket and S3 Control."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

# Tags, in XML

NO_SUCH_TAG_SET = ErrorSpec(
    "NoSuchTagSet",
    404,
    "The TagSet does not exist",
    ("BucketName",),
    "RECORDED LS test_bucket_tagging_crud",
)
DUPLICATE_TAG_KEY = ErrorSpec(
    "InvalidTag",
    400,
    "Cannot provide multiple Tags with the same key",
    ("TagKey",),
    "RECORDED LS test_tagging_validation",
)
INVALID_TAG_KEY = ErrorSpec(
    "InvalidTag",
    400,
    "The TagKey you have provided is invalid",
    ("TagKey",),
    "RECORDED LS test_tagging_validation (characters); REPORTED versitygw, argmin (length, empty)",
)
INVALID_TAG_VALUE = ErrorSpec(
    "InvalidTag",
    400,
    "The TagValue you have provided is invalid",
    ("TagKey", "TagValue"),
    "RECORDED LS test_tagging_validation (characters); REPORTED argmin (length)",
)
OBJECT_TAG_KEY_RESERVED = ErrorSpec(
    "InvalidTag",
    400,
    "Your TagKey cannot be prefixed with aws:",
    ("TagKey",),
    "RECORDED LS test_tagging_validation; ASSUMED for `AWS:` in another case",
)
BUCKET_TAG_KEY_RESERVED = ErrorSpec(
    "InvalidTag",
    400,
    "System tags cannot be added/updated by requester",
    ("TagKey",),
    "RECORDED LS test_tagging_validation",
)
BUCKET_TAG_KEY_RESERVED_OTHER_CASE = ErrorSpec(
    "InvalidTag",
    400,
    'Invalid Tag. Tags cannot start with "aws:"(case insensitive) unless they are System Tags '
    'that start with "aws:"(case sensitive)',
    ("TagKey",),
    "REPORTED argmin",
)
SYSTEM_TAGS_REMOVED = ErrorSpec(
    "InvalidTag",
    400,
    "System Tags cannot be removed by requester",
    (),
    "REPORTED terraform-provider-aws#7323, cloud-custodian#2834",
)
TOO_MANY_OBJECT_TAGS = ErrorSpec(
    "BadRequest",
    400,
    "Object tags cannot be greater than 10",
    (),
    "RECORDED moto-av test_put_object_tagging_too_many_tags",
)
TOO_MANY_BUCKET_TAGS = ErrorSpec(
    "BadRequest",
    400,
    "Bucket tag count cannot be greater than 50",
    (),
    "REPORTED versitygw",
)

# Tags, in the x-amz-tagging header

INVALID_TAGGING_HEADER = ErrorSpec(
    "InvalidArgument",
    400,
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters "
    "without tag name duplicates.",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_object_tagging_exc",
)

# Tags, through S3 Control and CreateBucket

TAG_KEY_RESERVED = ErrorSpec(
    "InvalidTag",
    400,
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. '
    'Remove "aws:" from your tag keys and try again.',
    (),
    "RECORDED LS test_tag_resource_validation, test_create_bucket_with_tags_exc; ASSUMED for jobs",
)
DUPLICATE_TAG_KEYS = ErrorSpec(
    "InvalidTag",
    400,
    "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.",
    (),
    "RECORDED LS test_tag_resource_validation; ASSUMED for jobs",
)
INVALID_TAG = ErrorSpec(
    "InvalidTag",
    400,
    "This request contains a tag key or value that isn't valid. Valid characters include the "
    "following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain "
    "up to 256 characters.",
    (),
    "RECORDED LS test_tag_resource_validation; ASSUMED for jobs",
)
NO_TAGS_AT_ALL = ErrorSpec(
    "InvalidTag",
    400,
    "At least one tag is required.",
    (),
    "REPORTED argmin",
)
DUPLICATE_TAG_KEYS_TO_REMOVE = ErrorSpec(
    "InvalidTag",
    400,
    "Duplicate tag keys are not supported.",
    (),
    "REPORTED argmin",
)
TOO_MANY_TAGS = ErrorSpec(
    "TooManyTags",
    400,
    "The number of tags exceeds the limit of 50 tags.",
    (),
    "DOCUMENTED S3 error responses, tagging",
)
RESOURCE_ELSEWHERE = ErrorSpec(
    "InvalidRequest",
    400,
    "The Region, account or partition of the resource's ARN doesn't match the request's",
    (),
    "DOCUMENTED S3 error responses, tagging: code and status; the text ASSUMED",
)
NO_SUCH_RESOURCE = ErrorSpec(
    "NoSuchResource",
    404,
    "The specified resource doesn't exist.",
    (),
    "RECORDED LS test_tag_operation_no_bucket",
)
ABAC_CLOSES_PUT = ErrorSpec(
    "BadRequest",
    400,
    "This S3 general purpose bucket has attribute-based access control (ABAC) enabled. To add tags to this "
    "bucket, initiate a TagResource request. To delete tags from this bucket, initiate an UntagResource "
    "request.",
    (),
    "REPORTED argmin",
)
ABAC_CLOSES_DELETE = ErrorSpec(
    "BadRequest",
    400,
    "This S3 general purpose bucket has attribute-based access control (ABAC) enabled. To delete tags from "
    "this bucket, initiate an UntagResource request.",
    (),
    "REPORTED argmin",
)
