"""Objects and their versions, conditions, ranges, copies."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

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
METHOD_NOT_ALLOWED = ErrorSpec(
    "MethodNotAllowed",
    405,
    "The specified method is not allowed against this resource.",
    ("Method", "ResourceType"),
    "RECORDED LS test_object_tagging_versioned, for delete markers; ASSUMED for what doesn't go through "
    "access points, and for S3 Control's bucket calls off Outposts",
)
KEY_TOO_LONG = ErrorSpec(
    "KeyTooLongError",
    400,
    "Your key is too long",
    ("Size", "MaxSizeAllowed"),
    "DOCUMENTED S3 error responses; the elements REPORTED",
)
METADATA_TOO_LARGE = ErrorSpec(
    "MetadataTooLarge",
    400,
    "Your metadata headers exceed the maximum allowed metadata size",
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
    "RECORDED LS test_list_objects_versions_markers and others",
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
#: Without additionalMessage.
BARE_HEADER_NOT_IMPLEMENTED = ErrorSpec(
    "NotImplemented",
    501,
    "A header you provided implies functionality that is not implemented",
    ("Header",),
    "RECORDED LS test_delete_object_if_match_size_non_express; DOCUMENTED for CopyObject with tags to a "
    "directory bucket, 501, the rest ASSUMED there",
)
RANGE_AND_PART = ErrorSpec(
    "InvalidRequest",
    400,
    "Cannot specify both Range header and partNumber query parameter",
    (),
    "RECORDED LS test_get_object_part",
)
INVALID_PART_NUMBER = ErrorSpec(
    "InvalidPartNumber",
    416,
    "The requested partnumber is not satisfiable",
    ("ActualPartCount", "PartNumberRequested"),
    "RECORDED LS test_get_object_part",
)
OBJECT_ARCHIVED = ErrorSpec(
    "InvalidObjectState",
    403,
    "The operation is not valid for the object's storage class",
    ("StorageClass",),
    "RECORDED LS test_put_object_storage_class",
)
SOURCE_ARCHIVED = ErrorSpec(
    "InvalidObjectState",
    403,
    "Operation is not valid for the source object's storage class",
    ("StorageClass",),
    "OBSERVED s3cmd PR 193, rclone #3224; that it has the element StorageClass ASSUMED",
)
NOT_ARCHIVED = ErrorSpec(
    "InvalidObjectState",
    403,
    "Restore is not allowed for the object's current storage class",
    ("StorageClass",),
    "DOCUMENTED RestoreObject; the text REPORTED",
)
RESTORE_IN_PROGRESS = ErrorSpec(
    "RestoreAlreadyInProgress",
    409,
    "Object restore is already in progress",
    (),
    "DOCUMENTED RestoreObject; the text REPORTED",
)
INVALID_RANGE = ErrorSpec(
    "InvalidRange",
    416,
    "The requested range is not satisfiable",
    ("ActualObjectSize", "RangeRequested"),
    "RECORDED LS test_get_object_range, test_invalid_range_error",
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
