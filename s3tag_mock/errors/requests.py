"""What can be wrong with any request: its body, its digests, its URI."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

MALFORMED_XML = ErrorSpec(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
    (),
    "RECORDED LS test_tagging_validation",
)
OPERATION_NOT_SUPPORTED = ErrorSpec(
    "NotImplemented",
    501,
    "s3tag_mock doesn't support {operation}; nothing was sent and nothing changed. To answer it in the test, "
    "write aws.answers.add('{operation}', {{...}}), with AWS's response as boto3 returns it.",
    (),
    "ASSUMED the mock's own, after S3's code and status for what isn't implemented",
)
INVALID_URI = ErrorSpec(
    "InvalidURI",
    400,
    "Couldn't parse the specified URI.",
    ("URI",),
    "RECORDED LS test_access_point_name_validation",
)
MESSAGE_TOO_LONG = ErrorSpec(
    "MaxMessageLengthExceeded",
    400,
    "Your request was too big.",
    ("MaxMessageLengthBytes",),
    "REPORTED versitygw #1206, the code; DOCUMENTED S3 error responses; text and element ASSUMED",
)
MISSING_HEADER = ErrorSpec(
    "MissingSecurityHeader",
    400,
    "Your request was missing a required header",
    ("MissingHeaderName",),
    "RECORDED LS test_s3_bucket_acl_exceptions, for an ACL; ASSUMED for other headers",
)
MISSING_REQUEST_BODY = ErrorSpec(
    "MissingRequestBodyError",
    400,
    "Request Body is empty",
    (),
    "REPORTED versitygw, argmin",
)
INVALID_ACTION = ErrorSpec(
    "InvalidAction",
    400,
    "Could not find operation {action}",
    (),
    "ASSUMED after the Query protocol's common errors, which name the code and the status",
)
#: Requests that can't be read as HTTP.
NO_HTTP = ErrorSpec(
    "BadRequest",
    400,
    "An error occurred when parsing the HTTP request.",
    (),
    "OBSERVED aws-sdk-cpp #1559",
)
HEADERS_TOO_LARGE = ErrorSpec(
    "RequestHeaderSectionTooLarge",
    400,
    "Your request header section exceeds the maximum allowed size.",
    ("MaxSizeAllowed",),
    "OBSERVED versitygw #2180",
)
CONTENT_LENGTH_MISSING = ErrorSpec(
    "MissingContentLength",
    411,
    "You must provide the Content-Length HTTP header.",
    (),
    "OBSERVED arrow-rs-object-store #155 for PUT, s3fs-fuse #324 for POST, boto3 #4398 for a trailer",
)
BODY_TOO_SLOW = ErrorSpec(
    "RequestTimeout",
    400,
    "Your socket connection to the server was not read from or written to within the timeout period. Idle "
    "connections will be closed.",
    (),
    "OBSERVED aws-sdk-java #1101",
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

INTERNAL_ERROR = ErrorSpec(
    "InternalError",
    500,
    "We encountered an internal error. Please try again.",
    (),
    "RECORDED LS test_create_bucket_with_tags_exc; REPORTED argmin for UntagResource with 51 keys: "
    "AWS's own slips, which botocore retries",
)
