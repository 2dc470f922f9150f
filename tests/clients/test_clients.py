"""Clients of other languages, as real programs: they tag objects, run a job and know an error by its type.

The programs are built by ``tests/clients/prepare``, which fetches their packages; each test is skipped where its
program isn't there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from s3tag_mock import mock_tagging

BUILT = Path(os.environ.get("S3TAG_MOCK_CLIENTS") or Path(__file__).parents[2] / "build" / "clients")
#: What each program has, once it is built, and how it is started.
PROGRAMS = {
    "go": ("go/story", ["{built}/go/story"]),
    "java": (
        "java/classes",
        ["java", "-cp", os.pathsep.join(["{built}/java/classes", "{built}/java/lib/*"]), "Story"],
    ),
    "node": ("node/node_modules", ["node", "{built}/node/story.mjs"]),
    "rust": ("rust/target/debug/story", ["{built}/rust/target/debug/story"]),
}


@pytest.fixture
def aws() -> Iterator[Any]:
    with mock_tagging(region="us-west-2", allow=["unseen_job", "lost_tags"]) as aws:
        aws.create_bucket("photos")
        aws.create_bucket("reports")
        aws.put_objects("photos", {"a.jpg": b"x"})
        yield aws


@pytest.mark.parametrize("client", PROGRAMS)
def test_the_story(aws: Any, client: str) -> None:
    made, command = PROGRAMS[client]
    if not (BUILT / made).exists():
        pytest.skip(f"the program in {client} isn't built: tests/clients/prepare builds it")
    started = [part.replace("{built}", str(BUILT)) for part in command]
    done = subprocess.run(
        [*started, "photos", "reports"],
        env=aws.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "told"), done.stderr
    assert aws.keys("photos") == ["a.jpg", "new+ä.txt"]
    assert aws.object_tags("photos", "a.jpg") in ({"by": "job"}, {"keyOne": "ValueOne"})
    assert aws.object_tags("photos", "new+ä.txt") == {"by": client}
    assert aws.bucket_tags("photos") == {"team": "blue"}
    assert aws.jobs.last.tags == {"client": client}
    assert [row.error_code for row in aws.jobs.last.report().rows if row.error_code] == ["NoSuchKey"]
    assert [call.retries for call in aws.calls] == [0] * len(aws.calls)
    assert aws.calls.last.error_code == "NoSuchKey"


@pytest.mark.skipif(not shutil.which("rclone"), reason="there is no rclone")
def test_rclone(aws: Any, tmp_path: Path) -> None:
    """One object at once and one in parts, with tags; a folder there and back; an error."""
    with aws.serve() as server:
        place = ["--s3-provider", "Other", "--s3-env-auth", "--s3-endpoint", server.url]
        options = ["--config", "/dev/null", *place, "--s3-upload-cutoff", "5M", "--s3-chunk-size", "5M"]

        def rclone(*arguments: str) -> str:
            return ran(aws, "rclone", *options, *arguments)

        sent = folder(tmp_path)
        rclone("--header-upload", "x-amz-tagging: by=rclone", "sync", str(sent), ":s3:photos/sent")
        rclone("sync", ":s3:photos/sent", str(tmp_path / "back"))
        assert contents(tmp_path / "back") == contents(sent)
        rclone("deletefile", ":s3:photos/a.jpg")
        assert sorted(rclone("lsf", "-R", ":s3:photos").splitlines()) == [
            "sent/",
            "sent/big",
            "sent/new+ä.txt",
        ]
        with pytest.raises(subprocess.CalledProcessError, match="exit status 3"):  # a folder that isn't there
            rclone("lsf", ":s3:none")
    check_sent(aws, "rclone")


@pytest.mark.skipif(not shutil.which("s3cmd"), reason="there is no s3cmd")
def test_s3cmd(aws: Any, tmp_path: Path) -> None:
    with aws.serve() as server:
        host = server.url.removeprefix("http://")
        place = ["--host", host, "--host-bucket", host, "--no-ssl", "--region", "us-west-2"]
        options = ["-c", "/dev/null", *place, "--access_key=testing", "--secret_key=testing"]

        def s3cmd(*arguments: str) -> str:
            return ran(aws, "s3cmd", *options, "--multipart-chunk-size-mb=5", *arguments)

        sent = folder(tmp_path)
        s3cmd("--add-header=x-amz-tagging:by=s3cmd", "sync", f"{sent}/", "s3://photos/sent/")
        s3cmd("sync", "s3://photos/sent/", f"{tmp_path / 'back'}/")
        assert contents(tmp_path / "back") == contents(sent)
        s3cmd("mb", "s3://further")
        s3cmd("del", "s3://photos/a.jpg")
        assert "MD5 sum" in s3cmd("info", "s3://photos/sent/new+ä.txt")
        with pytest.raises(subprocess.CalledProcessError, match="exit status 12"):  # not found
            s3cmd("ls", "s3://none")
    assert "further" in aws.buckets
    check_sent(aws, "s3cmd")


def folder(tmp_path: Path) -> Path:
    (tmp_path / "sent").mkdir()
    (tmp_path / "back").mkdir()
    (tmp_path / "sent" / "new+ä.txt").write_text("hello")
    (tmp_path / "sent" / "big").write_bytes(os.urandom(6 << 20))
    return tmp_path / "sent"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def check_sent(aws: Any, client: str) -> None:
    for key in ("sent/big", "sent/new+ä.txt"):
        assert aws.object_tags("photos", key) == {"by": client}
    assert len(aws.calls.of("UploadPart")) == 2


def ran(aws: Any, *command: str) -> str:
    done = subprocess.run(
        command, env=aws.environment(), capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_curl_with_its_own_signature(aws: Any) -> None:
    def curl(*arguments: str) -> str:
        signed = ["--aws-sigv4", "aws:amz:us-west-2:s3", "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD"]
        command = ["curl", "-sS", *signed, "--user", "testing:testing", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    with aws.serve() as server:
        url, port = f"{server.url}/photos/curl.txt", server.url.rpartition(":")[2]
        curl(
            "-X", "PUT", "-d", "hello", "-H", "x-amz-tagging: by=curl", "-H", "Content-Type: text/plain", url
        )
        assert curl(f"http://photos.localhost:{port}/curl.txt") == "hello"
        assert "<Value>curl</Value>" in curl(f"{url}?tagging=")  # older ones sign a query without "=" wrongly
        assert "<Code>SignatureDoesNotMatch</Code>" in curl("--user", "testing:wrong", url)
    assert aws.object_tags("photos", "curl.txt") == {"by": "curl"}
