"""Virtual environments for the tools, made by ``uv``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def make(place: Path, *wanted: str, python: str = sys.executable, options: tuple[str, ...] = ()) -> str:
    """Make an environment.

    :param wanted: what is installed.
    :param python: whose environment it is.
    :param options: of the installation.
    :return: the path of its interpreter.
    """
    inside = interpreter(place)
    _uv("venv", "--quiet", "--python", python, str(place))
    _uv("pip", "install", "--quiet", "--python", inside, *options, *wanted)
    return inside


def interpreter(place: Path) -> str:
    """The path of an environment's interpreter."""
    return str(place / "bin" / "python")


def _uv(*arguments: str) -> None:
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([str(uv) if uv.exists() else "uv", *arguments], check=True)
