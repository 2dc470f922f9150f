"""Every check for findings: the modules in :mod:`s3tag_mock.findings.checks`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import Final

from s3tag_mock.findings import checks
from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.finding_kinds import Kind

Check = Callable[[MockRun], Iterable[Finding]]

#: The kinds, the most serious first.
_ORDER: Final = tuple(Kind)


def _checks() -> tuple[Check, ...]:
    names = [module.name for module in pkgutil.iter_modules(checks.__path__, f"{checks.__name__}.")]
    return tuple(importlib.import_module(name).findings for name in sorted(names))


CHECKS: Final = _checks()


def findings(run: MockRun) -> list[Finding]:
    """All findings, the most serious first.

    :param run: what happened in the mock.
    """
    found = [finding for check in CHECKS for finding in check(run)]
    return sorted(found, key=lambda finding: _ORDER.index(finding.kind))
