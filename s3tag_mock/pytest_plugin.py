"""pytest's fixture, marker, options and reports, found through the ``pytest11`` entry point.

It imports neither boto3 nor botocore before a test uses a mock.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

import pytest

from s3tag_mock.api import documentation
from s3tag_mock.api.class_decorator import around_class, around_test, is_decorated
from s3tag_mock.api.mock import fresh_mock, mock_tagging
from s3tag_mock.api.options import NAMES
from s3tag_mock.exceptions import Misuse, TaggingMockWarning
from s3tag_mock.intercept.observer import OBSERVER
from s3tag_mock.reporting.recorder import Recorder

if TYPE_CHECKING:
    from s3tag_mock.api.handle import Handle
    from s3tag_mock.server.server import Server

_MARKER: Final = "tagging_mock"
_CLASS_WIDE: Final = "_tagging_mock_of_class"
_OF_TEST: Final = "_tagging_mock_of_test"
#: Defaults of the fixture's and the marker's options.
_INI: Final = {
    "tagging_mock_region": "region of the tagging_mock fixture (us-east-1)",
    "tagging_mock_account_id": "account of the tagging_mock fixture (123456789012)",
    "tagging_mock_job_progress": "when jobs of the tagging_mock fixture move on (immediate)",
}
_PROFILES: Final = "tagging_mock_profiles"
#: For every mock that a test enters, whichever way.
_INI_OF_ALL: Final = {
    "tagging_mock_fail_on": "findings of s3tag_mock that fail a test: lost_tags, unused_fault, ..., or all",
    "tagging_mock_allow": "findings of s3tag_mock that are intended, and not warned about",
}
_REPORT: Final = "tagging_mock_report"

_MOCK: Final = pytest.StashKey[Any]()
_RECORDER: Final = pytest.StashKey[Recorder]()
_RESET: Final = pytest.StashKey[Any]()
_OPTIONS: Final = pytest.StashKey[dict[str, Any]]()
#: The test that runs. To ask for pytest's fixture ``request`` would cost half as much as the mock itself.
_RUNNING: Final[ContextVar[pytest.Item | None]] = ContextVar("s3tag_mock_running_test", default=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    for name, description in _INI.items():
        parser.addini(name, description)
    parser.addini(_PROFILES, "profiles that sessions may ask for in the tagging_mock fixture", type="args")
    for name, description in _INI_OF_ALL.items():
        parser.addini(name, description, type="args", default=[])
    parser.getgroup("s3tag_mock", f"s3tag_mock, documented in {documentation.folder()}").addoption(
        "--tagging-mock-report",
        metavar="PATH.html",
        dest=_REPORT,
        help="write a page of the AWS calls, faults and jobs of all tests, as pictures",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, and observe the mocks that end."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}({', '.join(f'{name}=' for name in NAMES)}): run the test inside mock_tagging() with "
        "these options.",
    )
    ini = {name.removeprefix(f"{_MARKER}_"): config.getini(name) for name in (*_INI, _PROFILES)}
    config.stash[_OPTIONS] = {name: value for name, value in ini.items() if value}
    fail_on, allow = (config.getini(name) for name in _INI_OF_ALL)
    recorder = config.stash[_RECORDER] = Recorder(fail_on, allow)
    config.stash[_RESET] = OBSERVER.set(recorder), _RUNNING.set(None)
    path = config.getoption(_REPORT)
    if path and not hasattr(config, "workerinput"):
        from s3tag_mock.reporting.collector import Collector

        config.pluginmanager.register(Collector(path), "s3tag_mock_collector")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop observing mocks."""
    if _RESET in config.stash:
        observer, running = config.stash[_RESET]
        OBSERVER.reset(observer)
        _RUNNING.reset(running)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the fixture of a marked test before all others, and the mocks of a decorated class likewise."""
    for item in items:
        names = getattr(item, "fixturenames", None)
        if names is None:
            continue
        is_marked = item.get_closest_marker(_MARKER) is not None
        if is_decorated(getattr(item, "cls", None)):
            _put_first(item, _CLASS_WIDE, {"class", "function"})
            _put_first(item, _OF_TEST, {"function"})
        elif is_marked:
            names[:] = [_MARKER, *(name for name in names if name != _MARKER)]


def _put_first(item: Any, name: str, scopes: set[str]) -> None:
    """Put a fixture before the first fixture of these scopes, and after those of wider scopes."""
    names = item.fixturenames
    definitions = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", None)
    if definitions is None:  # the other fixtures' scopes are unknown
        names.insert(1 if _CLASS_WIDE in names else 0, name)
        return
    for place, other in enumerate(names):
        known = definitions.get(other)
        if known and known[-1].scope in scopes:
            names.insert(place, name)
            return
    names.append(name)


@pytest.fixture
def tagging_mock() -> Iterator[Handle]:
    """A fresh mock_tagging() around the test, with the marker's options; the fixture is its handle.

    Inside a mock that is active already, it starts as a copy of that one.
    """
    item = _RUNNING.get()
    if item is None:
        problem = "needs pytest's hook pytest_runtest_protocol, which what runs this test doesn't call"
        pytest.fail(f"the fixture {_MARKER} {problem}", pytrace=False)
    if is_decorated(getattr(item, "cls", None)):
        # The mock around the test has the marker's options already.
        with mock_tagging() as inner:
            yield inner
        return
    options = item.config.stash[_OPTIONS] | _marked(item)
    try:
        made = fresh_mock(options)
    except (TypeError, Misuse) as problem:
        pytest.fail(f"{item.nodeid}: the marker {_MARKER}: {problem}", pytrace=False)
    made._lifecycle.form = "@pytest.mark.tagging_mock({})"
    try:
        with made as mock:
            item.stash[_MOCK] = mock
            yield mock
    except TaggingMockWarning as finding:  # where warnings are errors
        pytest.fail(str(finding), pytrace=False)


@pytest.fixture
def tagging_mock_server(tagging_mock: Handle) -> Iterator[Server]:
    """The mock over HTTP, for other processes: ``.url``, ``.environment()``, ``.stop()``."""
    with tagging_mock.serve() as server:
        yield server


def _marked(item: pytest.Item) -> dict[str, Any]:
    """The options of a test's markers; those of the nearest marker win."""
    options: dict[str, Any] = {}
    for marker in reversed(list(item.iter_markers(_MARKER))):
        if marker.args:
            problem = f"{item.nodeid}: the marker {_MARKER} takes keywords only, got {marker.args!r}"
            pytest.fail(problem, pytrace=False)
        options.update(marker.kwargs)
    return options


@pytest.fixture(scope="class")
def _tagging_mock_of_class(request: pytest.FixtureRequest) -> Iterator[None]:
    """The mock around a decorated class."""
    with around_class(request.cls):
        yield


@pytest.fixture
def _tagging_mock_of_test(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The mock around a test of a decorated class."""
    options = _marked(request.node)
    with around_test(request.cls, options) as mock:
        if mock is not None:
            request.node.stash[_MOCK] = mock
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, None]:
    """Fail a test that passed if its fixture's mock has a finding that ``fail_on`` names."""
    recorder = item.config.stash[_RECORDER]
    recorder.body_begins()
    outcome = yield
    recorder.body_ends()
    mock = item.stash.get(_MOCK, None)
    if mock is not None and outcome.excinfo is None:
        try:
            mock._lifecycle.check()
        except AssertionError as failure:
            outcome.force_exception(failure)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, None]:
    """Record which test the mocks belong to."""
    recorder = item.config.stash[_RECORDER]
    path, line, _ = item.reportinfo()
    recorder.begin(item.nodeid, (str(path), (line or 0) + 1))
    before = _RUNNING.set(item)
    yield
    _RUNNING.reset(before)
    recorder.finish()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Add the AWS calls and jobs to the report of a failed test; keep those of every test for the page."""
    outcome = yield
    report: Any = outcome.get_result()
    recorder = item.config.stash[_RECORDER]
    recorder.failed |= report.failed or report.skipped
    if report.failed:
        report.sections.extend(_sections(item, recorder))
    if report.when == "teardown" and item.config.getoption(_REPORT):
        report.tagging_mock_runs = list(recorder.runs(failed=recorder.failed))


def _sections(item: pytest.Item, recorder: Recorder) -> Iterator[tuple[str, str]]:
    terminal: Any = item.config.pluginmanager.get_plugin("terminalreporter")
    for run in recorder.runs(failed=True):
        from s3tag_mock.reporting.text import plain, text_of

        markup = getattr(getattr(terminal, "_tw", None), "markup", plain)
        yield "AWS calls (s3tag_mock)", text_of(run, markup)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """List the mocks that tests never left."""
    for sentence in config.stash[_RECORDER].never_left():
        terminalreporter.section("s3tag_mock", yellow=True)
        terminalreporter.write_line(sentence)
