"""Temporary credentials."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

ROLE_NOT_ASSUMED = ErrorSpec(
    "AccessDenied",
    403,
    "User: {arn} is not authorized to perform: {action} on resource: {role}",
    (),
    "REPORTED argmin and many issues: the same whether the role's trust policy says no, the caller's own "
    "policies do, or there is no such role",
)
WEB_IDENTITY_DENIED = ErrorSpec(
    "AccessDenied",
    403,
    "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    (),
    "REPORTED many issues with the text",
)
NOT_WITH_SESSION = ErrorSpec(
    "AccessDenied",
    403,
    "Cannot call {operation} with session credentials",
    (),
    "REPORTED many issues with the text, for GetSessionToken and GetFederationToken; for others ASSUMED",
)
INVALID_ROLE_ARN = ErrorSpec(
    "ValidationError", 400, "{arn} is invalid", (), "RECORDED LS test_sts_invalid_parameters"
)
SESSION_TOO_LONG = ErrorSpec(
    "ValidationError",
    400,
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    (),
    "REPORTED many issues with the text",
)
CHAINED_SESSION_TOO_LONG = ErrorSpec(
    "ValidationError",
    400,
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    (),
    "REPORTED argmin",
)
TRANSITIVE_KEY_WITHOUT_TAG = ErrorSpec(
    "InvalidParameterValue",
    400,
    "The specified transitive tag key must be included in the requested tags.",
    (),
    "RECORDED LS test_assume_role_tag_validation",
)
SESSION_TAGS_REPEATED = ErrorSpec(
    "InvalidParameterValue",
    400,
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    (),
    "RECORDED LS test_assume_role_tag_validation",
)
TRANSITIVE_TAG_CONFLICT = ErrorSpec(
    "InvalidParameterValue",
    400,
    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key "
    "from the calling session.",
    (),
    "RECORDED LS test_iam_role_chaining_override_transitive_tags",
)
NO_SUCH_SESSION_POLICY = ErrorSpec(
    "MalformedPolicyDocument",
    400,
    "The policy {arn} does not exist or is not attachable.",
    (),
    "ASSUMED after AssumeRole's code for its policies, and IAM's text",
)
INVALID_WEB_IDENTITY = ErrorSpec(
    "InvalidIdentityToken",
    400,
    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    (),
    "REPORTED many issues with the text",
)
WEB_IDENTITY_EXPIRED = ErrorSpec(
    "ExpiredTokenException",
    400,
    "Token expired: current date/time {now} must be before the expiration date/time {expires}",
    (),
    "REPORTED many issues with the text",
)
