"""Inventories that were due and weren't delivered."""

from __future__ import annotations

from collections.abc import Iterator

from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.finding_kinds import Kind


def findings(run: MockRun) -> Iterator[Finding]:
    """Each inventory that AWS would have delivered in ORC or Parquet, or that its destination refused."""
    for (bucket, name), reason in run.world.unwritten_inventories.items():
        problem = f"the inventory {name!r} of {bucket!r} was due, and wasn't delivered: {reason}."
        yield Finding(Kind.unwritten_inventory, problem)
