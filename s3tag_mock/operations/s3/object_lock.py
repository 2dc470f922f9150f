"""Object lock: a bucket's configuration, an object's retention and legal hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from s3tag_mock import errors
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.operations.registry import BUCKET, VERSION, Params, Result, operation
from s3tag_mock.rules import object_lock
from s3tag_mock.rules.dates import iso8601
from s3tag_mock.rules.object_lock import ObjectLock
from s3tag_mock.state.bucket import Bucket, ObjectVersion


@operation(
    "s3",
    "PutObjectLockConfiguration",
    BUCKET,
    "ObjectLockConfiguration RequestPayer",
    ignores="Token",
    action="PutBucketObjectLockConfiguration",
)
def put_object_lock_configuration(call: CallContext, params: Params) -> Result:
    """Turn on a bucket's object lock permanently, or change its default retention.

    Source: PutObjectLockConfiguration; RECORDED, LS test_put_object_lock_configuration_on_existing_bucket.
    """
    bucket = require.bucket(call, params)
    configuration = params.get("ObjectLockConfiguration", {})
    object_lock.check_configuration(configuration)
    if bucket.versioning != "Enabled":
        raise errors.LOCK_NEEDS_VERSIONING()
    bucket.object_lock = configuration
    return {}


@operation("s3", "GetObjectLockConfiguration", BUCKET, action="GetBucketObjectLockConfiguration")
def get_object_lock_configuration(call: CallContext, params: Params) -> Result:
    """Whether a bucket has object lock, and its default retention.

    Source: GetObjectLockConfiguration; RECORDED, LS test_get_object_lock_configuration_exc.
    """
    bucket = require.bucket(call, params)
    if bucket.object_lock is None:
        raise errors.NO_LOCK_CONFIGURATION(BucketName=bucket.name)
    return {"ObjectLockConfiguration": bucket.object_lock}


@operation(
    "s3",
    "PutObjectRetention",
    VERSION,
    "Retention BypassGovernanceRetention",
    also={"BypassGovernanceRetention": "BypassGovernanceRetention"},
    access_points=True,
)
def put_object_retention(call: CallContext, params: Params) -> Result:
    """Lock a version until a date; a lock is lengthened freely, and shortened by few.

    Source: PutObjectRetention; RECORDED, LS test_s3_object_retention_exc.
    """
    bucket = require.bucket(call, params)
    version = _lockable_version(call, params, bucket)
    bypass = params.get("BypassGovernanceRetention", False)
    lock, wanted = version.properties.lock, params.get("Retention", {})
    changed = object_lock.changed_retention(lock, wanted, call.now, bypass=bypass)
    _lock(version, changed)
    note(call, bucket, "ObjectRetention:Put", params["Key"], version, details=_retention(changed))
    return {}


def _retention(lock: ObjectLock) -> dict[str, Any]:
    """What events say of a retention (DOCUMENTED, the AWS SDK for Java's ObjectRetentionEventData)."""
    until = {} if lock.until is None else {"retainUntilDate": iso8601(lock.until)}
    told = {**({} if lock.mode is None else {"mode": lock.mode}), **until}
    return {"record": {"objectRetentionEventData": told}, "detail": {"object-retention-event-data": told}}


@operation("s3", "GetObjectRetention", VERSION, access_points=True)
def get_object_retention(call: CallContext, params: Params) -> Result:
    """Until when a version is locked, and how.

    Source: GetObjectRetention; RECORDED, LS test_s3_object_retention.
    """
    lock = _lockable_version(call, params).properties.lock
    if lock.mode is None:
        raise errors.NO_OBJECT_LOCK_ON_OBJECT()
    return {"Retention": {"Mode": lock.mode, "RetainUntilDate": lock.until}}


@operation("s3", "PutObjectLegalHold", VERSION, "LegalHold", access_points=True)
def put_object_legal_hold(call: CallContext, params: Params) -> Result:
    """Hold a version until the hold is taken off.

    Source: PutObjectLegalHold; RECORDED, LS test_put_get_object_legal_hold, test_put_object_legal_hold_exc.
    """
    bucket = require.bucket(call, params)
    status = params.get("LegalHold", {}).get("Status")
    if status not in object_lock.LEGAL_HOLDS:
        raise errors.MALFORMED_XML(hint=f"Status is {status!r}")
    version = _lockable_version(call, params, bucket)
    _lock(version, replace(version.properties.lock, legal_hold=status))
    return {}


@operation("s3", "GetObjectLegalHold", VERSION, access_points=True)
def get_object_legal_hold(call: CallContext, params: Params) -> Result:
    """Whether a version is held.

    Source: GetObjectLegalHold; RECORDED, LS test_put_get_object_legal_hold.
    """
    legal_hold = _lockable_version(call, params).properties.lock.legal_hold
    if legal_hold is None:
        raise errors.NO_OBJECT_LOCK_ON_OBJECT()
    return {"LegalHold": {"Status": legal_hold}}


def _lockable_version(call: CallContext, params: Params, bucket: Bucket | None = None) -> ObjectVersion:
    bucket = bucket or require.bucket(call, params)
    if bucket.object_lock is None:
        raise errors.NO_OBJECT_LOCK()
    return require.tagged_version(call, params, bucket, shown_key=params["Key"])


def _lock(version: ObjectVersion, lock: ObjectLock) -> None:
    version.properties = replace(version.properties, lock=lock)
