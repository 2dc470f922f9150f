"""What CreateJob looks at before it takes a job; what only the manifest can disprove comes later.

AWS answers every structural problem with the same ``InvalidRequest`` / ``Request invalid`` (OBSERVED);
the reason, about which it keeps silent, is the error's hint. botocore checks hardly any of this.
Sources: CreateJob and its shapes in the API reference and in botocore's model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.rules import arns, job_operations, limits
from s3tag_mock.rules.directory_buckets import zone_of
from s3tag_mock.rules.names import is_account_id

CSV_FORMAT: Final = "S3BatchOperations_CSV_20180820"
INVENTORY_FORMAT: Final = "S3InventoryReport_CSV_20161130"
GENERATED_FORMAT: Final = "S3InventoryReport_CSV_20211130"
REPORT_FORMAT: Final = "Report_CSV_20180820"
_FIELDS: Final = frozenset({"Ignore", "Bucket", "Key", "VersionId"})
_REPORT_SCOPES: Final = frozenset({"AllTasks", "FailedTasksOnly"})

Member = Mapping[str, Any]


def check(request: Member) -> None:
    """Hold a CreateJob request against the API's structure.

    :param request: its parameters in boto3's shape.
    :raises AwsError: InvalidRequest, with the first problem as its hint.
    """
    for problem in _problems(request):
        raise errors.REQUEST_INVALID(hint=problem)


def _problems(request: Member) -> Iterator[str]:
    if not is_account_id(request["AccountId"]):
        yield "AccountId isn't twelve digits"
    if len(request["Operation"]) != 1:
        yield f"Operation must hold exactly one operation, not {len(request['Operation'])}"
    else:
        yield from job_operations.problems(request["Operation"])
    if ("Manifest" in request) == ("ManifestGenerator" in request):
        yield "exactly one of Manifest and ManifestGenerator must be given"
    if not arns.is_role(request["RoleArn"]):
        yield f"RoleArn {request['RoleArn']!r} is no role's ARN"
    yield from _out_of_range("Priority", request["Priority"], limits.JOB_PRIORITY)
    yield from _out_of_length("ClientRequestToken", request, limits.JOB_TOKEN_CHARACTERS)
    yield from _out_of_length("Description", request, limits.JOB_DESCRIPTION_CHARACTERS)
    if "Manifest" in request:
        yield from _manifest_problems(request["Manifest"])
    if "ManifestGenerator" in request:
        yield from _generator_problems(request["ManifestGenerator"])
    yield from _report_problems(request["Report"])


def _manifest_problems(manifest: Member) -> Iterator[str]:
    form, fields = manifest["Spec"]["Format"], manifest["Spec"].get("Fields")
    if form not in {CSV_FORMAT, INVENTORY_FORMAT}:
        yield f"Manifest.Spec.Format {form!r} is unknown"
    if form == INVENTORY_FORMAT and fields:
        yield "Manifest.Spec.Fields goes with the CSV format only"
    if form == CSV_FORMAT:
        yield from _field_problems(fields or [])
    if arns.bucket_and_key_of(manifest["Location"]["ObjectArn"]) is None:
        yield f"Manifest.Location.ObjectArn {manifest['Location']['ObjectArn']!r} is no object's ARN"
    yield from _directory_bucket("Manifest.Location.ObjectArn", manifest["Location"]["ObjectArn"])


def _generator_problems(generator: Member) -> Iterator[str]:
    if "S3JobManifestGenerator" not in generator:
        yield "ManifestGenerator holds no S3JobManifestGenerator"
    else:
        yield from _s3_generator_problems(generator["S3JobManifestGenerator"])


def _s3_generator_problems(wanted: Member) -> Iterator[str]:
    if arns.bucket_of(wanted["SourceBucket"]) is None:
        yield f"ManifestGenerator's SourceBucket {wanted['SourceBucket']!r} is no bucket's ARN"
    place = wanted.get("ManifestOutputLocation")
    if wanted.get("EnableManifestOutput") and place is None:
        yield "EnableManifestOutput needs a ManifestOutputLocation"
    if place is not None:
        if arns.bucket_of(place["Bucket"]) is None:
            yield f"ManifestOutputLocation.Bucket {place['Bucket']!r} is no bucket's ARN"
        yield from _directory_bucket("ManifestOutputLocation.Bucket", place["Bucket"])
        if place["ManifestFormat"] != GENERATED_FORMAT:
            yield f"ManifestFormat {place['ManifestFormat']!r} isn't {GENERATED_FORMAT}"
    for name, texts in wanted.get("Filter", {}).get("KeyNameConstraint", {}).items():
        if len(texts) != 1:
            yield f"KeyNameConstraint.{name} takes exactly one string, not {len(texts)}"
    if len(wanted.get("Filter", {}).get("MatchAnyObjectEncryption", [{}])) != 1:
        yield "MatchAnyObjectEncryption takes exactly one encryption"


def _field_problems(fields: list[str]) -> Iterator[str]:
    unknown = [name for name in fields if name not in _FIELDS]
    if unknown:
        yield f"Manifest.Spec.Fields has {unknown}; there are Bucket, Key, VersionId and Ignore"
    for name in ("Bucket", "Key"):
        if fields.count(name) != 1:
            yield f"Manifest.Spec.Fields must name {name} exactly once"
    if fields.count("VersionId") > 1:
        yield "Manifest.Spec.Fields names VersionId more than once"


def _report_problems(report: Member) -> Iterator[str]:
    if not report["Enabled"]:
        return
    if arns.bucket_of(report.get("Bucket", "")) is None:
        yield f"Report.Bucket {report.get('Bucket')!r} is no bucket's ARN"
    yield from _directory_bucket("Report.Bucket", report.get("Bucket", ""))
    if report.get("Format") != REPORT_FORMAT:
        yield f"Report.Format {report.get('Format')!r} isn't {REPORT_FORMAT}"
    if report.get("ReportScope") not in _REPORT_SCOPES:
        yield f"Report.ReportScope {report.get('ReportScope')!r} isn't AllTasks or FailedTasksOnly"
    yield from _out_of_length("Prefix", report, limits.JOB_REPORT_PREFIX_CHARACTERS)


def _directory_bucket(name: str, arn: str) -> Iterator[str]:
    """Manifests and reports can't be in one (user guide, "Using directory buckets with Batch Operations")."""
    bucket, _ = arns.bucket_and_key_of(arn) or (arns.bucket_of(arn), "")
    if bucket is not None and zone_of(bucket) is not None:
        yield f"{name} {arn!r} is in a directory bucket"


def _out_of_range(name: str, value: int, bounds: tuple[int, int]) -> Iterator[str]:
    if not bounds[0] <= value <= bounds[1]:
        yield f"{name} {value} isn't between {bounds[0]} and {bounds[1]}"


def _out_of_length(name: str, part: Member, bounds: tuple[int, int]) -> Iterator[str]:
    if name in part:
        yield from _out_of_range(f"the length of {name},", len(part[name]), bounds)
