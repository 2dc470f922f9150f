"""Reporting to the test author what was found when the outermost mock ended."""

from __future__ import annotations

import warnings

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, TaggingMockFailure, TaggingMockWarning
from s3tag_mock.findings.catalogue import findings
from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.intercept.observer import OBSERVER
from s3tag_mock.intercept.scope import Scope

__tracebackhide__ = FROM_TEST_AUTHORS


def collect(scope: Scope, *, test_failed: bool, since: int = 0) -> list[Finding]:
    """What a mock noticed, without the kinds that are allowed.

    :param test_failed: whether the test failed anyway.
    :param since: the sequence number at which the test began; earlier calls belong to other tests.
    """
    settings = scope.settings
    earlier = sum(call.sequence < since for call in scope.calls)
    run = MockRun(
        scope.world,
        scope.calls[earlier:],
        {subject: number - earlier for subject, number in scope.inspected.items()},
        scope.callers,
        [problem for sequence, problem in scope.refusals if sequence >= since],
        scope.turned_away,
        settings.job_progress,
        test_failed,
    )
    found = (finding for finding in findings(run) if finding.kind not in settings.allow)
    return [finding.with_advice(scope.form) for finding in found]


def check(scope: Scope) -> list[Finding]:
    """What was found, when none of it is to fail the test.

    :raises TaggingMockFailure: for a finding whose kind is in ``fail_on``.
    """
    found = collect(scope, test_failed=False)
    failures = [finding for finding in found if finding.kind in scope.settings.fail_on]
    if failures:
        raise TaggingMockFailure("\n".join(map(str, failures)))
    return found


def report(scope: Scope) -> None:
    """Warn about what was found, or fail the test for it.

    :raises TaggingMockFailure: for a finding whose kind is in ``fail_on``.
    """
    world = scope.world
    by_author = world.faults.all_added or world.answers.all_added
    if not (scope.calls or scope.refusals or scope.turned_away or by_author):
        return  # nothing happened
    for finding in check(scope):
        if not finding.kind.is_note:
            warnings.warn_explicit(str(finding), TaggingMockWarning, *_place(scope))


def _place(scope: Scope) -> tuple[str, int]:
    """File and line that a warning is about: the test's, where it is known, or where the mock was entered."""
    observer = OBSERVER.get()
    test = None if observer is None else observer.place
    return test or scope.place
