"""A suite of typical tests under pytest, the whole process; and what importing costs beyond boto3."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import calls
from benchmarks.timing import seconds

TESTS, EMPTY_TESTS, ROUNDS = 200, 1000, 3

SUITE = """
import boto3
import pytest
from {module} import {mock}

@pytest.mark.parametrize("number", range({tests}))
@{mock}
def test_tags(number):
    s3 = boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket="photos")
    s3.put_object(Bucket="photos", Key="sky.jpg", Body=b"...")
    tags = [{{"Key": "colour", "Value": "blue"}}]
    s3.put_object_tagging(Bucket="photos", Key="sky.jpg", Tagging={{"TagSet": tags}})
    assert s3.get_object_tagging(Bucket="photos", Key="sky.jpg")["TagSet"] == tags
"""
EMPTY = """
import pytest

@pytest.mark.parametrize("number", range({tests}))
def test_without(number):
    pass

@pytest.mark.parametrize("number", range({tests}))
def test_with(number, tagging_mock):
    pass
"""
#: Lets the two kinds take turns, since the machine's own speed changes; the first pair imports the mock.
IN_TURN = """
import time
from statistics import mean

import pytest

taken = {"test_without": [], "test_with": []}

def pytest_collection_modifyitems(items):
    kinds = [[item for item in items if item.originalname == name] for name in taken]
    items[:] = [item for pair in zip(*kinds) for item in pair]

@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    start = time.perf_counter()
    yield
    taken[item.originalname].append(time.perf_counter() - start)

def pytest_terminal_summary(terminalreporter):
    without, inside = (mean(each[1:]) for each in taken.values())
    terminalreporter.write_line(f"beyond: {inside - without}")
"""
MOCKS = {"ours": ("s3tag_mock", "mock_tagging"), "moto": ("moto", "mock_aws")}


def suite_ratio(rounds: int = ROUNDS) -> float:
    """moto / ours, of whole processes."""
    with TemporaryDirectory() as folder:
        for name, (module, mock) in MOCKS.items():
            text = SUITE.format(module=module, mock=mock, tests=TESTS)
            (Path(folder) / f"test_{name}.py").write_text(text, "utf-8")

        def run(name: str) -> float:
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"test_{name}.py"]
            return seconds(lambda: subprocess.run(command, cwd=folder, check=True, capture_output=True))

        return median(run("moto") / run("ours") for _ in range(rounds))


def fixture_ratio(rounds: int = ROUNDS) -> float:
    """The fixture on an empty test, beyond the same test without it / the floor of one call."""
    with TemporaryDirectory() as folder:
        for name, text in (("conftest.py", IN_TURN), ("test_empty.py", EMPTY.format(tests=EMPTY_TESTS))):
            (Path(folder) / name).write_text(text, "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]

        def run() -> float:
            done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
            return float(done.stdout.rpartition("beyond: ")[2].split()[0])

        floor = calls.floor()
        return median(run() / floor() for _ in range(rounds))


def import_ratio(rounds: int = ROUNDS) -> float:
    """ours / moto, beyond boto3."""

    def run(module: str, mock: str) -> float:
        code = (
            "import boto3, time; start = time.perf_counter(); "
            f"from {module} import {mock}; print(time.perf_counter() - start)"
        )
        command = [sys.executable, "-c", code]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    return median(run(*MOCKS["ours"]) / run(*MOCKS["moto"]) for _ in range(2 * rounds))
