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
NO_SUCH_PROFILE = ErrorSpec(
    "NoSuchEntity",
    404,
    "{kind} {name} cannot be found.",
    (),
    "OBSERVED skyplane-project/skyplane #724, for an instance profile; pasted for a login profile",
)
PROFILE_EXISTS = ErrorSpec(
    "EntityAlreadyExists", 409, "Instance Profile {name} already exists.", (), "REPORTED pasted, moto"
)
CANNOT_DELETE_ENTITY = ErrorSpec(
    "DeleteConflict",
    409,
    "Cannot delete entity, must {first} first.",
    (),
    "OBSERVED aws-controllers-k8s/community #2229, hashicorp/terraform #29147, cloud-custodian #6340; pasted "
    "for policies",
)
QUOTA_EXCEEDED = ErrorSpec(
    "LimitExceeded",
    409,
    "Cannot exceed quota for {quota}: {limit}",
    (),
    "REPORTED pasted, for access keys, trust policies, attached policies; OBSERVED getmoto/moto #6404, "
    "ansible/workshops #1801, for instance profiles",
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
NOT_A_USER = ErrorSpec(
    "ValidationError",
    400,
    "Must specify userName when calling with non-User credentials",
    (),
    "REPORTED pasted, many times",
)
NO_SUCH_ACCESS_KEY = ErrorSpec(
    "NoSuchEntity", 404, "The Access Key with id {id} cannot be found.", (), "REPORTED pasted, moto"
)
INVALID_POLICY_ARN = ErrorSpec(
    "ValidationError", 400, "Invalid ARN:  Could not be parsed!", (), "RECORDED LS test_role_attach_policy"
)
NO_SUCH_POLICY = ErrorSpec(
    "NoSuchEntity",
    404,
    "Policy {arn} was not found.",
    (),
    "RECORDED LS test_delete_non_existent_policy_returns_no_such_entity",
)
POLICY_NOT_ATTACHABLE = ErrorSpec(
    "NoSuchEntity",
    404,
    "Policy {arn} does not exist or is not attachable.",
    (),
    "RECORDED LS test_role_attach_policy, test_user_attach_policy",
)
NO_SUCH_POLICY_VERSION = ErrorSpec(
    "NoSuchEntity",
    404,
    "Policy {arn} version {version} does not exist or is not attachable.",
    (),
    "REPORTED moto",
)
POLICY_EXISTS = ErrorSpec(
    "EntityAlreadyExists",
    409,
    "A policy called {name} already exists. Duplicate names are not allowed.",
    (),
    "REPORTED pasted, many times",
)
POLICY_OF_AWS = ErrorSpec(
    "InvalidInput", 400, "Policy {arn} is outside your own account.", (), "ASSUMED an old answer, from memory"
)
POLICY_IS_ATTACHED = ErrorSpec(
    "DeleteConflict", 409, "Cannot delete a policy attached to entities.", (), "REPORTED pasted"
)
POLICY_HAS_VERSIONS = ErrorSpec(
    "DeleteConflict",
    409,
    "This policy has more than one version. Before you delete a policy, you must delete the policy's "
    "versions. The default version is deleted with the policy.",
    (),
    "REPORTED pasted",
)
POLICY_VERSION_IS_DEFAULT = ErrorSpec(
    "DeleteConflict", 409, "Cannot delete the default version of a policy.", (), "REPORTED pasted, moto"
)
TOO_MANY_POLICY_VERSIONS = ErrorSpec(
    "LimitExceeded",
    409,
    "A managed policy can have up to 5 versions. Before you create a new version, you must delete an "
    "existing version.",
    (),
    "REPORTED pasted, moto",
)
INVALID_SIMULATED_ARN = ErrorSpec(
    "InvalidInput",
    400,
    "Invalid ARN provided in the request: {arn}",
    (),
    "REPORTED pasted, SimulatePrincipalPolicy with a session's ARN",
)
INVALID_SIMULATED_ACTION = ErrorSpec(
    "InvalidInput", 400, "Invalid Entity Action: {action}", (), "ASSUMED code and text"
)
INVALID_SIMULATED_POLICY = ErrorSpec(
    "InvalidInput", 400, "Invalid policy: {text}", (), "ASSUMED code and text, around IAM's own words"
)
