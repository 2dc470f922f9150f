"""A finding, and what findings are made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from s3tag_mock.dispatch.call_log import Call
from s3tag_mock.state.world import World


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a test author may want to know.

    :param kind: one of :data:`s3tag_mock.dispatch.settings.FINDINGS`.
    :param text: what happened, and what to do.
    :param is_note: whether it is told in the report of a failed test alone, and not warned of.
    """

    kind: str
    text: str
    is_note: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


#: What the test looked at through the handle (``("object", bucket, key)``, ``("job", id)``, ...) to how
#: many calls had been answered when it last did.
Inspected = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Seen:
    """A mock's whole run.

    :param calls: in the order in which they were answered.
    :param inspected: what the test looked at.
    :param callers: access key and endpoint of whoever called.
    :param is_manual: whether jobs waited for the test.
    :param failed: whether the test failed anyway: then nothing is held back as perhaps meant.
    :param allow: kinds that are meant.
    """

    world: World
    calls: Sequence[Call]
    inspected: Inspected
    callers: Collection[tuple[str | None, str]]
    is_manual: bool = False
    failed: bool = False
    allow: Collection[str] = ()

    def inspected_since(self, call_number: int, *what: tuple[str, ...]) -> bool:
        """Whether the test looked at any of these after a call was answered."""
        return any(self.inspected.get(one, -1) > call_number for one in what)
