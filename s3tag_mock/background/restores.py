"""Restores of archived objects: told when they are ready, and when the restored copy is gone again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.happenings import note
from s3tag_mock.rules.dates import iso8601, iso8601_second
from s3tag_mock.state.bucket import Bucket, ObjectVersion
from s3tag_mock.state.happening import Restoring
from s3tag_mock.state.world import World


def coming(world: World, after: datetime) -> Iterator[datetime]:
    """When restores will be ready or over, as far as that is after a moment."""
    for one in world.restores:
        found = _found(world, one)
        ready_and_gone = (found and found[1].restore) or ()
        yield from (moment for moment in ready_and_gone[one.is_ready :] if moment > after)


def tell_due(call: CallContext, moment: datetime) -> None:
    """Tell of what is ready or over by now; forget what is over or isn't there any more."""
    world = call.world
    for one in list(world.restores):
        found = _found(world, one)
        if found is None or found[1].restore is None:
            world.restores.remove(one)
            continue
        bucket, version = found
        ready, gone = version.restore or (moment, moment)
        storage_class = version.properties.storage_class
        if not one.is_ready and ready <= moment:
            one.is_ready = True
            data = {
                "lifecycleRestorationExpiryTime": iso8601(gone),
                "lifecycleRestoreStorageClass": storage_class,
            }
            details = {
                "record": {"glacierEventData": {"restoreEventData": data}},
                "detail": {
                    "restore-expiry-time": iso8601_second(gone),
                    "source-storage-class": storage_class,
                },
            }
            note(call, bucket, "ObjectRestore:Completed", one.key, version, by_s3=True, details=details)
        if one.is_ready and gone <= moment:
            world.restores.remove(one)
            note(call, bucket, "ObjectRestore:Delete", one.key, version, by_s3=True)


def _found(world: World, one: Restoring) -> tuple[Bucket, ObjectVersion] | None:
    bucket = world.buckets_of(one.region).get(one.bucket)
    version = None if bucket is None else bucket.version(one.key, one.version_id)
    return None if bucket is None or version is None else (bucket, version)
