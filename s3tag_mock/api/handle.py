"""What ``with mock_tagging() as aws`` gives: seeding, looking, time and jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from s3tag_mock.api.looking import Looking
from s3tag_mock.exceptions import FROM_TEST_AUTHORS

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from s3tag_mock.api.acting import Context
    from s3tag_mock.api.answers import AnswerList
    from s3tag_mock.api.clock_view import ClockView
    from s3tag_mock.api.faults import FaultList
    from s3tag_mock.api.job_view import JobView
    from s3tag_mock.api.principals import Policy
    from s3tag_mock.api.seeding import TagsOfKeys
    from s3tag_mock.permissions.decision import Decision
    from s3tag_mock.server.server import Server

__tracebackhide__ = FROM_TEST_AUTHORS


F = TypeVar("F", bound=Callable[..., Any])


class Handle(Looking):
    """A mock as the test uses it. Everything but its ``repr`` needs the mock to be active."""

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
        tags: TagsOfKeys | None = None,
        body: bytes = b"",
    ) -> int:
        """Put one or a million objects without a client.

        :param bucket: the name of an existing bucket.
        :param keys: keys, or a mapping of key to body.
        :param tags: the tags of each object; or a mapping of keys to their tags, or a function of the key
            that gives them.
        :param body: the body of each object, where ``keys`` gives none.
        :return: how many objects were put.
        :raises Misuse: for an invalid key, body or tag; UnknownName for a bucket that doesn't exist.
        """
        from s3tag_mock.api import seeding

        return seeding.objects(self._entered(), self._bucket(bucket), keys, tags=tags, body=body)

    def tag_object(self, bucket: str, key: str, tags: Mapping[str, str]) -> None:
        """Replace an object's tags without a client.

        :param tags: the whole set; empty to remove all.
        :raises Misuse: for invalid tags; UnknownName for a bucket or key that doesn't exist.
        """
        from s3tag_mock.api import seeding

        with self._world.lock:
            self._version(bucket, key, None).tags = seeding.object_tags(tags)

    def create_role(self, name: str, *policies: Policy, trust: Policy | None = None) -> str:
        """Make a role without a client, in moto's IAM where moto is active.

        :param policies: what it may do: each a document (a dict, or JSON), the ARN of a managed policy, or
            the name of one of AWS's, such as ``"AmazonS3ReadOnlyAccess"``. Without any it may do nothing.
        :param trust: who may assume it, as a document; by default Batch Operations, and who in the account
            has a policy that allows it.
        :return: its ARN.
        :raises Misuse: for an invalid name or policy, or a role that exists already.
        """
        from s3tag_mock.api import principals

        return principals.role(self._entered(), name, policies, trust)

    def create_user(self, name: str, *policies: Policy) -> str:
        """Make a user without a client, in moto's IAM where moto is active.

        :param policies: what it may do, as in ``create_role``.
        :return: its ARN.
        :raises Misuse: for an invalid name or policy, or a user who exists already.
        """
        from s3tag_mock.api import principals

        return principals.user(self._entered(), name, policies)

    def inventory(
        self,
        bucket: str,
        destination: str,
        *,
        prefix: str = "",
        versions: bool = False,
        fields: Iterable[str] = (),
    ) -> dict[str, Any]:
        """Write an inventory of a bucket, as S3 Inventory delivers it: manifest.json, its checksum, the data.

        :param destination: the bucket that it is written to.
        :param prefix: what its keys begin with, as in an inventory configuration: without a slash at the end.
        :param versions: whether it lists all versions, not the current ones alone.
        :param fields: further columns, such as ``"Size"`` or ``"StorageClass"``.
        :return: the ``Manifest`` of a ``create_job`` that takes it.
        :raises Misuse: for a column that inventories don't have, or a bucket that it can't be written to;
            UnknownName for a bucket that doesn't exist.
        """
        from s3tag_mock.api import inventory

        source, target = self._bucket(bucket), self._bucket(destination)
        return inventory.written(
            self._entered(), source, target, prefix=prefix, versions=versions, fields=tuple(fields)
        )

    def explain(self, action: str, resource: str, *, as_: str, context: Context | None = None) -> Decision:
        """What policies decide: the caller's own, and a bucket's with the tags of its objects.

            decision = aws.explain("s3:PutObjectTagging", "arn:aws:s3:::photos/sky.jpg", as_=role)
            assert decision.allowed, decision

        :param action: such as ``"s3:GetObject"``.
        :param resource: the ARN of what it is done to, or ``"*"``.
        :param as_: the ARN of a user or a role; of a role it is about its session ``s3tag_mock``.
        :param context: further condition keys with their values: a string, number or boolean, or several
            strings.
        :return: the decision: ``allowed``, ``reason`` (as AccessDenied words it), the ``statements`` that
            made it, the ``missing`` condition keys. Its ``str`` says all that.
        :raises UnknownName: for a user or role that nobody made; Misuse for what is no action or no ARN.
        """
        from s3tag_mock.api import acting

        return acting.explain(self._entered(), action, resource, as_, context or {})

    # Failures, time and jobs

    @property
    def faults(self) -> FaultList:
        """The active faults, and ``add`` to make an operation fail."""
        from s3tag_mock.api.faults import FaultList

        return FaultList(self._world.faults)

    @property
    def answers(self) -> AnswerList:
        """The active answers of the test's own, and ``add`` to answer an operation in place of the mock."""
        from s3tag_mock.api.answers import AnswerList

        return AnswerList(self._world.answers)

    @property
    def clock(self) -> ClockView:
        """The mock's time."""
        from s3tag_mock.api.clock_view import ClockView

        return ClockView(self._world.clock)

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
        """Decorate the function that LambdaInvoke jobs and notification configurations call under this name.

            @aws.lambda_function("copy-it")
            def handler(event, context): ...

        :param name_or_arn: a function's name, or its ARN; a qualifier makes no difference.
        """
        from s3tag_mock.rules import arns

        def register(function: F) -> F:
            self._world.functions[arns.function_name(name_or_arn)] = function
            return function

        return register

    # Other processes

    def serve(self, host: str = "127.0.0.1", port: int = 0) -> Server:
        """Serve this mock over HTTP, for other processes and other languages, until it ends.

            with aws.serve() as server:
                subprocess.run(["node", "app.js"], env=server.environment(), check=True)

        :param host: an IP address. For one of this machine alone, the server listens at 127.0.0.1 and ::1.
        :param port: any that is free by default.
        :return: the server, which is a context manager, too.
        :raises Misuse: for a port that is taken, or an address that isn't this machine's.
        """
        from s3tag_mock.api import serving

        return serving.serve(self, host, port)

    def environment(self, **further: str) -> dict[str, str]:
        """A whole environment for a child process: its AWS SDKs reach this mock.

        It starts a server if none runs.

        :param further: variables to add.
        """
        from s3tag_mock.api import serving

        return serving.running(self).environment(**further)

    def child_environment(self, **further: str) -> AbstractContextManager[None]:
        """Set that environment in this process, around what starts a child by itself.

            with aws.child_environment():
                process.start()  # of multiprocessing, with spawn

        :param further: variables to add.
        """
        from s3tag_mock.api import serving

        return serving.set_in_this_process(self.environment(**further))

    def reset(self) -> None:
        """Forget every bucket, job, fault and call."""
        from s3tag_mock.dispatch import call_log

        scope = self._entered()
        with scope.world.lock:
            scope.world.clear()
            call_log.clear(scope.calls)
            scope.inspected.clear()
            scope.refusals.clear()
            scope.turned_away.clear()

    def __repr__(self) -> str:
        scope = self._lifecycle.scope
        if scope is None:
            return "<s3tag_mock, not active>"
        world, calls = scope.world, len(scope.calls)
        held = {"bucket": len(world.all_buckets()), "job": len(world.jobs), "call": calls}
        counts = ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in held.items())
        return f"<s3tag_mock: {counts}>"
