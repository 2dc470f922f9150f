"""Failures on demand: which calls and tasks they hit, and what happens to those.

The test's author makes them through ``aws.faults`` (:mod:`s3tag_mock.faults`); here is what the mock
remembers of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from s3tag_mock.aws_error import AwsError
from s3tag_mock.misuse import Misuse
from s3tag_mock.sources import Clock, Ids

Only = Literal["calls", "tasks"]
Params = Mapping[str, Any]
T = TypeVar("T")

#: botocore's names of what a client sees when no answer comes.
NO_ANSWERS: Final = (
    "ConnectionClosedError",
    "ConnectTimeoutError",
    "EndpointConnectionError",
    "ReadTimeoutError",
)
#: What is said of their doings.
INJECTED: Final = "injected by aws.faults"
#: Every operation.
ANY: Final = "*"


class InjectedError(AwsError):
    """An error that a fault raised, and not the state of the world."""


class NoAnswer(Exception):
    """The connection failed: there is no answer.

    :param name: one of :data:`NO_ANSWERS`.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which calls a fault hits, by operation, parameters and number.

    :param service: botocore's name; None for any.
    :param operation: AWS's name, or ``"*"``.
    :param when: takes the call's parameters; None for every call.
    :param only: calls of clients, or tasks of jobs; None for both.
    :param after: how many matching calls it lets pass first.
    :param every: of the further ones it hits each ``every``-th.
    :param times: how many it hits at most; None for no end.
    :param probability: of each that it would hit.
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
        """Whether it is about these calls, whatever their parameters."""
        if self.only is not None and is_task != (self.only == "tasks"):
            return False
        return self.service in {None, service} and self.operation in {ANY, operation}


@dataclass(eq=False)
class Fault:
    """A failure on demand, as ``aws.faults.add`` makes it; leaving it as a context manager removes it.

    :param describe: the error that a call with these parameters gets; None where it is only delayed.
    :param text: how the test's author wrote it.
    :param delay: how long the answer takes, in seconds of the mock's clock.
    :param takes_effect: whether the operation happens all the same, and only its answer is lost.
    :param seen: how many calls matched.
    :param hits: how many of them it hit.
    """

    pattern: Pattern
    describe: Callable[[Params], AwsError | NoAnswer] | None
    text: str
    delay: float
    takes_effect: bool
    among: Faults
    seen: int = 0
    hits: int = 0

    def remove(self) -> None:
        """Let it hit nothing any more; once more is no error."""
        self.among.remove(self)

    def __enter__(self) -> Fault:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()

    def is_due(self, params: Params, ids: Ids) -> bool:
        """Count a call that the pattern names, and tell whether it is hit."""
        pattern = self.pattern
        if not self._matches(params):
            return False
        self.seen += 1
        number = self.seen - pattern.after
        if number < 1 or number % pattern.every or (pattern.times is not None and self.hits >= pattern.times):
            return False
        if pattern.probability < 1.0 and ids.chance() >= pattern.probability:
            return False
        self.hits += 1
        return True

    def _matches(self, params: Params) -> bool:
        try:
            return self.pattern.when is None or bool(self.pattern.when(params))
        except Exception as problem:
            raise Misuse(
                f"when= of the fault {self.text} raised {problem!r} for {dict(params)!r}. It is asked "
                "of every call of the operation, and of every task: use params.get(...) where something may "
                "be absent."
            ) from problem

    def __repr__(self) -> str:
        hits = "1 hit" if self.hits == 1 else f"{self.hits} hits"
        return f"<fault {self.text}: {hits} of {self.seen} calls>"


@dataclass(frozen=True, slots=True)
class Strike:
    """What faults do to one call.

    :param error: what it gets; None where it is only delayed.
    :param delay: in seconds.
    """

    error: AwsError | NoAnswer | None
    delay: float
    takes_effect: bool


class Faults:
    """The faults of a world, in the order in which they were made.

    :param clock: moved on by delays.
    :param ids: the source of chance.
    :param lock: the world's: tasks of jobs come here while they hold it.
    """

    def __init__(self, clock: Clock, ids: Ids, lock: Any) -> None:
        self._clock = clock
        self._ids = ids
        self._lock = lock
        self._faults: list[Fault] = []
        #: Those that were made, the removed ones too: a test is told of what was never hit.
        self.ever: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Have it hit calls from now on."""
        self._faults.append(fault)
        self.ever.append(fault)

    def remove(self, fault: Fault) -> None:
        """Have it hit nothing any more."""
        self._faults = [one for one in self._faults if one is not fault]

    def not_copied(self, clock: Clock, ids: Ids, lock: Any) -> dict[int, Any]:
        """For ``copy.deepcopy``: what takes the place of what a copy must not share, or can't copy.

        :param clock: of the copy.
        :param ids: of the copy.
        :param lock: of the copy.
        """
        predicates = {id(fault.pattern.when): fault.pattern.when for fault in self.ever}
        return {**predicates, id(self._clock): clock, id(self._ids): ids, id(self._lock): lock}

    def clear(self) -> None:
        """Forget them all."""
        self._faults, self.ever = [], []

    def __bool__(self) -> bool:
        """Whether there is any in force."""
        return bool(self._faults)

    def active(self) -> list[Fault]:
        """Those that may hit a call."""
        return list(self._faults)

    def concern(self, service: str, operation: str, *, is_task: bool = False) -> bool:
        """Whether any is about these calls."""
        return any(one.pattern.names(service, operation, is_task=is_task) for one in self._faults)

    def around(
        self,
        service: str,
        operation: str,
        params: Params,
        run: Callable[[], T],
        *,
        is_task: bool = False,
        struck: Callable[[Strike], object] | None = None,
    ) -> T:
        """Do something, or fail as the first fault that is due says. Delays add up.

        :param run: what to do; it is done at most once.
        :param struck: told of what befalls it, before it does.
        :raises AwsError: of the fault, or of ``run``.
        :raises NoAnswer: of the fault.
        """
        with self._lock:
            strike = self._strike(service, operation, params, is_task)
        if strike is None:
            return run()
        if struck is not None:
            struck(strike)
        if strike.delay:
            self._clock.wait(strike.delay)
        if strike.error is None:
            return run()
        if strike.takes_effect:
            run()
        raise strike.error

    def _strike(self, service: str, operation: str, params: Params, is_task: bool) -> Strike | None:
        delay, is_struck = 0.0, False
        for fault in self._faults:
            if not fault.pattern.names(service, operation, is_task=is_task):
                continue
            if not fault.is_due(params, self._ids):
                continue
            delay, is_struck = delay + fault.delay, True
            if fault.describe is not None:
                return Strike(fault.describe(params), delay, fault.takes_effect)
        return Strike(None, delay, takes_effect=True) if is_struck else None
