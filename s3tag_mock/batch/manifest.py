"""The CSV manifest of a job: read from the fake bucket, and taken apart into rows.

Sources: user guide, "Specifying a manifest"; a row without its version id fails only its task
(user guide, troubleshooting). ``+`` in a key is read as a blank (ASSUMED, as inventories are
form-encoded; an encoder writes a plus as ``%2B``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from s3tag_mock.aws_error import AwsError
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.s3.reading import get_object
from s3tag_mock.rules import arns, job_failures, limits
from s3tag_mock.state.job import Job, ManifestRow


def read(call: CallContext, job: Job) -> list[ManifestRow]:
    """The rows of a job's manifest.

    :raises JobFailure: when the object can't be read, isn't the one that the ETag names, or holds
        anything but rows of the declared fields.
    """
    manifest: Mapping[str, Any] = job.request["Manifest"]
    text = _text(_object(call, manifest["Location"]))
    rows = _rows(text, manifest["Spec"]["Fields"])
    if not rows:
        raise job_failures.empty_manifest()
    return rows


def _object(call: CallContext, location: Mapping[str, str]) -> bytes:
    bucket, key = arns.bucket_and_key_of(location["ObjectArn"]) or ("", "")
    wanted = {"Bucket": bucket, "Key": key}
    if "ObjectVersionId" in location:
        wanted["VersionId"] = location["ObjectVersionId"]
    try:
        found = get_object(call.calling("GetObject"), wanted)
    except AwsError as error:
        raise job_failures.manifest_unreadable(error.code, f"{location['ObjectArn']}: {error}") from None
    etag = found["ETag"].strip('"')
    # AWS takes the ETag with or without its quotes (OBSERVED).
    if location["ETag"].strip('"') != etag:
        hint = f"the manifest's ETag is {etag}, the job names {location['ETag']}"
        raise job_failures.manifest_unreadable("PreconditionFailed", hint)
    body: bytes = found["Body"]
    return body


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise job_failures.manifest_not_proper(f"not UTF-8: {problem}") from None


def _rows(text: str, fields: list[str]) -> list[ManifestRow]:
    bucket_at, key_at = fields.index("Bucket"), fields.index("Key")
    version_at = fields.index("VersionId") if "VersionId" in fields else None
    rows: list[ManifestRow] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if len(cells) != len(fields):
                raise job_failures.manifest_not_proper(
                    f"line {number} has {len(cells)} columns, Fields names {len(fields)}"
                )
            key = unquote_plus(cells[key_at])
            if not 0 < len(key) <= limits.KEY_BYTES:
                raise job_failures.invalid_key(f"line {number}")
            version = None if version_at is None else cells[version_at]
            rows.append(ManifestRow(cells[bucket_at], key, cells[key_at], version))
    except csv.Error as problem:
        raise job_failures.manifest_not_proper(str(problem)) from None
    return rows
