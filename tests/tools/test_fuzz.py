"""The fuzz runner: it goes on where it was interrupted, notices what is broken, and makes it small."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock.rules import archives
from tools.fuzz import __main__ as runner
from tools.fuzz.generate import Step, steps
from tools.fuzz.minimise import minimised
from tools.fuzz.run import run

RESTORE = {"Bucket": "photos", "Key": "cold", "RestoreRequest": {"Days": 3, "Description": "x"}}


def fuzz(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["fuzz", *arguments])
    return runner.main()


@needs_botocore("1.44", "all that is served")
def test_a_run_goes_on_where_the_last_one_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state.json"
    options = ("--state", str(state), "--length", "20", "--reads", "5")
    assert fuzz(monkeypatch, *options, "--calls", "100") == 0
    first = json.loads(state.read_text())
    assert fuzz(monkeypatch, *options, "--calls", "200") == 0
    second = json.loads(state.read_text())
    assert 100 <= first["calls"] < 200 <= second["calls"]
    assert second["next_seed"] > first["next_seed"]


def test_a_sequence_is_the_same_for_the_same_seed() -> None:
    assert steps(7, 20) == steps(7, 20)
    assert steps(7, 20) != steps(8, 20)


def test_a_failure_is_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> None:
        raise OverflowError("too many days")

    monkeypatch.setattr(archives, "expiry", broken)
    sequence = [
        Step("s3", "GetBucketTagging", {"Bucket": "photos"}),
        Step("s3", "RestoreObject", RESTORE),
        Step("s3", "GetObject", {"Bucket": "photos", "Key": "k"}),
    ]
    failed = run(0, sequence)
    assert isinstance(failed.failure, OverflowError)
    smallest = minimised(failed, sequence)
    (line,) = smallest.done
    assert line.startswith("client('s3').restore_object(")
    assert "Description" not in line


def test_an_error_that_changed_something_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    from s3tag_mock import errors
    from s3tag_mock.operations.context import CallContext

    def half_done(call: CallContext, *args: Any, **options: Any) -> None:
        call.buckets["photos"].tags = call.buckets["plain"].tags
        raise errors.MALFORMED_XML()

    monkeypatch.setattr("s3tag_mock.operations.s3.bucket_tagging.replace_bucket_tags", half_done)
    tagging = {"Bucket": "photos", "Tagging": {"TagSet": []}}
    failed = run(0, [Step("s3", "PutBucketTagging", tagging)])
    assert "an error has changed something" in str(failed.failure)
