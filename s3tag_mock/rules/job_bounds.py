"""Bounds of CreateJob: those that several of its structures share, and those of the request itself.

Source: botocore's model of s3control, patterns as it spells them; a test compares every one. Those of tags
are left out: a job's own tags are checked as the tag operations check them, those of objects task by task.
"""

from __future__ import annotations

from typing import Final

from s3tag_mock.rules import acl, archives, limits, object_lock
from s3tag_mock.rules.bounds import Items, Members, Number, OneOf, Text, one_of

#: Who assumes a job's role.
BATCH_SERVICE: Final = "batchoperations.s3.amazonaws.com"
CSV_FORMAT: Final = "S3BatchOperations_CSV_20180820"
INVENTORY_FORMAT: Final = "S3InventoryReport_CSV_20161130"
GENERATED_FORMAT: Final = "S3InventoryReport_CSV_20211130"
REPORT_FORMAT: Final = "Report_CSV_20180820"

ACCOUNT: Final = Text(0, 64, r"^\d{12}$", "an account id, which is twelve digits")
BUCKET_ARN: Final = Text(1, 128, "arn:[^:]+:s3:.*", "a bucket's ARN")
KMS_KEY_ARN: Final = Text(
    20, 2048, "arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+", "the ARN of a key of KMS"
)
KMS_KEY: Final = Text(1, 2000)
NAME: Final = Text(1, 1024)
#: S3StorageClass: of copies, and in filters of generators.
STORAGE_CLASS: Final = OneOf(archives.STORAGE_CLASSES - {"EXPRESS_ONEZONE", "REDUCED_REDUNDANCY", "SNOW"})
CANNED_ACL: Final = OneOf(acl.OBJECT_CANNED)
LOCK_MODE: Final = OneOf(object_lock.MODES)
LEGAL_HOLD: Final = OneOf(object_lock.LEGAL_HOLDS)
#: Members that aren't supported have their bounds all the same: the first answer is AWS's.
EVENT_HOLD: Final = one_of({"OFF", "ON"})
EVENT_HOLD_DURATION: Final = Members({"Days": Number(1, 36_500), "Years": Number(1, 100)})
GRANTS: Final = Items(
    Members(
        {
            "Grantee": Members(
                {
                    "TypeIdentifier": one_of({"id", "emailAddress", "uri"}),
                    "Identifier": NAME,
                    "DisplayName": NAME,
                }
            ),
            "Permission": OneOf(acl.PERMISSIONS),
        }
    )
)

_MANIFEST: Final = Members(
    {
        "Spec": Members(
            {
                "Format": one_of({CSV_FORMAT, INVENTORY_FORMAT}),
                "Fields": Items(one_of({"Ignore", "Bucket", "Key", "VersionId"})),
            }
        ),
        "Location": Members(
            {
                "ObjectArn": Text(1, 2000, "arn:[^:]+:s3:.*", "an object's ARN"),
                "ObjectVersionId": Text(1, 2000),
                "ETag": NAME,
            }
        ),
    }
)
_FILTER: Final = Members(
    {
        "ObjectReplicationStatuses": Items(one_of({"COMPLETED", "FAILED", "NONE", "REPLICA"})),
        "KeyNameConstraint": Members(
            {"MatchAnyPrefix": Items(NAME), "MatchAnySuffix": Items(NAME), "MatchAnySubstring": Items(NAME)}
        ),
        "MatchAnyStorageClass": Items(STORAGE_CLASS),
        "MatchAnyObjectEncryption": Items(
            Members(
                {
                    "SSEKMS": Members({"KmsKeyArn": KMS_KEY_ARN}),
                    "DSSEKMS": Members({"KmsKeyArn": KMS_KEY_ARN}),
                }
            ),
            1,
            1,
        ),
    }
)
_GENERATOR: Final = Members(
    {
        "ExpectedBucketOwner": ACCOUNT,
        "SourceBucket": BUCKET_ARN,
        "ManifestOutputLocation": Members(
            {
                "ExpectedManifestBucketOwner": ACCOUNT,
                "Bucket": BUCKET_ARN,
                "ManifestPrefix": Text(1, 512),
                "ManifestEncryption": Members({"SSEKMS": Members({"KeyId": KMS_KEY})}),
                "ManifestFormat": one_of({GENERATED_FORMAT}),
            }
        ),
        "Filter": _FILTER,
    }
)
#: All of a request but its Operation.
REQUEST: Final = Members(
    {
        "AccountId": ACCOUNT,
        "Report": Members(
            {
                "Bucket": BUCKET_ARN,
                "Format": one_of({REPORT_FORMAT}),
                "Prefix": Text(1, 512),
                "ReportScope": one_of({"AllTasks", "FailedTasksOnly"}),
                "ExpectedBucketOwner": ACCOUNT,
            }
        ),
        "ClientRequestToken": Text(1, 64),
        "Manifest": _MANIFEST,
        "Description": Text(1, 256),
        "Priority": Number(*limits.JOB_PRIORITY),
        "RoleArn": Text(1, 2048, r"arn:[^:]+:iam::\d{12}:role/.*", "a role's ARN"),
        "ManifestGenerator": Members({"S3JobManifestGenerator": _GENERATOR}),
    }
)
