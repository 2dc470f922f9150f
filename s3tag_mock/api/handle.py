"""What ``with mock_tagging() as aws`` gives: seeding, looking, time and jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from s3tag_mock.api.clients import Clients
from s3tag_mock.exceptions import UnknownName, did_you_mean

if TYPE_CHECKING:
    from s3tag_mock.api.faults import FaultList
    from s3tag_mock.api.job_view import JobView, JobViews
    from s3tag_mock.dispatch.call_log import CallLog
    from s3tag_mock.state.bucket import Bucket
    from s3tag_mock.state.clock import Clock
    from s3tag_mock.state.world import World

F = TypeVar("F", bound=Callable[..., Any])


class Handle(Clients):
    """A mock as the test uses it. Everything but its ``repr`` needs the mock to be active."""

    @property
    def _world(self) -> World:
        return self._entered().world

    # Seeding

    def create_bucket(
        self,
        name: str,
        *,
        region: str | None = None,
        versioning: bool = False,
        tags: Mapping[str, str] | None = None,
    ) -> str:
        """Make a bucket without a client.

        :param name: names that S3 allowed in us-east-1 until 2018 (capitals, underscores) are accepted
            too; the CreateBucket call refuses them. ``name--usw2-az1--x-s3`` makes a directory bucket.
        :param region: the mock's region by default.
        :param versioning: whether to turn versioning on.
        :param tags: the bucket's tags; ``aws:...`` are AWS's own, which calls can't change.
        :return: the name.
        :raises Misuse: for an invalid name or tag, or a bucket that exists already.
        """
        from s3tag_mock.api import seeding

        return seeding.bucket(self._entered(), name, region=region, versioning=versioning, tags=tags)

    def put_objects(
        self,
        bucket: str,
        keys: Iterable[str] | Mapping[str, bytes],
        *,
        tags: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> int:
        """Put one or a million objects without a client.

        :param bucket: the name of an existing bucket.
        :param keys: keys, or a mapping of key to body.
        :param tags: the tags of each object.
        :param body: the body of each object, where ``keys`` gives none.
        :return: how many objects were put.
        :raises Misuse: for an invalid key, body or tag; UnknownName for a bucket that doesn't exist.
        """
        from s3tag_mock.api import seeding

        return seeding.objects(self._entered(), self._bucket(bucket), keys, tags=tags, body=body)

    # Looking

    def _inspect(self, *what: str) -> None:
        """Note that the test looks at something, so that findings don't say that nobody did."""
        scope = self._entered()
        scope.inspected[what] = len(scope.calls)

    def object_tags(self, bucket: str, key: str, version_id: str | None = None) -> dict[str, str]:
        """An object's tags.

        :param version_id: of an older version; the current one by default.
        :raises UnknownName: if the bucket, key or version doesn't exist.
        """
        where = self._bucket(bucket)
        version = where.named(key, version_id)
        if version is None or version.is_delete_marker:
            near = did_you_mean(key, where.keys, none_known="The bucket is empty.")
            at = "" if version_id is None else f" with the version {version_id!r}"
            raise UnknownName(f"There is no object {key!r}{at} in {bucket!r}. {near}")
        self._inspect("object", bucket, key)
        return dict(version.tags)

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
        """The jobs: a mapping of job id to a view of the job."""
        from s3tag_mock.api.job_view import JobViews
        from s3tag_mock.batch import runner

        runner.catch_up(self._world)
        return JobViews(self._world, self._inspect)

    @property
    def calls(self) -> CallLog:
        """The calls so far, in the order in which they were answered."""
        self._inspect("calls")
        return self._entered().calls

    @property
    def faults(self) -> FaultList:
        """The active faults, and ``add`` to make an operation fail."""
        from s3tag_mock.api.faults import FaultList

        return FaultList(self._world.faults)

    # Time and jobs

    @property
    def clock(self) -> Clock:
        """The mock's time."""
        return self._world.clock

    def run_jobs(self, *, progress: Callable[[JobView], object] | None = None) -> None:
        """Run every job until it ends or waits for confirmation; those of the highest priority first.

        :param progress: called with the job after each change of its status, and while it is Active after
            every thousand tasks.
        """
        from s3tag_mock.api.job_view import JobView
        from s3tag_mock.batch import runner

        world = self._world
        runner.catch_up(world)
        runner.resume(world)
        if progress is None:
            runner.run_all(world)
        else:
            notify = progress
            runner.run_all(world, lambda job: notify(JobView(world, job, self._inspect)), tasks_at_once=1000)

    def step_jobs(self, *, tasks: int | None = None) -> None:
        """Move every job on by one status.

        :param tasks: how many tasks an Active job does at most; it stays Active while it has more.
        """
        from s3tag_mock.batch import runner

        runner.catch_up(self._world)
        for job in runner.by_priority(self._world):
            runner.step(self._world, job, tasks)

    def lambda_function(self, name_or_arn: str) -> Callable[[F], F]:
        """Decorate the function that LambdaInvoke jobs call under this name.

        ::

            @aws.lambda_function("copy-it")
            def handler(event, context): ...

        :param name_or_arn: a function's name, or its ARN; a qualifier makes no difference.
        """
        from s3tag_mock.rules import arns

        def register(function: F) -> F:
            self._world.functions[arns.function_name(name_or_arn)] = function
            return function

        return register

    def reset(self) -> None:
        """Forget every bucket, job, fault and call."""
        scope = self._entered()
        with scope.world.lock:
            scope.world.clear()
            scope.calls.clear()
            scope.inspected.clear()

    def _bucket(self, name: str) -> Bucket:
        bucket = self._world.buckets.get(name)
        if bucket is None:
            near = did_you_mean(name, self._world.buckets, none_known="No bucket was created.")
            raise UnknownName(f"There is no bucket {name!r}. {near}")
        return bucket

    def __repr__(self) -> str:
        scope = self._lifecycle.scope
        if scope is None:
            return "<s3tag_mock, not active>"
        world, calls = scope.world, len(scope.calls)
        held = {"bucket": len(world.buckets), "job": len(world.jobs), "call": calls}
        counts = ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in held.items())
        return f"<s3tag_mock: {counts}>"
