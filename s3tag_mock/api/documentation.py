"""Where the documents are: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """The folder with ``guide.md``, ``reference.md`` and the others."""
    package = Path(__file__).parents[1]
    installed = package / "docs"
    return installed if installed.is_dir() else package.parent / "docs"
