"""What CreateJob refuses, with what its hint says, and what it takes once."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.config import Config

from conftest import needs_botocore
from tests.batch.support import INVALID, REPORT, generator
from tests.support import refusal, run_job, send_raw, tagging_job


def manifest(*, arn: str = "arn:aws:s3:::manifests/manifest.csv", **spec: Any) -> dict[str, Any]:
    """CreateJob's parameters with another manifest."""
    return {"Manifest": {"Spec": {**SPEC, **spec}, "Location": {"ObjectArn": arn, "ETag": "x"}}}


COPY = {"TargetResource": "arn:aws:s3:::target"}
SPEC = {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]}
NEAR = "near--use1-az4--x-s3"


class TestHints:
    @pytest.mark.parametrize(
        ("changes", "hint"),
        [
            (
                {"AccountId": "12345678901"},
                "AccountId '12345678901' isn't an account id, which is twelve digits",
            ),
            ({"Operation": {}}, "Operation must hold exactly one operation, not 0"),
            ({"Manifest": None}, "exactly one of Manifest and ManifestGenerator must be given"),
            ({"RoleArn": "me"}, "RoleArn 'me' isn't a role's ARN"),
            ({"Priority": 2147483648}, "Priority is 2147483648, not 0 to 2147483647"),
            ({"Priority": -1}, "Priority is -1, not 0 to 2147483647"),
            (
                {"ClientRequestToken": "x" * 65},
                "ClientRequestToken has 65 characters, not 1 to 64",
            ),
            ({"Description": "x" * 257}, "Description has 257 characters, not 1 to 256"),
            (
                manifest(Format="CSV"),
                "Manifest.Spec.Format 'CSV' isn't one of S3BatchOperations_CSV_20180820, S3InventoryReport_CSV_20161130",
            ),
            (
                manifest(Format="S3InventoryReport_CSV_20161130"),
                "Manifest.Spec.Fields goes with the CSV format only",
            ),
            (
                manifest(Fields=["Bucket", "Key", "Size"]),
                "Manifest.Spec.Fields[2] 'Size' isn't one of Bucket, Ignore, Key, VersionId",
            ),
            (manifest(Fields=["Bucket"]), "Manifest.Spec.Fields must name Key exactly once"),
            (
                manifest(Fields=["Bucket", "Key", "VersionId", "VersionId"]),
                "Manifest.Spec.Fields names VersionId more than once",
            ),
            (
                manifest(arn="arn:aws:s3:::manifests"),
                "Manifest.Location.ObjectArn 'arn:aws:s3:::manifests' isn't an object's ARN",
            ),
            ({"Report": {"Enabled": True}}, "Report.Bucket is missing, and the report is enabled"),
            ({"Report": {**REPORT, "Bucket": "reports"}}, "Report.Bucket 'reports' isn't a bucket's ARN"),
            ({"Report": {**REPORT, "Format": "CSV"}}, "Report.Format 'CSV' isn't Report_CSV_20180820"),
            (
                {"Report": {**REPORT, "ReportScope": "All"}},
                "Report.ReportScope 'All' isn't one of AllTasks, FailedTasksOnly",
            ),
            (
                {"Report": {**REPORT, "Prefix": "x" * 513}},
                "Report.Prefix has 513 characters, not 1 to 512",
            ),
        ],
    )
    def test_of_the_request(self, aws: Any, changes: dict[str, Any], hint: str) -> None:
        self.refused(aws, changes, hint)

    @pytest.mark.parametrize(
        ("changes", "hint"),
        [
            (
                {"Manifest": None, "ManifestGenerator": {}},
                "ManifestGenerator holds no S3JobManifestGenerator",
            ),
            (
                generator(SourceBucket="photos"),
                "ManifestGenerator.S3JobManifestGenerator.SourceBucket 'photos' isn't a bucket's ARN",
            ),
            (
                generator(EnableManifestOutput=True),
                "EnableManifestOutput needs a ManifestOutputLocation",
            ),
            (
                generator(
                    ManifestOutputLocation={
                        "Bucket": "lists",
                        "ManifestFormat": "S3InventoryReport_CSV_20211130",
                    }
                ),
                "ManifestGenerator.S3JobManifestGenerator.ManifestOutputLocation.Bucket 'lists' isn't a bucket's ARN",
            ),
            (
                generator(ManifestOutputLocation={"Bucket": "arn:aws:s3:::lists", "ManifestFormat": "CSV"}),
                "ManifestGenerator.S3JobManifestGenerator.ManifestOutputLocation.ManifestFormat 'CSV' isn't S3InventoryReport_CSV_20211130",
            ),
            (
                generator(Filter={"KeyNameConstraint": {"MatchAnySuffix": ["a", "b"]}}),
                "KeyNameConstraint.MatchAnySuffix takes exactly one string, not 2",
            ),
            pytest.param(
                generator(Filter={"MatchAnyObjectEncryption": [{"SSES3": {}, "SSEC": {}}]}),
                "an entry of MatchAnyObjectEncryption takes exactly one encryption, not 2",
                marks=needs_botocore("1.41", "MatchAnyObjectEncryption"),
            ),
            pytest.param(
                generator(Filter={"MatchAnyObjectEncryption": [{"SSES3": {}}, {"SSEC": {}}]}),
                "ManifestGenerator.S3JobManifestGenerator.Filter.MatchAnyObjectEncryption has 2 items, not 1",
                marks=needs_botocore("1.41", "MatchAnyObjectEncryption"),
            ),
        ],
    )
    def test_of_the_generator(self, aws: Any, changes: dict[str, Any], hint: str) -> None:
        self.refused(aws, changes, hint)

    def refused(self, aws: Any, changes: dict[str, Any], hint: str) -> None:
        """What botocore itself would refuse is sent too."""
        control = aws.client("s3control", config=Config(parameter_validation=False))
        request = tagging_job(aws, "photos,a.jpg", **changes)
        assert refusal(lambda: control.create_job(**request)) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "Request invalid",
        }
        assert aws.calls[-1].hint == hint
        assert not aws.jobs

    @pytest.mark.parametrize(
        "changes",
        [
            {"Priority": 0},
            {"Priority": 2147483647},
            {"Description": "x" * 256, "ClientRequestToken": "x" * 64},
            {"Report": {**REPORT, "Prefix": "x" * 512}},
        ],
    )
    def test_the_limits_themselves_are_taken(self, aws: Any, photos: str, changes: dict[str, Any]) -> None:
        assert run_job(aws, "photos,a.jpg", **changes)["Status"] == "Complete"

    @pytest.mark.parametrize(
        ("changes", "hint"),
        [
            ({"AccountId": "12345678901"}, "AccountId"),
            ({"Operation": {}}, "exactly one operation, not 0"),
            ({"Operation": {"S3DeleteObjectTagging": {}, "S3PutObjectTagging": {}}}, "not 2"),
            ({"Manifest": None}, "exactly one of Manifest and ManifestGenerator"),
            ({"Priority": 2**31}, "Priority"),
            ({"RoleArn": "IAM-role"}, "RoleArn"),
            ({"Description": "x" * 257}, "Description"),
            ({"ClientRequestToken": "x" * 65}, "ClientRequestToken"),
            ({"Report": {"Enabled": True}}, "Report.Bucket"),
            (
                {"Report": {"Enabled": True, "Bucket": "reports", "Format": "Report_CSV_20180820"}},
                "Report.Bucket 'reports' isn't a bucket's ARN",
            ),
            (
                {"Report": {"Enabled": True, "Bucket": "arn:aws:s3:::reports", "Format": "CSV"}},
                "Report.Format",
            ),
            (
                {
                    "Report": {
                        "Enabled": True,
                        "Bucket": "arn:aws:s3:::reports",
                        "Format": "Report_CSV_20180820",
                    }
                },
                "ReportScope",
            ),
        ],
    )
    def test_structural_faults(self, aws: Any, changes: Any, hint: str) -> None:
        request = tagging_job(aws, "photos,a.jpg", **changes)
        assert refusal(lambda: aws.client("s3control").create_job(**request)) == {
            "Status": 400,
            "Code": "InvalidRequest",
            "Message": "Request invalid",
        }
        assert hint in aws.calls[-1].hint
        assert len(aws.jobs) == 0

    @pytest.mark.parametrize(
        ("spec", "hint"),
        [
            ({"Format": "CSV", "Fields": ["Bucket", "Key"]}, "Format 'CSV' isn't one of"),
            ({"Format": "S3BatchOperations_CSV_20180820"}, "must name Bucket"),
            ({"Format": "S3BatchOperations_CSV_20180820", "Fields": ["S3Bucket", "S3Key"]}, "S3Bucket"),
            (
                {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key", "Key"]},
                "Key exactly once",
            ),
            (
                {
                    "Format": "S3BatchOperations_CSV_20180820",
                    "Fields": ["Bucket", "Key", "VersionId", "VersionId"],
                },
                "VersionId more than once",
            ),
            ({"Format": "S3InventoryReport_CSV_20161130", "Fields": ["Bucket", "Key"]}, "CSV format only"),
        ],
    )
    def test_faults_of_the_manifest(self, aws: Any, spec: Any, hint: str) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Spec"] = spec
        assert refusal(lambda: aws.client("s3control").create_job(**request))["Message"] == "Request invalid"
        assert hint in aws.calls[-1].hint

    def test_a_manifest_that_is_no_arn(self, aws: Any) -> None:
        request = tagging_job(aws, "photos,a.jpg")
        request["Manifest"]["Location"]["ObjectArn"] = "manifests/manifest.csv"
        assert refusal(lambda: aws.client("s3control").create_job(**request))["Code"] == "InvalidRequest"


@pytest.mark.parametrize(
    ("operation", "hint"),
    [
        ({"S3PutObjectCopy": {}}, "S3PutObjectCopy.TargetResource None isn't a bucket's ARN"),
        (
            {"S3PutObjectCopy": {"TargetResource": "target"}},
            "S3PutObjectCopy.TargetResource 'target' isn't a bucket's ARN",
        ),
        (
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::t", "StorageClass": "REDUCED_REDUNDANCY"}},
            "S3PutObjectCopy.StorageClass",
        ),
        (
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::t", "MetadataDirective": "MERGE"}},
            "S3PutObjectCopy.MetadataDirective",
        ),
        (
            {
                "S3PutObjectCopy": {
                    "TargetResource": "arn:aws:s3:::t",
                    "CannedAccessControlList": "private",
                    "AccessControlGrants": [{"Permission": "READ"}],
                }
            },
            "S3PutObjectCopy takes a CannedAccessControlList or AccessControlGrants, not both",
        ),
        (
            {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::t", "ObjectLockMode": "GOVERNANCE"}},
            "S3PutObjectCopy must have both ObjectLockMode and ObjectLockRetainUntilDate, or none",
        ),
        (
            {"S3PutObjectAcl": {}},
            "S3PutObjectAcl.AccessControlPolicy must hold AccessControlList or CannedAccessControlList",
        ),
        (
            {"S3PutObjectAcl": {"AccessControlPolicy": {"CannedAccessControlList": "open"}}},
            "S3PutObjectAcl.AccessControlPolicy.CannedAccessControlList 'open' isn't one of",
        ),
        (
            {"S3InitiateRestoreObject": {"GlacierJobTier": "EXPEDITED"}},
            "S3InitiateRestoreObject.GlacierJobTier 'EXPEDITED'",
        ),
        (
            {"S3PutObjectLegalHold": {"LegalHold": {"Status": "MAYBE"}}},
            "S3PutObjectLegalHold.LegalHold.Status 'MAYBE'",
        ),
        (
            {"S3PutObjectRetention": {"Retention": {"Mode": "GOVERNANCE"}}},
            "S3PutObjectRetention.Retention must have both Mode and RetainUntilDate, or none",
        ),
        ({"LambdaInvoke": {}}, "LambdaInvoke.FunctionArn is missing"),
        (
            {"LambdaInvoke": {"FunctionArn": "arn:aws:s3:::b"}},
            "LambdaInvoke.FunctionArn 'arn:aws:s3:::b' isn't a Lambda function's name or ARN",
        ),
        (
            {"LambdaInvoke": {"FunctionArn": "f", "InvocationSchemaVersion": "3.0"}},
            "LambdaInvoke.InvocationSchemaVersion '3.0' isn't 1.0 or 2.0",
        ),
        (
            {"LambdaInvoke": {"FunctionArn": "f", "UserArguments": {"a": "b"}}},
            "LambdaInvoke.UserArguments need the InvocationSchemaVersion 2.0",
        ),
        (
            {"LambdaInvoke": {"FunctionArn": "f", "InvocationSchemaVersion": "2.0", "UserArguments": {}}},
            "LambdaInvoke.UserArguments has 0 entries",
        ),
        pytest.param(
            {"S3UpdateObjectEncryption": {"ObjectEncryption": {}}},
            "S3UpdateObjectEncryption.ObjectEncryption holds no SSEKMS",
            marks=needs_botocore("1.42", "UpdateObjectEncryption"),
        ),
    ],
)
@needs_botocore("1.34.20", "LambdaInvoke's UserArguments")
def test_structural_faults(aws: Any, photos: str, operation: Any, hint: str) -> None:
    request = tagging_job(aws, "photos,a.jpg", Operation=operation)
    refused = refusal(lambda: aws.client("s3control").create_job(**request))
    assert refused == {"Status": 400, "Code": "InvalidRequest", "Message": "Request invalid"}
    assert aws.calls[-1].hint.startswith(hint)
    assert not aws.jobs


class TestMembers:
    @pytest.mark.parametrize(
        ("operation", "hint"),
        [
            (
                {
                    "LambdaInvoke": {
                        "FunctionArn": "f",
                        "InvocationSchemaVersion": "2.0",
                        "UserArguments": given,
                    }
                },
                hint,
            )
            for given, hint in (
                ({"k" * 65: ""}, "LambdaInvoke.UserArguments's key has 65 characters, not 1 to 64"),
                ({"k": "v" * 1025}, "LambdaInvoke.UserArguments['k'] has 1025 characters, not 0 to 1024"),
            )
        ]
        + [
            (
                {"S3PutObjectCopy": {**COPY, "TargetKeyPrefix": "p" * 1025}},
                "S3PutObjectCopy.TargetKeyPrefix has 1025 characters, not 1 to 1024",
            ),
            pytest.param(
                {
                    "S3UpdateObjectEncryption": {
                        "ObjectEncryption": {
                            "SSEKMS": {"KMSKeyArn": "arn:aws:kms:us-east-1:123456789012:alias/mine"}
                        }
                    }
                },
                "S3UpdateObjectEncryption.ObjectEncryption.SSEKMS.KMSKeyArn 'arn:aws:kms:us-east-1:123456789012:alias/mine' isn't the ARN of a key of KMS",
                marks=needs_botocore("1.42", "UpdateObjectEncryption"),
            ),
        ],
    )
    @needs_botocore("1.34.20", "LambdaInvoke's UserArguments")
    def test_of_operations(self, aws: Any, photos: str, operation: Any, hint: str) -> None:
        assert refusal(lambda: run_job(aws, "photos,a.jpg", Operation=operation)) == INVALID
        assert aws.calls[-1].hint == hint

    @pytest.mark.parametrize(
        ("operation", "lacks"),
        [
            ("<S3PutObjectLegalHold/>", "S3SetObjectLegalHoldOperation lacks LegalHold"),
            (
                "<S3PutObjectLegalHold><LegalHold/></S3PutObjectLegalHold>",
                "S3ObjectLockLegalHold lacks Status",
            ),
            ("<S3PutObjectRetention/>", "S3SetObjectRetentionOperation lacks Retention"),
        ],
    )
    def test_what_the_schema_requires(self, aws: Any, photos: str, operation: str, lacks: str) -> None:
        body = f"<CreateJobRequest><Operation>{operation}</Operation></CreateJobRequest>".encode()
        request = tagging_job(aws, "photos,a.jpg")
        create = lambda: send_raw(aws.client("s3control"), "create_job", body=body, **request)
        assert refusal(create)["Code"] == "MalformedXML"
        assert aws.calls[-1].hint == lacks


GRANT = {"Grantee": {"TypeIdentifier": "id", "Identifier": "a" * 64}, "Permission": "READ"}
PLACE = {"Bucket": "arn:aws:s3:::lists", "ManifestFormat": "S3InventoryReport_CSV_20211130"}


def copy(**parameters: Any) -> dict[str, Any]:
    return {"Operation": {"S3PutObjectCopy": {**COPY, **parameters}}}


def acl(**policy: Any) -> dict[str, Any]:
    return {"Operation": {"S3PutObjectAcl": {"AccessControlPolicy": policy}}}


def output(**members: Any) -> dict[str, Any]:
    return generator(EnableManifestOutput=True, ManifestOutputLocation={**PLACE, **members})


class TestBounds:
    """Some of each kind; tests/rules/test_job_bounds.py compares all of them with the model."""

    @pytest.mark.parametrize(
        ("changes", "hint"),
        [
            (output(ManifestPrefix="p" * 513), "ManifestPrefix has 513 characters, not 1 to 512"),
            (
                output(ManifestEncryption={"SSES3": {}, "SSEKMS": {"KeyId": "k"}}),
                "ManifestEncryption takes one of SSES3 and SSEKMS",
            ),
            (output(ManifestEncryption={"SSEKMS": {"KeyId": "k" * 2001}}), "KeyId has 2001 characters"),
            (output(ExpectedManifestBucketOwner="abc"), "isn't an account id, which is twelve digits"),
            (generator(ExpectedBucketOwner="12345678901"), "isn't an account id, which is twelve digits"),
            (
                generator(Filter={"ObjectReplicationStatuses": ["NOPE"]}),
                "ObjectReplicationStatuses[0] 'NOPE'",
            ),
            (
                generator(Filter={"MatchAnyStorageClass": ["STANDARD", "NOPE"]}),
                "MatchAnyStorageClass[1] 'NOPE'",
            ),
            (
                generator(Filter={"KeyNameConstraint": {"MatchAnyPrefix": ["p" * 1025]}}),
                "MatchAnyPrefix[0] has 1025 characters",
            ),
            (copy(RedirectLocation="/" * 2049), "RedirectLocation has 2049 characters, not 1 to 2048"),
            (copy(SSEAwsKmsKeyId="k" * 2001), "SSEAwsKmsKeyId has 2001 characters, not 1 to 2000"),
            (copy(NewObjectMetadata={"SSEAlgorithm": "FOO"}), "SSEAlgorithm 'FOO' isn't one of AES256, KMS"),
            (
                copy(NewObjectMetadata={"UserMetadata": {"k" * 1025: "v"}}),
                "UserMetadata's key has 1025 characters, not 1 to 1024",
            ),
            (copy(AccessControlGrants=[{**GRANT, "Permission": "NOPE"}]), "Permission 'NOPE' isn't one of"),
            (
                copy(AccessControlGrants=[{"Grantee": {"TypeIdentifier": "wat"}}]),
                "AccessControlGrants[0].Grantee.TypeIdentifier 'wat' isn't one of",
            ),
            (
                copy(AccessControlGrants=[GRANT], CannedAccessControlList="private"),
                "a CannedAccessControlList or AccessControlGrants, not both",
            ),
            (copy(ObjectLockMode="GOVERNANCE"), "both ObjectLockMode and ObjectLockRetainUntilDate, or none"),
            (
                copy(ObjectLockRetainUntilDate=datetime(2030, 1, 1, tzinfo=timezone.utc)),
                "both ObjectLockMode and ObjectLockRetainUntilDate, or none",
            ),
            (copy(TargetResource="arn:aws:s3:::" + "t" * 120), "TargetResource has 133 characters"),
            (copy(TargetResource="arn:aws:sqs:::target"), "TargetResource 'arn:aws:sqs:::target' isn't"),
            (
                acl(AccessControlList={"Owner": {"ID": "a"}, "Grants": [{**GRANT, "Permission": "NOPE"}]}),
                "Grants[0].Permission 'NOPE' isn't one of",
            ),
            ({"Report": {"Enabled": False, "Prefix": "p" * 513}}, "Report.Prefix has 513 characters"),
            ({"Report": {"Enabled": False, "Format": "x"}}, "Report.Format 'x' isn't Report_CSV_20180820"),
            (
                {"Report": {"Enabled": False, "Bucket": "photos"}},
                "Report.Bucket 'photos' isn't a bucket's ARN",
            ),
            ({"RoleArn": "arn:aws:iam::123456789012:user/me"}, "RoleArn 'arn:aws:iam::123456789012:user/me'"),
            (
                {"Operation": {"S3InitiateRestoreObject": {"ExpirationInDays": -1}}},
                "ExpirationInDays is -1, not at least 0",
            ),
        ],
    )
    def test_what_is_beyond_them(self, aws: Any, photos: str, changes: dict[str, Any], hint: str) -> None:
        """What botocore itself would refuse is sent too."""
        control = aws.client("s3control", config=Config(parameter_validation=False))
        request = tagging_job(aws, "photos,a.jpg", **changes)
        assert refusal(lambda: control.create_job(**request)) == INVALID
        assert hint in aws.calls[-1].hint
        assert not aws.jobs

    @needs_botocore("1.41", "Report.ExpectedBucketOwner")
    def test_the_owner_of_the_report(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg", Report={**REPORT, "ExpectedBucketOwner": "abc"})
        assert refusal(lambda: aws.client("s3control").create_job(**request)) == INVALID


@pytest.mark.parametrize("fields", [("Bucket", "Key"), ("Key", "Bucket", "Ignore")])
def test_replication_needs_version_ids(aws: Any, photos: str, fields: tuple[str, ...]) -> None:
    """Or a generated manifest (user guide); that CreateJob refuses it is ASSUMED."""
    request = tagging_job(aws, "photos,a.jpg", fields=fields, Operation={"S3ReplicateObject": {}})
    assert refusal(lambda: aws.client("s3control").create_job(**request)) == INVALID
    assert aws.calls[-1].hint == "S3ReplicateObject needs version ids in its manifest, or a ManifestGenerator"


@pytest.mark.parametrize(
    "changes",
    [
        {
            "Report": {
                "Bucket": f"arn:aws:s3:::{NEAR}",
                "Format": "Report_CSV_20180820",
                "Enabled": True,
                "ReportScope": "AllTasks",
            }
        },
        {
            "Manifest": {
                "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
                "Location": {"ObjectArn": f"arn:aws:s3:::{NEAR}/manifest.csv", "ETag": "x"},
            }
        },
        {
            "Manifest": None,
            "ManifestGenerator": {
                "S3JobManifestGenerator": {
                    "SourceBucket": "arn:aws:s3:::photos",
                    "EnableManifestOutput": True,
                    "ManifestOutputLocation": {
                        "Bucket": f"arn:aws:s3:::{NEAR}",
                        "ManifestFormat": "S3InventoryReport_CSV_20211130",
                    },
                }
            },
        },
    ],
    ids=["report", "manifest", "generated manifest"],
)
def test_not_in_a_directory_bucket(aws: Any, photos: str, changes: dict[str, Any]) -> None:
    aws.create_bucket(NEAR)
    request = tagging_job(aws, "photos,a.jpg", **changes)
    refused = refusal(lambda: aws.client("s3control").create_job(**request))
    assert refused["Code"] == "InvalidRequest"
    assert "is in a directory bucket" in (aws.calls[-1].hint or "")


def test_a_storage_class_without_a_target(aws: Any, photos: str) -> None:
    """OBSERVED, aws-sdk-java-v2 #3085: AWS itself fails."""
    control = aws.client("s3control", config=Config(retries={"total_max_attempts": 1}))
    request = tagging_job(aws, "photos,a.jpg", Operation={"S3PutObjectCopy": {"StorageClass": "GLACIER"}})
    assert refusal(lambda: control.create_job(**request))["Status"] == 500
    whole = {"StorageClass": "GLACIER", "TargetResource": "arn:aws:s3:::photos"}
    control.create_job(**{**request, "Operation": {"S3PutObjectCopy": whole}})


def test_the_token_makes_a_job_once(aws: Any, photos: str) -> None:
    control, request = aws.client("s3control"), tagging_job(aws, "photos,a.jpg")
    first, again = (control.create_job(**request)["JobId"] for _ in range(2))
    assert first == again
    assert len(aws.jobs) == 1
    with pytest.raises(control.exceptions.IdempotencyException):
        control.create_job(**{**request, "Priority": 11})
