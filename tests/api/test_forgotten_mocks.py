"""Mocks that a test enters and never leaves: they end with it, and are reported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from s3tag_mock.intercept.activation import ACTIVE
from tests.api.pytester_support import ADD_TAG, run

FORGETS = """
    def test_forgets():
        mock_tagging().start()

    def test_after_it():
        assert "AWS_ACCESS_KEY_ID" not in os.environ
"""
FORGETS_AND_FAILS = """
    def test_forgets():
        mock = mock_tagging().start()
        assert False

    def test_after_it():
        pass

    def test_last():
        assert "AWS_ACCESS_KEY_ID" not in os.environ
"""
KEEPS = """
    def setup_module():
        mock_tagging(region="eu-west-1").start()

    def test_one():
        boto3.client("s3").list_buckets()

    def test_two():
        assert os.environ["AWS_REGION"] == "eu-west-1"
"""


def test_a_mock_that_a_test_forgets_ends_with_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    result = run(pytester, "    import os\n" + FORGETS)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        ["The mock_tagging() that was entered at *.py:*, in *::test_forgets, was never left: it was ended *"]
    )


def test_one_that_a_failed_tests_traceback_keeps_ends_later(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    # pytester itself keeps the tracebacks of what it runs in this process.
    pytester.makepyfile(ADD_TAG + "    import os\n" + FORGETS_AND_FAILS)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly")
    result.assert_outcomes(passed=2, failed=1)


def test_one_that_a_module_shares_and_leaves_is_not_named(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    @pytest.fixture(scope="module")
    def shared():
        with mock_tagging() as aws:
            yield aws

    def test_one(shared):
        boto3.client("s3").list_buckets()

    def test_two(shared):
        pass
""",
    )
    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*was never left*")


def test_one_that_a_set_up_forgets_stays_on(pytester: pytest.Pytester) -> None:
    """It was meant for all tests; to end it would let them reach the network."""
    try:
        result = run(pytester, "    import os\n" + KEEPS)
        result.assert_outcomes(passed=2)
        result.stdout.fnmatch_lines(
            [
                "The mock_tagging() that was entered at *.py:*, in *::test_one, was never left: all tests after it *"
            ]
        )
    finally:
        (scope,) = ACTIVE.scopes
        ACTIVE.remove(scope)


def test_a_forgotten_mock_is_named_at_the_end_of_the_process() -> None:
    code = "from s3tag_mock import mock_tagging\nmock_tagging().start()\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (
        "TaggingMockWarning: The mock_tagging() that was entered at <string>:2 was never left" in done.stderr
    )
