"""Writes s3tag_mock/rules/typed_names.py from the operations and errors: ``python tools/typed_names.py``."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from s3tag_mock.errors import ON_DEMAND
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.state.fault import NO_ANSWERS
from tools.fidelity_table import rows

MODULE = Path(__file__).parent.parent / "s3tag_mock" / "rules" / "typed_names.py"

HEAD = '''\
"""The names that ``aws.faults``, ``aws.answers`` and ``aws.calls`` know, for editors to complete.

Written by ``python tools/typed_names.py``; a test compares. Only type checkers and editors import it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

# fmt: off
'''


def operations() -> list[str]:
    """The supported operations; those of a name that several services have also with their service."""
    owners = Counter(name for _, name in OPERATIONS)
    return [*sorted(owners), *sorted(f"{service}.{name}" for service, name in OPERATIONS if owners[name] > 1)]


def error_codes() -> list[str]:
    """The codes of all errors that the mock knows by itself, and names of failed connections."""
    codes = {row.code for row in rows() if not row.code.isdigit()}
    return sorted({*codes, *ON_DEMAND, *NO_ANSWERS})


def module() -> str:
    """The whole module."""
    return "\n".join(
        [
            HEAD,
            *_literal("OperationName", operations(), "An operation, as AWS names it."),
            "",
            *_literal("ErrorCode", error_codes(), "An error of AWS's, or a connection that fails."),
            "",
        ]
    )


def _literal(name: str, values: Iterable[str], text: str) -> Iterable[str]:
    lines = textwrap.fill(
        ", ".join(f'"{value}"' for value in values),
        106,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [f"{name}: TypeAlias = Literal[", f"{lines},", "]", f'"""{text}"""']


if __name__ == "__main__":
    MODULE.write_text(module(), "utf-8")
