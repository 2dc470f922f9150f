"""The manifest of a job: a CSV file, an inventory report, or generated; taken apart into rows.

Sources: user guide, "Specifying a manifest"; a row without its version id fails only its task
(user guide, troubleshooting). ``+`` in a key is read as a blank (ASSUMED, as inventories are
form-encoded; an encoder writes a plus as ``%2B``).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote_plus

from s3tag_mock.batch import generator, inventory
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.operations.s3.reading import get_object
from s3tag_mock.rules import arns, job_failures
from s3tag_mock.rules.job_bounds import CSV_FORMAT
from s3tag_mock.rules.names import is_key
from s3tag_mock.state.job import Job, Row

_VERSION_ID: Final = re.compile(r"[A-Za-z0-9._-]+")


def rows_of(call: CallContext, job: Job) -> list[Row]:
    """The rows of a job's manifest, read or generated.

    :raises JobFailure: when the object can't be read, isn't the one that the ETag names, or isn't what its
        format says; when a generator finds nothing.
    """
    if "ManifestGenerator" in job.request:
        return generator.rows_of(call, job)
    manifest: Mapping[str, Any] = job.request["Manifest"]
    is_csv = manifest["Spec"]["Format"] == CSV_FORMAT
    body = _object(call, manifest["Location"], may_be_kms=not is_csv)
    if is_csv:
        rows = _rows(_text(body), manifest["Spec"]["Fields"])
    else:
        needed = ("VersionId",) if JOB_OPERATIONS[job.operation].needs_version_ids else ()
        rows = inventory.rows_of(call, body, needed=needed)
    if not rows:
        raise job_failures.invalid_content("the manifest holds no row")
    return rows


def _object(call: CallContext, location: Mapping[str, str], *, may_be_kms: bool) -> bytes:
    bucket, key = arns.bucket_and_key_of(location["ObjectArn"]) or ("", "")
    wanted = {"Bucket": bucket, "Key": key}
    if "ObjectVersionId" in location:
        wanted["VersionId"] = location["ObjectVersionId"]
    try:
        found = get_object(call.calling(get_object), wanted)
    except AwsError as error:
        raise job_failures.of_manifest(error.code, f"{location['ObjectArn']}: {error}") from None
    if not may_be_kms and found["ServerSideEncryption"].startswith("aws:kms"):
        hint = "a CSV manifest that is encrypted with KMS isn't supported (user guide)"
        raise job_failures.manifest_under_kms(hint)
    etag = found["ETag"].strip('"')
    # AWS takes the ETag with or without its quotes (OBSERVED).
    if location["ETag"].strip('"') != etag:
        hint = f"the manifest's ETag is {etag}, the job names {location['ETag']}"
        raise job_failures.manifest_changed(hint)
    body: bytes = found["Body"]
    return body


def _text(body: bytes) -> str:
    try:
        if body.startswith(codecs.BOM_UTF8):
            raise job_failures.manifest_not_proper("a byte order mark")
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise job_failures.manifest_not_proper(f"not UTF-8: {problem}") from None


def _rows(text: str, fields: list[str]) -> list[Row]:
    # Empty lines at the end are no rows (ASSUMED).
    text = text.rstrip("\r\n")
    bucket_at, key_at = fields.index("Bucket"), fields.index("Key")
    version_at = fields.index("VersionId") if "VersionId" in fields else None
    rows: list[Row] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        for cells in reader:
            if len(cells) != len(fields):
                raise job_failures.manifest_not_proper(
                    f"line {reader.line_num} has {len(cells)} columns, Fields names {len(fields)}"
                )
            encoded = cells[key_at]
            key = unquote_plus(encoded) if "%" in encoded or "+" in encoded else encoded
            if not is_key(key):
                raise job_failures.invalid_key(f"line {reader.line_num}")
            version = None if version_at is None else cells[version_at]
            if version and _VERSION_ID.fullmatch(version) is None:
                raise job_failures.invalid_version_id(f"line {reader.line_num}: {version!r}")
            rows.append((cells[bucket_at], key, encoded, version))
    except csv.Error as problem:
        raise job_failures.manifest_not_proper(str(problem)) from None
    return rows
