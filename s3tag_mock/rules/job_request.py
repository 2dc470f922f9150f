"""What CreateJob checks before it takes a job on; what only the manifest can disprove comes later.

AWS answers every structural problem with the same ``InvalidRequest`` / ``Request invalid`` (OBSERVED), and
doesn't say which; the error's hint does. Bounds of single members are in :mod:`job_bounds`, those of an
operation, and what else is wrong with it, in its record; here is what concerns several members.
Sources: CreateJob and its shapes in the API reference and in botocore's model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from s3tag_mock import errors
from s3tag_mock.rules import arns
from s3tag_mock.rules.directory_buckets import zone_of
from s3tag_mock.rules.job_bounds import CSV_FORMAT, REQUEST

Member = Mapping[str, Any]
#: The problems of the operation of this name, in this request.
OperationProblems = Callable[[str, Member], Iterator[str]]


def check(request: Member, of_operation: OperationProblems) -> None:
    """Check a CreateJob request against the API's structure.

    :param request: its parameters in boto3's shape.
    :raises AwsError: InvalidRequest, with the first problem as its hint.
    """
    for problem in _problems(request, of_operation):
        raise errors.REQUEST_INVALID(hint=problem)


def _problems(request: Member, of_operation: OperationProblems) -> Iterator[str]:
    names = list(request["Operation"])
    if len(names) == 1:
        yield from of_operation(names[0], request)
    else:
        yield f"Operation must hold exactly one operation, not {len(names)}"
    yield from REQUEST.problems("", request)
    if ("Manifest" in request) == ("ManifestGenerator" in request):
        yield "exactly one of Manifest and ManifestGenerator must be given"
    if "Manifest" in request:
        yield from _manifest_problems(request["Manifest"])
    if "ManifestGenerator" in request:
        yield from _generator_problems(request["ManifestGenerator"])
    yield from _report_problems(request["Report"])


def _manifest_problems(manifest: Member) -> Iterator[str]:
    fields = manifest["Spec"].get("Fields", [])
    if manifest["Spec"]["Format"] == CSV_FORMAT:
        yield from _field_problems(fields)
    elif fields:
        yield "Manifest.Spec.Fields goes with the CSV format only"
    arn = manifest["Location"]["ObjectArn"]
    if arns.bucket_and_key_of(arn) is None:
        yield f"Manifest.Location.ObjectArn {arn!r} isn't an object's ARN"
    yield from _directory_bucket("Manifest.Location.ObjectArn", arn)


def _field_problems(fields: list[str]) -> Iterator[str]:
    for name in ("Bucket", "Key"):
        if fields.count(name) != 1:
            yield f"Manifest.Spec.Fields must name {name} exactly once"
    if fields.count("VersionId") > 1:
        yield "Manifest.Spec.Fields names VersionId more than once"


def _generator_problems(generator: Member) -> Iterator[str]:
    if "S3JobManifestGenerator" not in generator:
        yield "ManifestGenerator holds no S3JobManifestGenerator"
        return
    path, wanted = "ManifestGenerator.S3JobManifestGenerator", generator["S3JobManifestGenerator"]
    yield from _bucket(f"{path}.SourceBucket", wanted["SourceBucket"])
    place = wanted.get("ManifestOutputLocation")
    if wanted.get("EnableManifestOutput") and place is None:
        yield "EnableManifestOutput needs a ManifestOutputLocation"
    if place is not None:
        yield from _bucket(f"{path}.ManifestOutputLocation.Bucket", place["Bucket"])
        yield from _directory_bucket("ManifestOutputLocation.Bucket", place["Bucket"])
        if len(place.get("ManifestEncryption", {})) > 1:
            yield "ManifestEncryption takes one of SSES3 and SSEKMS"
    for name, texts in wanted.get("Filter", {}).get("KeyNameConstraint", {}).items():
        if len(texts) != 1:
            yield f"KeyNameConstraint.{name} takes exactly one string, not {len(texts)}"
    for one in wanted.get("Filter", {}).get("MatchAnyObjectEncryption", []):
        if len(one) != 1:
            yield f"an entry of MatchAnyObjectEncryption takes exactly one encryption, not {len(one)}"


def _report_problems(report: Member) -> Iterator[str]:
    if "Bucket" in report:
        yield from _bucket("Report.Bucket", report["Bucket"])
        yield from _directory_bucket("Report.Bucket", report["Bucket"])
    if report["Enabled"]:
        for name in ("Bucket", "Format", "ReportScope"):
            if name not in report:
                yield f"Report.{name} is missing, and the report is enabled"


def _bucket(name: str, arn: str) -> Iterator[str]:
    if arns.bucket_of(arn) is None:
        yield f"{name} {arn!r} isn't a bucket's ARN"


def _directory_bucket(name: str, arn: str) -> Iterator[str]:
    """Manifests and reports can't be in one (user guide, "Using directory buckets with Batch Operations")."""
    of_object = arns.bucket_and_key_of(arn)
    bucket = arns.bucket_of(arn) if of_object is None else of_object[0]
    if bucket is not None and zone_of(bucket) is not None:
        yield f"{name} {arn!r} is in a directory bucket"
