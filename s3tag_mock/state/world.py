"""The whole of what a mock remembers, held by whoever runs it; there is no other state."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import count
from time import sleep
from typing import Any, Final, Protocol, TypeVar

from s3tag_mock.rules import limits
from s3tag_mock.rules.partitions import partition_of
from s3tag_mock.rules.tags import NO_TAGS
from s3tag_mock.state.access_point import AccessPoint
from s3tag_mock.state.answer import Answers
from s3tag_mock.state.bucket import ALL_PUBLIC_ACCESS_BLOCKED, Bucket
from s3tag_mock.state.buckets import Buckets
from s3tag_mock.state.clock import Clock
from s3tag_mock.state.fault import Faults
from s3tag_mock.state.happening import Outbox, Restoring
from s3tag_mock.state.identities import Identities
from s3tag_mock.state.ids import Ids
from s3tag_mock.state.jobs import Jobs
from s3tag_mock.state.storage_lens import StorageLens

T = TypeVar("T")


class AskBeside(Protocol):
    """Asks another mock that is active at the same time."""

    def __call__(
        self, service: str, region: str, operation: str, params: Mapping[str, Any], key: str | None = None, /
    ) -> Mapping[str, Any] | None:
        """Its answer; None where nobody answers.

        :param service: botocore's name of it.
        :param key: the access key with which it is asked.
        :raises AwsError: what it answers.
        """


def _nobody_beside(
    service: str, region: str, operation: str, params: Mapping[str, Any], key: str | None = None
) -> Mapping[str, Any] | None:
    return None


class World:
    """AWS as far as a mock plays it.

    :param clock: its time.
    :param ids: its ids.
    :param lifecycle_acts: whether lifecycle rules do what they say, as time passes.
    :param trusts_roles: whether roles that nobody made may be assumed, with all rights.
    """

    def __init__(
        self, clock: Clock, ids: Ids, *, trusts_roles: bool = True, lifecycle_acts: bool = False
    ) -> None:
        self.clock = clock
        self.ids = ids
        #: Held while an operation runs, never while bytes are parsed or written.
        self.lock = threading.RLock()
        #: The thread that holds it for a call; nothing but the order of threads depends on it.
        self._busy: int | None = None
        #: Partition to its buckets: one namespace for all accounts and regions of a partition, as in AWS.
        self.partitions: dict[str, Buckets] = {}
        #: ARN to bucket on an outpost, and to access point.
        self.outpost_buckets: dict[str, Bucket] = {}
        self.access_points: dict[str, AccessPoint] = {}
        #: ARN to Storage Lens configuration, and to group.
        self.storage_lens: dict[str, StorageLens] = {}
        self.storage_lens_groups: dict[str, StorageLens] = {}
        #: Account id to its public access block, in boto3's shape.
        self.account_public_access_blocks: dict[str, Mapping[str, bool]] = {}
        #: Of all accounts and regions.
        self.jobs = Jobs()
        #: Name to what plays the Lambda function of this name.
        self.functions: dict[str, Callable[..., Any]] = {}
        #: The events that were delivered, as they were.
        self.events: list[dict[str, Any]] = []
        self._outbox: Outbox | None = None
        #: Restores that were asked for, until they are over.
        self.restores: list[Restoring] = []
        #: When there is something to do next as time passes; None before anybody has looked.
        self.due: datetime | None = None
        self.lifecycle_acts = lifecycle_acts
        #: Of a part of an upload that isn't the last, in bytes.
        self.min_part_size = limits.PART_BYTES
        #: Functions that failed at their last attempt: name, event, exception.
        self.function_failures: list[tuple[str, str, str]] = []
        #: Bucket and id of inventories that were due and not written, and why.
        self.unwritten_inventories: dict[tuple[str, str], str] = {}
        #: How another mock is asked that is active at the same time, such as moto.
        self.ask_beside: AskBeside = _nobody_beside
        #: Principals, policies and credentials.
        self.identities = Identities(trusts_roles=trusts_roles)
        #: Failures on demand.
        self.faults = Faults()
        #: Answers of the test author's own.
        self.answers = Answers()
        self._sequence = count()
        #: How many jobs were ever created.
        self.jobs_created = 0

    def copy(self) -> World:
        """A world that remembers the same; of what may change the two share nothing but Lambda functions."""
        other = World(self.clock.copy(), self.ids.copy())
        with self.lock:
            memo = self._not_copied()
            for name in _REMEMBERED:
                setattr(other, name, copy.deepcopy(getattr(self, name), memo))
            other.jobs = self.jobs.copy()
            other.functions = dict(self.functions)
            other.answers = self.answers.copy()
            other.ask_beside = self.ask_beside
            other.jobs_created = self.jobs_created
            other.due, other.lifecycle_acts = self.due, self.lifecycle_acts
            other.min_part_size = self.min_part_size
        return other

    def _not_copied(self) -> dict[int, Any]:
        """What a copy takes as it is, by id: what never changes, and a list of its own of such events."""
        memo: dict[int, Any] = {id(shared): shared for shared in (NO_TAGS, ALL_PUBLIC_ACCESS_BLOCKED)}
        memo[id(self.events)] = list(self.events)
        return memo | self.faults.predicates()

    def take_over(self, other: World) -> None:
        """Remember what another world does, which nobody uses from now on.

        Faults and answers stay, and so does what findings are about.
        """
        with self.lock:
            for name in (*RESTORED, "functions", "lifecycle_acts"):
                setattr(self, name, getattr(other, name))
            self.clock.take_over(other.clock)

    def alone(self, do: Callable[..., T], *args: Any) -> T:
        """Do something for a call while no other thread does.

        A thread that waits in the lock's queue is given the lock before its turn to run comes, and until then
        all others wait for it: from then on every call would wait for a change of threads, some twice. So it
        lets others run first, and joins the queue only where one of them takes long.
        """
        thread = threading.get_ident()
        for _ in range(_MOST_TURNS):
            if self._busy in {None, thread}:
                break
            sleep(0)
        with self.lock:
            outside, self._busy = self._busy, thread
            try:
                return do(*args)
            finally:
                self._busy = outside

    @property
    def outbox(self) -> Outbox:
        """What each thread still has to deliver. Most worlds need none."""
        with self.lock:
            if self._outbox is None:
                self._outbox = Outbox()
            return self._outbox

    def next_sequence(self) -> int:
        """The number of what happens next: calls and jobs' statuses are counted together."""
        return next(self._sequence)

    def access_point_of_alias(self, alias: str) -> AccessPoint | None:
        """The access point that has this alias."""
        return next((one for one in self.access_points.values() if one.alias == alias), None)

    def buckets_of(self, region: str) -> Buckets:
        """The buckets of the partition that a region belongs to."""
        partition = partition_of(region).name
        if partition not in self.partitions:
            self.partitions[partition] = Buckets()
        return self.partitions[partition]

    def all_buckets(self) -> list[Bucket]:
        """The buckets of all partitions."""
        return [bucket for buckets in self.partitions.values() for bucket in buckets.values()]

    def any_bucket(self, name: str, region: str) -> Bucket | None:
        """The bucket of this name in the partition of a region, else in any other partition."""
        places = (self.buckets_of(region), *self.partitions.values())
        return next((buckets[name] for buckets in places if name in buckets), None)

    def bucket_behind(self, name: str, region: str) -> Bucket | None:
        """The bucket of this name in the partition of a region, or of the access point with this alias."""
        buckets = self.buckets_of(region)
        point = None if name in buckets else self.access_point_of_alias(name)
        return buckets.get(name) if point is None else point.bucket

    def clear(self) -> None:
        """Forget every bucket, job and fault. Time and ids go on."""
        with self.lock:
            for name in (*_REMEMBERED, "jobs", "functions", "answers"):
                getattr(self, name).clear()

    def __repr__(self) -> str:
        return f"<World with {len(self.all_buckets())} buckets and {len(self.jobs)} jobs>"


#: How often a thread lets others run, at most, before it queues for the lock.
_MOST_TURNS: Final = 1000
#: What a copy copies as a whole, and clear() clears.
_REMEMBERED: Final = (
    "partitions",
    "outpost_buckets",
    "access_points",
    "storage_lens",
    "storage_lens_groups",
    "account_public_access_blocks",
    "identities",
    "events",
    "restores",
    "function_failures",
    "unwritten_inventories",
    "faults",
)
#: What is restored as a whole, beside time and what the test author gave.
RESTORED: Final = (
    *(name for name in _REMEMBERED if name not in {"faults", "function_failures", "unwritten_inventories"}),
    *("jobs", "ids", "jobs_created", "due"),
)
