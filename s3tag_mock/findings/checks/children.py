"""Children that were about to reach AWS itself."""

from __future__ import annotations

from collections.abc import Iterator

from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.finding_kinds import Kind


def findings(run: MockRun) -> Iterator[Finding]:
    """A note for each host of AWS's that a child wanted to be connected to."""
    for host in sorted(run.turned_away):
        yield Finding(
            Kind.went_out,
            f"a child process was about to connect to {host}; the mock's server refused. Leave its clients' "
            "endpoint to the variable AWS_ENDPOINT_URL, which aws.environment() sets.",
        )
