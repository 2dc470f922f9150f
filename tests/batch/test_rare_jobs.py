"""Jobs that few programs ever make, through a boto3 client."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import NotSupported, mock_tagging
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.operations.s3control import jobs
from s3tag_mock.rules import limits
from tests.batch.test_manifests import Inventory
from tests.operations.test_rare_answers import share_with_payers
from tests.support import refusal, run_job, send_raw, tagging_job

TARGET = {"TargetResource": "arn:aws:s3:::target"}
REFUSED = {"Status": 400, "Code": "InvalidRequest", "Message": "Request invalid"}


def run(aws: Any, operation: dict[str, Any], *rows: str, **changes: Any) -> Any:
    return aws.jobs[run_job(aws, *rows, Operation=operation, **changes)["JobId"]]


def codes(job: Any) -> list[str]:
    return [task.error_code or task.message for task in job.tasks]


class TestCopies:
    @pytest.fixture(autouse=True)
    def target(self, aws: Any) -> None:
        aws.create_bucket("target")

    @pytest.mark.parametrize(("named", "method"), [("AES256", "AES256"), ("KMS", "aws:kms")])
    def test_encrypted_otherwise(self, aws: Any, s3: Any, photos: str, named: str, method: str) -> None:
        s3.put_object(Bucket=photos, Key="new", Body=b"", ServerSideEncryption="aws:kms:dsse")
        wanted = {**TARGET, "NewObjectMetadata": {"SSEAlgorithm": named}}
        assert codes(run(aws, {"S3PutObjectCopy": wanted}, "photos,new")) == ["Successful"]
        assert s3.head_object(Bucket="target", Key="new")["ServerSideEncryption"] == method

    @pytest.mark.parametrize(("pays", "code"), [(True, "Successful"), (False, "AccessDenied")])
    def test_of_a_bucket_whose_requesters_pay(self, aws: Any, pays: bool, code: str) -> None:
        share_with_payers(aws, "theirs")
        wanted = {"S3PutObjectCopy": {**TARGET, "RequesterPays": pays}}
        assert codes(run(aws, wanted, "theirs,k")) == [code]


@needs_botocore("1.40.20", "S3ComputeObjectChecksum")
def test_the_checksum_of_the_parts_checksums(aws: Any, s3: Any, photos: str) -> None:
    bodies = (b"x" * limits.PART_BYTES, b"end")
    upload = {"Bucket": photos, "Key": "big"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    parts = [
        {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}
        for number, body in enumerate(bodies, start=1)
    ]
    etag = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})["ETag"]
    wanted = {"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "CRC32", "ChecksumType": "COMPOSITE"}}
    report = run(aws, wanted, "photos,big").report()
    raw = zlib.crc32(b"".join(zlib.crc32(body).to_bytes(4, "big") for body in bodies)).to_bytes(4, "big")
    assert json.loads(report.rows[0].result_message) == {
        "checksum_base64": base64.b64encode(raw).decode(),
        "etag": etag.strip('"'),
        "checksumAlgorithm": "CRC32",
        "checksumType": "COMPOSITE",
        "checksum_hex": raw.hex().upper(),
    }


def test_a_function_that_fails_too_often_is_called_no_more(aws: Any) -> None:
    called: list[str] = []

    @aws.lambda_function("fails")
    def handler(event: Any) -> Any:
        called.append(event["invocationId"])
        raise ValueError

    rows = [f"photos,{number}" for number in range(limits.JOB_FAILURE_FLOOR_TASKS + 10)]
    job = run(aws, {"LambdaInvoke": {"FunctionArn": "fails"}}, *rows)
    assert (job.status, len(job.tasks)) == ("Failed", limits.JOB_FAILURE_FLOOR_TASKS)
    assert len(called) == limits.JOB_FAILURE_FLOOR_TASKS


def test_describing_moves_no_job_that_isnt_there() -> None:
    with mock_tagging(job_progress="on_describe") as aws:
        describe = lambda: aws.client("s3control").describe_job(AccountId=ACCOUNT, JobId="0" * 36)
        assert refusal(describe) == {
            "Status": 400,
            "Code": "NotFoundException",
            "Message": "The specified job does not exist",
        }


def test_a_priority_below_all_others(aws: Any, photos: str) -> None:
    """botocore itself refuses it, unless it is told not to look."""
    control = aws.client("s3control", config=Config(parameter_validation=False))
    job_id = run_job(aws, "photos,a.jpg")["JobId"]
    update = lambda: control.update_job_priority(AccountId=ACCOUNT, JobId=job_id, Priority=-1)
    assert refusal(update) == {"Status": 400, "Code": "BadRequestException", "Message": "Request invalid"}
    assert aws.calls[-1].hint == "Priority -1 isn't between 0 and 2147483647"


def test_operations_of_a_newer_botocore_are_refused_by_name(
    aws: Any, photos: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "JOB_OPERATIONS", {"LambdaInvoke": JOB_OPERATIONS["LambdaInvoke"]})
    with pytest.raises(NotSupported) as caught:
        run_job(aws, "photos,a.jpg")
    assert str(caught.value) == (
        "CreateJob was called with the operation S3PutObjectTagging, and s3tag_mock runs no such jobs.\n"
        "Jobs run: LambdaInvoke."
    )


class TestManifests:
    def generate(self, aws: Any, **wanted: Any) -> dict[str, Any]:
        generator = {"SourceBucket": "arn:aws:s3:::photos", "EnableManifestOutput": False, "Filter": wanted}
        return run_job(aws, Manifest=None, ManifestGenerator={"S3JobManifestGenerator": generator})

    @needs_botocore("1.41", "MatchAnyObjectEncryption")
    @pytest.mark.parametrize(
        ("kind", "keys"),
        [
            ("SSES3", ["a.jpg", "b.jpg", "c.jpg"]),
            ("SSEKMS", []),
            ("DSSEKMS", ["dsse"]),
            ("SSEC", ["sealed"]),
            ("NOTSSE", []),
        ],
    )
    def test_by_encryption(self, aws: Any, s3: Any, photos: str, kind: str, keys: list[str]) -> None:
        s3.put_object(Bucket=photos, Key="dsse", Body=b"", ServerSideEncryption="aws:kms:dsse")
        sealed = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
        s3.put_object(Bucket=photos, Key="sealed", Body=b"", **sealed)
        described = self.generate(aws, MatchAnyObjectEncryption=[{kind: {}}])
        assert [task.key for task in aws.jobs[described["JobId"]].tasks] == keys
        assert described["Status"] == ("Complete" if keys else "Failed")

    @pytest.mark.parametrize("data", [b'"photos,a', b'"photos"x,"a","0"', b"\xff\xfe,a,0"])
    def test_an_inventory_that_is_no_csv(self, aws: Any, photos: str, data: bytes) -> None:
        inventory = Inventory(aws, [])
        inventory.data = gzip.compress(data)
        inventory.manifest["files"][0]["MD5checksum"] = hashlib.md5(inventory.data).hexdigest()
        described = run_job(aws, Manifest=inventory.spec())
        assert described["FailureReasons"] == [
            {
                "FailureCode": "InvalidManifestContent",
                "FailureReason": "Manifest file is not properly formatted",
            }
        ]


class TestStructuralFaults:
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
                {"S3PutObjectCopy": {**TARGET, "TargetKeyPrefix": "p" * 1025}},
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
        assert refusal(lambda: run_job(aws, "photos,a.jpg", Operation=operation)) == REFUSED
        assert aws.calls[-1].hint == hint

    @needs_botocore("1.41", "MatchAnyObjectEncryption")
    def test_of_filters(self, aws: Any, photos: str) -> None:
        two: Any = [{"SSES3": {}}, {"SSEC": {}}]
        assert refusal(lambda: TestManifests().generate(aws, MatchAnyObjectEncryption=two)) == REFUSED
        assert aws.calls[-1].hint == (
            "ManifestGenerator.S3JobManifestGenerator.Filter.MatchAnyObjectEncryption has 2 items, not 1"
        )

    def test_a_generator_that_is_none(self, aws: Any, photos: str) -> None:
        """botocore itself refuses it, unless it is told not to look."""
        control = aws.client("s3control", config=Config(parameter_validation=False))
        request = tagging_job(aws, Manifest=None, ManifestGenerator={})
        assert refusal(lambda: control.create_job(**request)) == REFUSED
        assert aws.calls[-1].hint == "ManifestGenerator holds no S3JobManifestGenerator"

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
