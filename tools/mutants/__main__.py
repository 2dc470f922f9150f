"""Mutation testing of modules or folders: ``python -m tools.mutants s3tag_mock/rules s3tag_mock/batch``.

The tests are collected once. Then they are run with coverage, to know which of them reach which line; and
for each mutant, in a child of its own, those that reach its line, the fastest first, until one fails. What
was found out is kept in ``.mutants/``, module by module, so that a run that was interrupted goes on; a module
that changed begins anew. ``--table`` writes the figures into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tools.mutants.results import Results, write_table
from tools.mutants.session import MutationSession

ROOT = Path(__file__).parents[2]
#: What is tried, by default and in the table.
FOLDERS = ("rules", "operations", "batch", "permissions", "protocol", "intercept")
#: The tests that can kill a mutant, beside those of its own folder: they are about what calls do.
COMMON = ("rules", "operations", "batch", "protocol", "recorded")


def modules_in(paths: Iterable[Path]) -> list[Path]:
    """The modules that are named, or that are in folders that are named."""
    found = [one for path in paths for one in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [path.resolve() for path in found if path.name != "__init__.py"]


def tests_for(modules: Iterable[Path]) -> list[str]:
    """The folders of tests for some modules."""
    own = {path.relative_to(ROOT / "s3tag_mock").parts[0] for path in modules}
    return [f"tests/{name}" for name in sorted(own | set(COMMON)) if (ROOT / "tests" / name).is_dir()]


def main() -> int:
    """Read the options and go on."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="modules and folders")
    parser.add_argument("--tests", nargs="*", help="test paths in place of those chosen by folder")
    parser.add_argument("--state", type=Path, default=ROOT / ".mutants", help="where results are kept")
    parser.add_argument("--table", action="store_true", help="write docs/reliability.md's table, and no more")
    options = parser.parse_args()
    results = Results(options.state)
    if options.table:
        write_table(ROOT / "docs" / "reliability.md", results)
        return 0
    defaults = [folder for name in FOLDERS if (folder := ROOT / "s3tag_mock" / name).is_dir()]
    modules = [path for path in modules_in(options.paths or defaults) if not results.is_complete(path)]
    if not modules:
        print("all of it was done")
        return 0
    session = MutationSession(modules, results)
    arguments = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *(options.tests or tests_for(modules))]
    return int(pytest.main(arguments, plugins=[session]))


if __name__ == "__main__":
    sys.exit(main())
