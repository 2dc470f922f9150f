"""Lifecycle rules that act: at a midnight (UTC), what is due expires, moves to another class, or is aborted.

Sources: user guide, "Lifecycle configuration elements", "Expiring objects", "Conflicts in lifecycle
configurations" (what deletes comes before what moves), "Amazon S3 Event Notifications". What an object lock
protects stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.operations.s3.storing import new_version_id
from s3tag_mock.rules import lifecycle, object_lock
from s3tag_mock.rules.rule_filters import Rule, conditions, prefix
from s3tag_mock.state.bucket import Bucket, History, ObjectVersion
from s3tag_mock.state.world import World

_REMOVED: Final = "LifecycleExpiration:Delete"
#: Objects smaller than this stay in their class, unless a rule says another size, in bytes (user guide).
_SMALL: Final = 128 * 1024


def has_rules(world: World) -> bool:
    """Whether any rules act."""
    return world.lifecycle_acts and any(bucket.lifecycle_rules for bucket in world.all_buckets())


def act(call: CallContext, moment: datetime) -> None:
    """Do what the rules of all buckets say is due.

    :param call: S3's own, at that time.
    """
    for bucket in call.world.all_buckets():
        rules = [rule for rule in bucket.lifecycle_rules if rule["Status"] == "Enabled"]
        if not rules:
            continue
        for key, history in list(bucket.keys.after("", inclusive=True)):
            _expire_noncurrent(call, bucket, key, list(history), rules)
            _expire_current(call, bucket, key, rules)
            _move(call, bucket, key, rules)
        _abort_uploads(bucket, rules, moment)


def _expire_current(call: CallContext, bucket: Bucket, key: str, rules: Sequence[Rule]) -> None:
    history = bucket.keys.get(key) or []
    if not history:
        return
    latest = history[-1]
    if latest.is_delete_marker:
        if len(history) == 1 and any(_takes_marker(call, rule, key, latest) for rule in rules):
            _remove(call, bucket, key, latest)
        return
    due = lifecycle.due(rules, key, len(latest.body), latest.tags, latest.last_modified)
    if due is None or due[0] > call.now:
        return
    if bucket.versioning is None:
        _remove(call, bucket, key, latest)
        return
    marker = ObjectVersion(new_version_id(call, bucket), call.second, is_delete_marker=True)
    bucket.add(key, marker)
    note(call, bucket, "LifecycleExpiration:DeleteMarkerCreated", key, marker, by_s3=True)


def _takes_marker(call: CallContext, rule: Rule, key: str, marker: ObjectVersion) -> bool:
    """Whether a rule removes a delete marker that covers nothing: it says so, or the marker has its age."""
    expiration = rule.get("Expiration", {})
    if not key.startswith(prefix(rule)) or conditions(rule).keys() - {"Prefix"}:
        return False
    if expiration.get("ExpiredObjectDeleteMarker"):
        return True
    return "Days" in expiration and lifecycle.due_by(expiration, marker.last_modified) <= call.now


def _expire_noncurrent(
    call: CallContext, bucket: Bucket, key: str, history: History, rules: Sequence[Rule]
) -> None:
    for newer, (version, since) in enumerate(_noncurrent(history)):
        for rule in rules:
            wanted = rule.get("NoncurrentVersionExpiration")
            if (
                wanted is not None
                and newer >= wanted.get("NewerNoncurrentVersions", 0)
                and _applies(rule, key, version)
                and lifecycle.due_by({"Days": wanted["NoncurrentDays"]}, since) <= call.now
            ):
                _remove(call, bucket, key, version)
                break


def _noncurrent(history: History) -> Iterator[tuple[ObjectVersion, datetime]]:
    """The versions that aren't current, the newest first, each with the time since when it isn't."""
    for number in range(len(history) - 2, -1, -1):
        yield history[number], history[number + 1].last_modified


def _move(call: CallContext, bucket: Bucket, key: str, rules: Sequence[Rule]) -> None:
    history = bucket.keys.get(key) or []
    for version, since in _noncurrent(history):
        moves = (
            ({"Days": move["NoncurrentDays"]}, move["StorageClass"], rule)
            for rule in rules
            for move in rule.get("NoncurrentVersionTransitions", ())
        )
        _move_version(call, bucket, key, version, since, moves)
    if history:
        moves = ((move, move["StorageClass"], rule) for rule in rules for move in rule.get("Transitions", ()))
        _move_version(call, bucket, key, history[-1], history[-1].last_modified, moves)


def _move_version(
    call: CallContext,
    bucket: Bucket,
    key: str,
    version: ObjectVersion,
    since: datetime,
    moves: Iterator[tuple[Mapping[str, Any], str, Rule]],
) -> None:
    """Move a version to the class of the move that was due last."""
    due = [
        (lifecycle.due_by(when, since), storage_class)
        for when, storage_class, rule in moves
        if _applies(rule, key, version) and not _is_too_small(bucket, version, storage_class, rule)
    ]
    reached = [one for one in due if one[0] <= call.now]
    if version.is_delete_marker or not reached:
        return
    storage_class = max(reached)[1]
    if storage_class == version.properties.storage_class:
        return
    version.properties = replace(version.properties, storage_class=storage_class)
    details = {
        "record": {"lifecycleEventData": {"transitionEventData": {"destinationStorageClass": storage_class}}},
        "detail": {"destination-storage-class": storage_class},
    }
    note(call, bucket, "LifecycleTransition", key, version, by_s3=True, details=details)


def _is_too_small(bucket: Bucket, version: ObjectVersion, storage_class: str, rule: Rule) -> bool:
    if conditions(rule).keys() & {"ObjectSizeGreaterThan", "ObjectSizeLessThan"}:
        return False
    may_be_small = bucket.transition_minimum == "varies_by_storage_class" and storage_class in {
        "GLACIER",
        "DEEP_ARCHIVE",
    }
    return len(version.body) < _SMALL and not may_be_small


def _applies(rule: Rule, key: str, version: ObjectVersion) -> bool:
    return lifecycle.applies(rule, key, len(version.body), version.tags)


def _remove(call: CallContext, bucket: Bucket, key: str, version: ObjectVersion) -> None:
    lock = version.properties.lock
    if object_lock.is_protected(lock, call.now):
        return
    bucket.remove(key, version.version_id)
    note(call, bucket, _REMOVED, key, version, by_s3=True)


def _abort_uploads(bucket: Bucket, rules: Sequence[Rule], moment: datetime) -> None:
    for upload in list(bucket.uploads.values()):
        due = lifecycle.abort(rules, upload.key, upload.initiated)
        if due is not None and due[0] <= moment:
            bucket.end_upload(upload, None)
