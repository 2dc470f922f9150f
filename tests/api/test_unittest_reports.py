"""A failed test of plain unittest shows what pytest's report shows, however it entered its mock."""

from __future__ import annotations

import io
import re
import sys
import unittest
from contextlib import redirect_stderr
from contextvars import Context
from pathlib import Path
from types import ModuleType

import pytest

TESTS = """
import unittest
import boto3
from s3tag_mock import mock_tagging

def make(name):
    boto3.client("s3").create_bucket(Bucket=name)

class TestWays(unittest.TestCase):
    def test_with(self):
        with mock_tagging():
            make("of-with")
            self.assertEqual(1, 2)

    @mock_tagging
    def test_decorated(self):
        make("of-function")
        self.fail()

    def test_cleanup(self):
        aws = mock_tagging()
        aws.start()
        self.addCleanup(aws.stop)
        make("of-cleanup")
        raise ValueError

    def test_finding(self):
        with mock_tagging(fail_on="all") as aws:
            make("of-finding")
            aws.faults.add("GetObject", "SlowDown")

    def test_that_passes(self):
        with mock_tagging():
            make("of-passing")
            with self.assertRaises(ZeroDivisionError):
                1 / 0

@mock_tagging
class TestClass(unittest.TestCase):
    def test_it(self):
        make("of-class")
        with self.subTest(one=1):
            self.fail()

    def test_that_passes(self):
        make("of-passing")

@mock_tagging
class TestAsynchronous(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        make("of-coroutine")
        self.fail()
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What unittest prints, in a context in which pytest's plugin observes nothing."""
    path: Path = tmp_path_factory.mktemp("unittest") / "test_them.py"
    path.write_text(TESTS, encoding="utf-8")
    printed = io.StringIO()

    def run() -> None:
        module = ModuleType("test_them")
        exec(compile(TESTS, path, "exec"), vars(module))
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        with redirect_stderr(printed):
            unittest.TextTestRunner(printed).run(suite)

    Context().run(run)
    return printed.getvalue()


def test_the_calls_are_shown_once_for_each_test_that_failed(shown: str) -> None:
    assert "FAILED (failures=5, errors=1)" in shown
    assert sorted(re.findall(r"200 s3\.CreateBucket\(Bucket='of-(\w+)'", shown)) == [
        "class",
        "cleanup",
        "coroutine",
        "finding",
        "function",
        "with",
    ]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exceptions have no notes before Python 3.11")
@pytest.mark.parametrize("name", ["test_with", "test_decorated", "test_cleanup", "test_finding"])
def test_they_stand_with_its_traceback(shown: str, name: str) -> None:
    (report,) = re.findall(rf"\n(?:FAIL|ERROR): {name} .*?(?=\n=====|\n-----+\nRan)", shown, re.DOTALL)
    assert re.search(r"Traceback.*\n-+ AWS calls \(s3tag_mock\) -+\n.*Calls\n  200 s3", report, re.DOTALL)
