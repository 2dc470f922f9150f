"""Collects the mocks' runs of a whole test run, also from xdist's workers, and writes the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from s3tag_mock.reporting.page import CaseRecord, page


class Collector:
    """A pytest plugin, registered when ``--tagging-mock-report`` is given.

    :param path: where to write the page.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._tests: dict[str, CaseRecord] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Collect the result of a test, and its runs."""
        new: CaseRecord = {
            "name": report.nodeid,
            "outcome": "passed",
            "message": "",
            "seconds": 0.0,
            "runs": [],
        }
        test = self._tests.setdefault(report.nodeid, new)
        test["seconds"] += report.duration
        if report.failed:
            test["outcome"] = "failed"
            test["message"] = test["message"] or _last_line(report)
        elif report.skipped and test["outcome"] == "passed":
            test["outcome"] = "skipped"
        test["runs"].extend(getattr(report, "tagging_mock_runs", ()))

    def pytest_sessionfinish(self) -> None:
        """Write the page."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(
            page([test for test in self._tests.values() if test["runs"]]), "utf-8", "backslashreplace"
        )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say where the page is."""
        terminalreporter.write_sep("-", f"the AWS calls of the tests: {self._path}")


def _last_line(report: Any) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash is not None else str(report.longrepr or "")
    return str(text).strip().splitlines()[0] if text else ""
