"""Writes docs/fidelity.md from the tables of errors: ``python tools/fidelity_table.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from s3tag_mock import errors
from s3tag_mock.errors import ON_DEMAND, ErrorSpec

PAGE = Path(__file__).parent.parent / "docs" / "fidelity.md"
CERTAINTIES = {
    "RECORDED": "an answer of AWS itself, kept by a test suite that ran against AWS",
    "OBSERVED": "an answer of AWS itself, shown by somebody in a report",
    "DOCUMENTED": "AWS's documents or models say so",
    "REPORTED": "another implementation says so, that was made after AWS",
    "ASSUMED": "what AWS's models and documents make most likely",
}

HEAD = """\
# How AWS's errors are known

Written by `python tools/fidelity_table.py` from the tables of errors; a test compares.

Every error that the mock answers is a row: code, status, text, elements, and where it is known from. Where
a source says ASSUMED of a part, that part alone is assumed. What operations do beside is said in their
docstrings, in the same words; and the requests and answers that were recorded on AWS are replayed by the
project's tests.

| certainty | rows | what it means |
|---|---|---|
{counts}

"""


def rows() -> list[ErrorSpec]:
    """The errors that the mock answers by itself."""
    return [row for row in vars(errors).values() if isinstance(row, ErrorSpec)]


def certainty(row: ErrorSpec) -> str:
    """How a row's code is known: the first word of its source."""
    return row.source.split()[0].rstrip(",;:")


def table(some: list[ErrorSpec]) -> Iterator[str]:
    """Rows of Markdown, sorted by code."""
    yield "| code | status | text | elements | known from |"
    yield "|---|---|---|---|---|"
    for row in sorted(some, key=lambda row: (row.code, row.message)):
        cells = (row.code, row.status, row.message, ", ".join(row.elements), row.source)
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def page() -> str:
    """The whole page."""
    by_certainty = Counter(certainty(row) for row in [*rows(), *ON_DEMAND.values()])
    counts = "\n".join(f"| {name} | {by_certainty[name]} | {text} |" for name, text in CERTAINTIES.items())
    lines = [
        HEAD.format(counts=counts),
        "## What calls bring about",
        "",
        *table(rows()),
        "",
        "## For `aws.faults` alone",
        "",
        "Nothing in the mock brings these about, or not with their general texts. Beside them and those",
        "above, faults know every error of botocore's models.",
        "",
        *table(list(ON_DEMAND.values())),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
