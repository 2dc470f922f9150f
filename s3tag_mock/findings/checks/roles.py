"""Roles that nobody made, and that were assumed nevertheless."""

from __future__ import annotations

from collections.abc import Iterator

from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.finding_kinds import Kind


def findings(run: MockRun) -> Iterator[Finding]:
    """A note for each role."""
    for arn in sorted(run.world.identities.trusted):
        yield Finding(
            Kind.trusted_role,
            f"nobody made the role {arn}: here it has all rights, at AWS it can't be assumed. Make it, or "
            "write {} to have it refused.",
            "roles='strict'",
        )
