"""Run the tests where users are: the lowest versions that are declared, those in between, the newest.

``python -m tools.matrix`` makes an environment for each row below, runs the row's tests in it, and prints a
table of what was run. Of a test with several cases it mostly runs the first: what differs between versions
doesn't differ from one value to the next, and the test command runs them all. As many rows run side by side
as there are cores, each in one process, which collects its tests once. It needs ``uv``. Interpreters are
those that the machine has, on PATH or pyenv's; a row whose interpreter isn't there is named as not run.
"""

from __future__ import annotations

import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools import environments

ROOT: Final = Path(__file__).parents[1]
PYTHONS: Final = ("3.10", "3.11", "3.12", "3.13", "3.14")
#: What depends on Python, pytest and boto3: the ways in and out, the wire, the heart.
SOME: Final = (
    "tests/api",
    "tests/batch/test_job_calls.py",
    "tests/batch/test_manifest.py",
    "tests/batch/test_report.py",
    "tests/intercept",
    "tests/operations/job_operations/test_tagging.py",
    "tests/operations/test_bodies_and_digests.py",
    "tests/operations/test_bucket_tagging.py",
    "tests/operations/test_multipart.py",
    "tests/operations/test_object_tagging.py",
    "tests/protocol",
    "tests/recorded",
    "tests/reliability/test_clocks_and_places.py",
    "tests/reliability/test_left_as_found.py",
    "tests/test_seeds.py",
)
#: The same, and all that clients may do otherwise.
MOST: Final = (
    "tests/api",
    "tests/batch",
    "tests/intercept",
    "tests/operations",
    "tests/protocol",
    "tests/recorded",
    "tests/reliability/test_clocks_and_places.py",
    "tests/reliability/test_left_as_found.py",
    "tests/test_seeds.py",
)
#: What clients do otherwise with other settings: signing, checksums, tries.
CLIENTS: Final = (
    "tests/batch/test_manifest.py",
    "tests/batch/test_report.py",
    "tests/intercept",
    "tests/operations/test_bodies_and_digests.py",
    "tests/operations/test_checksums.py",
    "tests/operations/test_completing_uploads.py",
    "tests/operations/test_copies.py",
    "tests/operations/test_multipart.py",
    "tests/operations/test_object_tagging.py",
    "tests/recorded",
    "tests/test_seeds.py",
)
#: What depends on versions of packages alone: it is run with the lowest by its row, with the newest by the
#: test command.
NAMES: Final = "tests/intercept/test_private_names.py"
#: By default boto3 sends checksums where it can, and tries again in its legacy mode.
WHEN_REQUIRED: Final = {
    "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
    "AWS_RESPONSE_CHECKSUM_VALIDATION": "when_required",
    "AWS_RETRY_MODE": "standard",
}
WHEN_SUPPORTED: Final = {
    "AWS_REQUEST_CHECKSUM_CALCULATION": "when_supported",
    "AWS_RESPONSE_CHECKSUM_VALIDATION": "when_supported",
    "AWS_RETRY_MODE": "adaptive",
}
ELSEWHERE: Final = {
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "7",
    "PYTHONUTF8": "0",
    "TZ": "Asia/Kathmandu",
}
TWO_YEARS_AGO: Final = ("awscli==1.36.7", "boto3==1.35.66", "botocore==1.35.66", "pytest==8.3.3")
#: What runs a row's tests, behind its interpreter.
COMMAND: Final = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--first-cases"]
#: Tells what an environment holds.
INSTALLED: Final = """
import sys, boto3, pytest, importlib.metadata, importlib.util
names = ["Python %d.%d.%d" % sys.version_info[:3]]
names += ["boto3 " + boto3.__version__, "pytest " + pytest.__version__]
further = [name for name in ("awscrt", "aiobotocore") if importlib.util.find_spec(name)]
print(", ".join(names + [name + " " + importlib.metadata.version(name) for name in further]))
"""
#: Asynchronous clients, which pin botocore narrowly, and what sends plain HTTP.
ASYNCHRONOUS: Final = ("tests/asynchronous", "tests/intercept/test_async_clients.py")


@dataclass(frozen=True)
class Row:
    """One run.

    :param python: which, such as ``"3.12"``; ``"lowest"`` of those that are there.
    :param packages: what is asked for beside the project itself.
    :param options: pytest's.
    :param resolution: uv's: ``"lowest-direct"`` takes every lower bound that pyproject.toml declares.
    :param variables: of the environment.
    """

    name: str
    python: str
    tests: tuple[str, ...] = SOME
    packages: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    resolution: str = "highest"
    variables: Mapping[str, str] = field(default_factory=dict)


#: The longest first. The test command runs with the newest Python that is here, and the newest of everything.
ROWS: Final = (
    Row("lowest versions of everything", "lowest", MOST, resolution="lowest-direct"),
    Row(
        "Python 3.11, in random order, moto first, elsewhere, checksums when required, standard retries",
        "3.11",
        (*SOME, *(path for path in CLIENTS if path not in SOME)),
        ("pytest-randomly",),
        # moto before anything imports s3tag_mock. The order can be had again: a row that fails prints this.
        ("-p", "moto", f"--randomly-seed={random.randrange(2**32)}"),
        variables={**ELSEWHERE, **WHEN_REQUIRED},
    ),
    Row("two years ago", "3.11", packages=TWO_YEARS_AGO),
    Row(
        "Python 3.12, awscrt, checksums when supported, adaptive retries",
        "3.12",
        CLIENTS,
        ("botocore[crt]",),
        variables=WHEN_SUPPORTED,
    ),
    # The oldest and the newest of aiobotocore, and the newest of its second major version.
    Row("aiobotocore 2.11", "3.11", ASYNCHRONOUS, ("aioboto3==12.3.0", "aiobotocore==2.11.2", "urllib3<2")),
    Row(
        "aiobotocore 2 with aioboto3 and s3fs",
        "3.12",
        ASYNCHRONOUS,
        ("aioboto3>=15", "fastapi==0.165.0", "pandas==3.1.1", "s3fs", "uvloop"),
    ),
    Row(
        "newest aiobotocore with s3fs",
        "3.13",
        ASYNCHRONOUS,
        ("aiobotocore>=3", "httpx2", "s3fs", "trio", "uvloop"),
    ),
)


def main() -> int:
    """Run all rows, or those whose names hold a word of the command line."""
    words = sys.argv[1:]
    rows = [row for row in ROWS if not words or any(word in row.name for word in words)]
    found = dict(interpreters())
    with (
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(1) as ahead,
        ThreadPoolExecutor(os.cpu_count()) as side_by_side,
    ):
        # A row's environment is made while the tests of the rows before it run.
        prepared = [ahead.submit(environment, row, found, Path(folder)) for row in rows]
        runs = [side_by_side.submit(run, row, made) for row, made in zip(rows, prepared, strict=True)]
        results = [one.result() for one in runs]
    return 1 if any("FAILED" in result for result in results) else 0


def interpreters() -> Iterator[tuple[str, str]]:
    """Versions that are there, with the paths of their interpreters."""
    for version in PYTHONS:
        of_pyenv = Path.home().glob(f".pyenv/versions/{version}.*/bin/python")
        for place in (shutil.which(f"python{version}"), *map(str, of_pyenv), sys.executable):
            if place and _told(place, "import sys; print('%d.%d' % sys.version_info[:2])") == version:
                yield version, place
                break


def _told(python: str, code: str) -> str:
    done = subprocess.run([python, "-c", code], capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip()


def environment(row: Row, found: Mapping[str, str], folder: Path) -> Path | str:
    """An environment for a row; rows that ask for the same share one.

    :param found: versions of Python that are there, with their interpreters.
    :return: its interpreter; or why it isn't run.
    """
    ordered = sorted(found, key=PYTHONS.index)
    version = ordered[0] if row.python == "lowest" else row.python
    if version not in found:
        return f"not run: there is no Python {version} here"
    place = folder / "-".join([version, row.resolution, *row.packages]).replace("[", "_").replace("]", "_")
    if not place.exists():
        # Compiling old packages warns, and a warning is an error in a test.
        options = ("--compile-bytecode", "--resolution", row.resolution)
        wanted = (f"{ROOT}[test]", *row.packages)
        environments.make(place, *wanted, python=found[version], options=options)
    return Path(environments.interpreter(place))


def run(row: Row, made: Future[Path | str]) -> str:
    """Run a row's tests in its environment, once that is made, and print the result.

    :return: the result.
    """
    python = made.result()
    began = time.monotonic()
    result = python if isinstance(python, str) else tested(row, python)
    print(f"{row.name} | {result} | {time.monotonic() - began:.0f} s", flush=True)
    return result


def tested(row: Row, python: Path) -> str:
    """The result of a row's tests; what they printed is printed where one failed."""
    ignored = [] if row.resolution == "lowest-direct" else [f"--ignore={NAMES}"]
    command = [str(python), *COMMAND, *row.options, *row.tests, *ignored]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **row.variables},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    last = (done.stdout.strip().splitlines() or ["nothing"])[-1].strip("= ")
    if done.returncode:
        print(shlex.join(command), done.stdout[-20_000:], done.stderr[-5_000:], sep="\n")
    return f"{'FAILED' if done.returncode else 'passed'} | {_told(str(python), INSTALLED)} | {last}"


if __name__ == "__main__":
    sys.exit(main())
