"""What CreateJob looks at in each operation of Operation: members, enumerations, ranges.

Source: CreateJob's shapes in botocore's model, which botocore itself hardly checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from s3tag_mock.rules import arns
from s3tag_mock.rules.checksums import ALGORITHMS, NOT_CALCULATED

Member = Mapping[str, Any]

_CANNED_ACLS: Final = frozenset(
    {
        "private",
        "public-read",
        "public-read-write",
        "aws-exec-read",
        "authenticated-read",
        "bucket-owner-read",
        "bucket-owner-full-control",
    }
)
_COPY_ENUMERATIONS: Final[dict[str, frozenset[str]]] = {
    "CannedAccessControlList": _CANNED_ACLS,
    "MetadataDirective": frozenset({"COPY", "REPLACE"}),
    "ObjectLockLegalHoldStatus": frozenset({"OFF", "ON"}),
    "ObjectLockMode": frozenset({"COMPLIANCE", "GOVERNANCE"}),
    "StorageClass": frozenset(
        {
            "DEEP_ARCHIVE",
            "GLACIER",
            "GLACIER_IR",
            "INTELLIGENT_TIERING",
            "ONEZONE_IA",
            "STANDARD",
            "STANDARD_IA",
        }
    ),
}
_CHECKSUMS: Final = frozenset({*(name.upper() for name in ALGORITHMS), *NOT_CALCULATED})
_KMS_KEY: Final = re.compile(r"arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+")

#: Members that would change what a job does and aren't modelled, by operation.
_NOT_MODELLED: Final[dict[str, frozenset[str]]] = {
    "S3PutObjectCopy": frozenset(
        {"AnnotationDirective", "ObjectLockEventHold", "ObjectLockEventHoldDuration"}
    ),
}


def problems(operation: Member) -> Iterator[str]:
    """What is structurally wrong with an operation, of which there is exactly one."""
    ((name, wanted),) = operation.items()
    yield from _PROBLEMS[name](wanted) if name in _PROBLEMS else ()


def not_modelled(operation: Member) -> list[str]:
    """The members of an operation that aren't modelled, as paths; also values that can't be calculated."""
    ((name, wanted),) = operation.items()
    members = sorted(_NOT_MODELLED.get(name, frozenset()) & wanted.keys())
    members += [
        f"Retention.{one}" for one in ("EventHold", "EventHoldDuration") if one in wanted.get("Retention", {})
    ]
    algorithm = wanted.get("ChecksumAlgorithm", "")
    if algorithm in NOT_CALCULATED:
        members.append(f"ChecksumAlgorithm {algorithm}")
    return [f"{name}.{member}" for member in members]


def _lambda(wanted: Member) -> Iterator[str]:
    if not arns.is_function(wanted.get("FunctionArn", "")):
        yield f"LambdaInvoke.FunctionArn {wanted.get('FunctionArn')!r} names no function"
    version = wanted.get("InvocationSchemaVersion", "1.0")
    if version not in {"1.0", "2.0"}:
        yield f"LambdaInvoke.InvocationSchemaVersion {version!r} isn't 1.0 or 2.0"
    if "UserArguments" in wanted:
        arguments = wanted["UserArguments"]
        if version != "2.0":
            yield "LambdaInvoke.UserArguments need the InvocationSchemaVersion 2.0"
        if not 1 <= len(arguments) <= 10:
            yield f"LambdaInvoke.UserArguments has {len(arguments)} entries, not 1 to 10"
        if any(not 1 <= len(key) <= 64 or len(value) > 1024 for key, value in arguments.items()):
            yield "LambdaInvoke.UserArguments has a key beyond 64 or a value beyond 1,024 characters"


def _copy(wanted: Member) -> Iterator[str]:
    target = wanted.get("TargetResource", "")
    if arns.bucket_of(target) is None and arns.directory_bucket_of(target) is None:
        yield f"S3PutObjectCopy.TargetResource {wanted.get('TargetResource')!r} is no bucket's ARN"
    for name, known in _COPY_ENUMERATIONS.items():
        yield from _unknown("S3PutObjectCopy", wanted, name, known)
    yield from _unknown("S3PutObjectCopy", wanted, "ChecksumAlgorithm", _CHECKSUMS)
    if len(wanted.get("TargetKeyPrefix", "")) > 1024:
        yield "S3PutObjectCopy.TargetKeyPrefix has more than 1,024 characters"


def _acl(wanted: Member) -> Iterator[str]:
    policy = wanted.get("AccessControlPolicy", {})
    if ("AccessControlList" in policy) == ("CannedAccessControlList" in policy):
        yield "S3PutObjectAcl.AccessControlPolicy must hold AccessControlList or CannedAccessControlList"
    yield from _unknown("S3PutObjectAcl", policy, "CannedAccessControlList", _CANNED_ACLS)


def _restore(wanted: Member) -> Iterator[str]:
    yield from _unknown("S3InitiateRestoreObject", wanted, "GlacierJobTier", frozenset({"BULK", "STANDARD"}))


def _legal_hold(wanted: Member) -> Iterator[str]:
    yield from _unknown("S3PutObjectLegalHold", wanted["LegalHold"], "Status", frozenset({"OFF", "ON"}))


def _retention(wanted: Member) -> Iterator[str]:
    retention = wanted["Retention"]
    yield from _unknown("S3PutObjectRetention", retention, "Mode", frozenset({"COMPLIANCE", "GOVERNANCE"}))
    if ("Mode" in retention) != ("RetainUntilDate" in retention):
        yield "S3PutObjectRetention.Retention must have both Mode and RetainUntilDate, or none"


def _checksum(wanted: Member) -> Iterator[str]:
    yield from _unknown("S3ComputeObjectChecksum", wanted, "ChecksumAlgorithm", _CHECKSUMS)
    yield from _unknown(
        "S3ComputeObjectChecksum", wanted, "ChecksumType", frozenset({"COMPOSITE", "FULL_OBJECT"})
    )


def _encryption(wanted: Member) -> Iterator[str]:
    key = wanted.get("ObjectEncryption", {}).get("SSEKMS", {}).get("KMSKeyArn", "")
    if _KMS_KEY.fullmatch(key) is None:
        yield f"S3UpdateObjectEncryption.ObjectEncryption.SSEKMS.KMSKeyArn {key!r} is no key's ARN"


def _unknown(operation: str, part: Member, name: str, known: frozenset[str]) -> Iterator[str]:
    if name in part and part[name] not in known:
        yield f"{operation}.{name} {part[name]!r} isn't one of {', '.join(sorted(known))}"


_PROBLEMS: Final[dict[str, Callable[[Member], Iterator[str]]]] = {
    "LambdaInvoke": _lambda,
    "S3ComputeObjectChecksum": _checksum,
    "S3InitiateRestoreObject": _restore,
    "S3PutObjectAcl": _acl,
    "S3PutObjectCopy": _copy,
    "S3PutObjectLegalHold": _legal_hold,
    "S3PutObjectRetention": _retention,
    "S3UpdateObjectEncryption": _encryption,
}
