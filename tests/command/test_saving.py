"""``--save``: what a mock remembers is kept in a file, from one run to the next."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import botocore
import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing, needs_botocore
from s3tag_mock import Misuse, TaggingMock, mock_tagging
from s3tag_mock.command import saved
from s3tag_mock.command.main import main
from s3tag_mock.rules.job_status import ENDED
from s3tag_mock.state import plain
from tools.fuzz.generate import Step, places, steps
from tools.fuzz.references import References
from tools.fuzz.run import Run, Runner, tour
from tools.fuzz.snapshot import snapshot
from tools.fuzz.world import client, world_for

READ = """
import boto3
s3 = boto3.client("s3")
assert s3.get_object(Bucket="photos", Key="sky.jpg")["Body"].read() == b"blue"
print(s3.get_object_tagging(Bucket="photos", Key="sky.jpg")["TagSet"])
"""


def test_two_runs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What the first one wrote the second one reads; --data is for the first one."""
    (tmp_path / "data").write_text(
        json.dumps(
            {"buckets": {"photos": {"objects": {"sky.jpg": {"text": "blue", "tags": {"team": "red"}}}}}}
        )
    )
    options = ["run", "--save", str(tmp_path / "world"), "--data", str(tmp_path / "data"), "--"]
    assert main([*options, sys.executable, "-c", ""]) == 0
    (tmp_path / "data").write_text("is not read again")
    assert main([*options, sys.executable, "-c", READ]) == 0
    assert capfd.readouterr().out == "[{'Key': 'team', 'Value': 'red'}]\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "world"]


@needs_botocore("1.44", "all that is served")
@fuzzing(2, shrinks=False)
@given(seed=st.integers(0, 2**32))
def test_everything_is_kept(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Whatever a world holds: clients read the same, and its jobs go on."""
    file = tmp_path_factory.mktemp("saved") / "world"
    with world_for(seed) as aws:
        with saved.kept(aws._world, file):
            runner = Runner(aws, Run(seed))
            assert all(runner.take(step) for step in steps(seed, 60))
        remembered, answers = plain.written(aws._world), read_all(aws, seed)
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("forgotten")
        with saved.kept(aws._world, file):
            assert plain.written(aws._world) == remembered
            assert read_all(aws, seed) == answers
            aws.run_jobs()
            assert {job.status for job in aws.jobs.values()} <= {"Suspended", *ENDED}


def read_all(aws: TaggingMock, seed: int) -> list[Any]:
    """What clients are answered who read some of what there is."""
    return [answer_to(aws, step) for step in tour(aws, Random(seed), 60)]


def answer_to(aws: TaggingMock, step: Step) -> Any:
    method = getattr(client(step.service), botocore.xform_name(step.operation))
    try:
        answer = method(**References(aws._world).resolved(step.params))
    except ClientError as error:
        answer: Any = error.response["Error"]
    if "Body" in answer:
        answer["Body"] = answer["Body"].read()
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is no file of s3tag-mock's"),
        (b"my notes\n", "is no file of s3tag-mock's"),
        (b'{"buckets": {}}', "is no file of s3tag-mock's"),
        (b"\x80\x04\x95 a pickle", "is no file of s3tag-mock's"),
        (b'{"s3tag_mock": "", "format": 2}\n{}', "has the format 2; this version knows 1"),
        (b'{"s3tag_mock": "", "format": 1, "sha256": "0"}\n{}', "is damaged"),
    ],
)
def test_a_file_of_somebody_else(tmp_path: Path, content: bytes, problem: str) -> None:
    """It is left as it is."""
    file = tmp_path / "world"
    file.write_bytes(content)
    with mock_tagging() as aws, pytest.raises(Misuse, match=problem), saved.kept(aws._world, file):
        pass
    assert file.read_bytes() == content


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with mock_tagging() as aws, pytest.raises(Misuse, match="is no folder"):
        saved.kept(aws._world, tmp_path / "none" / "world").__enter__()
    with mock_tagging() as aws, pytest.raises(Misuse, match="directory"):
        saved.kept(aws._world, tmp_path).__enter__()


@pytest.fixture(scope="module")
def written() -> Any:
    with world_for(0) as aws:
        return plain.written(aws._world)


@fuzzing(15)
@given(data=st.data())
def test_values_that_nobody_wrote(written: Any, data: st.DataObject) -> None:
    """They are refused, and change nothing, or they are read."""
    changed = copy.deepcopy(written)
    holder, name = data.draw(st.sampled_from(places(changed)))
    other = [
        None,
        -1,
        1.5,
        "x",
        [],
        {},
        {"@": 0},
        {"@": 10**6},
        {"@World": {}},
        {"@bytes": "é"},
        {"@time": "x"},
    ]
    holder[name] = data.draw(st.sampled_from(other))
    with mock_tagging() as aws:
        before = snapshot(aws)
        try:
            plain.restore(aws._world, changed)
        except plain.Unreadable:
            assert snapshot(aws) == before
