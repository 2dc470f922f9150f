"""``s3tag-mock serve``, ``env`` and ``run``."""

from __future__ import annotations

import json
import re
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest

import s3tag_mock
from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.command import data, shell
from s3tag_mock.command.main import main
from s3tag_mock.command.watching import Watch
from tests.support import run_job

CHILD = """
import boto3, sys
s3 = boto3.client("s3")
print(s3.get_object(Bucket="photos", Key="sub/a.txt")["Body"].read().decode())
s3.put_object_tagging(Bucket="photos", Key="sub/a.txt", Tagging={"TagSet": []})
sys.exit(3)
"""


def client(url: str, region: str = "us-east-1") -> Any:
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return boto3.client("s3", endpoint_url=url, region_name=region, **keys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos" / "sub").mkdir(parents=True)
    (tmp_path / "photos" / "sub" / "a.txt").write_text("hello")
    (tmp_path / "s3tag_mock.json").write_text(
        json.dumps(
            {
                "buckets": {
                    "photos": {
                        "region": "eu-west-1",
                        "versioning": True,
                        "tags": {"team": "blue"},
                        "objects": {
                            "sub/a.txt": {"tags": {"owner": "ann"}},
                            "text": "as it is",
                            "bytes": {"base64": "AAE="},
                            "other": {"file": "photos/sub/a.txt"},
                        },
                    }
                }
            }
        )
    )
    return tmp_path


def test_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["s3tag-mock", "--help"])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_path(str(Path(s3tag_mock.__file__).with_name("__main__.py")), run_name="__main__")
    assert "serve" in capsys.readouterr().out


def test_run(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The command's own exit status, and what happened."""
    arguments = ["run", "--data", str(folder), "--region", "eu-west-1", "--", sys.executable, "-c", CHILD]
    assert main(arguments) == 3
    told = capfd.readouterr()
    assert told.out == "hello\n"
    assert "seeded 4 objects" in told.err
    assert "s3tag-mock: 2 calls, 1 bucket, 4 keys, 0 jobs" in told.err
    assert "  ! lost_tags: " in told.err


def test_run_fails_for_a_finding(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    child = CHILD.replace("sys.exit(3)", "")
    arguments = ["--data", str(folder), "--region", "eu-west-1", "--fail-on", "all"]
    assert main(["run", *arguments, "--", sys.executable, "-c", child]) == 1


def test_run_without_its_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--", "no-such-command"]) == 127
    assert "s3tag-mock: no-such-command: No such file or directory" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT for another process")
def test_serve_and_env(capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "s3tag_mock", "serve", "--port", "0", "--calls", "--region", "eu-west-1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("s3tag-mock is listening at ").strip()
        assert f"export AWS_ENDPOINT_URL={url}\n" in iter(process.stdout.readline, "")
        assert main(["env", "--json", "--port", url.rpartition(":")[2]]) == 0
        variables = json.loads(capfd.readouterr().out)
        client(url, "eu-west-1").list_buckets()
        process.send_signal(signal.SIGINT)
        problems = process.communicate(timeout=30)[1]
    assert (variables["AWS_ENDPOINT_URL"], variables["AWS_REGION"]) == (url, "eu-west-1")
    assert "s3.ListBuckets() -> 200" in problems
    assert (process.returncode, "s3tag-mock: 1 call, 0 buckets, 0 keys, 0 jobs" in problems) == (0, True)


def test_docs(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["docs"]) == 0
    folder = Path(capfd.readouterr().out.strip())
    assert (folder / "guide.md").read_text("utf-8").startswith("# Guide")


def test_env_without_a_server(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["env", "--port", "1"]) == 2
    assert re.search(
        "No s3tag-mock answers at http://127.0.0.1:1 .* `s3tag-mock serve`", capfd.readouterr().err
    )


def test_shells() -> None:
    values: dict[str, str | None] = {"A": "it's", "B": None}
    assert shell.written(values, "sh") == "export A='it'\"'\"'s'\nunset B"
    assert shell.written(values, "powershell").splitlines() == [
        "$env:A = 'it''s'",
        "Remove-Item Env:B -ErrorAction SilentlyContinue",
    ]


def test_data_of_a_folder(folder: Path) -> None:
    with mock_tagging() as aws:
        assert data.load(aws, folder, lambda count: None) == 4
        assert aws.bucket_tags("photos") == {"team": "blue"}
        assert aws.object_tags("photos", "sub/a.txt") == {"owner": "ann"}
        bodies = {key: aws.object("photos", key).body for key in aws.keys("photos")}
        assert bodies == {"bytes": b"\0\1", "other": b"hello", "sub/a.txt": b"hello", "text": b"as it is"}


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("[]", r"the document must be an object of JSON, not \[\]"),
        ("{", "is no JSON"),
        ('{"bukets": {}}', "the document has 'bukets'. Did you mean 'buckets'?"),
        ('{"buckets": {"photos": {"tag": {}}}}', "the bucket 'photos' has 'tag'. Did you mean 'tags'?"),
        (
            '{"buckets": {"photos": {"objects": {"a": {"base64": "!"}}}}}',
            "the object 'a' of the bucket 'photos'",
        ),
        ('{"buckets": {"photos": {"objects": {"a": {"file": "none"}}}}}', "No such file"),
        ('{"buckets": {"Photos!": {}}}', "is not a valid bucket name"),
    ],
)
def test_data_that_is_wrong(tmp_path: Path, document: str, problem: str) -> None:
    path = tmp_path / "data.json"
    path.write_text(document)
    with mock_tagging() as aws, pytest.raises(Misuse, match=problem):
        data.load(aws, path, lambda count: None)
    with mock_tagging() as aws, pytest.raises(Misuse, match="there is no"):
        data.load(aws, tmp_path / "none", lambda count: None)


def test_jobs_are_told_as_they_move(capfd: pytest.CaptureFixture[str]) -> None:
    with mock_tagging() as aws:
        watch: Any = Watch(aws, shows_calls=False)
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a"])
        run_job(aws, "photos,a")
        watch.look()
        watch.look()
    assert re.fullmatch(r"job [0-9a-f-]+ Complete: 1 succeeded, 0 failed of 1\n", capfd.readouterr().err)


def test_timed_jobs_move_on_though_nobody_asks(capfd: pytest.CaptureFixture[str]) -> None:
    with mock_tagging(job_progress="timed", clock="2026-01-01", allow="unseen_job") as aws:
        watch: Any = Watch(aws, shows_calls=False)
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a"])
        run_job(aws, "photos,a")
        watch.look()
        aws.clock.advance(seconds=60)
        watch.look()
    told = capfd.readouterr().err
    assert re.fullmatch(r"job \S+ New: .*\njob \S+ Complete: 1 succeeded, 0 failed of 1\n", told)


def test_what_the_server_imports() -> None:
    """What brings boto3, or answers another service, is imported when it is first asked for."""
    command = [sys.executable, "-X", "importtime", "-m", "s3tag_mock", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().rpartition(" ")[2].strip()
            client(url).create_bucket(Bucket="photos")
            client(url).put_object(Bucket="photos", Key="sky.jpg", Body=b"...")
        finally:
            server.terminate()
        imported = {line.rpartition("|")[2].strip() for line in server.communicate()[1].splitlines()}
    assert "s3tag_mock.command.main" in imported
    assert not imported & {"asyncio", "boto3", "botocore", "http.client", "ssl", "urllib3", "xmltodict"}
    assert not {name for name in imported if name.startswith("s3tag_mock.operations.iam.")}
