"""S3 Batch Operations."""

from __future__ import annotations

from s3tag_mock.aws_error import ErrorSpec

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

TOO_MANY_JOB_TAGS = ErrorSpec(
    "TooManyTagsException",
    400,
    "The number of tags exceeds the limit of 50 tags.",
    (),
    "DOCUMENTED PutJobTagging's exceptions; the text from S3's error responses (TooManyTags)",
)
