"""What IAM answers: what isn't there, what is there already, what is too much, what can't be deleted."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

VALIDATION_FAILED = ErrorSpec(
    "ValidationError",
    400,
    "{violations}",
    (),
    "RECORDED LS test_sts_invalid_parameters, test_user_match_id_mismatch; OBSERVED aws/eks-hybrid #113: IAM "
    "leaves the value out since 2024",
)
INVALID_MARKER = ErrorSpec("ValidationError", 400, "Invalid Marker.", (), "REPORTED moto")
NO_SUCH_ENTITY = ErrorSpec(
    "NoSuchEntity",
    404,
    "The {kind} with name {name} cannot be found.",
    (),
    "RECORDED LS test_id_match_user_mismatch, for a user; pasted for roles and inline policies",
)
ENTITY_EXISTS = ErrorSpec(
    "EntityAlreadyExists",
    409,
    "{kind} with name {name} already exists.",
    (),
    "REPORTED pasted, for roles and users; ASSUMED for groups",
)
CANNOT_DELETE_ENTITY = ErrorSpec(
    "DeleteConflict",
    409,
    "Cannot delete entity, must {first} first.",
    (),
    "RECORDED LS test_delete_user_after_service_credential_created, for keys; pasted for policies",
)
QUOTA_EXCEEDED = ErrorSpec(
    "LimitExceeded",
    409,
    "Cannot exceed quota for {quota}: {limit}",
    (),
    "REPORTED pasted, for access keys, trust policies, attached policies",
)
INLINE_POLICIES_TOO_LARGE = ErrorSpec(
    "LimitExceeded",
    409,
    "Maximum policy size of {size} bytes exceeded for {kind} {name}",
    (),
    "REPORTED pasted, for users and roles",
)
IDENTITY_TAGS_REPEATED = ErrorSpec(
    "InvalidInput",
    400,
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    (),
    "OBSERVED terraform-aws-modules/terraform-aws-rds-aurora #189",
)
IDENTITY_TAG_RESERVED = ErrorSpec(
    "InvalidInput",
    400,
    "Invalid tag key. Customers cannot set tag keys starting with aws: (case insensitive)",
    (),
    "ASSUMED the words of another service of AWS's",
)
BOUNDARY_NOT_ATTACHABLE = ErrorSpec(
    "NoSuchEntity",
    404,
    "Scope ARN: {arn} does not exist or is not attachable.",
    (),
    "REPORTED pasted terraform output",
)
NO_SUCH_BOUNDARY = ErrorSpec(
    "NoSuchEntity",
    404,
    "{kind} {name} does not have a permissions boundary.",
    (),
    "ASSUMED a text like those of other things that aren't there",
)
