"""Inventories that were due and weren't delivered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.rules.finding_kinds import Kind

_FORMAT: Final = (
    "its format is {}, and the mock writes CSV alone, which is also all that jobs take. Put the "
    "configuration with Format='CSV' in the test, or put the objects that the code reads."
)


def findings(run: MockRun) -> Iterator[Finding]:
    """Each inventory that AWS would have delivered in ORC or Parquet, or that its destination refused."""
    for (bucket, name), reason in run.world.unwritten_inventories.items():
        yield Finding(
            Kind.unwritten_inventory,
            f"the inventory {name!r} of {bucket!r} was due, and wasn't delivered: "
            + (_FORMAT.format(reason) if reason in {"ORC", "Parquet"} else f"{reason}."),
        )
