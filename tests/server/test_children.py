"""Children that are started with ``aws.environment()``: their clients are answered, and nothing reaches AWS."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest

from conftest import ACCOUNT
from tests.support import tagging_job

SEED = """
import boto3, json, sys
s3, control = boto3.client("s3"), boto3.client("s3control")
s3.put_object(Bucket="photos", Key="n", Body=b"x" * 100000, Tagging="a=1")
tags = s3.get_object_tagging(Bucket="photos", Key="n")["TagSet"]
job = control.create_job(**json.loads(sys.argv[1]))["JobId"]
status = control.describe_job(AccountId=sys.argv[2], JobId=job)["Job"]["Status"]
identity = boto3.client("sts").get_caller_identity()["Account"]
explicit = boto3.client("s3", endpoint_url="http://s3.us-east-1.amazonaws.com").list_buckets()["Buckets"]
refused = []
for service, options in (("dynamodb", {}), ("s3", {"endpoint_url": "https://s3.us-east-1.amazonaws.com"})):
    try:
        client = boto3.client(service, **options)
        client.list_tables() if service == "dynamodb" else client.list_buckets()
    except Exception as error:
        refused.append(type(error).__name__)
print(json.dumps([tags, status, identity, len(explicit), refused]))
"""


def run(aws: Any, *command: str, **variables: str) -> str:
    done = subprocess.run(
        command, env=aws.environment(**variables), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_boto3_in_a_child(aws: Any, photos: str) -> None:
    params = json.dumps(tagging_job(aws, "photos,a.jpg"))
    told = json.loads(run(aws, sys.executable, "-c", SEED, params, ACCOUNT))
    assert told == [
        [{"Key": "a", "Value": "1"}],
        "Complete",
        ACCOUNT,
        3,
        ["ClientError", "ProxyConnectionError"],
    ]
    assert aws.object_tags(photos, "a.jpg") == {"team": "red"}
    assert aws.calls.of("CreateJob")[0].status == 200


def test_the_aws_cli_as_a_process(aws: Any, photos: str) -> None:
    pytest.importorskip("awscli", reason="the AWS CLI isn't installed")
    run(aws, sys.executable, "-m", "awscli", "s3", "cp", __file__, "s3://photos/copied")
    assert aws.client("s3").head_object(Bucket=photos, Key="copied")["ContentLength"] == os.path.getsize(
        __file__
    )


#: The command of AWS's document, as it is typed in a shell.
CREATE_JOB = r"""
aws() { "$PYTHON" -m awscli "$@"; }
aws s3control create-job \
    --region us-west-2 \
    --account-id 123456789012 \
    --operation '{"S3PutObjectTagging": { "TagSet": [{"Key":"keyOne", "Value":"ValueOne"}] }}' \
    --manifest '{"Spec":{"Format":"S3BatchOperations_CSV_20180820","Fields":["Bucket","Key"]},"Location":{"ObjectArn":"arn:aws:s3:::my_manifests/manifest.csv","ETag":"'"$ETAG"'"}}' \
    --report '{"Bucket":"arn:aws:s3:::bucket-where-completion-report-goes","Prefix":"final-reports", "Format":"Report_CSV_20180820","Enabled":true,"ReportScope":"AllTasks"}' \
    --priority 42 \
    --role-arn arn:aws:iam::123456789012:role/S3BatchJobRole \
    --client-request-token 9d2fcfbc-1315-4d24-9e3b-19ca51289e9b \
    --description "job Description" \
    --no-confirmation-required
"""


@pytest.mark.tagging_mock(region="us-west-2")
@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_a_job_as_typed_in_a_shell(aws: Any, photos: str) -> None:
    pytest.importorskip("awscli", reason="the AWS CLI isn't installed")
    for name in ("my_manifests", "bucket-where-completion-report-goes"):
        aws.create_bucket(name)
    aws.put_objects("my_manifests", {"manifest.csv": b"photos,a.jpg\n"})
    etag = aws.object("my_manifests", "manifest.csv").etag.strip('"')
    made = json.loads(run(aws, "bash", "-c", CREATE_JOB, PYTHON=sys.executable, ETAG=etag))
    assert (aws.jobs[made["JobId"]].status, aws.object_tags(photos, "a.jpg")) == (
        "Complete",
        {"keyOne": "ValueOne"},
    )
    assert aws.keys("bucket-where-completion-report-goes")


def tag_in_a_child(bucket: str) -> None:
    boto3.client("s3").put_object_tagging(
        Bucket=bucket, Key="a.jpg", Tagging={"TagSet": [{"Key": "from", "Value": "child"}]}
    )


def test_multiprocessing_with_spawn(aws: Any, photos: str) -> None:
    before = dict(os.environ)
    with aws.child_environment():
        process = multiprocessing.get_context("spawn").Process(target=tag_in_a_child, args=(photos,))
        process.start()
    process.join(60)
    assert (process.exitcode, dict(os.environ)) == (0, before)
    assert aws.object_tags(photos, "a.jpg") == {"from": "child"}


FORK_SERVER = """
import multiprocessing, os
import boto3
from s3tag_mock import mock_tagging

def tag(bucket):
    print(os.environ["AWS_ACCESS_KEY_ID"])
    if bucket:
        tagging = {"TagSet": [{"Key": "from", "Value": "child"}]}
        boto3.client("s3").put_object_tagging(Bucket=bucket, Key="a.jpg", Tagging=tagging)

def child(bucket):
    process = multiprocessing.get_context("forkserver").Process(target=tag, args=(bucket,))
    process.start()
    process.join()
    assert process.exitcode == 0

if __name__ == "__main__":
    child("")  # which starts the server
    with mock_tagging() as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["a.jpg"])
        child("")
        with aws.child_environment():
            child("photos")
        print(aws.object_tags("photos", "a.jpg"))
    child("")
"""


def test_a_fork_server_that_was_started_before(tmp_path: Path) -> None:
    """It has the user's own keys, but its children don't."""
    (tmp_path / "main.py").write_text(FORK_SERVER)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "main.py")],
        env={**os.environ, "AWS_ACCESS_KEY_ID": "AKIAREAL"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.split("\n") == [
        "AKIAREAL", "testing", "testing", "{'from': 'child'}", "AKIAREAL", ""
    ]  # fmt: skip


@contextmanager
def another_server() -> Iterator[int]:
    """A server that isn't AWS's, such as a child may call."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body + self.path.encode() + self.headers["Host"].encode())

        def log_message(self, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_other_hosts_are_reached_through_the_server(connection: Any) -> None:
    with another_server() as other:
        connection.request("POST", f"http://127.0.0.1:{other}/path?q=1", body=b"sent ")
        assert connection.getresponse().read() == f"sent /path?q=1127.0.0.1:{other}".encode()


def test_a_tunnel_to_another_host(port: int) -> None:
    with another_server() as other:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.set_tunnel("127.0.0.1", other)
        connection.request("POST", "/path", body=b"sent ")
        assert connection.getresponse().read().startswith(b"sent /path127.0.0.1")
        connection.close()


@pytest.mark.parametrize(
    "host",
    [
        "sqs.us-east-1.amazonaws.com:443",
        "s3.cn-north-1.amazonaws.com.cn:443",
        "x.api.aws:443",
        "sqs.us-east-1.amazonaws.com.:443",
        "sqs.us-east-1.amazonaws.com:",
    ],
)
def test_nothing_is_passed_on_to_aws(send: Any, host: str) -> None:
    answer = send(f"CONNECT {host} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 403 Forbidden\r\n")
    assert f"something was about to connect to {host}".encode() in answer
    answer = send(f"GET http://user:password@{host}/ HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert b"\r\nx-s3tag-mock: " in answer


def test_a_tunnel_to_the_server_ends_in_it(send: Any) -> None:
    host = f"{ACCOUNT}.s3-control.s3tag-mock.test:80"
    tunnel = f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n"
    answer = send(f"{tunnel}GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 403 ")


def test_a_host_that_cant_be_reached(send: Any) -> None:
    assert send(b"GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n").startswith(b"HTTP/1.1 502 ")
    assert send(b"CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n").startswith(b"HTTP/1.1 502 ")


def test_the_environment(monkeypatch: pytest.MonkeyPatch, aws: Any) -> None:
    for name in (
        "AWS_CA_BUNDLE",
        "AWS_ENDPOINT_URL_S3",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_PROFILE",
    ):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("NO_PROXY", "*,intranet.example,.amazonaws.com")
    monkeypatch.setenv("NODE_OPTIONS", "--max-old-space-size=100")
    child = aws.environment(COLOUR="blue")
    url = child["AWS_ENDPOINT_URL"]
    assert child["NO_PROXY"] == "127.0.0.1,::1,localhost,intranet.example"
    assert child["NODE_OPTIONS"].startswith("--max-old-space-size=100 --require ")
    assert (child["COLOUR"], child["HTTPS_PROXY"], child["AWS_ACCESS_KEY_ID"]) == ("blue", url, "testing")
    gone = {"AWS_CA_BUNDLE", "AWS_ENDPOINT_URL_S3", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_PROFILE"}
    assert gone.isdisjoint(child)
    assert aws.environment()["AWS_ENDPOINT_URL"] == url  # one server is enough


def test_the_fixture(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_it(tagging_mock, tagging_mock_server):
            assert tagging_mock_server.url == tagging_mock.environment()["AWS_ENDPOINT_URL"]
        """
    )
    pytester.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=1)
