"""Errors that nothing in the mock brings about by itself: they are for ``aws.faults`` to raise.

DOCUMENTED unless a row says more: S3's "Error responses" page, the API reference's pages of S3 Control
(names and statuses), S3 on Outposts' PutBucketTagging (names with an ``Error`` suffix; which form
the wire carries is known nowhere).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from s3tag_mock.errors.spec import ErrorSpec

_S3 = "DOCUMENTED S3 error responses"
_CONTROL = "DOCUMENTED name and status in the API reference of S3 Control; the text ASSUMED"
_OUTPOSTS = "DOCUMENTED S3 on Outposts, PutBucketTagging: name and text; the status ASSUMED, S3's own"

_CONFLICT = (
    "A conflicting conditional operation is currently in progress against this resource. Please try again."
)

_ROWS: Final = (
    ErrorSpec(
        "OperationAborted",
        409,
        _CONFLICT,
        (),
        _S3,
    ),
    ErrorSpec("AccessDenied", 403, "Access Denied", (),
              "RECORDED LS test_post_request_missing_fields, its general text"),
    ErrorSpec("InvalidTag", 400, "The tag provided was not a valid tag. This error can occur if the tag did "
              "not pass input validation.", (), "DOCUMENTED PutObjectTagging, its special errors"),
    ErrorSpec("InvalidArgument", 400, "Invalid Argument", (), f"{_S3}, its general text"),
    ErrorSpec("InvalidRequest", 400, "Invalid Request", (), f"{_S3}; its general text ASSUMED"),
    ErrorSpec("MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{'", (),
              "RECORDED LS test_bucket_policy_exc, its commonest text"),
    ErrorSpec("NotImplemented", 501, "A header you provided implies functionality that is not implemented.",
              (), _S3),
    ErrorSpec("SlowDown", 503, "Please reduce your request rate.", (), _S3),
    ErrorSpec("ServiceUnavailable", 503, "Service is unable to handle request.", (), _S3),
    ErrorSpec("Busy", 503, "The service is unavailable. Try again later.", (), _S3),
    ErrorSpec("BandwidthLimitExceeded", 503, "Bandwidth limit exceeded.", (), f"{_S3}; the text ASSUMED"),
    ErrorSpec("RequestTimeTooSkewed", 403, "The difference between the request time and the current time is "
              "too large.", (), _S3),
    ErrorSpec("RequestTimeout", 400, "Your socket connection to the server was not read from or written to "
              "within the timeout period. Idle connections will be closed.", (),
              "OBSERVED aws-sdk-java #1101"),
    ErrorSpec("ExpiredToken", 400, "The provided token has expired.", (), _S3),
    ErrorSpec("InvalidToken", 400, "The provided token is malformed or otherwise invalid.", (), _S3),
    ErrorSpec("TokenRefreshRequired", 400, "The provided token must be refreshed.", (), _S3),
    ErrorSpec("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.",
              (), _S3),
    ErrorSpec("SignatureDoesNotMatch", 403, "The request signature we calculated does not match the "
              "signature you provided. Check your key and signing method.", (), _S3),
    ErrorSpec("AccountProblem", 403, "There is a problem with your AWS account that prevents the operation "
              "from completing successfully.", (), _S3),
    ErrorSpec("AllAccessDisabled", 403, "All access to this object has been disabled.", (), _S3),
    ErrorSpec("NotSignedUp", 403, "Your account is not signed up for the Amazon S3 service. You must sign up "
              "before you can use Amazon S3.", (), _S3),
    ErrorSpec("InvalidPayer", 403, "All access to this object has been disabled.", (), _S3),
    ErrorSpec("InvalidSecurity", 403, "The provided security credentials are not valid.", (), _S3),
    ErrorSpec("RestoreAlreadyInProgress", 409, "Object restore is already in progress.", (), _S3),
    ErrorSpec("PermanentRedirect", 301, "The bucket you are attempting to access must be addressed using the "
              "specified endpoint. Please send all future requests to this endpoint.", (), _S3),
    ErrorSpec("KMS.DisabledException", 400, "The specified KMS key is not enabled.", (),
              f"{_S3}; the text ASSUMED"),
    ErrorSpec("InternalServiceException", 500, "We encountered an internal error. Please try again.", (),
              f"{_CONTROL}, after InternalError's (OBSERVED, aws-sdk-java-v2 #3085)"),
    ErrorSpec("TooManyRequestsException", 400, "Request rate exceeded", (),
              "DOCUMENTED name and status in the API reference, the text in the user guide"),
    ErrorSpec("SlowDownError", 503, "Request rate exceeded", (),
              "DOCUMENTED user guide of S3 Batch Operations; the status ASSUMED, SlowDown's"),
    ErrorSpec("NoSuchJobException", 404, "The specified job does not exist", (),
              "DOCUMENTED user guide of S3 Batch Operations; the status ASSUMED"),
    ErrorSpec("JobStatusException", 400, "The job's status can't be changed", (), _CONTROL),
    ErrorSpec("InvalidRequestException", 400, "The range for the MaxResults parameter is not valid", (),
              "DOCUMENTED name in ListJobs, text in S3's error responses"),
    ErrorSpec("InvalidTagError", 400, "The tag provided was not a valid tag. This error can occur if the tag "
              "did not pass input validation.", (), _OUTPOSTS),
    ErrorSpec("MalformedXMLError", 400, "The XML provided does not match the schema.", (), _OUTPOSTS),
    ErrorSpec("OperationAbortedError", 409, _CONFLICT, (), _OUTPOSTS),
    ErrorSpec("NoSuchTagSetError", 404, "There is no tag set associated with the bucket.", (), _OUTPOSTS),
)  # fmt: skip

ON_DEMAND: Final[Mapping[str, ErrorSpec]] = {row.code: row for row in _ROWS}
