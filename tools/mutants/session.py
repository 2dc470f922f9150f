"""A plugin of pytest that tries mutants in place of running the tests that were collected.

Every mutant has a child process (a fork), in which the code of the changed function is put in the place of
the original's: whoever imported the function has the mutant, and nothing is imported again.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

import coverage
import pytest

from tools.mutants.mutate import Mutant, mutants
from tools.mutants.results import ROOT, Results, row_of

#: What a mutant may take, in seconds of the processor's time, before it counts as killed: it never ends.
_LONGEST: Final = 60
#: How many tests are tried on a mutant at most; one that survives the fastest hundred counts as survived.
_MOST_TESTS: Final = 150


class MutationSession:
    """Tries the mutants of some modules.

    :param modules: their paths.
    :param results: where what is found out is kept.
    """

    def __init__(self, modules: list[Path], results: Results) -> None:
        self._modules, self._results = modules, results

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests."""
        items = {item.nodeid: item for item in session.items}
        durations, reached = _in_child(lambda: self._measured(session.items))
        print(f"\n{len(durations)} tests passed in {sum(durations.values()):.0f} s with coverage", flush=True)
        for module in self._modules:
            self._try_module(module, items, durations, reached[str(module)])
        return True

    def _measured(self, items: list[pytest.Item]) -> tuple[dict[str, float], dict[str, dict[int, set[str]]]]:
        """How long the tests take that pass, and which of them reach which lines."""
        included = [str(one) for one in self._modules]
        measure = coverage.Coverage(data_file=None, include=included, config_file=False)
        durations: dict[str, float] = {}
        measure.start()
        for item in items:
            measure.switch_context(item.nodeid)
            start = time.process_time()
            if _passes(item):
                durations[item.nodeid] = time.process_time() - start
        measure.stop()
        data = measure.get_data()
        reached = {
            str(module): {
                line: {name for name in names if name in durations}
                for line, names in data.contexts_by_lineno(str(module)).items()
            }
            for module in self._modules
        }
        return durations, reached

    def _try_module(
        self, path: Path, items: dict[str, Any], durations: dict[str, float], reached: dict[int, set[str]]
    ) -> None:
        found, start = self._results.of(path), time.monotonic()
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name)
        before = found["seconds"]
        for mutant in mutants(path.read_text(encoding="utf-8")):
            if mutant.name in found["mutants"]:
                continue
            tests = sorted(reached.get(mutant.line, ()), key=lambda test: durations[test])[:_MOST_TESTS]
            chosen = [items[one] for one in tests]
            killed = _in_child(partial(_kills, module, mutant, chosen), _LONGEST)
            found["mutants"][mutant.name] = "survived" if killed is None else killed
            found["seconds"] = before + time.monotonic() - start
            self._results.keep(path, found)
        found["complete"] = True
        self._results.keep(path, found)
        print(f"{row_of(found)} {found['seconds']:.0f} s", flush=True)
        for mutant_name, status in found["mutants"].items():
            if status == "survived":
                print(f"    {mutant_name}", flush=True)


def _kills(module: Any, mutant: Mutant, tests: list[pytest.Item]) -> str | None:
    """The test that fails with a mutant; None when none does."""
    _put_in_place(module, mutant)
    return next((one.nodeid for one in tests if not _passes(one)), None)


def _passes(item: pytest.Item) -> bool:
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=None)
    return all(report.passed for report in reports)


def _in_child(work: Callable[[], Any], longest: float | None = None) -> Any:
    """What a function gives in a child of this process.

    :param longest: how many seconds of the processor's time it may take; ``"no end"`` where it takes more.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        if longest is not None:
            signal.setitimer(signal.ITIMER_PROF, longest)
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(content) if content else "no end"


def _put_in_place(module: Any, mutant: Mutant) -> None:
    """Give the function of a module the mutant's code."""
    changed = _code_of(compile(mutant.tree, module.__file__, "exec"), mutant.function.split("."))
    function = _function(module, mutant.function)
    function.__code__ = changed.replace(co_freevars=function.__code__.co_freevars)


def _code_of(code: CodeType, names: list[str]) -> CodeType:
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and constant.co_name == names[0]:
            return _code_of(constant, names[1:]) if len(names) > 1 else constant
    raise LookupError(".".join(names))


def _function(module: Any, name: str) -> FunctionType:
    """The function of a name, behind whatever wraps it: properties, class methods, caches."""
    thing: Any = module
    for part in name.split("."):
        thing = vars(thing)[part]
    inner = getattr(thing, "fget", None) or getattr(thing, "func", None) or thing
    inner = getattr(inner, "__func__", inner)
    while hasattr(inner, "__wrapped__"):
        if hasattr(inner, "cache_clear"):
            inner.cache_clear()
        inner = inner.__wrapped__
    assert isinstance(inner, FunctionType), name
    return inner
