"""A sequence of steps, run in a world of its own and checked after each; then everything stored is read."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import botocore

from s3tag_mock import TaggingMock
from s3tag_mock.rules.regions import US_EAST_1
from tools.fuzz.generate import Step, model_of, served
from tools.fuzz.outcome import answered, time_limit
from tools.fuzz.references import References
from tools.fuzz.snapshot import snapshot
from tools.fuzz.values import ACCOUNT, Ref
from tools.fuzz.world import client, world_for

#: Seconds of the processor's time that a call may take at most.
_LONGEST: Final = 10
#: How far time may go on in one sequence, in days: datetimes end with the year 9999.
_FARTHEST: Final = 100_000
_TOKENS: Final = ("NextContinuationToken", "NextToken", "ContinuationToken")


@dataclass
class Run:
    """What was done of a sequence.

    :param seed: of the world.
    :param calls: how many there were.
    :param refused: how many of them got an error of AWS's.
    :param done: the steps with what was really sent, as lines of Python.
    :param failure: what went wrong with the last one.
    :param failed_at: the step.
    """

    seed: int
    calls: int = 0
    refused: int = 0
    done: list[str] = field(default_factory=list)
    failure: BaseException | None = None
    failed_at: Step | None = None

    @property
    def signature(self) -> str:
        """What failures of the same cause have in common: the exception, and where it was raised."""
        if self.failure is None:
            return ""
        frames = traceback.extract_tb(self.failure.__traceback__)
        ours = [one for one in frames if "/s3tag_mock/" in one.filename]
        where = f"{ours[-1].filename.rpartition('/s3tag_mock/')[2]}:{ours[-1].name}" if ours else ""
        named = (
            f"{self.failed_at.service}.{self.failed_at.operation}" if self.failed_at and not where else where
        )
        return f"{type(self.failure).__name__} in {named}"


def run(seed: int, steps: Sequence[Step], reads: int = 30) -> Run:
    """Run a sequence.

    :param seed: chooses the kind of world, and what is read in the end.
    :param reads: how many reads the sequence ends with, of all those that what is stored has.
    :return: how it went; a failure is in it, not raised.
    """
    result = Run(seed)
    with world_for(seed) as aws:
        runner = Runner(aws, result)
        for step in steps:
            if not runner.take(step):
                return result
        for step in tour(aws, Random(seed), reads):
            if not runner.take(step):
                return result
    return result


class Runner:
    """Does steps in a world, one by one.

    :param result: gets what was done.
    :param clients: gives the client for a service and a caller.
    """

    def __init__(self, aws: TaggingMock, result: Run, clients: Callable[[str, str], Any] = client) -> None:
        self._aws, self.result, self._clients = aws, result, clients
        self._tokens: list[str] = []
        self._before = snapshot(aws)
        self._days = 0.0

    def take(self, step: Step) -> bool:
        """Do a step; False when it failed."""
        try:
            with time_limit(_LONGEST):
                self._do(step) if step.service else self._act(step)
        except Exception as error:
            self.result.failure, self.result.failed_at = error, step
            return False
        return True

    def _do(self, step: Step) -> None:
        params = References(self._aws._world, self._tokens).resolved(step.params)
        method = botocore.xform_name(step.operation)
        caller = "" if step.caller == "own" else f", {step.caller!r}"
        written = ", ".join(f"{name!r}: {value!r}" for name, value in params.items())
        self.result.done.append(f"client({step.service!r}{caller}).{method}(**{{{written}}})")
        self.result.calls += 1
        call = getattr(self._clients(step.service, step.caller), method)
        answer, error, self._before = answered(
            self._aws, lambda: _read(call(**params)), self._before, may_be_unsendable=True
        )
        self.result.refused += error is not None
        self._tokens += [answer[name] for name in _TOKENS if isinstance(answer, dict) and answer.get(name)]

    def _act(self, step: Step) -> None:
        if step.operation == "advance":
            days = step.params["days"]
            if self._days + days > _FARTHEST:
                return
            self._days += days
            self.result.done.append(f"aws.clock.advance(days={days})")
            self._aws.clock.advance(days=days)
            # Jobs have waited too long by now, and whatever call comes first sends the events of that.
            client("s3control").list_jobs(AccountId=ACCOUNT)
        else:
            self.result.done.append("aws.run_jobs()")
            self._aws.run_jobs()
        self._before = snapshot(self._aws)


def _read(answer: Any) -> Any:
    """An answer, with its body read."""
    if isinstance(answer, dict) and hasattr(answer.get("Body"), "read"):
        answer["Body"].read()
    return answer


def tour(aws: TaggingMock, chance: Random, most: int) -> Iterator[Step]:
    """Some of all reads of what is stored, and an object put into every bucket: the world is still usable."""
    found = list(_reads(aws))
    yield from chance.sample(found, min(most, len(found)))
    for name in list(aws._world.buckets_of(US_EAST_1)):
        yield Step("s3", "PutObject", {"Bucket": name, "Key": "last", "Body": b"x"})


def _reads(aws: TaggingMock) -> Iterator[Step]:
    world = aws._world
    named = world.buckets_of(US_EAST_1)
    objects = [
        {"Bucket": name, "Key": key, "VersionId": version.version_id}
        for name, bucket in named.items()
        for key in bucket.keys
        for version in bucket.keys.get(key) or ()
    ]
    uploads = [
        {"Bucket": name, "Key": upload.key, "UploadId": upload.id}
        for name, bucket in named.items()
        for upload in bucket.uploads.values()
    ]
    buckets = [{"Bucket": name} for name in named]
    jobs = [{"AccountId": ACCOUNT, "JobId": job} for job in world.jobs]
    points = [{"AccountId": ACCOUNT, "Name": point.name} for point in world.access_points.values()]
    resources = [{"AccountId": ACCOUNT, "ResourceArn": Ref("arn", index)} for index in range(4)]
    things: list[dict[str, Any]] = [*buckets, *objects, *uploads, *jobs, *points, *resources]
    things += [{"AccountId": ACCOUNT}, {}]
    for operation in served():
        if not operation.name.startswith(("Get", "List", "Head", "Describe")):
            continue
        for thing in things:
            if _takes(operation.service, operation.name, thing):
                yield Step(operation.service, operation.name, thing)


def _takes(service: str, operation: str, params: dict[str, Any]) -> bool:
    shape: Any = model_of(service, operation).input_shape
    required = set() if shape is None else set(shape.required_members)
    known = set() if shape is None else set(shape.members)
    return params.keys() <= known and required <= params.keys() | {"ObjectAttributes"}
