"""Tasks that are calls of S3: each done by the very function that serves the single call.

So a task fails exactly as the call would. Sources: user guide, "Operations supported by S3 Batch
Operations", and CreateJob's shapes; ResultMessages OBSERVED in published rows.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import quote, urlencode

from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation, record_of
from s3tag_mock.operations.s3 import (
    acls,
    copies,
    object_encryption,
    object_lock,
    object_tagging,
    reading,
    replication,
    restores,
)
from s3tag_mock.operations.tag_sets import pairs, pairs_of
from s3tag_mock.rules import arns
from s3tag_mock.rules.checksums import composite, digest
from s3tag_mock.rules.encryption import check_readable
from s3tag_mock.rules.tags import OBJECT, Tags, no_tags
from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.job import ManifestRow

Wanted = Mapping[str, Any]
Target = dict[str, Any]
#: Does the task of a row; gives the ResultMessage.
Task = Callable[[CallContext, ManifestRow], str]
#: Makes the task of a job out of its operation's parameters.
Prepare = Callable[[Wanted], Task]

SUCCESSFUL: Final = "Successful"


def _of_call(operation: Callable[[CallContext, Target], Any], convert: Callable[[Wanted], Target]) -> Prepare:
    """Tasks that call one operation with the object and the same parameters for all."""

    def prepare(wanted: Wanted) -> Task:
        params = convert(wanted)

        def task(call: CallContext, row: ManifestRow) -> str:
            operation(call, {**target_of(row), **params})
            return SUCCESSFUL

        return task

    return prepare


def _retagging(tags_of: Callable[[Wanted], Callable[[], Tags]]) -> Prepare:
    """Tasks that give objects other tags: what is the same for all of a job's tasks is done once."""

    def prepare(wanted: Wanted) -> Task:
        tags = tags_of(wanted)
        owners: dict[str, Bucket] = {}

        def task(call: CallContext, row: ManifestRow) -> str:
            owner = owners.get(row.bucket)
            current = None if owner is None or row.version_id is not None else owner.latest(row.key)
            if current is not None and not current.is_delete_marker:
                # What retag does, by the shortest way: most of a million tasks end here.
                current.tags = tags()
                return SUCCESSFUL
            target = target_of(row)
            if owner is None:
                owner = require.bucket(call, target)
                if owner.policy is None:
                    # The world's lock is held: nobody takes the bucket away, or puts a policy on it.
                    owners[row.bucket] = owner
            object_tagging.retag(call, target, owner, tags)
            return SUCCESSFUL

        return task

    return prepare


def _checked_tags(wanted: Wanted) -> Callable[[], Tags]:
    # What isn't a tag set is refused task by task, as the call would refuse it: exceptions aren't cached.
    return cache(lambda: OBJECT.check(pairs_of(wanted)))


def target_of(row: ManifestRow) -> Target:
    """The parameters that name a row's object."""
    if row.version_id is None:
        return {"Bucket": row.bucket, "Key": row.key}
    return {"Bucket": row.bucket, "Key": row.key, "VersionId": row.version_id}


def _acl(wanted: Wanted) -> Target:
    policy = wanted.get("AccessControlPolicy", {})
    if "CannedAccessControlList" in policy:
        return {"ACL": policy["CannedAccessControlList"]}
    given = policy.get("AccessControlList", {})
    return {"AccessControlPolicy": {**given, "Grants": [_grant(one) for one in given.get("Grants", [])]}}


def _grant(grant: Wanted) -> Target:
    grantee = grant.get("Grantee", {})
    member, kind = {"uri": ("URI", "Group"), "emailAddress": ("EmailAddress", "AmazonCustomerByEmail")}.get(
        grantee.get("TypeIdentifier", "id"), ("ID", "CanonicalUser")
    )
    return {
        "Grantee": {"Type": kind, member: grantee.get("Identifier", "")},
        "Permission": grant.get("Permission"),
    }


def _restore(wanted: Wanted) -> Target:
    tier = wanted.get("GlacierJobTier", "STANDARD").capitalize()
    days = {"Days": wanted["ExpirationInDays"]} if "ExpirationInDays" in wanted else {}
    return {"RestoreRequest": {**days, "GlacierJobParameters": {"Tier": tier}}}


def _legal_hold(wanted: Wanted) -> Target:
    return {"LegalHold": wanted["LegalHold"]}


#: Members of S3PutObjectCopy that CopyObject has under other names.
_COPY_MEMBERS: Final[dict[str, str]] = {
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
_METADATA_MEMBERS: Final[dict[str, str]] = {
    "CacheControl": "CacheControl",
    "ContentDisposition": "ContentDisposition",
    "ContentEncoding": "ContentEncoding",
    "ContentLanguage": "ContentLanguage",
    "ContentType": "ContentType",
    "HttpExpiresDate": "Expires",
    "UserMetadata": "Metadata",
}


def _copy(wanted: Wanted) -> Task:
    params = _copy_params(wanted)
    bucket = arns.bucket_of(wanted["TargetResource"]) or arns.directory_bucket_of(wanted["TargetResource"])
    prefix = f"{wanted['TargetKeyPrefix'].rstrip('/')}/" if "TargetKeyPrefix" in wanted else ""

    def task(call: CallContext, row: ManifestRow) -> str:
        version = "" if row.version_id is None else f"?versionId={row.version_id}"
        source = f"{row.bucket}/{quote(row.key)}{version}"
        copies.copy_object(
            call, {**params, "Bucket": bucket, "Key": f"{prefix}{row.key}", "CopySource": source}
        )
        return SUCCESSFUL

    return task


def _copy_params(wanted: Wanted) -> Target:
    params: Target = {new: wanted[old] for old, new in _COPY_MEMBERS.items() if old in wanted}
    metadata = wanted.get("NewObjectMetadata", {})
    params.update({new: metadata[old] for old, new in _METADATA_MEMBERS.items() if old in metadata})
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


def _replicate(wanted: Wanted) -> Task:
    def task(call: CallContext, row: ManifestRow) -> str:
        replication.replicate_object(call, target_of(row))
        return "success"  # the very word that such rows have (OBSERVED)

    return task


def _compute_checksum(wanted: Wanted) -> Task:
    """The checksum stands in the report alone, with ``=`` written as AWS does (OBSERVED)."""
    algorithm = wanted.get("ChecksumAlgorithm", "CRC64NVME")
    kind = wanted.get("ChecksumType", "FULL_OBJECT")

    def task(call: CallContext, row: ManifestRow) -> str:
        target = target_of(row)
        bucket = require.bucket(call, target)
        version = require.readable_version(call, target, bucket)
        check_readable(version.properties.encryption, {})
        parts = version.parts
        if kind == "COMPOSITE" and parts:
            bodies, start = [], 0
            for part in parts:
                bodies.append(version.body[start : start + part.size])
                start += part.size
            raw = composite(algorithm, bodies)
        else:
            raw = digest(algorithm, version.body)
        text = json.dumps(
            {
                "checksum_base64": base64.b64encode(raw).decode(),
                "etag": version.etag,
                "checksumAlgorithm": algorithm,
                "checksumType": kind,
                "checksum_hex": raw.hex().upper(),
            },
            separators=(",", ":"),
        )
        return text.replace("=", "\\u003d")

    return task


#: What replicating tasks do is no call that clients can make, but an action of IAM's.
_INITIATE_REPLICATION: Final = Operation(
    "s3", "InitiateReplication", lambda call, params: {}, honours=None, action="s3:InitiateReplication"
)

#: Operation of a job to what its tasks call, and how they are made.
NATIVE: Final[dict[str, tuple[Operation, Prepare]]] = {
    "S3ComputeObjectChecksum": (record_of(reading.get_object), _compute_checksum),
    "S3DeleteObjectTagging": (
        record_of(object_tagging.delete_object_tagging),
        _retagging(lambda wanted: no_tags),
    ),
    "S3InitiateRestoreObject": (
        record_of(restores.restore_object),
        _of_call(restores.restore_object, _restore),
    ),
    "S3PutObjectAcl": (record_of(acls.put_object_acl), _of_call(acls.put_object_acl, _acl)),
    "S3PutObjectCopy": (record_of(copies.copy_object), _copy),
    "S3PutObjectLegalHold": (
        record_of(object_lock.put_object_legal_hold),
        _of_call(object_lock.put_object_legal_hold, _legal_hold),
    ),
    "S3PutObjectRetention": (
        record_of(object_lock.put_object_retention),
        _of_call(object_lock.put_object_retention, dict),
    ),
    "S3PutObjectTagging": (
        record_of(object_tagging.put_object_tagging),
        _retagging(_checked_tags),
    ),
    "S3ReplicateObject": (_INITIATE_REPLICATION, _replicate),
    "S3UpdateObjectEncryption": (
        record_of(object_encryption.update_object_encryption),
        _of_call(object_encryption.update_object_encryption, dict),
    ),
}
