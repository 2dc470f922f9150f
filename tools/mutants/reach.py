"""Which tests reach which lines, and how long they take: kept as long as nothing changes."""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import coverage
import pytest

from tools.mutants.results import ROOT
from tools.mutants.running import caches, in_child, passes

#: How many seconds the measuring may take.
_LONGEST: Final = 3600


@dataclass(frozen=True)
class Reach:
    """What was measured.

    :param durations: of the tests that pass, by their ids, in seconds of the processor's time.
    :param reached: the ids of the tests that reach a line, by module (its path from the root) and line.
    """

    durations: dict[str, float]
    reached: dict[str, dict[int, frozenset[str]]]

    def of(self, module: Path, line: int) -> frozenset[str]:
        """The tests that reach a line; of one within an expression those of its first line."""
        lines = self.reached.get(str(module.relative_to(ROOT)), {})
        return next((lines[one] for one in range(line, 0, -1) if lines.get(one)), frozenset())


def measured(items: list[pytest.Item], folder: Path) -> Reach:
    """The reach of some tests, from a folder where it was kept or by running them.

    :param folder: is made when it isn't there.
    """
    files = [*(ROOT / "s3tag_mock").rglob("*.py"), ROOT / "conftest.py", *{item.path for item in items}]
    digest = _digest(sorted(files), [item.nodeid for item in items])
    kept = folder / "reach.pickle"
    if kept.exists():
        before, reach = pickle.loads(kept.read_bytes())
        if before == digest:
            return Reach(*reach)
    result = in_child(lambda: _measure(items), _LONGEST)
    folder.mkdir(exist_ok=True)
    kept.write_bytes(pickle.dumps((digest, result)))
    return Reach(*result)


def _digest(files: Iterable[Path], names: list[str]) -> str:
    digest = hashlib.sha256("\n".join(names).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _measure(items: list[pytest.Item]) -> tuple[Any, Any]:
    measure = coverage.Coverage(data_file=None, include=[f"{ROOT}/s3tag_mock/*"], config_file=False)
    durations: dict[str, float] = {}
    measure.start()
    for item in items:
        forget_results()
        measure.switch_context(item.nodeid)
        start = time.process_time()
        if passes(item):
            durations[item.nodeid] = time.process_time() - start
    measure.stop()
    data = measure.get_data()
    sets: dict[frozenset[str], frozenset[str]] = {}
    reached = {
        str(Path(path).relative_to(ROOT)): {
            line: sets.setdefault(names, names)
            for line, contexts in data.contexts_by_lineno(path).items()
            if (names := frozenset(name for name in contexts if name in durations))
        }
        for path in data.measured_files()
    }
    return durations, reached


def forget_results() -> None:
    """Empty the caches of functions: who finds a result there doesn't reach the function."""
    for cache in caches("s3tag_mock").values():
        cache.cache_clear()
