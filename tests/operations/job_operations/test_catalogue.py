"""Which operations jobs run."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock import NotSupported
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.operations.s3control import jobs
from tests.support import run_job, tagging_job


def test_every_operation_of_the_model_has_its_record() -> None:
    model = service_model("s3control")
    assert set(model.shape_for("JobOperation").members) <= set(JOB_OPERATIONS)


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


@pytest.mark.parametrize(
    ("operation", "says"),
    [
        (
            {
                "S3PutObjectCopy": {
                    "TargetResource": "arn:aws:s3:::photos",
                    "ObjectLockEventHold": "ON",
                }
            },
            "S3PutObjectCopy.ObjectLockEventHold",
        ),
        ({"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "XXHASH64"}}, "ChecksumAlgorithm XXHASH64"),
        ({"LambdaInvoke": {"FunctionArn": "copy-it"}}, "there is none. No function was given"),
    ],
)
@needs_botocore("1.44", "all operations of jobs")
def test_what_isnt_modelled_is_refused(aws: Any, operation: Any, says: str) -> None:
    with pytest.raises(NotSupported, match=says):
        aws.client("s3control").create_job(**tagging_job(aws, "photos,a.jpg", Operation=operation))
    assert not aws.jobs
