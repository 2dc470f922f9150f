"""Every error that AWS answers here, as data: code, HTTP status, text, elements, source.

A row is a situation, not a code: InvalidTag has many texts. ``LS`` stands for LocalStack's
snapshots, which were recorded on AWS; ``moto-av`` for moto's aws_verified tests.
"""

from __future__ import annotations

from s3tag_mock.aws_error import AwsError, ErrorSpec

__all__ = ["AwsError", "ErrorSpec"]

# Buckets

NO_SUCH_BUCKET = ErrorSpec(
    "NoSuchBucket",
    404,
    "The specified bucket does not exist",
    ("BucketName",),
    "RECORDED LS test_bucket_tagging_exc",
)
BUCKET_ALREADY_OWNED_BY_YOU = ErrorSpec(
    "BucketAlreadyOwnedByYou",
    409,
    "Your previous request to create the named bucket succeeded and you already own it.",
    ("BucketName",),
    "RECORDED LS test_create_bucket_with_existing_name",
)
BUCKET_ALREADY_EXISTS = ErrorSpec(
    "BucketAlreadyExists",
    409,
    "The requested bucket name is not available. The bucket namespace is shared by all users of the "
    "system. Please select a different name and try again.",
    ("BucketName",),
    "DOCUMENTED S3 error responses",
)
BUCKET_NOT_EMPTY = ErrorSpec(
    "BucketNotEmpty",
    409,
    "The bucket you tried to delete is not empty",
    ("BucketName",),
    "RECORDED LS test_delete_bucket_with_objects",
)
BUCKET_NOT_EMPTY_OF_VERSIONS = ErrorSpec(
    "BucketNotEmpty",
    409,
    "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    ("BucketName",),
    "RECORDED LS test_delete_versioned_bucket_with_objects",
)
INVALID_BUCKET_NAME = ErrorSpec(
    "InvalidBucketName",
    400,
    "The specified bucket is not valid.",
    ("BucketName",),
    "RECORDED LS test_s3_uppercase_bucket_name",
)
ILLEGAL_LOCATION_CONSTRAINT = ErrorSpec(
    "IllegalLocationConstraintException",
    400,
    "The {constraint} location constraint is incompatible for the region specific endpoint this request "
    "was sent to.",
    (),
    "RECORDED LS test_different_location_constraint",
)
INVALID_LOCATION_CONSTRAINT = ErrorSpec(
    "InvalidLocationConstraint",
    400,
    "The specified location-constraint is not valid",
    ("LocationConstraint",),
    "RECORDED LS test_create_bucket_with_invalid_location_constraint",
)
VERSIONING_STATUS_MISSING = ErrorSpec(
    "IllegalVersioningConfigurationException",
    400,
    "The Versioning element must be specified",
    (),
    "RECORDED LS test_bucket_versioning_crud",
)

# Who may

ACCESS_DENIED = ErrorSpec(
    "AccessDenied",
    403,
    "Access Denied",
    (),
    "RECORDED LS test_delete_bucket_policy_expected_bucket_owner",
)
INVALID_EXPECTED_OWNER = ErrorSpec(
    "InvalidBucketOwnerAWSAccountID",
    400,
    "The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]",
    (),
    "RECORDED LS test_get_bucket_policy_invalid_account_id",
)

# Objects and their versions

NO_SUCH_KEY = ErrorSpec(
    "NoSuchKey",
    404,
    "The specified key does not exist.",
    ("Key",),
    "RECORDED LS test_object_tagging_exc; GetObjectTagging writes `bucket/key` into Key",
)
NO_SUCH_VERSION = ErrorSpec(
    "NoSuchVersion",
    404,
    "The specified version does not exist.",
    ("Key", "VersionId"),
    "RECORDED moto-av test_put_object_tagging_on_deleted_version",
)
INVALID_VERSION_ID = ErrorSpec(
    "InvalidArgument",
    400,
    "Invalid version id specified",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_delete_object; REPORTED on tagging, versitygw #1698",
)
DELETE_MARKER = ErrorSpec(
    "MethodNotAllowed",
    405,
    "The specified method is not allowed against this resource.",
    ("Method", "ResourceType"),
    "RECORDED LS test_object_tagging_versioned",
)
KEY_TOO_LONG = ErrorSpec(
    "KeyTooLongError",
    400,
    "Your key is too long",
    ("Size", "MaxSizeAllowed"),
    "DOCUMENTED S3 error responses; the elements REPORTED",
)
INVALID_STORAGE_CLASS = ErrorSpec(
    "InvalidStorageClass",
    400,
    "The storage class you specified is not valid",
    ("StorageClassRequested",),
    "RECORDED LS test_put_object_storage_class_outposts",
)
INVALID_ARGUMENT = ErrorSpec(
    "InvalidArgument",
    400,
    "{message}",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED family, LS test_list_objects_versions_markers and others",
)
INVALID_CONTINUATION_TOKEN = ErrorSpec(
    "InvalidArgument",
    400,
    "The continuation token provided is incorrect",
    ("ArgumentName",),
    "RECORDED LS test_list_objects_v2_continuation_start_after",
)
INVALID_ENCODING_TYPE = ErrorSpec(
    "InvalidArgument",
    400,
    "Invalid Encoding Method specified in Request",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_list_ops_encoding_type_validation",
)
VERSION_MARKER_WITHOUT_KEY_MARKER = ErrorSpec(
    "InvalidArgument",
    400,
    "A version-id marker cannot be specified without a key marker.",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_list_objects_versions_markers",
)

# Conditions and ranges

PRECONDITION_FAILED = ErrorSpec(
    "PreconditionFailed",
    412,
    "At least one of the pre-conditions you specified did not hold",
    ("Condition",),
    "RECORDED LS test_s3_get_object_preconditions, test_s3_copy_object_preconditions",
)
NOT_MODIFIED = ErrorSpec(
    "304",
    304,
    "Not Modified",
    (),
    "RECORDED LS test_s3_get_object_preconditions: a status without a body",
)
HEADER_NOT_IMPLEMENTED = ErrorSpec(
    "NotImplemented",
    501,
    "A header you provided implies functionality that is not implemented",
    ("Header", "additionalMessage"),
    "RECORDED LS test_copy_object_precondition_write_validation; additionalMessage's words ASSUMED",
)
INVALID_RANGE = ErrorSpec(
    "InvalidRange",
    416,
    "The requested range is not satisfiable",
    ("ActualObjectSize", "RangeRequested"),
    "RECORDED LS test_get_object_range, test_invalid_range_error",
)

# Multipart uploads

NO_SUCH_UPLOAD = ErrorSpec(
    "NoSuchUpload",
    404,
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted "
    "or completed.",
    ("UploadId",),
    "RECORDED LS test_multipart_no_such_upload",
)
INVALID_PART = ErrorSpec(
    "InvalidPart",
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the "
    "specified entity tag may not match the part's entity tag.",
    ("ETag", "PartNumber", "UploadId"),
    "RECORDED LS test_multipart_complete_multipart_wrong_part",
)
PARTS_OUT_OF_ORDER = ErrorSpec(
    "InvalidPartOrder",
    400,
    "The list of parts was not in ascending order. Parts must be ordered by part number.",
    ("UploadId",),
    "RECORDED LS test_complete_multipart_parts_order",
)
NO_PARTS = ErrorSpec(
    "InvalidRequest",
    400,
    "You must specify at least one part",
    (),
    "RECORDED LS test_multipart_complete_multipart_too_small",
)
ENTITY_TOO_SMALL = ErrorSpec(
    "EntityTooSmall",
    400,
    "Your proposed upload is smaller than the minimum allowed size",
    ("ETag", "MinSizeAllowed", "PartNumber", "ProposedSize"),
    "RECORDED LS test_multipart_complete_multipart_too_small",
)
OBJECT_SIZE_MISMATCH = ErrorSpec(
    "InvalidRequest",
    400,
    "The provided 'x-amz-mp-object-size' header value {given} does not match what was computed: {computed}",
    (),
    "RECORDED LS test_multipart_size_validation",
)
CHECKSUM_TYPE_WITHOUT_ALGORITHM = ErrorSpec(
    "InvalidRequest",
    400,
    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
    (),
    "RECORDED LS test_multipart_parts_checksum_exceptions_composite",
)
CHECKSUM_TYPE_IMPOSSIBLE = ErrorSpec(
    "InvalidRequest",
    400,
    "The {kind} checksum type cannot be used with the {algorithm} checksum algorithm.",
    (),
    "RECORDED LS test_multipart_checksum_type_compatibility",
)
CHECKSUM_TYPE_MISMATCH = ErrorSpec(
    "InvalidRequest",
    400,
    "The upload was created using the {kind} checksum mode. The complete request must use the same checksum "
    "mode.",
    (),
    "RECORDED LS test_multipart_parts_checksum_exceptions_composite",
)
CHECKSUM_OF_ANOTHER_ALGORITHM = ErrorSpec(
    "InvalidRequest",
    400,
    "Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}",
    (),
    "RECORDED LS test_multipart_parts_checksum_exceptions_composite",
)
PART_WITHOUT_CHECKSUM = ErrorSpec(
    "InvalidRequest",
    400,
    "The upload was created using a {algorithm} checksum. The complete request must include the checksum for "
    "each part. It was missing for part {number} in the request.",
    (),
    "RECORDED LS test_complete_multipart_parts_checksum_composite",
)

# Lifecycle

NO_SUCH_LIFECYCLE = ErrorSpec(
    "NoSuchLifecycleConfiguration",
    404,
    "The lifecycle configuration does not exist",
    ("BucketName",),
    "RECORDED LS test_delete_bucket_lifecycle_configuration",
)
DUPLICATE_LIFECYCLE_TAGS = ErrorSpec(
    "InvalidRequest",
    400,
    "Duplicate Tag Keys are not allowed.",
    (),
    "RECORDED LS test_put_bucket_lifecycle_conf_exc",
)
LIFECYCLE_DATE_NOT_MIDNIGHT = ErrorSpec(
    "InvalidArgument",
    400,
    "'Date' must be at midnight GMT",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_put_bucket_lifecycle_conf_exc",
)
INVALID_TRANSITION_MINIMUM = ErrorSpec(
    "InvalidRequest",
    400,
    "Invalid TransitionDefaultMinimumObjectSize found: {value}",
    (),
    "RECORDED LS test_s3_transition_default_minimum_object_size",
)

# Copies

COPY_ONTO_ITSELF = ErrorSpec(
    "InvalidRequest",
    400,
    "This copy request is illegal because it is trying to copy an object to itself without changing the "
    "object's metadata, storage class, website redirect location or encryption attributes.",
    (),
    "RECORDED LS test_s3_copy_object_in_place; that tags don't count ASSUMED from the text",
)
COPY_OF_DELETE_MARKER = ErrorSpec(
    "InvalidRequest",
    400,
    "The source of a copy request may not specifically refer to a delete marker by version id.",
    (),
    "RECORDED LS test_s3_copy_object_src_not_exists",
)
INVALID_COPY_SOURCE = ErrorSpec(
    "InvalidArgument",
    400,
    "Invalid copy source object key",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_s3_copy_object_wrong_format",
)
UNKNOWN_DIRECTIVE = ErrorSpec(
    "InvalidArgument",
    400,
    "Unknown {kind} directive.",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED versitygw, TaggingDirective; ASSUMED for MetadataDirective",
)
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
    "RECORDED LS test_tagging_validation (characters); REPORTED (length)",
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
TOO_MANY_JOB_TAGS = ErrorSpec(
    "TooManyTagsException",
    400,
    "The number of tags exceeds the limit of 50 tags.",
    (),
    "DOCUMENTED PutJobTagging's exceptions; the text from S3's error responses (TooManyTags)",
)

INTERNAL_ERROR = ErrorSpec(
    "InternalError",
    500,
    "We encountered an internal error. Please try again.",
    (),
    "RECORDED LS test_create_bucket_with_tags_exc; REPORTED argmin for UntagResource with 51 keys: "
    "AWS's own slips, which botocore retries",
)

# Bodies and digests

MALFORMED_XML = ErrorSpec(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
    (),
    "RECORDED LS test_tagging_validation",
)
INVALID_URI = ErrorSpec(
    "InvalidURI",
    400,
    "Couldn't parse the specified URI.",
    ("URI",),
    "RECORDED LS test_access_point_name_validation",
)
MISSING_REQUEST_BODY = ErrorSpec(
    "MissingRequestBodyError",
    400,
    "Request Body is empty",
    (),
    "REPORTED versitygw, argmin",
)
INCOMPLETE_BODY = ErrorSpec(
    "IncompleteBody",
    400,
    "The request body terminated unexpectedly",
    (),
    "DOCUMENTED S3 error responses",
)
INVALID_DIGEST = ErrorSpec(
    "InvalidDigest",
    400,
    "The Content-MD5 you specified was invalid.",
    ("Content-MD5",),
    "RECORDED LS test_s3_invalid_content_md5",
)
BAD_DIGEST_MD5 = ErrorSpec(
    "BadDigest",
    400,
    "The Content-MD5 you specified did not match what we received.",
    ("ExpectedDigest", "CalculatedDigest"),
    "RECORDED LS test_s3_invalid_content_md5",
)
BAD_DIGEST_CHECKSUM = ErrorSpec(
    "BadDigest",
    400,
    "The {algorithm} you specified did not match the calculated checksum.",
    (),
    "RECORDED LS test_multipart_upload_part_checksum_exception",
)
INVALID_CHECKSUM_VALUE = ErrorSpec(
    "InvalidRequest",
    400,
    "Value for {header} header is invalid.",
    (),
    "RECORDED LS test_multipart_upload_part_checksum_exception",
)
SEVERAL_CHECKSUMS = ErrorSpec(
    "InvalidRequest",
    400,
    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    (),
    "RECORDED LS test_s3_checksum_no_algorithm",
)
UNSUPPORTED_CHECKSUM = ErrorSpec(
    "InvalidRequest",
    400,
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
    "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
    (),
    "RECORDED LS test_multipart_parts_checksum_exceptions_composite; ASSUMED for CopyObject",
)
CHECKSUM_VALUE_MISSING = ErrorSpec(
    "InvalidRequest",
    400,
    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer "
    "headers were found.",
    (),
    "REPORTED versitygw #1593",
)
CHECKSUM_ALGORITHM_MISMATCH = ErrorSpec(
    "InvalidRequest",
    400,
    "Value for x-amz-sdk-checksum-algorithm header is invalid.",
    (),
    "REPORTED versitygw #1598, #1659",
)
CHECKSUM_REQUIRED = ErrorSpec(
    "InvalidRequest",
    400,
    "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
    (),
    "REPORTED versitygw #1521, PutBucketTagging",
)
INVALID_CONTENT_SHA256 = ErrorSpec(
    "InvalidRequest",
    400,
    "The value of x-amz-content-sha256 header is invalid",
    (),
    "REPORTED versitygw, a streaming payload on tagging calls",
)

# S3 Batch Operations

REQUEST_INVALID = ErrorSpec(
    "InvalidRequest",
    400,
    "Request invalid",
    (),
    "OBSERVED CreateJob's structural faults, aws-sdk-net #3400; the status ASSUMED",
)
JOB_NOT_FOUND = ErrorSpec(
    "NotFoundException",
    400,
    "The specified job does not exist",
    (),
    "DOCUMENTED name and status in the API reference, text in the user guide; the wire ASSUMED",
)
IDEMPOTENCY = ErrorSpec(
    "IdempotencyException",
    400,
    "The ClientRequestToken was used before with a different request",
    (),
    "DOCUMENTED name and status in the API reference; trigger and text ASSUMED",
)
