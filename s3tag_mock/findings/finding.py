"""A finding, and the run of a mock that findings are drawn from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from s3tag_mock.dispatch.call import Call
from s3tag_mock.dispatch.settings import JobProgress
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.record import TagUse
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.state.job import Job
from s3tag_mock.state.world import World


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a test author may want to know.

    :param kind: one of the declared kinds.
    :param text: what happened, and what to do.
    :param option: of the mock, that the text advises in the place of ``{}``.
    """

    kind: Kind
    text: str
    option: str = ""

    def __str__(self) -> str:
        return f"{self.kind.name}: {self.text}"

    def with_advice(self, form: str) -> Finding:
        """The same, saying what to write where the test intends it.

        :param form: how the mock was entered, with a hole for its options.
        """
        if self.option:
            return replace(self, text=self.text.replace("{}", form.format(self.option)))
        if self.kind.is_note or self.kind is Kind.unused_fault:  # which say what to do themselves
            return self
        allow = form.format(f"allow=[{self.kind.name!r}]")
        return replace(self, text=f"{self.text} If the test intends this, write {allow}.")


#: What the test looked at through the handle (``("object", bucket, key)``, ``("job", id)``, ...), and how
#: many calls had been answered when it last did.
Inspected = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class MockRun:
    """Everything that happened in a mock.

    :param world: its state at the end.
    :param calls: in the order in which they were answered.
    :param inspected: what the test looked at.
    :param callers: the access key and endpoint of each client that made a call.
    :param refusals: what the mock refused with NotSupported.
    :param turned_away: hosts of AWS's that children were about to reach.
    :param job_progress: when jobs moved on.
    :param test_failed: whether the test failed: then everything that may explain it is reported.
    """

    world: World
    calls: Sequence[Call]
    inspected: Inspected
    callers: Collection[tuple[str | None, str]]
    refusals: Sequence[str] = ()
    turned_away: Collection[str] = ()
    job_progress: JobProgress = "immediate"
    test_failed: bool = False

    @cached_property
    def erased_tags(self) -> bool:
        """Whether any call erased tags. Most mocks have none, and need no search for who had read them."""
        return any(call.erased for call in self.calls)

    def inspected_since(self, call_number: int, *subjects: tuple[str, ...]) -> bool:
        """Whether the test looked at any of these subjects after a call was answered."""
        return any(self.inspected.get(subject, -1) > call_number for subject in subjects)


def created_jobs(run: MockRun) -> Iterator[tuple[int, Job]]:
    """Each job that a call created, with the number of the first such call: a token may repeat it."""
    seen: set[str] = set()
    for number, call in enumerate(run.calls):
        job = run.world.jobs.get(call.response.get("JobId", "")) if call.operation == "CreateJob" else None
        if job is not None and job.id not in seen:
            seen.add(job.id)
            yield number, job


def use_of_tags(call: Call) -> TagUse | None:
    """What a call does with tags, if it is about nothing else."""
    operation = OPERATIONS.get((call.service, call.operation))
    return None if operation is None else operation.tags
