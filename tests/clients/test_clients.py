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
