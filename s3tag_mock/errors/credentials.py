"""Access keys and session tokens that aren't valid: S3's answers, and those of the Query protocol."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

UNKNOWN_ACCESS_KEY = ErrorSpec(
    "InvalidAccessKeyId",
    403,
    "The AWS Access Key Id you provided does not exist in our records.",
    ("AWSAccessKeyId",),
    "DOCUMENTED S3 error responses; REPORTED argmin for temporary keys without their token; for inactive "
    "keys ASSUMED",
)
EXPIRED_TOKEN = ErrorSpec(
    "ExpiredToken",
    400,
    "The provided token has expired.",
    ("Token-0",),
    "DOCUMENTED S3 error responses; the element REPORTED",
)
INVALID_TOKEN = ErrorSpec(
    "InvalidToken",
    400,
    "The provided token is malformed or otherwise invalid.",
    ("Token-0",),
    "DOCUMENTED S3 error responses; REPORTED mountpoint-s3, and argmin for a token beside a user's key",
)
WRONG_SECRET = ErrorSpec(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and "
    "signing method.",
    ("AWSAccessKeyId",),
    "RECORDED LS test_put_url_metadata_with_sig_s3v4; the elements about what was signed are left out, as "
    "clients inside a mock sign nothing",
)
UNKNOWN_TOKEN_OF_QUERY = ErrorSpec(
    "InvalidClientTokenId",
    403,
    "The security token included in the request is invalid.",
    (),
    "REPORTED argmin, many issues; for a token beside a user's key ASSUMED",
)
EXPIRED_TOKEN_OF_QUERY = ErrorSpec(
    "ExpiredToken",
    403,
    "The security token included in the request is expired",
    (),
    "REPORTED many issues with the text of expired sessions",
)
WRONG_SECRET_OF_QUERY = ErrorSpec(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key and signing method. Consult the service documentation for details.",
    (),
    "REPORTED many issues with the text of the Query protocol",
)
UNRECOGNIZED_CLIENT = ErrorSpec(
    "UnrecognizedClientException",
    400,
    "The security token included in the request is invalid.",
    (),
    "DOCUMENTED common errors of JSON services; the text REPORTED in many issues",
)
EXPIRED_TOKEN_OF_JSON = ErrorSpec(
    "ExpiredTokenException",
    400,
    "The security token included in the request is expired",
    (),
    "REPORTED many issues with the text",
)
WRONG_SECRET_OF_JSON = ErrorSpec(
    "InvalidSignatureException",
    400,
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key and signing method. Consult the service documentation for details.",
    (),
    "REPORTED many issues with the text",
)
