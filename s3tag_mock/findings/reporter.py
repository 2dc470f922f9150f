"""Telling a test author what was found when the outermost mock ended."""

from __future__ import annotations

import warnings

from s3tag_mock.exceptions import TaggingMockFailure, TaggingMockWarning
from s3tag_mock.findings import Finding, Seen, findings
from s3tag_mock.intercept.activation import Scope


def collect(scope: Scope, *, failed: bool, since: int = 0) -> list[Finding]:
    """What a mock noticed.

    :param failed: whether the test failed anyway.
    :param since: the moment at which the test began; calls before it were other tests'.
    """
    settings = scope.settings
    others = sum(call.sequence < since for call in scope.calls)
    seen = Seen(
        scope.world,
        scope.calls[others:],
        {what: number - others for what, number in scope.inspected.items()},
        scope.callers,
        is_manual=settings.job_progress == "manual",
        failed=failed,
        allow=settings.allow,
    )
    return findings(seen)


def check(scope: Scope) -> list[Finding]:
    """What was found, none of it being what the test is to fail on.

    :raises TaggingMockFailure: for a finding that ``fail_on`` names.
    """
    everything = collect(scope, failed=False)
    grave = [finding for finding in everything if finding.kind in scope.settings.fail_on]
    if grave:
        raise TaggingMockFailure("\n".join(map(str, grave)))
    return everything


def report(scope: Scope) -> None:
    """Warn of what was found, and fail for what the test is to fail on.

    :raises TaggingMockFailure: for a finding that ``fail_on`` names.
    """
    if not scope.calls and not scope.world.faults.all_added:
        return  # nothing happened
    for finding in check(scope):
        if not finding.is_note:
            warnings.warn(str(finding), TaggingMockWarning, stacklevel=4)
