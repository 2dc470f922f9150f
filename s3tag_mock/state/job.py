"""A job of S3 Batch Operations and the results of its tasks."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from s3tag_mock.rules.job_failures import JobFailure
from s3tag_mock.rules.job_status import ENDED
from s3tag_mock.rules.tags import Tags, no_tags

#: Why a job is Suspended, as s3:JobSuspendedCause has it (DOCUMENTED), and DescribeJob (ASSUMED).
SUSPENDED_CAUSE: Final = "AWAITING_CONFIRMATION"


class ManifestRow(NamedTuple):
    """One line of a manifest: what a task is to work on.

    :param encoded_key: the key as the manifest spells it, which the report repeats.
    :param version_id: None where the manifest names no versions, ``""`` where it left this one out.
    """

    bucket: str
    key: str
    encoded_key: str
    version_id: str | None


#: The same as a job keeps it. The garbage collector leaves plain tuples of text alone; it would go through a
#: million of a class of their own again and again.
Row = tuple[str, str, str, str | None]


class Outcome(NamedTuple):
    """The result of a task. A million tasks that succeed share one.

    :param status: ``"succeeded"`` or ``"failed"``.
    :param error_code: ``""`` for a task that succeeded.
    """

    status: str
    error_code: str
    http_status: int
    message: str


class TaskResult(NamedTuple):
    """A task and its result: a row of the completion report."""

    bucket: str
    key: str
    version_id: str | None
    status: str
    error_code: str
    http_status: int
    message: str
    encoded_key: str


class ErasedTags(NamedTuple):
    """The keys of tags that an object had before a task, and no longer had after it."""

    bucket: str
    key: str
    tags: tuple[str, ...]


#: For how many objects a job remembers them.
_MOST_ERASED: Final = 100


@dataclass(slots=True, eq=False)
class Job:
    """A job, from CreateJob to its end.

    :param request: CreateJob's parameters in boto3's shape.
    :param created: to the millisecond.
    :param number: how many jobs were created before it.
    :param priority: the higher, the earlier; UpdateJobPriority changes it.
    :param status_reason: what UpdateJobStatus gave as its reason.
    :param generated: GeneratedManifestDescriptor, once a manifest was generated and written down.
    :param failure: FailureCode and FailureReason, once the job is Failing.
    :param rows: the manifest, once it was read.
    :param since: when it went into its status.
    :param done_before: how many tasks were done then.
    :param held_until: until when at least one of higher priority held it back, where jobs move by the clock.
    :param polls: how often it was described since it last changed its status.
    :param history: statuses, each with the number of the moment at which it was entered.
    :param untold: statuses that no event has told of yet, each with when it was entered.
    :param running: held by whoever moves it on.
    :param outcomes: the result of each row's task so far, in the order of the rows.
    :param role_id: of its role, once that was assumed; empty for one that nobody made.
    :param erased: the tags that its tasks erased, for the first objects.
    :param interrupted: whether a KeyboardInterrupt or the like left its last step unfinished.
    """

    id: str
    account: str
    region: str
    request: Mapping[str, Any]
    created: datetime
    number: int = 0
    priority: int = 0
    status_reason: str | None = None
    generated: Mapping[str, Any] | None = None
    running: threading.Lock = field(default_factory=threading.Lock)
    status: str = "New"
    tags: Tags = field(default_factory=no_tags)
    failure: JobFailure | None = None
    rows: Sequence[Row] = ()
    outcomes: list[Outcome] = field(default_factory=list)
    failed_tasks: int = 0
    active_since: datetime | None = None
    active_seconds: int = 0
    suspended: datetime | None = None
    ended: datetime | None = None
    report_key: str | None = None
    role_id: str | None = None
    since: datetime = field(init=False)
    done_before: int = 0
    held_until: datetime | None = None
    polls: int = 0
    erased: list[ErasedTags] = field(default_factory=list)
    interrupted: bool = False
    history: list[tuple[str, int]] = field(default_factory=list)
    untold: list[tuple[str, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.since = self.created

    def enter(self, status: str, now: datetime, sequence: int) -> None:
        """Go to another status, and note when.

        :param sequence: as :meth:`World.sequence` counts them.
        """
        if self.active_since is not None and status != "Active":
            self.active_seconds = self.seconds_active(now)
            self.active_since = None
        if status == "Active":
            self.active_since = now
        if status == "Suspended":
            self.suspended = now
        if status in ENDED:
            self.ended = now
        self.status, self.since, self.done_before = status, now, len(self.outcomes)
        self.polls = 0
        self.interrupted = False
        self.history.append((status, sequence))
        self.untold.append((status, now))

    def note_erased(self, row: ManifestRow, tags: tuple[str, ...]) -> None:
        """Remember which tags a task erased."""
        if len(self.erased) < _MOST_ERASED:
            self.erased.append(ErasedTags(row.bucket, row.key, tags))

    def copy(self) -> Job:
        """A job that goes its own way from here. Rows are shared: they never change once they were read."""
        other = copy.copy(self)
        other.running = threading.Lock()
        for name in ("outcomes", "erased", "history", "untold"):
            setattr(other, name, list(getattr(self, name)))
        return other

    def seconds_active(self, now: datetime) -> int:
        """How long it was Active in all; a clock that was set back takes nothing away."""
        running = 0.0 if self.active_since is None else (now - self.active_since).total_seconds()
        return self.active_seconds + max(int(running), 0)

    @property
    def operation(self) -> str:
        """The name of the operation that it runs, such as ``"S3PutObjectTagging"``."""
        (name,) = self.request["Operation"]
        return str(name)

    @property
    def parameters(self) -> Mapping[str, Any]:
        """That operation's parameters, in boto3's shape."""
        (parameters,) = self.request["Operation"].values()
        wanted: Mapping[str, Any] = parameters
        return wanted

    @property
    def succeeded_tasks(self) -> int:
        """How many tasks succeeded so far."""
        return len(self.outcomes) - self.failed_tasks

    @property
    def counts(self) -> str:
        """How many tasks succeeded and failed so far, in words."""
        return f"{self.succeeded_tasks} succeeded, {self.failed_tasks} failed of {len(self.rows)}"

    def results(self, *, failed_only: bool = False) -> Iterator[TaskResult]:
        """The tasks that were done, with their results."""
        for (bucket, key, encoded_key, version_id), outcome in zip(self.rows, self.outcomes, strict=False):
            if failed_only and outcome.status != "failed":
                continue
            yield TaskResult(bucket, key, version_id, *outcome, encoded_key)
