"""S3UpdateObjectEncryption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from s3tag_mock.operations.job_operation import JobOperation, Wanted, calling
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.object_encryption import update_object_encryption
from s3tag_mock.rules.bounds import Members
from s3tag_mock.rules.job_bounds import KMS_KEY_ARN


def _problems(wanted: Wanted) -> Iterator[str]:
    if "SSEKMS" not in wanted.get("ObjectEncryption", {}):
        yield "S3UpdateObjectEncryption.ObjectEncryption holds no SSEKMS"


UPDATE_OBJECT_ENCRYPTION: Final = JobOperation(
    "S3UpdateObjectEncryption",
    record_of(update_object_encryption),
    calling(update_object_encryption),
    bounds=Members({"ObjectEncryption": Members({"SSEKMS": Members({"KMSKeyArn": KMS_KEY_ARN})})}),
    problems=_problems,
)
