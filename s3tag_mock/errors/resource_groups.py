"""The Resource Groups Tagging API's own answers; S3's stand in its FailedResourcesMap as S3 gives them."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

_MODEL = "DOCUMENTED InvalidParameterException in the model: when; the text ASSUMED"

SERIALIZATION = ErrorSpec(
    "SerializationException",
    400,
    "Unable to parse the request",
    (),
    "ASSUMED after other JSON services",
)
NOT_AN_ARN = ErrorSpec(
    "InvalidParameterException",
    400,
    "{arn} is not a valid AmazonResourceName (ARN)",
    (),
    "OBSERVED aws-cli #8109; with a like text boto3 #2760",
)
PARTITION_DIFFERS = ErrorSpec(
    "InvalidParameterException",
    400,
    "The partition of {arn} doesn't match the partition of the request",
    (),
    _MODEL,
)
PARAMETER_OUT_OF_BOUNDS = ErrorSpec(
    "InvalidParameterException",
    400,
    "1 validation error detected: {problem}",
    (),
    _MODEL,
)
PARAMETERS_EXCLUDE_EACH_OTHER = ErrorSpec(
    "InvalidParameterException",
    400,
    "ResourceARNList can't be combined with {others}",
    (),
    "DOCUMENTED GetResources: when; the text ASSUMED",
)
INCLUDE_COMPLIANCE_DETAILS = ErrorSpec(
    "InvalidParameterException",
    400,
    "ExcludeCompliantResources can only be used if IncludeComplianceDetails is true",
    (),
    "DOCUMENTED GetResources: when; the text ASSUMED",
)
INVALID_PAGINATION_TOKEN = ErrorSpec(
    "InvalidParameterException", 400, "The pagination token is invalid", (), f"{_MODEL}"
)
PAGINATION_TOKEN_EXPIRED = ErrorSpec(
    "PaginationTokenExpiredException",
    400,
    "The pagination token has expired",
    (),
    "DOCUMENTED PaginationTokenExpiredException in the model: when; the text ASSUMED",
)
RESOURCE_OF_ANOTHER_REGION = ErrorSpec(
    "InvalidParameterException",
    400,
    "The resource {arn} isn't in the Region of the request",
    (),
    "DOCUMENTED TagResources: resources of the Region alone; code and text ASSUMED",
)
