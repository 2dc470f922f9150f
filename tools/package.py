"""Build the package twice and look at it: the same bytes, all files and no others, usable by itself.

``python -m tools.package``; it needs ``build``, ``twine`` and ``uv``.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from tools import environments

ROOT: Final = Path(__file__).parents[1]
#: Says what the wheel must do with nothing but its own dependencies.
BY_ITSELF: Final = """
import importlib.util
import boto3
from s3tag_mock import mock_tagging

assert importlib.util.find_spec("pytest") is None
with mock_tagging() as aws:
    aws.create_bucket("photos")
    boto3.client("s3").put_object(Bucket="photos", Key="sky.jpg", Tagging="colour=blue")
    assert aws.object_tags("photos", "sky.jpg") == {"colour": "blue"}
"""


def main() -> None:
    """Check all of it, and tell."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first"), Path(folder, "second")
        for place in (first, second):
            _python("-m", "build", "--outdir", str(place), str(ROOT))
        for file in sorted(first.iterdir()):
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            assert digest == hashlib.sha256((second / file.name).read_bytes()).hexdigest(), file.name
            print(f"{file.name}: {file.stat().st_size:,} bytes, the same twice, sha256 {digest[:16]}...")
        _python("-m", "twine", "check", "--strict", *map(str, first.iterdir()))
        (wheel,) = first.glob("*.whl")
        print(f"{wheel.name}: {_check_contents(wheel)} files")
        _use(wheel, Path(folder, "venv"))
        print(f"{wheel.name}: usable without extras")


def _check_contents(wheel: Path) -> int:
    """The wheel holds the package with its documents, and what describes it."""
    package = {
        Path("s3tag_mock", path.relative_to(start)).as_posix()
        for start, files in ((ROOT / "s3tag_mock", "**/*"), (ROOT, "docs/**/*"))
        for path in start.glob(files)
        if path.is_file() and "__pycache__" not in path.parts
    }
    names = set(zipfile.ZipFile(wheel).namelist())
    described = {name for name in names if ".dist-info/" in name}
    assert names - described == package, (names - described) ^ package
    assert "s3tag_mock/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in described)
    assert any(name.endswith("entry_points.txt") for name in described)
    return len(names)


def _use(wheel: Path, place: Path) -> None:
    subprocess.run([environments.make(place, str(wheel)), "-c", BY_ITSELF], check=True, cwd=place)


def _python(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", cwd=ROOT, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")


if __name__ == "__main__":
    main()
