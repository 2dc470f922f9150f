"""Parameters that are right for operations of S3 Control: jobs, tags, access points, outposts."""

from __future__ import annotations

from typing import Any, Final

from tools.fuzz.s3_calls import BUCKET, LATER
from tools.fuzz.values import ACCOUNT, FUNCTION, MOMENTS, ROLE, Ref


def _job(operation: dict[str, Any], **changes: Any) -> dict[str, Any]:
    manifest = {
        "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
        "Location": {"ObjectArn": "arn:aws:s3:::photos/manifest", "ETag": Ref("manifest etag")},
    }
    report = {
        "Bucket": "arn:aws:s3:::plain",
        "Format": "Report_CSV_20180820",
        "Enabled": True,
        "Prefix": "reports",
        "ReportScope": "AllTasks",
    }
    return {
        "AccountId": ACCOUNT,
        "Operation": operation,
        "Manifest": manifest,
        "Report": report,
        "Priority": 1,
        "RoleArn": ROLE,
        "ConfirmationRequired": False,
        **changes,
    }


def _generated(operation: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    output = {
        "ExpectedManifestBucketOwner": ACCOUNT,
        "Bucket": "arn:aws:s3:::plain",
        "ManifestPrefix": "lists",
        "ManifestEncryption": {"SSES3": {}},
        "ManifestFormat": "S3InventoryReport_CSV_20211130",
    }
    generator = {
        "ExpectedBucketOwner": ACCOUNT,
        "SourceBucket": "arn:aws:s3:::photos",
        "EnableManifestOutput": True,
        "ManifestOutputLocation": output,
        **wanted,
    }
    params = _job(operation, ManifestGenerator={"S3JobManifestGenerator": generator})
    del params["Manifest"]
    return params


_FILTER: Final = {
    "CreatedAfter": MOMENTS[0],
    "CreatedBefore": LATER,
    "ObjectReplicationStatuses": ["NONE", "FAILED"],
    "KeyNameConstraint": {
        "MatchAnyPrefix": ["k", "a"],
        "MatchAnySuffix": ["k", "c"],
        "MatchAnySubstring": [""],
    },
    "ObjectSizeGreaterThanBytes": 0,
    "ObjectSizeLessThanBytes": 2**40,
    "MatchAnyStorageClass": ["STANDARD"],
}
_GRANT: Final = {
    "Grantee": {"TypeIdentifier": "id", "Identifier": "1" * 64, "DisplayName": "x"},
    "Permission": "READ",
}
_PUT_TAGS: Final = {"S3PutObjectTagging": {"TagSet": [{"Key": "team", "Value": "red"}]}}
_COPY: Final = {
    "TargetResource": "arn:aws:s3:::plain",
    "CannedAccessControlList": "private",
    "MetadataDirective": "REPLACE",
    "ModifiedSinceConstraint": MOMENTS[0],
    "UnModifiedSinceConstraint": LATER,
    "NewObjectMetadata": {"ContentType": "text/plain", "UserMetadata": {"a": "1"}, "HttpExpiresDate": LATER},
    "NewObjectTagging": [{"Key": "a", "Value": "1"}],
    "RedirectLocation": "/elsewhere",
    "StorageClass": "GLACIER",
    "TargetKeyPrefix": "copies",
    "ObjectLockLegalHoldStatus": "ON",
    "ObjectLockMode": "GOVERNANCE",
    "ObjectLockRetainUntilDate": LATER,
    "BucketKeyEnabled": True,
    "ChecksumAlgorithm": "CRC32",
}
#: Operation to parameters, of which the generator takes one.
S3_CONTROL: Final[dict[str, list[dict[str, Any]]]] = {
    "s3control.CreateJob": [
        _job(_PUT_TAGS),
        _job(_PUT_TAGS, ConfirmationRequired=True, ClientRequestToken="t", Tags=[{"Key": "a", "Value": "1"}]),
        _job({"S3DeleteObjectTagging": {}}),
        _job({"S3InitiateRestoreObject": {"ExpirationInDays": 1, "GlacierJobTier": "BULK"}}),
        _job({"S3PutObjectAcl": {"AccessControlPolicy": {"CannedAccessControlList": "private"}}}),
        _job(
            {
                "S3PutObjectAcl": {
                    "AccessControlPolicy": {
                        "AccessControlList": {"Owner": {"ID": "1" * 64}, "Grants": [_GRANT]}
                    }
                }
            }
        ),
        _job({"S3PutObjectCopy": _COPY}),
        _job({"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::plain"}}),
        _job({"S3PutObjectLegalHold": {"LegalHold": {"Status": "ON"}}}),
        _job(
            {
                "S3PutObjectRetention": {
                    "BypassGovernanceRetention": True,
                    "Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": LATER},
                }
            }
        ),
        _job({"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "CRC64NVME", "ChecksumType": "FULL_OBJECT"}}),
        _job(
            {
                "LambdaInvoke": {
                    "FunctionArn": FUNCTION,
                    "InvocationSchemaVersion": "2.0",
                    "UserArguments": {"a": "1"},
                }
            }
        ),
        _generated(_PUT_TAGS),
        _generated(_PUT_TAGS, Filter=_FILTER),
        _generated({"S3ReplicateObject": {}}, Filter={"EligibleForReplication": True}),
    ],
    "s3control.UpdateJobStatus": [
        {
            "AccountId": ACCOUNT,
            "JobId": Ref("job", index),
            "RequestedJobStatus": status,
            "StatusUpdateReason": "x",
        }
        for index, status in ((0, "Ready"), (1, "Cancelled"))
    ],
    "s3control.UpdateJobPriority": [{"AccountId": ACCOUNT, "JobId": Ref("job", 0), "Priority": 5}],
    "s3control.PutJobTagging": [
        {"AccountId": ACCOUNT, "JobId": Ref("job", 0), "Tags": [{"Key": "a", "Value": "1"}]}
    ],
    "s3control.TagResource": [
        {"AccountId": ACCOUNT, "ResourceArn": Ref("arn", index), "Tags": [{"Key": "b", "Value": "2"}]}
        for index in range(4)
    ],
    "s3control.UntagResource": [
        {"AccountId": ACCOUNT, "ResourceArn": Ref("arn", index), "TagKeys": ["a", "b"]} for index in range(4)
    ],
    "s3control.CreateAccessPoint": [
        {"AccountId": ACCOUNT, "Name": "other", "Bucket": BUCKET},
        {
            "AccountId": ACCOUNT,
            "Name": "inside",
            "Bucket": Ref("outpost bucket"),
            "VpcConfiguration": {"VpcId": "vpc-1"},
        },
    ],
    "s3control.CreateBucket": [{"Bucket": "remote", "OutpostId": "op-0123456789abcdef0"}],
    "s3control.GetBucket": [{"AccountId": ACCOUNT, "Bucket": Ref("outpost bucket")}],
    "s3control.DeleteBucket": [{"AccountId": ACCOUNT, "Bucket": Ref("outpost bucket")}],
    "s3control.PutBucketTagging": [
        {
            "AccountId": ACCOUNT,
            "Bucket": Ref("outpost bucket"),
            "Tagging": {"TagSet": [{"Key": "a", "Value": "1"}]},
        }
    ],
    "s3control.GetBucketTagging": [{"AccountId": ACCOUNT, "Bucket": Ref("outpost bucket")}],
    "s3control.DeleteBucketTagging": [{"AccountId": ACCOUNT, "Bucket": Ref("outpost bucket")}],
}
