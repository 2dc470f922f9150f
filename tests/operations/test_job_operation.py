"""How the tasks of jobs are made."""

from __future__ import annotations

from typing import Any, cast

import pytest

from s3tag_mock.operations.job_operation import JobOperation, calling, target_of, values_of
from s3tag_mock.operations.record import Operation, no_call
from s3tag_mock.state.job import ManifestRow


@pytest.mark.parametrize(
    ("version_id", "target"),
    [
        (None, {"Bucket": "b", "Key": "a b"}),
        ("v", {"Bucket": "b", "Key": "a b", "VersionId": "v"}),
        ("", {"Bucket": "b", "Key": "a b", "VersionId": ""}),
    ],
)
def test_tasks_that_call_an_operation(version_id: str | None, target: dict[str, str]) -> None:
    row = ManifestRow("b", "a b", "a%20b", version_id)
    assert target_of(row) == target
    job: Any = type("Job", (), {"parameters": {"Days": 1}})
    called: list[Any] = []
    task = calling(lambda call, params: called.append((call, params)))(job)
    assert task(cast("Any", "call"), row) is None
    assert called == [("call", {**target, "Days": 1})]


def test_what_is_not_modelled_and_which_tags_are_given() -> None:
    record = JobOperation(
        "It",
        Operation("s3", "It", no_call, honours=None),
        calling(no_call),
        not_modelled=values_of("A", ["x", "y"]) | {"B.C"},
        tags="Tags",
    )
    assert record.not_modelled_in({"A": "x", "B": {"C": 1}, "D": "y"}) == ["It.A x", "It.B.C"]
    assert record.tag_keys({"Tags": [{"Key": "k", "Value": "v"}]}) == {"k"}
