"""A failing sequence made small: steps and parameters are left out while it fails in the same way."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from tools.fuzz.generate import Step
from tools.fuzz.run import Run, run
from tools.fuzz.values import JsonText

#: How often a sequence is run at most to make it small.
_MOST_RUNS: Final = 400


def minimised(failed: Run, steps: Sequence[Step]) -> Run:
    """The smallest run that was found to fail like this one.

    :param steps: those that it was given; the one that failed may be a read that came after them.
    """
    search = _Search(failed)
    kept = list(steps)
    if failed.failed_at is not None:
        kept = (
            [*steps[: steps.index(failed.failed_at)], failed.failed_at]
            if failed.failed_at in steps
            else [
                *steps,
                failed.failed_at,
            ]
        )
    if search.fails(kept):
        search.shorten(kept)
        search.simplify()
    return search.best


class _Search:
    def __init__(self, failed: Run) -> None:
        self.best, self._signature = failed, failed.signature
        self._steps: list[Step] = []
        self._runs = 0

    def fails(self, steps: Sequence[Step]) -> bool:
        self._runs += 1
        if self._runs > _MOST_RUNS:
            return False
        tried = run(self.best.seed, steps, reads=0)
        if tried.signature != self._signature:
            return False
        self.best, self._steps = tried, list(steps)
        return True

    def shorten(self, steps: list[Step]) -> None:
        size = len(steps) // 2
        while size:
            start = 0
            while start < len(self._steps) - 1:
                without = self._steps[:start] + self._steps[start + size :]
                if not without or not self.fails(without):
                    start += size
            size //= 2

    def simplify(self) -> None:
        number = len(self._steps) - 1
        while number >= 0:
            if not any(self.fails(fewer) for fewer in self._simpler(number)):
                number -= 1

    def _simpler(self, number: int) -> Iterator[list[Step]]:
        step = self._steps[number]
        for path in list(_paths(step.params)):
            params = copy.deepcopy(dict(step.params))
            holder = params
            for name in path[:-1]:
                holder = holder.document if isinstance(holder, JsonText) else holder[name]
            del holder[path[-1]]
            yield [*self._steps[:number], replace(step, params=params), *self._steps[number + 1 :]]


def _paths(value: Any) -> Iterator[tuple[Any, ...]]:
    """The members and entries of a document, outer ones first."""
    if isinstance(value, JsonText):
        yield from (("document", *path) for path in _paths(value.document))
        return
    names = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    yield from ((name,) for name in names)
    for name in names:
        yield from ((name, *path) for path in _paths(value[name]))
