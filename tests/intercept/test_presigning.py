"""URLs and forms of clients without credentials: inside a mock they are signed like others'."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = """
import os
for name in list(os.environ):
    if name.startswith("AWS_"):
        del os.environ[name]
os.environ.update(
    HOME="/nowhere", AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    AWS_EC2_METADATA_DISABLED="true", AWS_DEFAULT_REGION="us-east-1",
)
import boto3, requests
from botocore.config import Config
from botocore.exceptions import NoCredentialsError
from s3tag_mock import NotSupported, mock_tagging

MADE_AT_IMPORT = [boto3.client("s3", config=Config(signature_version=name)) for name in ("s3", "s3v4")]
QUEUES = boto3.client("sqs")
assert boto3.Session().get_credentials() is None

for client in MADE_AT_IMPORT:
    with mock_tagging() as aws:
        aws.create_bucket("photos")
        where = {"Bucket": "photos", "Key": "k"}
        assert requests.put(client.generate_presigned_url("put_object", Params=where), data=b"x").ok
        assert requests.get(client.generate_presigned_url("get_object", Params=where)).content == b"x"
        form = client.generate_presigned_post("photos", "of-a-form")
        assert requests.post(form["url"], data=form["fields"], files={"file": b"y"}).status_code == 204
        assert aws.client("s3").get_object(Bucket="photos", Key="of-a-form")["Body"].read() == b"y"
        print(sorted(call.operation for call in aws.calls))
        try:
            QUEUES.list_queues()
        except NotSupported as refused:
            print("sqs.ListQueues" in str(refused))
    try:
        client.generate_presigned_url("get_object", Params=where)
    except NoCredentialsError:
        print("none outside")
"""


def test_clients_that_were_made_at_import_without_credentials() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    calls = "['GetObject', 'GetObject', 'PostObject', 'PutObject']"
    assert done.stdout == f"{calls}\nTrue\nnone outside\n" * 2
