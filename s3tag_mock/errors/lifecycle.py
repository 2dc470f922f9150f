"""Lifecycle configurations: what PutBucketLifecycleConfiguration refuses, and what isn't there.

ArgumentName and ArgumentValue are RECORDED for ``Date`` and ASSUMED for the others.
"""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

NO_SUCH_LIFECYCLE = ErrorSpec(
    "NoSuchLifecycleConfiguration",
    404,
    "The lifecycle configuration does not exist",
    ("BucketName",),
    "RECORDED LS test_delete_bucket_lifecycle_configuration",
)
INVALID_TRANSITION_MINIMUM = ErrorSpec(
    "InvalidRequest",
    400,
    "Invalid TransitionDefaultMinimumObjectSize found: {value}",
    (),
    "RECORDED LS test_s3_transition_default_minimum_object_size",
)

# IDs and the two versions of the schema

LIFECYCLE_ID_TOO_LONG = ErrorSpec(
    "InvalidArgument",
    400,
    "ID length should not exceed allowed limit of 255",
    ("ArgumentName", "ArgumentValue"),
    "OBSERVED noobaa-core #8628; the code REPORTED, Ceph test_lifecycle_id_too_long",
)
LIFECYCLE_ID_TWICE = ErrorSpec(
    "InvalidArgument",
    400,
    "Rule ID must be unique. Found same ID for more than one rule",
    ("ArgumentName", "ArgumentValue"),
    "OBSERVED tiflash #9889; the code REPORTED, Ceph test_lifecycle_same_id",
)
LIFECYCLE_FILTER_IN_V1 = ErrorSpec(
    "InvalidRequest",
    400,
    "Filter element can only be used in Lifecycle V2.",
    (),
    "OBSERVED ansible #53751",
)
LIFECYCLE_PREFIX_IN_V2 = ErrorSpec(
    "InvalidRequest",
    400,
    "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
    (),
    "OBSERVED terraform-provider-aws #23299",
)
LIFECYCLE_NEWER_VERSIONS_IN_V1 = ErrorSpec(
    "InvalidRequest",
    400,
    "NewerNoncurrentVersions element can only be used in Lifecycle V2.",
    (),
    "OBSERVED terraform-provider-aws #23228",
)
LIFECYCLE_SAME_PREFIX = ErrorSpec(
    "InvalidRequest",
    400,
    "Found two rules with same prefix '{prefix}'",
    (),
    "REPORTED two Terraform modules' notes; that it is about prefixes beside the Filter alone ASSUMED",
)
LIFECYCLE_OVERLAP = ErrorSpec(
    "InvalidRequest",
    400,
    "Found overlapping prefixes '{first}' and '{second}' for same action type '{action}'",
    (),
    "OBSERVED noobaa-core #8341; AWS's own Java SDK expects it in a test",
)

# Filters

DUPLICATE_LIFECYCLE_TAGS = ErrorSpec(
    "InvalidRequest",
    400,
    "Duplicate Tag Keys are not allowed.",
    (),
    "RECORDED LS test_put_bucket_lifecycle_conf_exc",
)
LIFECYCLE_SIZE_OUT_OF_RANGE = ErrorSpec(
    "InvalidRequest",
    400,
    "'{name}' should be between {least} and 1099511627776000.",
    (),
    "OBSERVED terraform-provider-aws #41521, for ObjectSizeLessThan; ASSUMED for ObjectSizeGreaterThan",
)
LIFECYCLE_SIZES_CROSSED = ErrorSpec(
    "InvalidRequest",
    400,
    "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
    (),
    "REPORTED from CloudFormation's output; the code ASSUMED, as for each of the sizes",
)
NOT_WITH_TAGS = ErrorSpec(
    "InvalidRequest",
    400,
    "{action} cannot be specified with Tags.",
    (),
    "OBSERVED terraform-aws-s3-bucket #109, for AbortIncompleteMultipartUpload; REPORTED for "
    "ExpiredObjectDeleteMarker, as two servers have it",
)
NOT_WITH_SIZES = ErrorSpec(
    "InvalidRequest",
    400,
    "{action} cannot be specified with Object Size.",
    (),
    "OBSERVED terraform-aws-s3-bucket #376, cfn-lint #3554",
)

# Actions

NO_LIFECYCLE_ACTION = ErrorSpec(
    "InvalidRequest",
    400,
    "At least one action needs to be specified in a rule",
    (),
    "OBSERVED crossplane-contrib/provider-aws #1337, terraform-aws-mcaf-s3 #46",
)
LIFECYCLE_DATE_NOT_MIDNIGHT = ErrorSpec(
    "InvalidArgument",
    400,
    "'Date' must be at midnight GMT",
    ("ArgumentName", "ArgumentValue"),
    "RECORDED LS test_put_bucket_lifecycle_conf_exc",
)
LIFECYCLE_NOT_POSITIVE = ErrorSpec(
    "InvalidArgument",
    400,
    "'{ArgumentName}' for {action} action must be a positive integer",
    ("ArgumentName", "ArgumentValue"),
    "OBSERVED Arsenal #2648 for Expiration, terraform-provider-aws #35328 for NoncurrentVersionExpiration; "
    "REPORTED for the others, after noobaa-core #8970",
)
LIFECYCLE_NEGATIVE = ErrorSpec(
    "InvalidArgument",
    400,
    "'{ArgumentName}' in {action} action must be nonnegative",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED Arsenal, which says that it has AWS's text",
)
TOO_MANY_NEWER_VERSIONS = ErrorSpec(
    "InvalidArgument",
    400,
    "'NewerNoncurrentVersions' for {action} action must be an integer between 1 and 100",
    ("ArgumentName", "ArgumentValue"),
    "DOCUMENTED the limit of 100 (NoncurrentVersionExpiration); code and text ASSUMED. CloudFormation was "
    "once seen to take 500",
)
TRANSITION_TOO_EARLY = ErrorSpec(
    "InvalidArgument",
    400,
    "'{ArgumentName}' in {action} action must be greater than or equal to 30 for storageClass "
    "'{storage_class}'",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED in many public notes on Terraform and CloudFormation; ASSUMED for NoncurrentVersionTransition",
)
SAME_STORAGE_CLASS = ErrorSpec(
    "InvalidRequest",
    400,
    "'StorageClass' must be different for '{action}' actions in same 'Rule' with filter '{filter}'",
    (),
    "REPORTED noobaa-core #9969, and from CloudFormation's output",
)
DATES_AND_DAYS_MIXED = ErrorSpec(
    "InvalidRequest",
    400,
    "Found mixed 'Date' and 'Days' based {actions} actions in lifecycle rule for filter '{filter}'",
    (),
    "REPORTED noobaa-core #9969, and from CloudFormation's output for 'Expiration and Transition'",
)
TRANSITIONS_OUT_OF_ORDER = ErrorSpec(
    "InvalidArgument",
    400,
    "'{ArgumentName}' in the {action} action for StorageClass '{later}' for filter '{filter}' must be "
    "greater than '{ArgumentName}' in the {action} action for StorageClass '{earlier}' for filter '{filter}'",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED noobaa-core #9969, written after AWS's answers",
)
TRANSITIONS_TOO_CLOSE = ErrorSpec(
    "InvalidArgument",
    400,
    "'{ArgumentName}' in the '{action}' action for StorageClass '{later}' for filter '{filter}' must be "
    "{days} days more than 'filter '{filter}'' in the '{action}' action for StorageClass '{earlier}'",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED from Terraform's output for GLACIER and DEEP_ARCHIVE; DOCUMENTED for infrequent access",
)
EXPIRES_BEFORE_TRANSITION = ErrorSpec(
    "InvalidArgument",
    400,
    "'{ArgumentName}' in the {expiration} action for filter '{filter}' must be {later} than "
    "'{ArgumentName}' in the {transition} action",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED noobaa-core #9969, and from Terraform's output for Days and NoncurrentDays",
)
