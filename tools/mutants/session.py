"""A plugin of pytest that tries mutants in place of running the tests that were collected.

Every mutant has a child process (a fork), in which the code of the changed function is put in the place of
the original's: whoever imported the function has the mutant, and nothing is imported again.
"""

from __future__ import annotations

import ast
import gc
import importlib
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from itertools import accumulate, groupby
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import Phase, settings

from tools.mutants.mutate import Mutant, called_at_import, calls_of_import, changed_tree, mutants
from tools.mutants.reach import Reach, forget_results, measured
from tools.mutants.results import ROOT, Results, row_of
from tools.mutants.running import NO_END, ChildProblem, PlainReports, first_failing, in_child, passes

#: Tests with how many seconds each takes.
Tests: TypeAlias = list[tuple[pytest.Item, float]]
#: By the file of a module, the functions that its functions made.
Closures: TypeAlias = dict[str, list[FunctionType]]
SURVIVED: Final = "survived"
#: How many tests are tried on a mutant at most, and how many seconds those take together that are followed by
#: another: what survives those that are likeliest to notice counts as survived.
_MOST_TESTS: Final = 60
_MOST_SECONDS: Final = 1.5
#: How many times as many and as long when survivors are tried again.
_TIMES_AGAIN: Final = 10
#: How many examples of one test are tried before other tests are.
_EXAMPLES: Final = 3
#: How many seconds tests may take by the clock, and how many times as long as of the processor's time: where
#: a mutant waits for what never comes, no other time passes.
_WALL, _WALL_TIMES = 20.0, 10


class MutationSession:
    """Tries the mutants of some modules.

    :param modules: their paths.
    :param results: where what is found out is kept.
    :param again: whether mutants that survived before are tried again.
    """

    def __init__(self, modules: list[Path], results: Results, *, again: bool = False) -> None:
        self._modules, self._results, self._again = modules, results, again
        self._items: dict[str, pytest.Item] = {}
        self._reach = Reach({}, {})
        self._closures: Closures = {}
        trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "s3tag_mock").rglob("*.py"))
        self._called_elsewhere = set[str]().union(*map(calls_of_import, trees))
        #: Whether a test passes in a child without a mutant, as far as that was tried.
        self._sound: dict[str, bool] = {}
        #: How many mutants a test killed, by function and by module.
        self._kills: defaultdict[tuple[Path, str], Counter[str]] = defaultdict(Counter)

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Make failing quick: no texts, and no search for the smallest example of a property."""
        session.config.pluginmanager.register(PlainReports(), PlainReports.NAME)
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", phases=phases, database=None, report_multiple_bugs=False)
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests."""
        self._items = {item.nodeid: item for item in session.items}
        self._reach = measured(session.items, self._results.folder)
        print(f"\n{len(self._reach.durations)} tests pass", flush=True)
        self._warm_up()
        self._closures = _closures()
        gc.collect()
        gc.disable()
        gc.freeze()
        for module in self._modules:
            self._try_module(module)
        return True

    def _warm_up(self) -> None:
        """Run a test of each file of operations, so that not every child imports and reads the same."""
        passing = [name for name in self._items if name in self._reach.durations]
        names = [name for name in passing if name.startswith("tests/operations/")]
        for _, tests in groupby(names, key=lambda name: name.partition("::")[0]):
            passes(self._items[next(tests)])

    def _try_module(self, path: Path) -> None:
        source, start = path.read_text(encoding="utf-8"), time.monotonic()
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        every, found = mutants(source), self._results.of(path)
        early = called_at_import(source, self._called_elsewhere)
        # What only makes a table at import is left alone, as tables are.
        every = [one for one in every if one.function not in early or self._tests_of(path, module, one)]
        known, before = found["mutants"], found["seconds"]
        found["mutants"] = {one.name: known[one.name] for one in every if one.name in known}
        left_alone = {name for name, status in known.items() if status != SURVIVED or not self._again}
        chosen = [one for one in every if one.name not in left_alone]
        for number, mutant in enumerate(chosen):
            found["mutants"][mutant.name] = self._status(path, module, mutant, source)
            found["seconds"] = before + time.monotonic() - start
            if number % 20 == 0:
                self._results.keep(path, found)
        found["complete"] = True
        self._results.keep(path, found)
        print(f"{row_of(found)} {len(chosen)} tried in {time.monotonic() - start:.0f} s", flush=True)

    def _status(self, path: Path, module: ModuleType, mutant: Mutant, source: str) -> str:
        """The test that fails with a mutant in its place, and passes without; or what else happened."""
        put = partial(_put_in_place, module, mutant, source, self._closures)
        while True:
            tests = self._tests_for(path, module, mutant)
            try:
                killer = in_child(partial(_killer, put, tests), _wall(tests))
            except ChildProblem as problem:
                print(f"{path.name}: {mutant.name}\n{problem}", flush=True)
                killer = None
            if killer is None:
                return SURVIVED
            if killer == NO_END or self._is_sound(killer):
                for function in (mutant.function, ""):
                    self._kills[path, function][killer] += 1
                return str(killer)

    def _tests_for(self, path: Path, module: ModuleType, mutant: Mutant) -> Tests:
        """The tests for a mutant, with their durations: those that killed others of its function or module,
        then those of its subject, by their names, then the fastest; the first examples of all before further
        ones of any.
        """
        durations, kills = self._reach.durations, self._kills
        names = self._tests_of(path, module, mutant)
        folder, words = path.relative_to(ROOT).parts[1], _words(f"{path.stem}_{mutant.function}")
        own = f"tests/{folder}/test_{path.stem.rstrip('s')}"
        alike = {one: sum(word in one for word in words) for one in names}
        names.sort(key=lambda one: (not one.startswith(own), -alike[one], durations[one], one))
        examples: Counter[str] = Counter()
        ranks = {}
        for one in names:
            test = one.partition("[")[0]
            examples[test] += 1
            ranks[one] = (
                -kills[path, mutant.function][one],
                -kills[path, ""][one],
                examples[test] // _EXAMPLES,
            )
        names.sort(key=ranks.__getitem__)
        times = _TIMES_AGAIN if self._again else 1
        starts = accumulate((durations[one] for one in names), initial=0.0)
        affordable = [one for one, start in zip(names, starts, strict=False) if start < times * _MOST_SECONDS]
        return [(self._items[one], durations[one]) for one in affordable[: times * _MOST_TESTS]]

    def _tests_of(self, path: Path, module: ModuleType, mutant: Mutant) -> list[str]:
        names = self._reach.of(path, mutant.first, mutant.line)
        if not names:
            # Children of a test may reach the line, which isn't seen; the test itself reaches others.
            start = _function(module, mutant.function).__code__.co_firstlineno + 1
            names = names.union(*(self._reach.of(path, line, line) for line in range(start, mutant.line)))
        return [one for one in names if self._sound.get(one, one in self._items)]

    def _is_sound(self, test: str) -> bool:
        """Whether a test passes in a child without a mutant."""
        if test not in self._sound:
            tests = [(self._items[test], self._reach.durations[test])]
            self._sound[test] = in_child(partial(_first_failing_anew, tests), _wall(tests)) is None
        return self._sound[test]


def _wall(tests: Tests) -> float:
    return _WALL + _WALL_TIMES * sum(seconds for _, seconds in tests)


def _words(name: str) -> set[str]:
    """The words that are long enough to say something, without the s of a plural."""
    return {word.rstrip("s") for word in re.split(r"[._]", name.lower()) if len(word) > 3}


def _killer(put: Callable[[], None], tests: Tests) -> str | None:
    """Tests run with what was put in place."""
    put()
    return _first_failing_anew(tests)


def _first_failing_anew(tests: Tests) -> str | None:
    forget_results()
    return first_failing(tests)


def _closures() -> Closures:
    """The functions of the package that were made in other functions."""
    found: Closures = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and ".<locals>." in one.__code__.co_qualname:
            found[one.__code__.co_filename].append(one)
    return found


def _put_in_place(module: ModuleType, mutant: Mutant, source: str, closures: Closures) -> None:
    """Give the function of a module the mutant's code, and functions that it made already theirs."""
    whole = compile(changed_tree(source, mutant), str(module.__file__), "exec", dont_inherit=True)
    changed = _code_of(whole, mutant.function.split("."))
    function = _function(module, mutant.function)
    function.__code__ = changed.replace(co_freevars=function.__code__.co_freevars)
    for closure in closures.get(str(module.__file__), ()):
        name = closure.__code__.co_qualname
        if name.startswith(f"{mutant.function}.<locals>.") and "<lambda>" not in name:
            inner = _code_of(whole, name.replace("<locals>.", "").split("."))
            variables = closure.__code__.co_freevars
            if inner.co_freevars in {(), variables}:
                closure.__code__ = inner.replace(co_freevars=variables)


def _code_of(code: CodeType, names: list[str]) -> CodeType:
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and constant.co_name == names[0]:
            return _code_of(constant, names[1:]) if len(names) > 1 else constant
    raise LookupError(".".join(names))


def _function(module: ModuleType, name: str) -> FunctionType:
    """The function of a name, behind whatever wraps it: properties, class methods, caches."""
    thing: Any = module
    for part in name.split("."):
        thing = vars(thing)[part]
    inner = getattr(thing, "fget", None) or getattr(thing, "func", None) or thing
    inner = getattr(inner, "__func__", inner)
    while hasattr(inner, "__wrapped__"):
        inner = inner.__wrapped__
    assert isinstance(inner, FunctionType), name
    return inner
