"""Signatures of requests: in the query, in the Authorization header, in a browser's form."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your key and "
    "signing method."
)

SIGNATURE_DOES_NOT_MATCH = ErrorSpec(
    "SignatureDoesNotMatch",
    403,
    _MISMATCH,
    (
        "AWSAccessKeyId",
        "StringToSign",
        "SignatureProvided",
        "StringToSignBytes",
        "CanonicalRequest",
        "CanonicalRequestBytes",
    ),
    "RECORDED LS test_put_url_metadata_with_sig_s3v4",
)
SIGNATURE_DOES_NOT_MATCH_V2 = ErrorSpec(
    "SignatureDoesNotMatch",
    403,
    _MISMATCH,
    ("AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes"),
    "RECORDED LS test_put_url_metadata_with_sig_s3, and test_post_request_malformed_policy for forms of both "
    "versions",
)
#: Of services beside S3.
SIGNATURE_REFUSED = ErrorSpec(
    "SignatureDoesNotMatch",
    403,
    "{problem}",
    (),
    'DOCUMENTED IAM user guide, "Troubleshoot Signature Version 4 signing"',
)
JSON_SIGNATURE_REFUSED = ErrorSpec(
    "InvalidSignatureException",
    400,
    "{problem}",
    (),
    'DOCUMENTED IAM user guide, "Troubleshoot Signature Version 4 signing"; the status ASSUMED',
)
INCOMPLETE_SIGNATURE = ErrorSpec(
    "IncompleteSignature",
    400,
    "The request signature does not conform to AWS standards: {missing} is missing.",
    (),
    "DOCUMENTED IAM API reference, common errors, for code and status; the text ASSUMED",
)
MISSING_AUTHENTICATION_TOKEN = ErrorSpec(
    "MissingAuthenticationToken",
    403,
    "Request is missing Authentication Token",
    (),
    "DOCUMENTED IAM API reference, common errors, for code and status; the text ASSUMED",
)
HEADERS_NOT_SIGNED = ErrorSpec(
    "AccessDenied",
    403,
    "There were headers present in the request which were not signed",
    ("HeadersNotSigned",),
    "RECORDED LS test_put_object_with_md5_and_chunk_signature_bad_headers",
)
SEVERAL_AUTHENTICATIONS = ErrorSpec(
    "InvalidArgument",
    400,
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string "
    "parameter or the Authorization header should be specified",
    ("ArgumentName", "ArgumentValue"),
    "OBSERVED moodle-tool_objectfs #303",
)
UNSUPPORTED_AUTHORIZATION = ErrorSpec(
    "InvalidArgument",
    400,
    "Unsupported Authorization Type",
    ("ArgumentName", "ArgumentValue"),
    "ASSUMED after reports of the text; the elements are those of the other errors of this header",
)
SIGNATURE_V4_WANTED = ErrorSpec(
    "InvalidRequest",
    400,
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    (),
    "OBSERVED aws-sdk-php #946",
)
SIGNED_DATE_MISSING = ErrorSpec(
    "AccessDenied",
    403,
    "AWS authentication requires a valid Date or x-amz-date header",
    (),
    "OBSERVED vertx-s3-client #5",
)
REQUEST_TIME_TOO_SKEWED = ErrorSpec(
    "RequestTimeTooSkewed",
    403,
    "The difference between the request time and the current time is too large.",
    ("RequestTime", "ServerTime", "MaxAllowedSkewMilliseconds"),
    "DOCUMENTED S3 error responses; the elements ASSUMED",
)
CONTENT_SHA256_MISMATCH = ErrorSpec(
    "XAmzContentSHA256Mismatch",
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ("ClientComputedContentSHA256", "S3ComputedContentSHA256"),
    "REPORTED versitygw, minio",
)
CONTENT_SHA256_MISSING = ErrorSpec(
    "InvalidRequest",
    400,
    "Missing required header for this request: x-amz-content-sha256",
    (),
    "REPORTED versitygw",
)
MALFORMED_AUTHORIZATION = ErrorSpec(
    "AuthorizationHeaderMalformed",
    400,
    "The authorization header is malformed; {problem}",
    (),
    "REPORTED versitygw",
)

# Presigned URLs

QUERY_PARAMETERS_MISSING = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
    "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    (),
    "RECORDED LS test_s3_put_presigned_url_missing_sig_param",
)
QUERY_PARAMETERS_MISSING_V2 = ErrorSpec(
    "AccessDenied",
    403,
    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    (),
    "RECORDED LS test_s3_put_presigned_url_missing_sig_param",
)
INVALID_QUERY_ALGORITHM = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
    (),
    "REPORTED versitygw",
)
INVALID_QUERY_CREDENTIAL = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    "Error parsing the X-Amz-Credential parameter; {problem}",
    (),
    "RECORDED LS test_presigned_double_encoded_credentials; REPORTED versitygw for its parts",
)
QUERY_OF_ANOTHER_REGION = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    "Error parsing the X-Amz-Credential parameter; the region '{signed}' is wrong; expecting '{region}'",
    ("Region",),
    "OBSERVED bigassforce/aws-sdk #5",
)
CREDENTIAL_OF_ANOTHER_DATE = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    'Invalid credential date "{date}". This date is not the same as X-Amz-Date: "{signed}".',
    (),
    "REPORTED versitygw",
)
INVALID_PRESIGNED_DATE = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
    (),
    "OBSERVED S3SignerAWS #12",
)
INVALID_PRESIGNED_EXPIRY = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    "X-Amz-Expires should be a number",
    (),
    "REPORTED minio",
)
NEGATIVE_PRESIGNED_EXPIRY = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    "X-Amz-Expires must be non-negative",
    (),
    "REPORTED minio",
)
PRESIGNED_FOR_TOO_LONG = ErrorSpec(
    "AuthorizationQueryParametersError",
    400,
    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
    "604800 seconds",
    (),
    "OBSERVED aws-cli #5464",
)
INVALID_PRESIGNED_EXPIRY_V2 = ErrorSpec(
    "AccessDenied",
    403,
    "Invalid date (should be seconds since epoch): {expires}",
    (),
    "REPORTED swift's tests of its S3 API, which also run on AWS",
)
URL_EXPIRED = ErrorSpec(
    "AccessDenied",
    403,
    "Request has expired",
    ("X-Amz-Expires", "Expires", "ServerTime"),
    "RECORDED LS test_presigned_url_signature_authentication_expired",
)
URL_EXPIRED_V2 = ErrorSpec(
    "AccessDenied",
    403,
    "Request has expired",
    ("Expires", "ServerTime"),
    "RECORDED LS test_presigned_url_signature_authentication_expired",
)
URL_NOT_YET_VALID = ErrorSpec(
    "AccessDenied",
    403,
    "Request is not yet valid",
    (),
    "ASSUMED after reports of the text; that the clocks may differ by 15 minutes ASSUMED as well",
)
