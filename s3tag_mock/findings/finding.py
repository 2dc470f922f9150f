"""A finding, and the run of a mock that findings are drawn from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from s3tag_mock.dispatch.call import Call
from s3tag_mock.dispatch.settings import JobProgress
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.record import TagUse
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.state.world import World


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a test author may want to know.

    :param kind: one of the declared kinds.
    :param text: what happened, and what to do.
    """

    kind: Kind
    text: str

    def __str__(self) -> str:
        return f"{self.kind.name}: {self.text}"


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

    def inspected_since(self, call_number: int, *subjects: tuple[str, ...]) -> bool:
        """Whether the test looked at any of these subjects after a call was answered."""
        return any(self.inspected.get(subject, -1) > call_number for subject in subjects)


def use_of_tags(call: Call) -> TagUse | None:
    """What a call does with tags, if it is about nothing else."""
    operation = OPERATIONS.get((call.service, call.operation))
    return None if operation is None else operation.tags
