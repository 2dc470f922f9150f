"""S3PutObjectCopy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, urlencode

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_operation import JobOperation, Target, Task, Wanted, values_of
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.copies import DIRECTIVES, copy_object
from s3tag_mock.operations.tag_sets import pairs
from s3tag_mock.rules import arns, checksums
from s3tag_mock.rules.bounds import Entries, Members, Number, OneOf, Text, one_of
from s3tag_mock.rules.job_bounds import (
    CANNED_ACL,
    EVENT_HOLD,
    EVENT_HOLD_DURATION,
    GRANTS,
    KMS_KEY,
    LEGAL_HOLD,
    LOCK_MODE,
    NAME,
    STORAGE_CLASS,
)
from s3tag_mock.state.job import Job, ManifestRow

#: Parameters that CopyObject has under other names.
_PARAMETERS: Final[dict[str, str]] = {
    "BucketKeyEnabled": "BucketKeyEnabled",
    "CannedAccessControlList": "ACL",
    "ChecksumAlgorithm": "ChecksumAlgorithm",
    "MetadataDirective": "MetadataDirective",
    "ModifiedSinceConstraint": "CopySourceIfModifiedSince",
    "ObjectLockLegalHoldStatus": "ObjectLockLegalHoldStatus",
    "ObjectLockMode": "ObjectLockMode",
    "ObjectLockRetainUntilDate": "ObjectLockRetainUntilDate",
    "RedirectLocation": "WebsiteRedirectLocation",
    "StorageClass": "StorageClass",
    "UnModifiedSinceConstraint": "CopySourceIfUnmodifiedSince",
}
_METADATA: Final[dict[str, str]] = {
    "CacheControl": "CacheControl",
    "ContentDisposition": "ContentDisposition",
    "ContentEncoding": "ContentEncoding",
    "ContentLanguage": "ContentLanguage",
    "ContentType": "ContentType",
    "HttpExpiresDate": "Expires",
    "UserMetadata": "Metadata",
}


def _problems(wanted: Wanted) -> Iterator[str]:
    target = wanted.get("TargetResource", "")
    if arns.bucket_of(target) is None and arns.directory_bucket_of(target) is None:
        yield f"S3PutObjectCopy.TargetResource {wanted.get('TargetResource')!r} isn't a bucket's ARN"
    # What CopyObject refuses of each object is refused of the job (ASSUMED).
    if "CannedAccessControlList" in wanted and wanted.get("AccessControlGrants"):
        yield "S3PutObjectCopy takes a CannedAccessControlList or AccessControlGrants, not both"
    if ("ObjectLockMode" in wanted) != ("ObjectLockRetainUntilDate" in wanted):
        yield "S3PutObjectCopy must have both ObjectLockMode and ObjectLockRetainUntilDate, or none"


def _task(job: Job) -> Task:
    wanted = job.parameters
    params = _params(wanted)
    bucket = arns.bucket_of(wanted["TargetResource"]) or arns.directory_bucket_of(wanted["TargetResource"])
    prefix = f"{wanted['TargetKeyPrefix'].rstrip('/')}/" if "TargetKeyPrefix" in wanted else ""

    def task(call: CallContext, row: ManifestRow) -> None:
        version = "" if row.version_id is None else f"?versionId={row.version_id}"
        source = f"{row.bucket}/{quote(row.key)}{version}"
        copy_object(call, {**params, "Bucket": bucket, "Key": f"{prefix}{row.key}", "CopySource": source})

    return task


def _params(wanted: Wanted) -> Target:
    params: Target = {new: wanted[old] for old, new in _PARAMETERS.items() if old in wanted}
    metadata = wanted.get("NewObjectMetadata", {})
    params.update({new: metadata[old] for old, new in _METADATA.items() if old in metadata})
    if metadata:
        # New metadata take the place of the old ones also where no directive is given (ASSUMED).
        params.setdefault("MetadataDirective", "REPLACE")
    if "NewObjectTagging" in wanted:
        tags = urlencode(pairs(wanted["NewObjectTagging"]), quote_via=quote)
        params.update(TaggingDirective="REPLACE", Tagging=tags)
    if "SSEAwsKmsKeyId" in wanted or metadata.get("SSEAlgorithm") == "KMS":
        params["ServerSideEncryption"] = "aws:kms"
    elif "SSEAlgorithm" in metadata:
        params["ServerSideEncryption"] = metadata["SSEAlgorithm"]
    if "SSEAwsKmsKeyId" in wanted:
        params["SSEKMSKeyId"] = wanted["SSEAwsKmsKeyId"]
    if wanted.get("RequesterPays"):
        params["RequestPayer"] = "requester"
    for grant in wanted.get("AccessControlGrants", []):
        header, text = _grant_header(grant)
        params[header] = f"{params[header]},{text}" if header in params else text
    return params


def _grant_header(grant: Wanted) -> tuple[str, str]:
    grantee = grant.get("Grantee", {})
    permission = "".join(part.capitalize() for part in grant.get("Permission", "").split("_"))
    name = f"Grant{permission}".replace("Acp", "ACP")
    return name, f'{grantee.get("TypeIdentifier", "id")}="{grantee.get("Identifier", "")}"'


_NEW_METADATA: Final = Members(
    {
        "CacheControl": NAME,
        "ContentDisposition": NAME,
        "ContentEncoding": NAME,
        "ContentLanguage": NAME,
        "UserMetadata": Entries(NAME, Text(0, 1024), 0, 8192),
        "ContentLength": Number(0),
        "ContentMD5": NAME,
        "ContentType": NAME,
        "SSEAlgorithm": one_of({"AES256", "KMS"}),
    }
)
PUT_OBJECT_COPY: Final = JobOperation(
    "S3PutObjectCopy",
    record_of(copy_object),
    _task,
    bounds=Members(
        {
            "TargetResource": Text(1, 128, "arn:[^:]+:(s3|s3express):.*", "a bucket's ARN"),
            "CannedAccessControlList": CANNED_ACL,
            "AccessControlGrants": GRANTS,
            "MetadataDirective": OneOf(DIRECTIVES),
            "AnnotationDirective": one_of({"COPY", "EXCLUDE"}),
            "NewObjectMetadata": _NEW_METADATA,
            "RedirectLocation": Text(1, 2048),
            "StorageClass": STORAGE_CLASS,
            "SSEAwsKmsKeyId": KMS_KEY,
            "TargetKeyPrefix": Text(1, 1024),
            "ObjectLockLegalHoldStatus": LEGAL_HOLD,
            "ObjectLockMode": LOCK_MODE,
            "ChecksumAlgorithm": OneOf(checksums.NAMES),
            "ObjectLockEventHold": EVENT_HOLD,
            "ObjectLockEventHoldDuration": EVENT_HOLD_DURATION,
        }
    ),
    problems=_problems,
    not_modelled=frozenset({"AnnotationDirective", "ObjectLockEventHold", "ObjectLockEventHoldDuration"})
    | values_of("ChecksumAlgorithm", checksums.NOT_CALCULATED),
    tags="NewObjectTagging",
)
