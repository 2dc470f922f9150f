"""Parameters that are right for operations of S3 whose documents chance alone would seldom make right."""

from __future__ import annotations

from typing import Any, Final

from tools.fuzz.values import ACCOUNT, MOMENTS, ROLE, START, JsonText, Ref

BUCKET: Final = Ref("bucket", 0)
HERE: Final = {"Bucket": BUCKET}
OBJECT: Final = {"Bucket": BUCKET, "Key": Ref("key", 0)}
LATER: Final = START.replace(year=2030)
_MIDNIGHT: Final = MOMENTS[-1]


_STATEMENT: Final = {
    "Sid": "one",
    "Effect": "Deny",
    "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
    "Action": ["s3:PutObjectTagging", "s3:GetObject*"],
    "Resource": "arn:aws:s3:::photos/*",
    "Condition": {
        "StringEquals": {"s3:ExistingObjectTag/a": ["1", "2"]},
        "Bool": {"aws:SecureTransport": "false"},
    },
}
_POLICY: Final = {"Version": "2012-10-17", "Id": "x", "Statement": [_STATEMENT]}
_ACP: Final = {
    "Owner": {"ID": "1" * 64},
    "Grants": [{"Grantee": {"Type": "CanonicalUser", "ID": "1" * 64}, "Permission": "FULL_CONTROL"}],
}
_AND: Final = {"Prefix": "k", "Tags": [{"Key": "a", "Value": "1"}]}
_REPLICATION_RULE: Final = {
    "ID": "r",
    "Priority": 1,
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "DeleteMarkerReplication": {"Status": "Disabled"},
    "Destination": {"Bucket": "arn:aws:s3:::plain", "StorageClass": "STANDARD"},
}


def _lifecycle(*rules: dict[str, Any]) -> dict[str, Any]:
    return {**HERE, "LifecycleConfiguration": {"Rules": list(rules)}}


#: Operation to parameters, of which the generator takes one.
S3: Final[dict[str, list[dict[str, Any]]]] = {
    "s3.PutBucketLifecycleConfiguration": [
        _lifecycle({"ID": "e", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 30}}),
        _lifecycle({"Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Date": _MIDNIGHT}}),
        _lifecycle(
            {
                "ID": "t",
                "Status": "Enabled",
                "Filter": {"Tag": {"Key": "a", "Value": "1"}},
                "Transitions": [
                    {"Days": 30, "StorageClass": "STANDARD_IA"},
                    {"Days": 90, "StorageClass": "GLACIER"},
                ],
                "NoncurrentVersionTransitions": [{"NoncurrentDays": 30, "StorageClass": "GLACIER"}],
                "NoncurrentVersionExpiration": {"NoncurrentDays": 60, "NewerNoncurrentVersions": 3},
            },
            {
                "ID": "u",
                "Status": "Disabled",
                "Prefix": "u",
                "Expiration": {"ExpiredObjectDeleteMarker": True},
            },
            {
                "ID": "m",
                "Status": "Enabled",
                "Filter": {"And": {**_AND, "ObjectSizeGreaterThan": 1, "ObjectSizeLessThan": 100}},
                "Expiration": {"Days": 365},
            },
            {
                "ID": "abort",
                "Status": "Enabled",
                "Filter": {},
                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
            },
        ),
    ],
    "s3.PutBucketPolicy": [
        {**HERE, "Policy": JsonText(_POLICY)},
        {**HERE, "Policy": JsonText({**_POLICY, "Statement": _STATEMENT})},
        {
            **HERE,
            "Policy": JsonText(
                {**_POLICY, "Statement": [{**_STATEMENT, "Effect": "Allow", "Principal": "*"}]}
            ),
        },
        {
            **HERE,
            "Policy": JsonText(
                {**_POLICY, "Statement": [{**_STATEMENT, "Resource": "arn:aws:s3:::*/*k*a*b*?*"}]}
            ),
        },
        {**HERE, "Policy": "{"},
    ],
    "s3.PutObjectLockConfiguration": [
        {
            "Bucket": "vault",
            "ObjectLockConfiguration": {
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", unit: 1}},
            },
        }
        for unit in ("Days", "Years")
    ],
    "s3.PutObjectRetention": [
        {
            "Bucket": "vault",
            "Key": Ref("key", 0),
            "Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": LATER},
            "BypassGovernanceRetention": True,
        }
    ],
    "s3.PutObjectLegalHold": [{"Bucket": "vault", "Key": Ref("key", 0), "LegalHold": {"Status": "ON"}}],
    "s3.PutBucketReplication": [
        {"Bucket": "plain", "ReplicationConfiguration": {"Role": ROLE, "Rules": [_REPLICATION_RULE]}},
        {
            "Bucket": "vault",
            "ReplicationConfiguration": {
                "Role": ROLE,
                "Rules": [
                    {**_REPLICATION_RULE, "Filter": {"And": _AND}},
                    {**_REPLICATION_RULE, "ID": "s", "Priority": 2},
                ],
            },
        },
    ],
    "s3.PutBucketEncryption": [
        {
            **HERE,
            "ServerSideEncryptionConfiguration": {
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": "k",
                        },
                        "BucketKeyEnabled": True,
                    }
                ]
            },
        }
    ],
    "s3.PutBucketTagging": [{**HERE, "Tagging": {"TagSet": [{"Key": "a", "Value": "1"}]}}],
    "s3.PutObjectTagging": [
        {**OBJECT, "Tagging": {"TagSet": [{"Key": "a", "Value": "1"}]}},
        {**OBJECT, "VersionId": Ref("version", 0), "Tagging": {"TagSet": [{"Key": "b", "Value": "2"}]}},
    ],
    "s3.PutBucketVersioning": [
        {**HERE, "VersioningConfiguration": {"Status": status}} for status in ("Enabled", "Suspended")
    ],
    "s3.PutBucketOwnershipControls": [
        {**HERE, "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}}
    ],
    "s3.PutPublicAccessBlock": [
        {**HERE, "PublicAccessBlockConfiguration": {"BlockPublicAcls": False, "BlockPublicPolicy": False}}
    ],
    "s3.PutBucketAcl": [{**HERE, "ACL": "public-read"}, {**HERE, "AccessControlPolicy": _ACP}],
    "s3.PutObjectAcl": [{**OBJECT, "ACL": "private"}, {**OBJECT, "AccessControlPolicy": _ACP}],
    "s3.PutBucketRequestPayment": [{**HERE, "RequestPaymentConfiguration": {"Payer": "Requester"}}],
    "s3.PutBucketAbac": [{**HERE, "AbacStatus": {"Status": "Enabled"}}],
    "s3.CreateBucket": [
        {"Bucket": "fresh"},
        {"Bucket": "fresh-2", "CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}},
        {"Bucket": "fresh", "ObjectLockEnabledForBucket": True, "ObjectOwnership": "ObjectWriter"},
        {
            "Bucket": "fresh--use1-az4--x-s3",
            "CreateBucketConfiguration": {
                "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
                "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
            },
        },
    ],
    "s3.PutObject": [
        {**OBJECT, "Body": b"12345", "Tagging": "a=1"},
        {"Bucket": BUCKET, "Key": "manifest", "Body": b"photos,k\nphotos,cold\nvault,k\nphotos,none\n"},
        {**OBJECT, "Body": b"", "StorageClass": "GLACIER"},
        {
            "Bucket": "vault",
            "Key": "locked",
            "Body": b"x",
            "ObjectLockMode": "GOVERNANCE",
            "ObjectLockRetainUntilDate": LATER,
            "ObjectLockLegalHoldStatus": "OFF",
        },
        {
            **OBJECT,
            "Body": b"x",
            "ServerSideEncryption": "aws:kms",
            "SSEKMSKeyId": "x",
            "Metadata": {"a": "1"},
            "Expires": LATER,
        },
    ],
    "s3.CopyObject": [
        {**OBJECT, "CopySource": Ref("source", 1)},
        {
            **OBJECT,
            "CopySource": {"Bucket": "photos", "Key": "k"},
            "TaggingDirective": "REPLACE",
            "Tagging": "b=2",
        },
        {
            **OBJECT,
            "CopySource": Ref("source", 0),
            "MetadataDirective": "REPLACE",
            "StorageClass": "STANDARD_IA",
        },
        {
            **OBJECT,
            "CopySource": Ref("dated source", 2),
            "CopySourceIfModifiedSince": MOMENTS[0],
            "CopySourceIfUnmodifiedSince": LATER,
        },
    ],
    "s3.CreateMultipartUpload": [
        {**OBJECT, "Tagging": "a=1"},
        {**OBJECT, "ChecksumAlgorithm": "CRC32", "ChecksumType": "COMPOSITE"},
        {
            **OBJECT,
            "ChecksumAlgorithm": "CRC64NVME",
            "ChecksumType": "FULL_OBJECT",
            "StorageClass": "GLACIER",
        },
    ],
    "s3.UploadPart": [
        {**HERE, "UploadId": Ref("upload", 0), "Key": Ref("key", 1), "PartNumber": number, "Body": b"12345"}
        for number in (1, 2)
    ],
    "s3.UploadPartCopy": [
        {
            **HERE,
            "UploadId": Ref("upload", 0),
            "Key": Ref("key", 1),
            "PartNumber": 2,
            "CopySource": Ref("source", 0),
            "CopySourceRange": "bytes=0-2",
        }
    ],
    "s3.CompleteMultipartUpload": [
        {
            **HERE,
            "UploadId": Ref("upload", 0),
            "Key": Ref("key", 1),
            "MultipartUpload": {"Parts": Ref("parts", 0)},
        },
        {
            **HERE,
            "UploadId": Ref("upload", 0),
            "Key": Ref("key", 1),
            "MultipartUpload": {"Parts": Ref("parts", 1)},
        },
        {
            **HERE,
            "UploadId": Ref("upload", 0),
            "Key": Ref("key", 1),
            "MultipartUpload": {
                "Parts": [{"PartNumber": 1, "ETag": Ref("etag"), "ChecksumCRC32": "AAAAAA=="}]
            },
        },
    ],
    "s3.AbortMultipartUpload": [{**HERE, "UploadId": Ref("upload", 0), "Key": Ref("key", 1)}],
    "s3.ListParts": [{**HERE, "UploadId": Ref("upload", 0), "Key": Ref("key", 1)}],
    "s3.DeleteObjects": [
        {
            **HERE,
            "Delete": {
                "Objects": [{"Key": "k"}, {"Key": "a/k", "VersionId": "null"}, {"Key": "x"}],
                "Quiet": False,
            },
        }
    ],
    "s3.RestoreObject": [
        {
            "Bucket": "photos",
            "Key": "cold",
            "RestoreRequest": {"Days": 1, "GlacierJobParameters": {"Tier": "Standard"}},
        }
    ],
    "s3.UpdateObjectEncryption": [
        {
            **OBJECT,
            "ObjectEncryption": {
                "SSEKMS": {
                    "KMSKeyArn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000"
                }
            },
        }
    ],
    "s3.GetObjectAttributes": [
        {**OBJECT, "ObjectAttributes": ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]}
    ],
}
