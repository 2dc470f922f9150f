"""What is wrong with a policy that IAM is given."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

_MALFORMED = "MalformedPolicyDocument"

TRUST_POLICY_MALFORMED = ErrorSpec(
    _MALFORMED,
    400,
    "{text}",
    (),
    "RECORDED LS test_create_role_with_malformed_assume_role_policy_document, the words that policies of "
    "buckets get; ASSUMED for all but invalid JSON",
)
TRUST_POLICY_INVALID_PRINCIPAL = ErrorSpec(
    _MALFORMED,
    400,
    'Invalid principal in policy: "{kind}":"{name}"',
    (),
    "OBSERVED aws-actions/configure-aws-credentials #332",
)
TRUST_POLICY_PROHIBITED_FIELD = ErrorSpec(
    _MALFORMED, 400, "Has prohibited field {field}", (), "REPORTED pasted, for Resource"
)
TRUST_POLICY_OTHER_ACTION = ErrorSpec(
    _MALFORMED,
    400,
    "AssumeRole policy may only specify STS AssumeRole actions.",
    (),
    "REPORTED pasted",
)
IDENTITY_POLICY_SYNTAX = ErrorSpec(_MALFORMED, 400, "Syntax errors in policy.", (), "REPORTED pasted, moto")
IDENTITY_POLICY_PRINCIPAL = ErrorSpec(
    _MALFORMED,
    400,
    "Policy document should not specify a principal.",
    (),
    "OBSERVED hashicorp/terraform #13449",
)
IDENTITY_POLICY_VERSION = ErrorSpec(
    _MALFORMED, 400, "Policy document must be version 2012-10-17 or greater.", (), "REPORTED pasted, moto"
)
IDENTITY_POLICY_SID_TWICE = ErrorSpec(
    _MALFORMED,
    400,
    "Statement IDs (SID) in a single policy must be unique.",
    (),
    "REPORTED pasted, moto",
)
IDENTITY_POLICY_SID_CHARACTERS = ErrorSpec(
    _MALFORMED,
    400,
    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
    "[0-9A-Za-z]*",
    (),
    "REPORTED pasted terraform output",
)
IDENTITY_POLICY_WITHOUT_ACTIONS = ErrorSpec(
    _MALFORMED, 400, "Policy statement must contain actions.", (), "REPORTED pasted, moto"
)
IDENTITY_POLICY_WITHOUT_RESOURCES = ErrorSpec(
    _MALFORMED, 400, "Policy statement must contain resources.", (), "REPORTED pasted, moto"
)
IDENTITY_POLICY_WITHOUT_VENDOR = ErrorSpec(
    _MALFORMED,
    400,
    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    (),
    "REPORTED pasted, moto",
)
IDENTITY_POLICY_TWO_COLONS = ErrorSpec(
    _MALFORMED, 400, "Actions/Condition can contain only one colon.", (), "REPORTED moto"
)
IDENTITY_POLICY_VENDOR = ErrorSpec(
    _MALFORMED, 400, "Vendor {vendor} is not valid", (), "REPORTED pasted, moto"
)
IDENTITY_POLICY_RESOURCE = ErrorSpec(
    _MALFORMED,
    400,
    'Resource {resource} must be in ARN format or "*".',
    (),
    "REPORTED pasted, moto",
)
IDENTITY_POLICY_PARTITION = ErrorSpec(
    _MALFORMED,
    400,
    'Partition "{partition}" is not valid for resource "{resource}".',
    (),
    "REPORTED moto",
)
IDENTITY_POLICY_REGION = ErrorSpec(
    _MALFORMED, 400, "Resource {resource} can not contain region information.", (), "REPORTED moto"
)
IDENTITY_POLICY_LEGACY = ErrorSpec(
    _MALFORMED, 400, "The policy failed legacy parsing", (), "REPORTED pasted, moto"
)
