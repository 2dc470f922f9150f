"""Writes docs/served.md from the operations themselves: ``python tools/served.py``."""

from __future__ import annotations

import inspect
from pathlib import Path

from s3tag_mock.operations import SERVED
from s3tag_mock.operations.registry import ON_THE_WIRE, Operation
from s3tag_mock.operations.s3control.jobs import SERVED_JOB_OPERATIONS

PAGE = Path(__file__).parent.parent / "docs" / "served.md"

HEAD = """\
# What is served

Written by `python tools/served.py`; a test compares. *Ignored* parameters are taken and change nothing,
since what they are about isn't modelled. Every other parameter of an operation is refused with an exception
that names it. Digests (`ContentMD5`, `ChecksumAlgorithm`, `Checksum...`) are checked against the body
wherever they are sent.

"""


def page() -> str:
    """The page's text."""
    rows = [_row(operation) for _, operation in sorted(SERVED.items())]
    table = "\n".join(["| operation | what it does | parameters | ignored |", "|---|---|---|---|", *rows])
    return f"{HEAD}{table}\n\nJobs run these operations: {', '.join(sorted(SERVED_JOB_OPERATIONS))}.\n"


def _row(operation: Operation) -> str:
    first_line = (inspect.getdoc(operation.run) or "").partition("\n")[0]
    honoured = ", ".join(sorted(operation.honours - ON_THE_WIRE))
    ignored = ", ".join(sorted(operation.ignores))
    return f"| {operation.service}.{operation.name} | {first_line} | {honoured} | {ignored} |"


if __name__ == "__main__":
    PAGE.write_text(page())
