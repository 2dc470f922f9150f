"""What is wrong with a bucket's policy, and what a policy denies."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

ACCESS_DENIED_BY_POLICY = ErrorSpec(
    "AccessDenied",
    403,
    "User: {arn} is not authorized to perform: {action}{on} {reason}",
    (),
    "DOCUMENTED user guide, Troubleshoot access denied errors; OBSERVED in many reports: for callers of the "
    "resource's own account, since 2024; the resource stands in quotes in S3 and S3 Control, and is left out "
    "where an action has none",
)
ACCESS_DENIED_OF_JSON = ErrorSpec(
    "AccessDeniedException",
    400,
    "User: {arn} is not authorized to perform: {action}{on} {reason}",
    (),
    "DOCUMENTED common errors of JSON services; the text as S3's",
)
PUBLIC_POLICY_BLOCKED = ErrorSpec(
    "AccessDenied",
    403,
    'User: {arn} is not authorized to perform: s3:PutBucketPolicy on resource: "{resource}" because public '
    "policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
    (),
    "DOCUMENTED user guide, Troubleshoot access denied errors",
)
PUBLIC_ACL_BLOCKED = ErrorSpec(
    "AccessDenied",
    403,
    'User: {arn} is not authorized to perform: {action} on resource: "{resource}" because public ACLs are '
    "prevented by the BlockPublicAcls setting in S3 Block Public Access.",
    (),
    "DOCUMENTED user guide, Troubleshoot access denied errors; the action OBSERVED guardian/frontend #27955, "
    "in the words of 2025",
)
POLICY_NOT_JSON = ErrorSpec(
    "MalformedPolicy",
    400,
    "Policies must be valid JSON and the first byte must be '{{'",
    (),
    "RECORDED LS test_bucket_policy_exc",
)
POLICY_INVALID_JSON = ErrorSpec(
    "MalformedPolicy",
    400,
    "This policy contains invalid Json",
    (),
    "REPORTED versitygw; IAM's same words RECORDED",
)
POLICY_FIELD_MISSING = ErrorSpec(
    "MalformedPolicy",
    400,
    "Missing required field {field}",
    (),
    "RECORDED LS test_bucket_policy_exc, for Statement; REPORTED versitygw for a statement's own fields",
)
POLICY_EMPTY_STATEMENT = ErrorSpec(
    "MalformedPolicy",
    400,
    "Could not parse the policy: Statement is empty!",
    (),
    "REPORTED versitygw",
)
POLICY_EMPTY_PRINCIPAL = ErrorSpec(
    "MalformedPolicy",
    400,
    "Missing required field Principal cannot be empty!",
    (),
    "REPORTED versitygw",
)
POLICY_INVALID_EFFECT = ErrorSpec(
    "MalformedPolicy",
    400,
    "Invalid effect: {effect}",
    (),
    "REPORTED versitygw",
)
POLICY_INVALID_PRINCIPAL = ErrorSpec(
    "MalformedPolicy",
    400,
    "Invalid principal in policy",
    (),
    "DOCUMENTED user guide, Bucket policies: principals; OBSERVED in many reports",
)
POLICY_ALLOWS_NOT_PRINCIPAL = ErrorSpec(
    "MalformedPolicy",
    400,
    "Allow with NotPrincipal is not allowed.",
    (),
    "REPORTED versitygw, Ceph, NooBaa",
)
POLICY_INVALID_RESOURCE = ErrorSpec(
    "MalformedPolicy",
    400,
    "Policy has invalid resource",
    (),
    "OBSERVED aws-samples/aws-serverless-appsync-app #4",
)
POLICY_INVALID_ACTION = ErrorSpec(
    "MalformedPolicy",
    400,
    "Policy has invalid action",
    (),
    "REPORTED argmin, from AWS's own answers",
)
POLICY_ACTION_WITHOUT_RESOURCE = ErrorSpec(
    "MalformedPolicy",
    400,
    "Action does not apply to any resource(s) in statement",
    (),
    "OBSERVED modernisation-platform #10762, versitygw #645",
)
POLICY_UNFIT_CONDITION = ErrorSpec(
    "MalformedPolicy",
    400,
    "Conditions do not apply to combination of actions and resources in statement",
    (),
    "REPORTED argmin, from AWS's own answers",
)
POLICY_UNKNOWN_CONDITION_KEY = ErrorSpec(
    "MalformedPolicy",
    400,
    "Policy has an invalid condition key",
    (),
    "REPORTED argmin, from AWS's own answers",
)
POLICY_UNKNOWN_OPERATOR = ErrorSpec(
    "MalformedPolicy",
    400,
    "Invalid Condition type : {operator}",
    (),
    "REPORTED versitygw",
)
POLICY_INVALID_ADDRESS = ErrorSpec(
    "MalformedPolicy",
    400,
    "Invalid IP address in Conditions",
    (),
    "ASSUMED the words of another implementation",
)
POLICY_INVALID_VERSION = ErrorSpec(
    "MalformedPolicy",
    400,
    "The policy must contain a valid version string",
    (),
    "REPORTED terraform's output",
)
POLICY_SID_TWICE = ErrorSpec(
    "MalformedPolicy",
    400,
    "Statement IDs (SID) in a single policy must be unique.",
    (),
    "ASSUMED for buckets'; OBSERVED for IAM's policies",
)
POLICY_INVALID_SYNTAX = ErrorSpec(
    "MalformedPolicy",
    400,
    "Invalid policy syntax.",
    (),
    "REPORTED pasted, for shapes that have no text of their own",
)
POLICY_TOO_LARGE = ErrorSpec(
    "MalformedPolicy",
    400,
    "Normalized policy document exceeds the maximum allowed size of {size} bytes",
    (),
    "DOCUMENTED user guide, Bucket policies: 20 KB; the text pasted",
)
