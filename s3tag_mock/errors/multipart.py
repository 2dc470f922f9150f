"""Multipart uploads."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

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
COPY_RANGE_BEYOND = ErrorSpec(
    "InvalidRequest",
    400,
    "The specified copy range is invalid for the source object size",
    (),
    "RECORDED LS test_upload_part_copy_range",
)
BAD_PART_DIGEST = ErrorSpec(
    "BadDigest",
    400,
    "The {algorithm} you specified for part {number} did not match what we received.",
    (),
    "RECORDED LS test_multipart_parts_checksum_exceptions_composite; that the part has no checksum ASSUMED",
)
CONDITION_CONFLICT = ErrorSpec(
    "ConditionalRequestConflict",
    409,
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    ("Condition", "Key"),
    "RECORDED LS test_multipart_if_match_with_delete, test_multipart_if_none_match_with_delete",
)
