"""What a test looks at through the handle, without a client and without a line in the log of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from s3tag_mock.api.snapshot import Snapshots
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, MOST_NAMES, UnknownName, did_you_mean

if TYPE_CHECKING:
    from s3tag_mock.api.job_view import JobViews
    from s3tag_mock.api.object_view import ObjectView
    from s3tag_mock.dispatch.call_log import CallLog
    from s3tag_mock.state.bucket import Bucket, ObjectVersion
    from s3tag_mock.state.world import World

__tracebackhide__ = FROM_TEST_AUTHORS


class Looking(Snapshots):
    """Buckets, objects, tags, jobs and calls of a mock."""

    @property
    def _world(self) -> World:
        """What the mock remembers, once everything is done that is due by now."""
        from s3tag_mock.background import due

        world = self._entered().world
        due.catch_up(world, world.clock.now())
        return world

    def _inspect(self, *what: str) -> None:
        """Note that the test looks at something, so that findings don't say that nobody did."""
        scope = self._entered()
        scope.inspected[what] = len(scope.calls)

    @property
    def buckets(self) -> list[str]:
        """The names of all buckets, sorted."""
        self._inspect("buckets")
        return sorted({bucket.name for bucket in self._world.all_buckets()})

    def keys(self, bucket: str) -> list[str]:
        """The keys of a bucket's objects, in S3's order; not those whose current version is a delete marker.

        :raises UnknownName: if the bucket doesn't exist.
        """
        where = self._bucket(bucket)
        self._inspect("keys", bucket)
        with self._world.lock:
            walk = where.keys.after("", inclusive=True)
            return [key for key, history in walk if not history[-1].is_delete_marker]

    def object(self, bucket: str, key: str, version_id: str | None = None) -> ObjectView:
        """An object: its body, tags, metadata, versions and more.

        :param version_id: of an older version; the current one by default.
        :raises UnknownName: if the bucket, key or version doesn't exist.
        """
        from s3tag_mock.api.object_view import ObjectView

        version = self._version(bucket, key, version_id)
        history = self._bucket(bucket).keys.get(key) or ()
        return ObjectView(bucket, key, version, tuple(history), self._inspect)

    def object_tags(self, bucket: str, key: str, version_id: str | None = None) -> dict[str, str]:
        """An object's tags.

        :param version_id: of an older version; the current one by default.
        :raises UnknownName: if the bucket, key or version doesn't exist.
        """
        return self.object(bucket, key, version_id).tags

    def bucket_tags(self, bucket: str) -> dict[str, str]:
        """A bucket's tags; empty when it has none.

        :raises UnknownName: if the bucket doesn't exist.
        """
        tags = self._bucket(bucket).tags
        self._inspect("bucket", bucket)
        return dict(tags)

    def job_tags(self, job_id: str) -> dict[str, str]:
        """A job's tags.

        :raises UnknownName: if the job doesn't exist.
        """
        return self.jobs[job_id].tags

    @property
    def jobs(self) -> JobViews:
        """The jobs, oldest first: a mapping of job id to a view of the job; ``jobs.last`` is the last."""
        from s3tag_mock.api.job_view import JobViews
        from s3tag_mock.dispatch.perform import catch_up

        catch_up(self._world, self._entered().settings.job_progress)
        return JobViews(self._world, self._inspect)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events that were delivered so far, in AWS's own form, the oldest first: a message for each
        destination of a bucket's notification configuration, EventBridge's form where that is on, and what
        EventBridge gets of jobs.
        """
        from s3tag_mock.batch import runner

        self._inspect("jobs")
        runner.catch_up(self._world)
        return list(self._world.events)

    @property
    def calls(self) -> CallLog:
        """The calls so far, in the order in which they were answered."""
        self._inspect("calls")
        return self._entered().calls

    def _bucket(self, name: str) -> Bucket:
        world = self._world
        bucket = world.any_bucket(name, self._entered().settings.region)
        if bucket is None:
            names = [bucket.name for bucket in world.all_buckets()]
            near = did_you_mean(name, names, none_known="No bucket was created.")
            raise UnknownName(f"There is no bucket {name!r}. {near}")
        return bucket

    def _version(self, bucket: str, key: str, version_id: str | None) -> ObjectVersion:
        where = self._bucket(bucket)
        version = where.named(key, version_id)
        if version is None or version.is_delete_marker:
            names = where.keys.around(key, MOST_NAMES)
            others = len(where.keys) - len(names)
            near = did_you_mean(key, names, others=others, none_known="The bucket is empty.")
            at = "" if version_id is None else f" with the version {version_id!r}"
            raise UnknownName(f"There is no object {key!r}{at} in {bucket!r}. {near}")
        return version
