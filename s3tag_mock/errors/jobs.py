"""S3 Batch Operations."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

REQUEST_INVALID = ErrorSpec(
    "InvalidRequest",
    400,
    "Request invalid",
    (),
    "OBSERVED CreateJob's structural faults, aws-sdk-net #3400; the status ASSUMED",
)
CROSS_ACCOUNT_PASS_ROLE = ErrorSpec(
    "AccessDenied",
    403,
    "Cross-account pass role is not allowed",
    (),
    "ASSUMED after AWS's text at other services, and code and status of an imitation (kfrydel/moto)",
)
BAD_JOB_REQUEST = ErrorSpec(
    "BadRequestException",
    400,
    "Request invalid",
    (),
    "DOCUMENTED name and status of UpdateJobStatus and UpdateJobPriority in the API reference; the text "
    "ASSUMED, after CreateJob's",
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

TOO_MANY_JOB_TAGS = ErrorSpec(
    "TooManyTagsException",
    400,
    "The number of tags exceeds the limit of 50 tags.",
    (),
    "DOCUMENTED PutJobTagging's exceptions; the text from S3's error responses (TooManyTags)",
)
ILLEGAL_JOB_STATUS = ErrorSpec(
    "JobStatusException",
    400,
    "The job's status {status} can't be changed to {wanted}",
    (),
    "DOCUMENTED name and status in the API reference; trigger and text ASSUMED",
)
INVALID_NEXT_TOKEN = ErrorSpec(
    "InvalidNextTokenException",
    400,
    "The next token is not valid",
    (),
    "DOCUMENTED name in ListJobs, text in S3's error responses (InvalidRequest)",
)
INVALID_LIST_REQUEST = ErrorSpec(
    "InvalidRequestException",
    400,
    "{problem}",
    (),
    "DOCUMENTED name in ListJobs, and 'The range for the MaxResults parameter is not valid' in S3's error "
    "responses; other texts ASSUMED",
)
