"""The parts of botocore's service models that the wire depends on, with S3's deviations from them.

S3's own answers differ from its model in few places. They are all here, as rows.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from botocore.model import OperationModel


#: The namespace that a service's XML answers carry.
RESPONSE_NAMESPACE: Final[dict[str, str]] = {
    # RECORDED, LS test_response_structure.
    "s3": "http://s3.amazonaws.com/doc/2006-03-01/",
}

#: Root elements that aren't named after the output's shape (S3 API reference, response syntaxes;
#: GetObjectTagging and GetBucketTagging RECORDED, LS test_response_structure).
RESPONSE_ROOT: Final[dict[tuple[str, str], str]] = {
    ("s3", "CompleteMultipartUpload"): "CompleteMultipartUploadResult",
    ("s3", "CreateMultipartUpload"): "InitiateMultipartUploadResult",
    ("s3", "CreateSession"): "CreateSessionResult",  # LIKELY: the parsers of AWS's own SDKs want it
    ("s3", "DeleteObjects"): "DeleteResult",
    ("s3", "GetBucketAccelerateConfiguration"): "AccelerateConfiguration",
    ("s3", "GetBucketAcl"): "AccessControlPolicy",
    ("s3", "GetBucketCors"): "CORSConfiguration",
    ("s3", "GetBucketLifecycle"): "LifecycleConfiguration",
    ("s3", "GetBucketLifecycleConfiguration"): "LifecycleConfiguration",
    ("s3", "GetBucketLogging"): "BucketLoggingStatus",
    ("s3", "GetBucketNotification"): "NotificationConfiguration",
    ("s3", "GetBucketWebsite"): "WebsiteConfiguration",
    ("s3", "ListBucketAnalyticsConfigurations"): "ListBucketAnalyticsConfigurationResult",
    ("s3", "ListBucketInventoryConfigurations"): "ListInventoryConfigurationsResult",
    ("s3", "ListBucketMetricsConfigurations"): "ListMetricsConfigurationsResult",
    ("s3", "GetBucketRequestPayment"): "RequestPaymentConfiguration",
    ("s3", "GetBucketTagging"): "Tagging",
    ("s3", "GetBucketVersioning"): "VersioningConfiguration",
    ("s3", "GetObjectAcl"): "AccessControlPolicy",
    ("s3", "GetObjectAttributes"): "GetObjectAttributesResponse",
    ("s3", "GetObjectTagging"): "Tagging",
    ("s3", "ListBuckets"): "ListAllMyBucketsResult",
    ("s3", "ListDirectoryBuckets"): "ListAllMyDirectoryBucketsResult",
    ("s3", "ListObjects"): "ListBucketResult",
    ("s3", "ListObjectsV2"): "ListBucketResult",
    ("s3", "ListObjectVersions"): "ListVersionsResult",
    ("s3", "ListMultipartUploads"): "ListMultipartUploadsResult",
    ("s3", "ListParts"): "ListPartsResult",
}

#: Answers whose root element itself is the only member (S3 API reference, GetBucketLocation).
ROOT_IS_MEMBER: Final[dict[tuple[str, str], str]] = {
    ("s3", "GetBucketLocation"): "LocationConstraint",
}

_NAMED_AS_MODELLED: Final = """
    s3.CopyObject CopyObjectResult
    s3.GetBucketAbac AbacStatus
    s3.GetBucketAnalyticsConfiguration AnalyticsConfiguration
    s3.GetBucketEncryption ServerSideEncryptionConfiguration
    s3.GetBucketIntelligentTieringConfiguration IntelligentTieringConfiguration
    s3.GetBucketInventoryConfiguration InventoryConfiguration
    s3.GetBucketMetricsConfiguration MetricsConfiguration
    s3.GetBucketNotificationConfiguration NotificationConfiguration
    s3.GetBucketOwnershipControls OwnershipControls
    s3.GetBucketPolicyStatus PolicyStatus
    s3.GetBucketReplication ReplicationConfiguration
    s3.GetObjectLegalHold LegalHold
    s3.GetObjectLockConfiguration ObjectLockConfiguration
    s3.GetObjectRetention Retention
    s3.GetPublicAccessBlock PublicAccessBlockConfiguration
    s3.ListBucketIntelligentTieringConfigurations ListBucketIntelligentTieringConfigurationsOutput
    s3.UploadPartCopy CopyPartResult
    s3control.CreateAccessPoint CreateAccessPointResult
    s3control.CreateBucket CreateBucketResult
    s3control.CreateJob CreateJobResult
    s3control.DescribeJob DescribeJobResult
    s3control.GetAccessPoint GetAccessPointResult
    s3control.GetAccessPointPolicy GetAccessPointPolicyResult
    s3control.GetAccessPointPolicyStatus GetAccessPointPolicyStatusResult
    s3control.GetBucket GetBucketResult
    s3control.GetBucketTagging GetBucketTaggingResult
    s3control.GetJobTagging GetJobTaggingResult
    s3control.GetPublicAccessBlock PublicAccessBlockConfiguration
    s3control.GetStorageLensConfiguration StorageLensConfiguration
    s3control.GetStorageLensConfigurationTagging GetStorageLensConfigurationTaggingResult
    s3control.GetStorageLensGroup StorageLensGroup
    s3control.ListAccessPoints ListAccessPointsResult
    s3control.ListJobs ListJobsResult
    s3control.ListRegionalBuckets ListRegionalBucketsResult
    s3control.ListStorageLensConfigurations ListStorageLensConfigurationResult
    s3control.ListStorageLensGroups ListStorageLensGroupsResult
    s3control.ListTagsForResource ListTagsForResourceResult
    s3control.UpdateJobPriority UpdateJobPriorityResult
    s3control.UpdateJobStatus UpdateJobStatusResult
"""
#: Root elements that are named as the model has it, compared with the response syntaxes of the API references
#: of S3 and S3 Control: a new operation's root is looked up there, and stands here or above.
ROOT_AS_MODELLED: Final = MappingProxyType(
    {(service, name): root for service, name, root in re.findall(r"(\w+)\.(\w+) (\w+)", _NAMED_AS_MODELLED)}
)

#: Elements that stand behind all others, where that isn't the model's order (RECORDED, LS
#: test_response_structure: AWS's SDK for Java relies on it; CommonPrefixes and DeleteMarker after the API
#: reference's examples).
LAST_ELEMENTS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("s3", "ListBuckets"): ("Buckets", "ContinuationToken", "Prefix"),
    ("s3", "ListObjects"): ("Contents", "CommonPrefixes"),
    ("s3", "ListObjectsV2"): ("Contents", "CommonPrefixes"),
    ("s3", "ListObjectVersions"): ("DeleteMarkers", "Versions", "CommonPrefixes"),
}

#: Success statuses that the model doesn't name (RECORDED, LS test_bucket_tagging_crud,
#: test_bucket_policy_crud; RestoreObject DOCUMENTED).
SUCCESS_STATUS: Final[dict[tuple[str, str], int]] = {
    **{
        ("s3", f"PutBucket{kind}Configuration"): 204
        for kind in ("Analytics", "IntelligentTiering", "Inventory", "Metrics")
    },
    ("s3", "PutBucketPolicy"): 204,
    ("s3control", "DeleteAccessPoint"): 204,
    ("s3control", "DeleteAccessPointPolicy"): 204,  # ASSUMED, as DeleteAccessPoint's
    ("s3control", "DeletePublicAccessBlock"): 204,
    ("s3", "RestoreObject"): 202,
    ("s3", "PutBucketTagging"): 204,
}

#: The status of an answer that has a ContentRange (RFC 7233; the model names none).
PARTIAL_CONTENT: Final = 206

#: Members that the model requires and AWS doesn't, at least not with MalformedXML (RECORDED, LS
#: test_put_object_tagging_none_value; REPORTED argmin, which got InvalidTag from TagResource).
NOT_REQUIRED: Final[frozenset[tuple[str, str]]] = frozenset(
    {("Tagging", "TagSet"), ("TagResourceRequest", "Tags"), ("UntagResourceRequest", "TagKeys")}
)

#: Enumerations of which S3's schema of documents knows the words: any other is MalformedXML (RECORDED, LS
#: test_bucket_versioning_crud, test_put_object_lock_configuration_exc, test_s3_object_retention_exc,
#: test_bucket_ownership_controls_exc, test_s3_put_inventory_report_exceptions and others; ASSUMED for the
#: rest). Those with errors of their own, as grants' permissions have, are not among them.
DOCUMENT_ENUMS: Final[frozenset[str]] = frozenset(
    {
        "AnalyticsS3ExportFileFormat",
        "BucketAbacStatus",
        "BucketVersioningStatus",
        "DeleteMarkerReplicationStatus",
        "EncryptionType",
        "ExistingObjectReplicationStatus",
        "ExpirationStatus",
        "IntelligentTieringAccessTier",
        "IntelligentTieringStatus",
        "InventoryFormat",
        "InventoryFrequency",
        "InventoryIncludedObjectVersions",
        "InventoryOptionalField",
        "MFADelete",
        "MetricsStatus",
        "ObjectLockEnabled",
        "ObjectLockLegalHoldStatus",
        "ObjectLockRetentionMode",
        "ObjectOwnership",
        "OwnerOverride",
        "PartitionDateSource",
        "Payer",
        "ReplicaModificationsStatus",
        "ReplicationRuleStatus",
        "ReplicationTimeStatus",
        "ServerSideEncryption",
        "SseKmsEncryptedObjectsStatus",
        "StorageClassAnalysisSchemaVersion",
        "StorageClass",
        "TransitionStorageClass",
    }
)

#: Calls that AWS refuses without Content-MD5 or x-amz-checksum-* (PutBucketTagging REPORTED, versitygw
#: #1521, DeleteObjects DOCUMENTED; that PutObjectTagging is not among them, whatever the model says,
#: REPORTED, #1662).
DIGEST_REQUIRED: Final[frozenset[str]] = frozenset(
    {"DeleteObjects", "PutBucketCors", "PutBucketLogging", "PutBucketTagging", "PutBucketWebsite"}
)

#: Operations whose document the model doesn't require and AWS does: MissingRequestBodyError (RECORDED for
#: PutObjectLockConfiguration).
DOCUMENT_REQUIRED: Final[frozenset[str]] = frozenset({"PutObjectLockConfiguration"})

#: The longest document of a tagging call, in bytes. AWS refuses huge ones before it looks at tags
#: (REPORTED, versitygw #1206); how long is too long is ASSUMED.
TAGGING_DOCUMENT_BYTES: Final = 1024 * 1024

#: Headers of answers without a body (RECORDED, LS test_create_bucket_head_bucket).
HEADERS_WITHOUT_BODY: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("s3", "HeadBucket"): {"Content-Type": "application/xml"},
}

#: Services whose XML answers carry no Content-Type (OBSERVED, DescribeJob, linz/geostore #1687).
WITHOUT_CONTENT_TYPE: Final[frozenset[str]] = frozenset({"s3control"})

#: Shapes whose text is percent-encoded in answers (RFC 3986; RECORDED, LS test_put_role_policy_encoding).
PERCENT_ENCODED: Final[frozenset[str]] = frozenset({"policyDocumentType"})

#: Services whose refusals show the value that doesn't fit the model (RECORDED, LS
#: test_sts_invalid_parameters).
SHOWS_INVALID_VALUES: Final[frozenset[str]] = frozenset({"sts"})


def success_status(operation: OperationModel) -> int:
    """The HTTP status of an operation's success."""
    named: int = operation.http.get("responseCode", 200)
    return SUCCESS_STATUS.get(key_of(operation), named)


def key_of(operation: OperationModel) -> tuple[str, str]:
    """``("s3", "PutObjectTagging")``: how tables name an operation."""
    return operation.service_model.service_name, operation.name


def uri_template(operation: OperationModel) -> str:
    """The operation's URI template in path style, such as ``/{Bucket}/{Key+}?tagging``.

    botocore takes ``/{Bucket}`` out of its own model when an operation is first called.
    """
    template: str = operation.http["requestUri"]
    if operation.input_shape is None or "Bucket" not in operation.input_shape.members:
        return template
    bucket = operation.input_shape.members["Bucket"].serialization
    taken_out = bucket.get("location") == "uri" and f"{{{bucket.get('name')}}}" not in template
    return f"/{{Bucket}}{template}" if taken_out else template
