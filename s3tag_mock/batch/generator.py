"""Manifest generators: the objects of a bucket that a filter lets through.

Sources: CreateJob's shapes (JobManifestGenerator); user guide, "Generate an object list". Current versions
are listed, with their version ids where the bucket has versioning (ASSUMED).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from s3tag_mock.batch import inventory
from s3tag_mock.batch.calls import within_region
from s3tag_mock.exceptions import AwsError
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.record import Operation, no_call
from s3tag_mock.rules import archives, arns, inventories, job_failures, replication
from s3tag_mock.rules.job_bounds import GENERATED_FORMAT
from s3tag_mock.state.bucket import Bucket, ObjectVersion
from s3tag_mock.state.job import Job, Row

#: What is asked for on the source (DOCUMENTED): the list is made as an inventory is.
_GENERATING: Final = Operation(
    "s3", "GenerateManifest", no_call, honours=None, action="s3:PutInventoryConfiguration", access_points=True
)
#: Compares a key and its current version with one member of a Filter.
Predicate = Callable[[Any, str, ObjectVersion], bool]


def rows_of(call: CallContext, job: Job) -> list[Row]:
    """Generate a job's manifest, and write it where the job wants that.

    :raises JobFailure: when nothing is found; when the bucket isn't there, is another's or in another region;
        when the list can't be written.
    """
    wanted = job.request["ManifestGenerator"]["S3JobManifestGenerator"]
    name = arns.bucket_of(wanted["SourceBucket"]) or ""
    owner = {"ExpectedBucketOwner": wanted["ExpectedBucketOwner"]} if "ExpectedBucketOwner" in wanted else {}
    try:
        bucket = require.bucket(within_region(call, _GENERATING), {"Bucket": name, **owner})
    except AwsError as error:
        raise job_failures.not_generated(f"{name}: {error}") from None
    rows = list(_rows(bucket, wanted.get("Filter", {})))
    if not rows:
        raise job_failures.nothing_generated()
    if wanted["EnableManifestOutput"]:
        job.generated = {
            "Format": GENERATED_FORMAT,
            "Location": _write(call, job, rows, name, wanted["ManifestOutputLocation"]),
        }
    return rows


def _rows(bucket: Bucket, wanted: Mapping[str, Any]) -> Iterator[Row]:
    tests = [(_TESTS[name], value) for name, value in wanted.items()]
    if wanted.get("EligibleForReplication"):
        tests.append((_is_eligible, bucket.replication))
    for key, history in bucket.keys.after(""):
        version = history[-1]
        if not version.is_delete_marker and all(test(value, key, version) for test, value in tests):
            version_id = None if bucket.versioning is None else version.version_id
            yield bucket.name, key, inventories.encoded(key), version_id


def _write(
    call: CallContext, job: Job, rows: list[Row], source: str, place: Mapping[str, Any]
) -> dict[str, str]:
    prefix = [place["ManifestPrefix"].removesuffix("/")] if place.get("ManifestPrefix") else []
    expected = place.get("ExpectedManifestBucketOwner")
    owner = {} if expected is None else {"ExpectedBucketOwner": expected}
    bucket = arns.bucket_of(place["Bucket"]) or ""
    try:
        return inventory.write(call, rows, source, bucket, "/".join([*prefix, f"job-{job.id}"]), **owner)
    except AwsError as error:
        raise job_failures.not_generated(f"{bucket}: {error}") from None


def _has_name(wanted: Mapping[str, list[str]], key: str, version: ObjectVersion) -> bool:
    """Members narrow each other down; within one, any string will do."""
    tests: dict[str, Callable[[str], bool]] = {
        "MatchAnyPrefix": key.startswith,
        "MatchAnySuffix": key.endswith,
        "MatchAnySubstring": key.__contains__,
    }
    return all(any(tests[name](text) for text in texts) for name, texts in wanted.items())


def _is_eligible(configuration: Any, key: str, version: ObjectVersion) -> bool:
    has_rule = replication.rule_for(configuration, key, version.tags) is not None
    return has_rule and not archives.is_archived(version.properties.storage_class)


def _has_encryption(wanted: list[Mapping[str, Any]], key: str, version: ObjectVersion) -> bool:
    return any(_is_encrypted(version, kind, details) for one in wanted for kind, details in one.items())


def _is_encrypted(version: ObjectVersion, kind: str, details: Mapping[str, Any]) -> bool:
    kept = version.properties.encryption
    if kind == "SSEC":
        return kept.customer_key_md5 is not None
    if kind == "NOTSSE":
        return False  # everything that is stored is encrypted, since January 2023
    method = {"SSES3": "AES256", "SSEKMS": "aws:kms", "DSSEKMS": "aws:kms:dsse"}[kind]
    return (
        kept.method == method
        and details.get("KmsKeyArn") in {None, kept.kms_key_id}
        and details.get("BucketKeyEnabled") in {None, kept.bucket_key}
    )


_TESTS: Final[dict[str, Predicate]] = {
    "CreatedAfter": lambda wanted, key, version: version.last_modified > wanted,
    "CreatedBefore": lambda wanted, key, version: version.last_modified < wanted,
    "EligibleForReplication": lambda wanted, key, version: True,
    "KeyNameConstraint": _has_name,
    "MatchAnyObjectEncryption": _has_encryption,
    "MatchAnyStorageClass": lambda wanted, key, version: version.properties.storage_class in wanted,
    "ObjectReplicationStatuses": lambda wanted, key, version: (
        (version.properties.replication_status or "NONE") in wanted
    ),
    "ObjectSizeGreaterThanBytes": lambda wanted, key, version: len(version.body) > wanted,
    "ObjectSizeLessThanBytes": lambda wanted, key, version: len(version.body) < wanted,
}
