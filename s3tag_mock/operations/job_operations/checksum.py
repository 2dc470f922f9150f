"""S3ComputeObjectChecksum."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Final

from s3tag_mock.operations import kms_permission, require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_operation import JobOperation, Task, target_of, values_of
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.reading import get_object
from s3tag_mock.rules import checksums
from s3tag_mock.rules.bounds import Members, OneOf
from s3tag_mock.rules.checksums import composite, digest
from s3tag_mock.rules.encryption import check_readable
from s3tag_mock.state.bucket import ObjectVersion
from s3tag_mock.state.job import Job, ManifestRow


def _task(job: Job) -> Task:
    algorithm = job.parameters.get("ChecksumAlgorithm", "CRC64NVME")
    kind = job.parameters.get("ChecksumType", "FULL_OBJECT")

    def task(call: CallContext, row: ManifestRow) -> str:
        target = target_of(row)
        version = require.readable_version(call, target, require.bucket(call, target))
        check_readable(version.properties.encryption, {})
        kms_permission.check(call, target, version.properties.encryption, "kms:Decrypt")
        is_composite = kind == "COMPOSITE" and version.parts
        raw = composite(algorithm, _parts(version)) if is_composite else digest(algorithm, version.body)
        return _message(algorithm, kind, version.etag, raw)

    return task


def _parts(version: ObjectVersion) -> Iterator[bytes]:
    start = 0
    for part in version.parts:
        yield version.body[start : start + part.size]
        start += part.size


def _message(algorithm: str, kind: str, etag: str, raw: bytes) -> str:
    """The checksum is in the report alone, with ``=`` written as AWS does (OBSERVED)."""
    described = {
        "checksum_base64": base64.b64encode(raw).decode(),
        "etag": etag,
        "checksumAlgorithm": algorithm,
        "checksumType": kind,
        "checksum_hex": raw.hex().upper(),
    }
    return json.dumps(described, separators=(",", ":")).replace("=", "\\u003d")


COMPUTE_OBJECT_CHECKSUM: Final = JobOperation(
    "S3ComputeObjectChecksum",
    record_of(get_object),
    _task,
    bounds=Members({"ChecksumAlgorithm": OneOf(checksums.NAMES), "ChecksumType": OneOf(checksums.TYPES)}),
    not_modelled=values_of("ChecksumAlgorithm", checksums.NOT_CALCULATED),
    # DOCUMENTED; whether CreateJob refuses one without a report isn't known.
    results_are_in_report=True,
)
