"""Answers of the test author's own: which there are, and which calls they are for.

The test author makes them through ``aws.answers`` (:mod:`s3tag_mock.api.answers`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, Misuse

__tracebackhide__ = FROM_TEST_AUTHORS


Params = Mapping[str, Any]
Result = Mapping[str, Any]
#: Asks the mock itself for its answer.
Proceed = Callable[[], Result]
#: Gives the answer to one call, or raises AwsError or NoAnswer.
Step = Callable[[Params, Proceed], Result]

#: The remark on a call that got one.
ANSWERED: Final = "answered by aws.answers"


@dataclass(eq=False)
class Answer:
    """An answer, as ``aws.answers.add`` makes it; leaving it as a context manager removes it.

    :param service: botocore's name; None for any.
    :param when: takes the call's parameters; None for every call.
    :param steps: what the calls get, one after the other; the last one for all that follow.
    :param times: how many calls it answers at most; None for no limit.
    :param hits: how many it answered.
    """

    service: str | None
    operation: str
    when: Callable[[Params], object] | None
    steps: tuple[Step, ...]
    times: int | None
    among: Answers = field(repr=False)
    hits: int = 0

    def remove(self) -> None:
        """Stop it from answering calls; removing it twice is not an error."""
        self.among.remove(self)

    def names(self, service: str, operation: str) -> bool:
        """Whether it is for calls of an operation."""
        return self.operation == operation and self.service in {None, service}

    def next_step(self) -> Step | None:
        """What the next call gets; None when no more are answered. The caller holds the lock."""
        if self.times is not None and self.hits >= self.times:
            return None
        self.hits += 1
        return self.steps[min(self.hits, len(self.steps)) - 1]

    def matches(self, params: Params) -> bool:
        """Whether it is for a call with these parameters."""
        try:
            return self.when is None or bool(self.when(params))
        except Exception as problem:
            raise Misuse(
                f"when= of the answer to {self.operation} raised {problem!r} for {dict(params)!r}. It is "
                "called for every call of the operation: use params.get(...) for parameters that may be "
                "absent."
            ) from problem

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()

    def __repr__(self) -> str:
        return f"<answer to {self.operation}: given {self.hits} times>"


class Answers:
    """The answers of a world, in the order in which they were made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: list[Answer] = []
        #: All that were ever added, also the removed ones: findings report those that were never given.
        self.all_added: list[Answer] = []

    def add(self, answer: Answer) -> None:
        """Let it answer calls from now on."""
        self._answers.append(answer)
        self.all_added.append(answer)

    def remove(self, answer: Answer) -> None:
        """Stop it from answering calls."""
        self._answers = [one for one in self._answers if one is not answer]

    def clear(self) -> None:
        """Forget them all."""
        self._answers, self.all_added = [], []

    def copy(self) -> Answers:
        """The same answers, which are counted apart and need not be given."""
        other = Answers()
        other._answers = [replace(one, among=other) for one in self._answers]
        return other

    def __bool__(self) -> bool:
        """Whether any is active."""
        return bool(self._answers)

    def active(self) -> list[Answer]:
        """The active answers."""
        return list(self._answers)

    def concern(self, service: str, operation: str) -> bool:
        """Whether any active answer is for calls of an operation."""
        return any(one.names(service, operation) for one in self._answers)

    def take(self, service: str, operation: str, params: Params) -> Step | None:
        """What a call gets, which counts as given; None where no answer is for it."""
        for answer in self.active():
            if answer.names(service, operation) and answer.matches(params):
                with self._lock:
                    step = answer.next_step()
                if step is not None:
                    return step
        return None
