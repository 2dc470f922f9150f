"""A mock that was entered: what it shares, what it changed, who can leave it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from weakref import ref

from s3tag_mock.dispatch.call_log import CallLog
from s3tag_mock.dispatch.settings import Settings
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, NotSupported
from s3tag_mock.intercept import variables
from s3tag_mock.intercept.environment import NOTHING_REPLACED, Replaced
from s3tag_mock.intercept.undo import Undo
from s3tag_mock.state.world import World

__tracebackhide__ = FROM_TEST_AUTHORS


#: Whether it can be seen at once that nobody holds a thing any more.
COUNTS_REFERENCES: Final = sys.implementation.name == "cpython" and "free-threading" not in sys.version
#: The variable that ``os.path.expanduser`` reads.
_HOME: Final = b"USERPROFILE" if os.name == "nt" else b"HOME"
#: How a mock is entered, with a hole for its options.
Form = Literal["mock_tagging({})", "@mock_tagging({})", "@pytest.mark.tagging_mock({})"]
#: What a mock is around: a decorated class, or a test of one.
Wraps = Literal["class", "test"]


@dataclass(eq=False)
class Scope:
    """A mock that was entered and not yet left.

    :param world: shared with the mocks inside it.
    :param calls: shared likewise.
    :param inspected: what the test looked at, to how many calls had been answered then; shared likewise.
    :param callers: access keys and endpoints of whoever called; shared likewise.
    :param secrets: of access keys that clients signed with; shared likewise.
    :param refusals: what the mock refused with NotSupported, each with its sequence number; shared likewise.
    :param turned_away: hosts of AWS's, with their ports, that children were about to reach; shared likewise.
    :param is_outermost: whether it is no mock inside another.
    :param entered: file and line of the test author, where they are known.
    :param form: how it was entered.
    :param wraps: what it is around, if that is a class or a test of one.
    :param copy_of: the mock whose world it began with a copy of.
    :param home: the user's home directory, where the environment named it when it was entered.
    :param replaced: variables of the environment: what they were, and what the mock made of them.
    :param credentials_file: what botocore reads in place of the user's own.
    :param servers: what serves it to other processes: each has a ``url``, and can ``abandon()`` its copy in a
        fork.
    :param undo: undoes what this mock alone changed in the process.
    :param owner: who can leave it.
    """

    world: World
    calls: CallLog
    settings: Settings
    inspected: dict[tuple[str, ...], int] = field(default_factory=dict)
    callers: set[tuple[str | None, str]] = field(default_factory=set)
    secrets: dict[str, set[str]] = field(default_factory=dict, repr=False)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    turned_away: set[str] = field(default_factory=set)
    is_outermost: bool = True
    entered: tuple[str, int] | None = None
    form: Form = "mock_tagging({})"
    wraps: Wraps | None = None
    copy_of: Scope | None = None
    home: bytes | None = field(default_factory=lambda: variables.value(_HOME))
    replaced: Replaced = NOTHING_REPLACED
    credentials_file: str = os.devnull
    servers: list[Any] = field(default_factory=list)
    undo: Undo = field(default_factory=Undo)
    owner: ref[Any] | None = None

    def refuse(self, problem: str) -> NotSupported:
        """Note a refusal, so that a test which goes on after it is told, and give what to raise."""
        self.refusals.append((self.world.next_sequence(), problem))
        return NotSupported(problem)

    @property
    def place(self) -> tuple[str, int]:
        """File and line of whoever entered it, for a warning."""
        return self.entered or ("s3tag_mock", 1)

    @property
    def entered_at(self) -> str:
        """The same, for a message."""
        return "an unknown place" if self.entered is None else "{}:{}".format(*self.entered)

    @property
    def is_forgotten(self) -> bool:
        """Whether whoever could leave it is gone."""
        return self.owner is not None and self.owner() is None
