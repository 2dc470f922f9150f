"""Replication configurations, and what they don't replicate."""

from __future__ import annotations

from s3tag_mock.errors.spec import ErrorSpec

NO_REPLICATION = ErrorSpec(
    "ReplicationConfigurationNotFoundError",
    404,
    "The replication configuration was not found",
    ("BucketName",),
    "RECORDED LS test_replication_config",
)
REPLICATION_NEEDS_VERSIONING = ErrorSpec(
    "InvalidRequest",
    400,
    "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    (),
    "RECORDED LS test_replication_config",
)
REPLICA_NEEDS_VERSIONING = ErrorSpec(
    "InvalidRequest",
    400,
    "Destination bucket must have versioning enabled.",
    (),
    "RECORDED LS test_replication_config_without_filter",
)
NOT_ELIGIBLE_FOR_REPLICATION = ErrorSpec(
    "SrcObjectNotEligible",
    500,
    "Object is not eligible for replication",
    (),
    "REPORTED a published tag-replication solution (July 2026), rows of a job's report",
)

# What PutBucketReplication refuses

REPLICATION_ID_TOO_LONG = ErrorSpec(
    "InvalidArgument",
    400,
    "Rule Id cannot be greater than 255",
    ("ArgumentName", "ArgumentValue"),
    "DOCUMENTED ReplicationRule, the limit; code and text REPORTED, Arsenal",
)
REPLICATION_ID_TWICE = ErrorSpec(
    "InvalidArgument",
    400,
    "Rule Id must be unique",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED Arsenal and two others; the elements ASSUMED",
)
NEEDED_IN_REPLICATION_V2 = ErrorSpec(
    "InvalidRequest",
    400,
    "{element} must be specified for this version of Cross Region Replication configuration schema. Please "
    "refer to S3 Developer Guide for more information.",
    (),
    "REPORTED from Terraform's output for DeleteMarkerReplication; that it is so for Priority ASSUMED",
)
UNKNOWN_IN_REPLICATION_V1 = ErrorSpec(
    "InvalidRequest",
    400,
    "{element} cannot be used for this version of Cross Region Replication configuration schema. Please "
    "refer to S3 Developer Guide for more information.",
    (),
    "REPORTED from Terraform's output for Priority; that it is so for DeleteMarkerReplication ASSUMED",
)
REPLICATION_PRIORITY_RANGE = ErrorSpec(
    "InvalidRequest",
    400,
    "Priority must be between 0 and 2147483647.",
    (),
    "REPORTED OpenIO's gateway",
)
REPLICATION_PRIORITY_TWICE = ErrorSpec(
    "InvalidRequest",
    400,
    "Found duplicate priority {priority}.",
    (),
    "REPORTED OpenIO's gateway and another; that it counts between all rules ASSUMED",
)
TAGGED_DELETE_MARKERS = ErrorSpec(
    "InvalidRequest",
    400,
    "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer "
    "Guide for more information.",
    (),
    "DOCUMENTED DeleteMarkerReplication; the text REPORTED",
)
REPLICA_IN_SOURCE = ErrorSpec(
    "InvalidRequest",
    400,
    "Destination bucket cannot be the same as the source bucket.",
    (),
    "REPORTED OpenIO's gateway and others",
)
INVALID_REPLICA_BUCKET = ErrorSpec(
    "InvalidArgument",
    400,
    "Invalid bucket ARN.",
    ("ArgumentName", "ArgumentValue"),
    "REPORTED OpenIO's gateway; the elements ASSUMED",
)
REPLICA_OWNER_NEEDS_ACCOUNT = ErrorSpec(
    "InvalidRequest",
    400,
    "Account must be specified if the Owner in AccessControlTranslation has a value",
    (),
    "DOCUMENTED Destination, that both go together; code and text REPORTED",
)
REPLICA_KEY_MISSING = ErrorSpec(
    "InvalidRequest",
    400,
    "ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.",
    (),
    "DOCUMENTED SourceSelectionCriteria; code and text REPORTED",
)
REPLICATION_TIME_WITHOUT_METRICS = ErrorSpec(
    "InvalidRequest",
    400,
    "Replication destination must contain both ReplicationTime and Metrics or neither.",
    (),
    "DOCUMENTED ReplicationTime, that they go together; code and text REPORTED",
)
REPLICATION_MINUTES = ErrorSpec(
    "InvalidArgument",
    400,
    "{message}",
    ("ArgumentName",),
    "DOCUMENTED ReplicationTimeValue, that 15 is the one value; code and texts REPORTED",
)
