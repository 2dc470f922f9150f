"""Mutation testing of modules or folders: ``python -m tools.mutants s3tag_mock/rules s3tag_mock/batch``.

The tests are collected once. Then they are run with coverage, to know which of them reach which line; and
for each mutant, in a child of its own, those that reach its line, the likeliest to notice first, until one
fails. All of it is kept in ``.mutants/``, so that a run that was interrupted goes on; functions that changed
begin anew. ``--again`` tries the survivors on ten times as many tests, and ``--table`` writes the figures
into docs/reliability.md.
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
#: The tests that can kill a mutant: those of the same folders, and others.
FURTHER = ("recorded", "background", "dispatch", "events", "state", "api", "asynchronous", "server")
CODECS = ("test_codec.py", "test_json.py", "test_query.py")
TESTS = [f"tests/{name}" for name in (*FOLDERS, *FURTHER, *(f"properties/{name}" for name in CODECS))]
#: pytest's options: no plugin that isn't needed, and assertions that fail say no more than that.
_UNUSED = ("cacheprovider", "xdist", "randomly")
_QUICKLY = ["-q", "-s", "--assert=plain", *(f"-pno:{name}" for name in _UNUSED)]


def modules_in(paths: Iterable[Path]) -> list[Path]:
    """The modules that are named, or that are in folders that are named."""
    found = [one for path in paths for one in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [path.resolve() for path in found if path.name != "__init__.py"]


def main() -> int:
    """Read the options and go on."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="modules and folders")
    parser.add_argument("--tests", nargs="*", default=TESTS, help="test paths in place of all")
    parser.add_argument("--state", type=Path, default=ROOT / ".mutants", help="where results are kept")
    parser.add_argument("--again", action="store_true", help="try survivors on ten times as many tests")
    parser.add_argument("--table", action="store_true", help="write docs/reliability.md's table, and no more")
    options = parser.parse_args()
    results = Results(options.state)
    if options.table:
        write_table(ROOT / "docs" / "reliability.md", results)
        return 0
    defaults = [folder for name in FOLDERS if (folder := ROOT / "s3tag_mock" / name).is_dir()]
    modules = [
        path
        for path in modules_in(options.paths or defaults)
        if options.again or not results.is_complete(path)
    ]
    if not modules:
        print("all of it was done")
        return 0
    session = MutationSession(modules, results, again=options.again)
    return int(pytest.main([*_QUICKLY, *options.tests], plugins=[session]))


if __name__ == "__main__":
    sys.exit(main())
