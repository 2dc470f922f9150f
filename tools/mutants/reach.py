"""Which tests reach which lines, and how long they take: measured once for each file of tests."""

from __future__ import annotations

import hashlib
import pickle
import time
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias

import coverage
import pytest

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.operations.catalogue import OPERATIONS
from tools.mutants.results import ROOT
from tools.mutants.running import caches, in_child, passes

#: How many seconds the measuring of a folder may take.
_LONGEST: Final = 3600
Lines: TypeAlias = dict[int, frozenset[str]]


@dataclass
class Reach:
    """What was measured; paths are those from the root.

    :param files: digests of the tests' files, as they were then.
    :param sources: the modules, as they were then.
    :param durations: of the tests that pass, by their ids, in seconds of the processor's time.
    :param reached: the ids of the tests that reach a line, by module and line.
    """

    files: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    durations: dict[str, float] = field(default_factory=dict)
    reached: dict[str, Lines] = field(default_factory=dict)

    def of(self, module: Path, first: int, line: int) -> frozenset[str]:
        """The tests that reach a line, or the last before it in its statement that has a code of its own.

        A line that is new in the module counts as one before it (see ``_lines_before``).
        """
        name = _named(module)
        if name not in self.sources:
            return frozenset()
        lines = self.reached[name]
        before = _lines_before(self.sources[name], module.read_text(encoding="utf-8"))
        found = (lines.get(before[one]) for one in range(line, first - 1, -1))
        return next((tests for tests in found if tests), frozenset())

    def add(self, durations: dict[str, float], reached: dict[str, Lines]) -> None:
        """Add what was measured of further tests."""
        self.durations |= durations
        for module, lines in reached.items():
            source = self.sources.setdefault(module, (ROOT / module).read_text(encoding="utf-8"))
            before = _lines_before(source, (ROOT / module).read_text(encoding="utf-8"))
            known = self.reached.setdefault(module, {})
            for line, names in lines.items():
                known[before[line]] = known.get(before[line], frozenset()) | names


@cache
def _lines_before(before: str, now: str) -> list[int]:
    """For each line of a module, by its number, which one it was before.

    A new one counts as the last line before it that isn't further in: what stands in a branch before it, and
    may return there, isn't reached by the same tests.
    """
    lines = now.splitlines()
    found = [0] * (len(lines) + 1)
    for block in SequenceMatcher(None, before.splitlines(), lines, autojunk=False).get_matching_blocks():
        found[block.b + 1 : block.b + 1 + block.size] = range(block.a + 1, block.a + 1 + block.size)
    for number, line in enumerate(lines, 1):
        earlier = (one for one in range(number - 1, 0, -1) if 0 < _depth(lines[one - 1]) <= _depth(line))
        found[number] = found[number] or next((found[one] for one in earlier), 0)
    return found


def _depth(line: str) -> int:
    """How far in a line begins, from 1 on; 0 for an empty one."""
    return len(line) - len(line.lstrip()) + 1 if line.strip() else 0


def measured(items: list[pytest.Item], folder: Path) -> Reach:
    """The reach of some tests, from a folder where it is kept; what is missing there is measured.

    :param folder: is made when it isn't there.
    """
    folder.mkdir(exist_ok=True)
    kept = folder / "reach.pickle"
    reach: Reach = pickle.loads(kept.read_bytes()) if kept.exists() else Reach()
    digests = {_named(path): _digest(path) for path in {item.path for item in items}}
    new = [item for item in items if reach.files.get(_named(item.path)) != digests[_named(item.path)]]
    for name, group in groupby(new, key=lambda item: item.path.parent):
        tests, start = list(group), time.monotonic()
        reach.add(*in_child(partial(_measure, tests), _LONGEST))
        reach.files |= {_named(item.path): digests[_named(item.path)] for item in tests}
        kept.write_bytes(pickle.dumps(reach))
        print(f"{_named(name)}: {len(tests)} tests measured in {time.monotonic() - start:.0f} s", flush=True)
    return reach


def _measure(items: list[pytest.Item]) -> tuple[dict[str, float], dict[str, Lines]]:
    measure = coverage.Coverage(data_file=None, include=[f"{ROOT}/s3tag_mock/*"], config_file=False)
    durations: dict[str, float] = {}
    # What runs when a module is imported isn't reached by the test that happens to be the first.
    len(OPERATIONS)
    measure.start()
    for item in items:
        forget_results()
        measure.switch_context(item.nodeid)
        start = time.process_time()
        if passes(item):
            durations[item.nodeid] = time.process_time() - start
    measure.stop()
    data = measure.get_data()
    reached = {
        _named(Path(path)): {
            line: frozenset(name for name in contexts if name in durations)
            for line, contexts in data.contexts_by_lineno(path).items()
        }
        for path in data.measured_files()
    }
    return durations, reached


def forget_results() -> None:
    """Empty the caches of functions, what was compiled of models, and what is made once in a process: who
    finds a result there doesn't reach the function.
    """
    for kept in caches("s3tag_mock").values():
        kept.cache_clear()
    for made in (ACTIVE._compiled, ACTIVE._routes, ACTIVE._operations):
        made.clear()
    for name in ("clients", "sessions", "steps"):
        vars(ACTIVE).pop(name, None)


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
