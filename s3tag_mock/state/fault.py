"""Failures on demand: which there are, and which calls and tasks they are about.

The test author makes them through ``aws.faults`` (:mod:`s3tag_mock.api.faults`); what they do to a call
is in :mod:`s3tag_mock.faults.injection`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from s3tag_mock.exceptions import AwsError

Only = Literal["calls", "tasks"]
Params = Mapping[str, Any]

#: botocore's names of what a client raises when there is no response.
NO_ANSWERS: Final = (
    "ConnectionClosedError",
    "ConnectTimeoutError",
    "EndpointConnectionError",
    "ReadTimeoutError",
)
#: The remark on a call that a fault hit.
INJECTED: Final = "injected by aws.faults"
#: Every operation.
ANY: Final = "*"


class InjectedError(AwsError):
    """An error that a fault raised, and that the state of the world did not cause."""


class NoAnswer(Exception):
    """The connection failed: there is no response.

    :param name: one of :data:`NO_ANSWERS`.
    :param took_effect: whether the operation happened nevertheless.
    :param raised: the exception that the client gets, where the test author gave one.
    """

    def __init__(self, name: str, *, took_effect: bool = False, raised: Exception | None = None) -> None:
        super().__init__(name)
        self.raised = raised
        self.name = name
        self.took_effect = took_effect


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which calls a fault hits, by operation, parameters and number.

    :param service: botocore's name; None for any.
    :param operation: AWS's name, or ``"*"``.
    :param when: takes the call's parameters; None for every call.
    :param only: calls of clients, or tasks of jobs; None for both.
    :param after: how many matching calls it lets pass first.
    :param every: of the calls after those it hits each ``every``-th.
    :param times: how many it hits at most; None for no limit.
    :param probability: with which it hits each of them.
    """

    service: str | None
    operation: str
    when: Callable[[Params], object] | None = None
    only: Only | None = None
    after: int = 0
    every: int = 1
    times: int | None = None
    probability: float = 1.0

    def names(self, service: str, operation: str, *, is_task: bool) -> bool:
        """Whether it is about these calls, apart from their parameters."""
        if self.only is not None and is_task != (self.only == "tasks"):
            return False
        return self.service in {None, service} and self.operation in {ANY, operation}


@dataclass(eq=False)
class Fault:
    """A failure on demand, as ``aws.faults.add`` makes it; leaving it as a context manager removes it.

    :param describe: makes the error that a call with these parameters gets; None if it is only delayed.
    :param text: how the test author wrote it.
    :param delay: how long the response takes, in seconds of the mock's clock.
    :param takes_effect: whether the operation happens, and only its response is lost.
    :param optional: whether it may stay without hits.
    :param seen: how many calls matched.
    :param hits: how many of them it hit.
    """

    pattern: Pattern
    describe: Callable[[Params], AwsError | NoAnswer] | None
    text: str
    delay: float
    takes_effect: bool
    among: Faults
    optional: bool = False
    seen: int = 0
    hits: int = 0

    def remove(self) -> None:
        """Stop it from hitting calls; removing it twice is not an error."""
        self.among.remove(self)

    def __enter__(self) -> Fault:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()

    def __repr__(self) -> str:
        hits = "1 hit" if self.hits == 1 else f"{self.hits} hits"
        return f"<fault {self.text}: {hits} of {self.seen} calls>"


class Faults:
    """The faults of a world, in the order in which they were made."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        #: All that were ever added, also the removed ones: findings report those that were never hit.
        self.all_added: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Make it hit calls from now on."""
        self._faults.append(fault)
        self.all_added.append(fault)

    def remove(self, fault: Fault) -> None:
        """Stop it from hitting calls."""
        self._faults = [one for one in self._faults if one is not fault]

    def predicates(self) -> dict[int, Any]:
        """For ``copy.deepcopy``: the test author's functions, which a copy shares."""
        return {id(fault.pattern.when): fault.pattern.when for fault in self.all_added}

    def clear(self) -> None:
        """Forget them all."""
        self._faults, self.all_added = [], []

    def __bool__(self) -> bool:
        """Whether any is active."""
        return bool(self._faults)

    def active(self) -> list[Fault]:
        """The active faults."""
        return list(self._faults)

    def concern(self, service: str, operation: str, *, is_task: bool = False) -> bool:
        """Whether any active fault is about these calls."""
        return any(one.pattern.names(service, operation, is_task=is_task) for one in self._faults)
