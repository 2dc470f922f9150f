"""pytest's fixture and marker, found through the ``pytest11`` entry point.

Nothing of AWS is imported before a test uses the fixture.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from s3tag_mock.handle import Handle

_MARKER: Final = "tagging_mock"
_INI: Final = {
    "tagging_mock_region": "region of the tagging_mock fixture (us-east-1)",
    "tagging_mock_account_id": "account of the tagging_mock fixture (123456789012)",
    "tagging_mock_job_progress": "when jobs of the tagging_mock fixture move on (immediate)",
}
#: Lines of the report section on a failed test.
_MOST_LINES: Final = 50


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options: defaults of the fixture's options."""
    for name, description in _INI.items():
        parser.addini(name, description)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(region=, account_id=, job_progress=, passthrough=, clock=, seed=): run the test inside "
        "mock_tagging() with these options.",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A marked test has the fixture, before all others, whether it names it or not."""
    for item in items:
        names = getattr(item, "fixturenames", None)
        if names is not None and item.get_closest_marker(_MARKER) is not None:
            names[:] = [_MARKER, *(name for name in names if name != _MARKER)]


@pytest.fixture
def tagging_mock(request: pytest.FixtureRequest) -> Iterator[Handle]:
    """A fresh mock_tagging() around the test, with the options of the marker; gives its handle."""
    from s3tag_mock.mock import TaggingMock

    ini = {name.removeprefix(f"{_MARKER}_"): request.config.getini(name) for name in _INI}
    options: dict[str, Any] = {name: value for name, value in ini.items() if value}
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        if marker.args:
            raise TypeError(
                f"{request.node.nodeid}: the marker {_MARKER} takes keywords only, got {marker.args!r}"
            )
        options.update(marker.kwargs)
    try:
        mock = TaggingMock(**options)
    except TypeError as problem:
        raise TypeError(f"{request.node.nodeid}: the marker {_MARKER}: {problem}") from None
    with mock as aws:
        request.node.stash[_HANDLE] = aws
        yield aws


_HANDLE: Final = pytest.StashKey["Handle"]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Show the AWS calls and the jobs of a failed test that used the fixture."""
    outcome = yield
    report = outcome.get_result()
    handle = item.stash.get(_HANDLE, None)
    if report.when == "call" and report.failed and handle is not None:
        report.sections.append(("AWS calls (s3tag_mock)", _summary(handle)))


def _summary(handle: Handle) -> str:
    calls = [str(call) for call in handle.calls] or ["none"]
    hidden = len(calls) - _MOST_LINES
    lines = [f"... {hidden} earlier calls", *calls[hidden:]] if hidden > 0 else calls
    return "\n".join([*lines, *(repr(view) for view in handle.jobs.values())])
