"""Functions that failed at an event: nobody waits for what they answer, so no call says so."""

from __future__ import annotations

from collections.abc import Iterator

from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.finding_kinds import Kind


def findings(run: MockRun) -> Iterator[Finding]:
    """Each function that raised at an event, at its last attempt too."""
    for name, event, failure in run.world.function_failures:
        yield Finding(
            Kind.failed_function,
            f"the function {name!r} failed at {event}, three times: {failure}. On AWS, nobody is told unless "
            "the function has a destination for failures.",
        )
