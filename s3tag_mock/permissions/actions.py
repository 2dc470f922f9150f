"""The actions of S3: what kind of resource each is about, its twin for versions, and its condition keys.

Source: Service authorization reference, "Actions, resources, and condition keys for Amazon S3" and "... for
Amazon S3 Express", September 2026; which keys a bucket's policy takes OBSERVED (argmin).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal

from s3tag_mock.permissions.patterns import PolicyText

Resource = Literal[
    "accesspoint", "bucket", "job", "none", "object", "storagelensconfiguration", "storagelensgroup"
]

#: Kind of resource to the actions that are about it; "none" for those without a resource.
_ACTIONS: Final[Mapping[Resource, str]] = {
    "object": """
        AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectAnnotation
        DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging
        GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectLegalHold
        GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl
        GetObjectVersionAnnotation GetObjectVersionAnnotationForReplication GetObjectVersionAttributes
        GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent
        InitiateReplication ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations
        ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectAnnotation PutObjectLegalHold
        PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionAnnotation
        PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateObjectAnnotation ReplicateTags
        RestoreObject UpdateObjectEncryption
    """,
    "bucket": """
        AllowVendedLogDeliveryForResource CreateBucket CreateBucketMetadataTableConfiguration
        DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite
        GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS
        GetBucketLocation GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification
        GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy
        GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging
        GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
        GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
        GetMetricsConfiguration GetReplicationConfiguration ListBucket ListBucketMultipartUploads
        ListBucketVersions ListTagsForResource PauseReplication PutAccelerateConfiguration
        PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging
        PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls
        PutBucketPolicy PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging
        PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration
        PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration
        PutMetricsConfiguration PutReplicationConfiguration TagResource UntagResource
        UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration
        UpdateBucketMetadataJournalTableConfiguration
    """,
    "job": "DeleteJobTagging DescribeJob GetJobTagging PutJobTagging UpdateJobPriority UpdateJobStatus",
    "accesspoint": """
        CreateAccessPoint DeleteAccessPoint DeleteAccessPointPolicy GetAccessPointPolicy
        GetAccessPointPolicyStatus PutAccessPointPolicy
    """,
    "none": """
        CreateJob CreateStorageLensGroup GetAccessPoint GetAccountPublicAccessBlock ListAccessPoints
        ListAllMyBuckets ListJobs ListStorageLensConfigurations ListStorageLensGroups
        PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutStorageLensConfiguration
    """,
    "storagelensconfiguration": """
        DeleteStorageLensConfiguration DeleteStorageLensConfigurationTagging GetStorageLensConfiguration
        GetStorageLensConfigurationTagging GetStorageLensDashboard PutStorageLensConfigurationTagging
    """,
    "storagelensgroup": "DeleteStorageLensGroup GetStorageLensGroup UpdateStorageLensGroup",
}
#: Actions of S3 Express that a directory bucket's policy may name.
_OF_DIRECTORY_BUCKETS: Final = """
    CreateSession DeleteBucket DeleteBucketPolicy GetBucketPolicy GetEncryptionConfiguration
    GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration ListTagsForResource
    PutBucketPolicy PutEncryptionConfiguration PutInventoryConfiguration PutLifecycleConfiguration
    PutMetricsConfiguration TagResource UntagResource
"""
#: Actions that have another name when a version is named.
OF_VERSIONS: Final[Mapping[str, str]] = {
    "s3:DeleteObject": "s3:DeleteObjectVersion",
    "s3:DeleteObjectTagging": "s3:DeleteObjectVersionTagging",
    "s3:GetObject": "s3:GetObjectVersion",
    "s3:GetObjectAcl": "s3:GetObjectVersionAcl",
    "s3:GetObjectAttributes": "s3:GetObjectVersionAttributes",
    "s3:GetObjectTagging": "s3:GetObjectVersionTagging",
    "s3:PutObjectAcl": "s3:PutObjectVersionAcl",
    "s3:PutObjectTagging": "s3:PutObjectVersionTagging",
}
_GRANTS: Final = (
    "s3:x-amz-acl s3:x-amz-grant-full-control s3:x-amz-grant-read s3:x-amz-grant-read-acp "
    "s3:x-amz-grant-write s3:x-amz-grant-write-acp"
)
_STORING: Final = (
    "s3:x-amz-copy-source s3:x-amz-metadata-directive s3:x-amz-server-side-encryption "
    "s3:x-amz-server-side-encryption-aws-kms-key-id s3:x-amz-server-side-encryption-customer-algorithm "
    "s3:x-amz-storage-class s3:x-amz-website-redirect-location"
)
_JOBS: Final = "s3:ExistingJobOperation s3:ExistingJobPriority"
#: Condition keys to the actions that have them; one that ends in "/" has a tag's key after it.
_KEYS: Final[Mapping[str, str]] = {
    "s3:ExistingObjectTag/": """
        DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersionAnnotation DeleteObjectVersionTagging
        GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectTagging GetObjectVersion
        GetObjectVersionAcl GetObjectVersionAnnotation GetObjectVersionAttributes GetObjectVersionTagging
        ListObjectAnnotations ListObjectVersionAnnotations PutObjectAcl PutObjectAnnotation
        PutObjectTagging PutObjectVersionAcl PutObjectVersionAnnotation PutObjectVersionTagging
        UpdateObjectEncryption
    """,
    "s3:RequestObjectTag/ s3:RequestObjectTagKeys": """
        BypassGovernanceRetention PutObject PutObjectTagging PutObjectVersionTagging
    """,
    "s3:versionid": """
        DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObjectVersion
        GetObjectVersionAcl GetObjectVersionAnnotation GetObjectVersionAttributes GetObjectVersionTagging
        GetObjectVersionTorrent ListObjectVersionAnnotations PutObjectVersionAcl
        PutObjectVersionAnnotation PutObjectVersionTagging
    """,
    _GRANTS: """
        BypassGovernanceRetention CreateBucket PutBucketAcl PutObject PutObjectAcl PutObjectVersionAcl
    """,
    _STORING: "BypassGovernanceRetention PutObject",
    "s3:x-amz-storage-class": "PutObjectAcl PutObjectVersionAcl",
    "s3:x-amz-server-side-encryption s3:x-amz-server-side-encryption-aws-kms-key-id": """
        ReplicateObject UpdateObjectEncryption
    """,
    "s3:x-amz-server-side-encryption-customer-algorithm": "ReplicateObject",
    "s3:if-match": "DeleteObject PutObject",
    "s3:if-none-match s3:ObjectCreationOperation s3:x-amz-object-annotation-directive": "PutObject",
    "s3:object-lock-mode s3:object-lock-retain-until-date s3:object-lock-remaining-retention-days": """
        PutObject PutObjectRetention
    """,
    "s3:object-lock-event-hold s3:object-lock-event-hold-duration-days": """
        PutObject PutObjectRetention ReplicateObject
    """,
    "s3:object-lock-legal-hold": "PutObject PutObjectLegalHold",
    "s3:prefix s3:delimiter s3:max-keys": "ListBucket ListBucketVersions",
    "s3:locationconstraint": "CreateAccessPoint CreateBucket",
    "s3:x-amz-bucket-namespace s3:x-amz-object-ownership": "CreateBucket",
    "s3:x-amz-object-if-match": """
        DeleteObjectAnnotation DeleteObjectVersionAnnotation PutObjectAnnotation PutObjectVersionAnnotation
    """,
    "s3:annotation-prefix s3:max-annotation-results": "ListObjectAnnotations ListObjectVersionAnnotations",
    "s3:isReplicationPauseRequest": "PutReplicationConfiguration",
    "s3:destinationRegion": "PauseReplication",
    "s3:InventoryAccessibleOptionalFields": "PutInventoryConfiguration",
    "s3:deliverySourceArn s3:logType s3:resourceArnBeingAuthorized": "AllowVendedLogDeliveryForResource",
    "s3:RequestJobOperation": "CreateJob",
    "s3:RequestJobPriority": "CreateJob UpdateJobPriority",
    _JOBS: "DeleteJobTagging PutJobTagging UpdateJobPriority UpdateJobStatus",
    "s3:JobSuspendedCause": "UpdateJobStatus",
    "aws:RequestTag/": "CreateAccessPoint CreateBucket CreateJob PutJobTagging TagResource UntagResource",
    "aws:TagKeys": "CreateAccessPoint CreateBucket CreateJob PutJobTagging TagResource UntagResource",
}
#: Keys that every action has, or may have.
_COMMON: Final = """
    s3:AccessGrantsInstanceArn s3:AccessPointNetworkOrigin s3:AccessPointTag/ s3:BucketTag/
    s3:DataAccessPointAccount s3:DataAccessPointArn s3:ResourceAccount s3:TlsVersion s3:authType
    s3:signatureAge s3:signatureversion s3:x-amz-content-sha256
    s3express:ResourceAccount s3express:SessionMode s3express:TlsVersion s3express:authType
    s3express:signatureAge s3express:signatureversion s3express:x-amz-content-sha256
"""


def _resources() -> Iterator[tuple[str, Resource]]:
    for kind, names in _ACTIONS.items():
        yield from ((f"s3:{name}".lower(), kind) for name in names.split())
    yield from ((f"s3express:{name}".lower(), "bucket") for name in _OF_DIRECTORY_BUCKETS.split())


def _actions_of_keys() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for keys, names in _KEYS.items():
        actions = frozenset(f"s3:{name}".lower() for name in names.split())
        for key in keys.split():
            found[key.lower()] = found.get(key.lower(), frozenset()) | actions
    return found


#: Action in lower case to the kind of its resource.
_RESOURCES: Final[Mapping[str, Resource]] = MappingProxyType(dict(_resources()))
_ACTIONS_OF_KEYS: Final[Mapping[str, frozenset[str]]] = _actions_of_keys()
_COMMON_KEYS: Final = frozenset(key.lower() for key in _COMMON.split())


def resource_of(action: str) -> Resource:
    """The kind of resource that an action is about.

    :param action: such as ``"s3:GetObject"``, in any case; one that isn't known is about none.
    """
    return _RESOURCES.get(action.lower(), "none")


def is_known(action: str) -> bool:
    """Whether there is an action of this name, in any case."""
    return action.lower() in _RESOURCES


def named_by(text: PolicyText, *, service: str) -> list[str]:
    """The actions of buckets and objects, in lower case, that a text in a bucket's policy names.

    :param service: ``"s3"``, or ``"s3express"`` for directory buckets.
    """
    return [
        action
        for action, kind in _RESOURCES.items()
        if kind in {"bucket", "object"}
        and action.startswith(f"{service}:")
        and action != "s3:createbucket"
        and text.is_like(action)
    ]


def is_known_key(key: str) -> bool:
    """Whether S3 knows a condition key; of the global ones (``aws:``), any is taken (OBSERVED)."""
    folded = family_of(key)
    return folded.startswith("aws:") or folded in _COMMON_KEYS or folded in _ACTIONS_OF_KEYS


def has_key(action: str, key: str) -> bool:
    """Whether an action may have a condition key: those that some actions of S3 have, others never have."""
    actions = _ACTIONS_OF_KEYS.get(family_of(key))
    return actions is None or action.lower() in actions or not action.lower().startswith("s3")


def family_of(key: str) -> str:
    """A condition key in lower case, without the key of a tag after its slash."""
    family, slash, _ = key.lower().partition("/")
    return family + slash


def have_key(actions: Iterable[str], key: str) -> bool:
    """Whether all of the actions may have a condition key."""
    return all(has_key(action, key) for action in actions)
