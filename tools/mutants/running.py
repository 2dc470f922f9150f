"""Tests run in a child process, without reports: which fails first, and how long they take."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, cast

import pytest

#: What ``in_child`` gives for a child that was ended, since it took too long or ended itself.
NO_END: Final = "no end"
#: How much of the processor's time a test may take: seconds, and a multiple of what it takes otherwise.
_SECONDS, _TIMES = 2.0, 10
#: How many seconds a child is waited for at a time.
_STEP: Final = 0.1
#: Those that take long to fill, and know nothing of the package.
_KEPT_CACHES: Final = {"s3tag_mock.operations.operation_names.model"}


class ChildProblem(Exception):
    """What was to be done in a child raised an exception that is no test's."""


def in_child(work: Callable[[], Any], wall: float) -> Any:
    """What a function gives in a child of this process, or ``NO_END``.

    :param wall: how many seconds it may take by the clock; children that wait for ever take no other time.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_in_child(work, reading, writing)
    os.close(writing)
    try:
        content = _content(reading, wall)
    finally:
        os.close(reading)
        _end(child)
    outcome, problem = pickle.loads(content) if content else (NO_END, "")
    if problem:
        raise ChildProblem(problem)
    return outcome


def _work_in_child(work: Callable[[], Any], reading: int, writing: int) -> None:
    """Do it, write what it gave, and end."""
    os.setpgid(0, 0)
    os.close(reading)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        answer: tuple[Any, str] = (work(), "")
    except BaseException:
        answer = (None, traceback.format_exc())
    signal.setitimer(signal.ITIMER_PROF, 0)
    with os.fdopen(writing, "wb") as pipe:
        pickle.dump(answer, pipe)
    os._exit(0)


def _content(reading: int, wall: float) -> bytes:
    """What a child wrote until it ended; nothing if it didn't end in time.

    It counts the seconds that this process waits: no time passes while both processes are stopped.
    """
    pieces: list[bytes] = []
    waited = 0.0
    while waited < wall:
        if not select.select([reading], [], [], _STEP)[0]:
            waited += _STEP
        elif piece := os.read(reading, 1 << 16):
            pieces.append(piece)
        else:
            return b"".join(pieces)
    return b""


def _end(child: int) -> None:
    """End a child with what it started."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            end(child, signal.SIGKILL)
    os.waitpid(child, 0)


def first_failing(tests: Sequence[tuple[pytest.Item, float]]) -> str | None:
    """The first test of some that doesn't pass; None when all pass.

    :param tests: with the seconds of the processor's time that each takes.
    """
    for number, (item, seconds) in enumerate(tests):
        signal.setitimer(signal.ITIMER_PROF, _SECONDS + _TIMES * seconds)
        following = tests[number + 1][0] if number + 1 < len(tests) else None
        if not passes(item, following):
            return item.nodeid
    return None


def passes(item: pytest.Item, following: pytest.Item | None = None) -> bool:
    """Run a test.

    :param following: the test that is run next; fixtures of a wider scope stay for it.
    """
    reports: Any = item.config.pluginmanager.get_plugin(PlainReports.NAME)
    reports.raised = False
    try:
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
    except Exception:
        return False  # of a hook of the package's own plugin, which ends the whole run
    return not reports.raised


class PlainReports:
    """A plugin that makes reports without texts: those of a failure take longer than the test.

    :ivar raised: whether anything but success was reported.
    """

    NAME: Final = "plain_reports"

    def __init__(self) -> None:
        self.raised = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> pytest.TestReport:
        """A report without a text; one of failure is called skipped, so that others add no texts to it."""
        raised = call.excinfo is not None
        self.raised |= raised
        when = cast("Literal['setup', 'call', 'teardown']", call.when)
        return pytest.TestReport(
            item.nodeid, item.location, {}, "skipped" if raised else "passed", None, when
        )


def caches(package: str) -> dict[str, Any]:
    """The caches of the functions of a package's modules that were imported, by full name."""
    found = {
        f"{value.__module__}.{value.__qualname__}": value
        for name, module in list(sys.modules.items())
        if name.startswith(f"{package}.")
        for value in vars(module).values()
        if hasattr(value, "cache_clear") and hasattr(value, "__wrapped__")
    }
    return {name: cache for name, cache in found.items() if name not in _KEPT_CACHES}
