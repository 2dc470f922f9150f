"""Lifecycle rules that act: at a midnight (UTC), what is due expires, moves to another class, or is aborted.

Sources: user guide, "Lifecycle configuration elements", "Expiring objects", "Conflicts in lifecycle
configurations" (what deletes comes before what moves), "Amazon S3 Event Notifications". What an object lock
protects stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any, Final

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.operations.s3.storing import new_version_id
from s3tag_mock.rules import lifecycle, object_lock
from s3tag_mock.rules.rule_filters import Rule, conditions, prefix
from s3tag_mock.state.bucket import Bucket, History, ObjectVersion
from s3tag_mock.state.world import World

_REMOVED: Final = "LifecycleExpiration:Delete"
#: Later than every moment of a clock.
NEVER: Final = datetime.max.replace(tzinfo=timezone.utc)
#: Objects smaller than this stay in their class, unless a rule says another size, in bytes (user guide).
_SMALL: Final = 128 * 1024


def has_rules(world: World) -> bool:
    """Whether any rules act."""
    return world.lifecycle_acts and any(bucket.lifecycle_rules for bucket in world.all_buckets())


@dataclass
class _Round:
    """The rules act once, at a moment.

    :param next: when they have something to do next.
    """

    call: CallContext
    next: datetime = NEVER

    def is_due(self, moment: datetime) -> bool:
        """Whether something is due by now; if not, the rules act again when it is."""
        if moment <= self.call.now:
            return True
        self.next = min(self.next, moment)
        return False

    def has_done(self) -> None:
        """Something was done, or is kept from it, so that more may be due any day."""
        self.next = self.call.now


def act(call: CallContext) -> datetime:
    """Do what the rules of all buckets say is due.

    :param call: S3's own, at that time.
    :return: before when there is nothing to do, if nobody makes a call.
    """
    this = _Round(call)
    for bucket in call.world.all_buckets():
        rules = [rule for rule in bucket.lifecycle_rules if rule["Status"] == "Enabled"]
        if not rules:
            continue
        for key, history in list(bucket.keys.after("", inclusive=True)):
            _expire_noncurrent(this, bucket, key, list(history), rules)
            _expire_current(this, bucket, key, rules)
            _move(this, bucket, key, rules)
        _abort_uploads(this, bucket, rules)
    return this.next


def _expire_current(this: _Round, bucket: Bucket, key: str, rules: Sequence[Rule]) -> None:
    history = bucket.keys.get(key) or []
    if not history:
        return
    latest = history[-1]
    if latest.is_delete_marker:
        if len(history) == 1 and any(_takes_marker(this, rule, key, latest) for rule in rules):
            _remove(this, bucket, key, latest)
        return
    due = lifecycle.due(rules, key, len(latest.body), latest.tags, latest.last_modified)
    if due is None or not this.is_due(due[0]):
        return
    if bucket.versioning is None:
        _remove(this, bucket, key, latest)
        return
    call = this.call
    marker = ObjectVersion(new_version_id(call, bucket), call.second, is_delete_marker=True)
    bucket.add(key, marker)
    note(call, bucket, "LifecycleExpiration:DeleteMarkerCreated", key, marker, by_s3=True)
    this.has_done()


def _takes_marker(this: _Round, rule: Rule, key: str, marker: ObjectVersion) -> bool:
    """Whether a rule removes a delete marker that covers nothing: it says so, or the marker has its age."""
    expiration = rule.get("Expiration", {})
    if not key.startswith(prefix(rule)) or conditions(rule).keys() - {"Prefix"}:
        return False
    if expiration.get("ExpiredObjectDeleteMarker"):
        return True
    return "Days" in expiration and this.is_due(lifecycle.due_by(expiration, marker.last_modified))


def _expire_noncurrent(
    this: _Round, bucket: Bucket, key: str, history: History, rules: Sequence[Rule]
) -> None:
    for newer, (version, since) in enumerate(_noncurrent(history)):
        for rule in rules:
            wanted = rule.get("NoncurrentVersionExpiration")
            if (
                wanted is not None
                and newer >= wanted.get("NewerNoncurrentVersions", 0)
                and _applies(rule, key, version)
                and this.is_due(lifecycle.due_by({"Days": wanted["NoncurrentDays"]}, since))
            ):
                _remove(this, bucket, key, version)
                break


def _noncurrent(history: History) -> Iterator[tuple[ObjectVersion, datetime]]:
    """The versions that aren't current, the newest first, each with the time since when it isn't."""
    for number in range(len(history) - 2, -1, -1):
        yield history[number], history[number + 1].last_modified


def _move(this: _Round, bucket: Bucket, key: str, rules: Sequence[Rule]) -> None:
    history = bucket.keys.get(key) or []
    for version, since in _noncurrent(history):
        moves = (
            ({"Days": move["NoncurrentDays"]}, move["StorageClass"], rule)
            for rule in rules
            for move in rule.get("NoncurrentVersionTransitions", ())
        )
        _move_version(this, bucket, key, version, since, moves)
    if history:
        moves = ((move, move["StorageClass"], rule) for rule in rules for move in rule.get("Transitions", ()))
        _move_version(this, bucket, key, history[-1], history[-1].last_modified, moves)


def _move_version(
    this: _Round,
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
    reached = [one for one in due if this.is_due(one[0])]
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
    note(this.call, bucket, "LifecycleTransition", key, version, by_s3=True, details=details)
    this.has_done()


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


def _remove(this: _Round, bucket: Bucket, key: str, version: ObjectVersion) -> None:
    lock = version.properties.lock
    this.has_done()
    if object_lock.is_protected(lock, this.call.now):
        return
    bucket.remove(key, version.version_id)
    note(this.call, bucket, _REMOVED, key, version, by_s3=True)


def _abort_uploads(this: _Round, bucket: Bucket, rules: Sequence[Rule]) -> None:
    for upload in list(bucket.uploads.values()):
        due = lifecycle.abort(rules, upload.key, upload.initiated)
        if due is not None and this.is_due(due[0]):
            bucket.end_upload(upload, None)
            this.has_done()
