"""Draws docs/images/failure.svg, what pytest shows of a failed test: ``python tools/failure_picture.py``.

A test that is to fail is run by pytest, in colours; what it printed becomes text in a picture.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
PICTURE, README = ROOT / "docs" / "images" / "failure.svg", ROOT / "README.md"

#: The line of the README's code under test that goes wrong here, and what it becomes.
RIGHT = '    tags = s3.get_object_tagging(**where)["TagSet"]\n'
WRONG = """\
    try:
        tags = s3.get_object_tagging(**where)["TagSet"]
    except ClientError:
        tags = []  # the bug: a failed read is no empty tag set
"""


def failing_test() -> str:
    """The README's first test, of code that has the bug that the README speaks of."""
    first: str = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[0]
    assert first.count(RIGHT) == 1
    return first.replace(RIGHT, WRONG)


LINE, CHARACTER, MARGIN = 19, 8.43, 18
_HUES = ("#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea")
COLOURS = {str(first + number): hue for first in (31, 91) for number, hue in enumerate(_HUES)}


def printed() -> list[str]:
    """What pytest prints of the failure, with its colours."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "test_photos.py"
        path.write_text(failing_test(), "utf-8")
        options = ["-q", "--color=yes", "--no-header", "-p", "no:cacheprovider", path.name]
        command = [sys.executable, "-m", "pytest", *options]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    start = next(number for number, line in enumerate(lines) if line.lstrip("\x1b[0m").startswith(">"))
    end = next(number for number, line in enumerate(lines) if "short test summary" in line)
    return lines[start:end]


def runs(line: str) -> Iterator[tuple[str, str]]:
    """Texts of a line, each with the style that its escape codes stand for."""
    style = ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b"):
            codes = part[2:-1].split(";")
            chosen = [f"fill:{COLOURS[code]}" for code in codes if code in COLOURS]
            chosen += ["font-weight:bold"] if "1" in codes else []
            style = (
                ""
                if codes in (["0"], [""], ["39", "49", "00"])
                else ";".join([*filter(None, [style]), *chosen])
            )
        elif part:
            yield part, style


def picture(lines: list[str]) -> str:
    """The picture."""
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    width = MARGIN * 2 + CHARACTER * max(map(len, plain))
    height = MARGIN * 2 + LINE * len(lines)
    rows = []
    for number, line in enumerate(lines, 1):
        spans = "".join(
            f'<tspan style="{style}">{escape(text)}</tspan>' if style else escape(text)
            for text, style in runs(line)
        )
        rows.append(
            f'<text x="{MARGIN}" y="{MARGIN + LINE * number - 5}" xml:space="preserve">{spans}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" '
        f'height="{height}"><rect width="100%" height="100%" rx="8" fill="#0d1117"/>'
        "<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" "
        f'font-size="14" fill="#e6edf3">\n{chr(10).join(rows)}\n</g></svg>\n'
    )


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(printed()), "utf-8")
