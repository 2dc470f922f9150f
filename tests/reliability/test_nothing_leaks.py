"""No connection, no name looked up, no program started, no file of the user's read, no key of the user's sent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reliability import tour

CREDENTIALS = """
[default]
aws_access_key_id = AKIAREALDEFAULT00000
aws_secret_access_key = real
[prod]
aws_access_key_id = AKIAREALPROD00000000
aws_secret_access_key = real
"""
CONFIG = """
[default]
region = eu-west-1
[profile prod]
region = eu-west-1
[profile program]
credential_process = /bin/echo {}
[profile role]
role_arn = arn:aws:iam::111111111111:role/admin
source_profile = prod
[profile sso]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = admin
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
"""
TOKEN = {
    "accessToken": "REALTOKEN",
    "expiresAt": "2090-01-01T00:00:00Z",
    "startUrl": "https://corp.awsapps.com/start",
}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of somebody who works with AWS all day, on a machine that could reach it."""
    aws = tmp_path / ".aws"
    (aws / "sso" / "cache").mkdir(parents=True)
    (aws / "credentials").write_text(CREDENTIALS)
    (aws / "config").write_text(CONFIG)
    # Where botocore keeps the token of the session `corp`: the SHA-1 of its name.
    (aws / "sso" / "cache" / "2bd8ffbb4d1b3f79de8c4b5a3f2bc1ba8a0fd2ae.json").write_text(json.dumps(TOKEN))
    (aws / "models" / "mine" / "2026-01-01").mkdir(parents=True)
    (aws / "models" / "mine" / "2026-01-01" / "service-2.json").write_text("{}")
    (tmp_path / "token").write_text("REALTOKEN")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {
        **kept,
        "HOME": str(tmp_path),
        "AWS_PROFILE": "prod",
        "AWS_ACCESS_KEY_ID": "AKIAREALENVIRONMENT0",
        "AWS_SECRET_ACCESS_KEY": "real",
        "AWS_SESSION_TOKEN": "REALTOKEN",
        "AWS_ROLE_ARN": "arn:aws:iam::111111111111:role/admin",
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(tmp_path / "token"),
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
        "PYTHONPATH": str(Path(tour.__file__).parents[2]),
    }


def told(environment: dict[str, str]) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", tour.__name__], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_whole_tour(environment: dict[str, str]) -> None:
    result = told(environment)
    # The hook sees what it is to see.
    assert any(event.startswith("open ") and ".aws/credentials" in event for event in result["outside"])
    assert any(event.startswith("os.listdir ") and ".aws/models" in event for event in result["outside"])
    assert any(event.startswith("socket.getaddrinfo") for event in result["outside"])
    assert result["inside"] == []
    assert len(result["requests"]) > 20
    assert [one for one in result["requests"] if "AKIAREAL" in one or "REALTOKEN" in one] == []
    assert any("Credential=testing" in one for one in result["requests"])


def test_the_tour_behind_a_proxy(environment: dict[str, str]) -> None:
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:3128")
    assert told({**environment, **proxies})["inside"] == []


@pytest.mark.parametrize("endpoint", ["http://localhost:4566", "https://s3.example.com"])
def test_the_tour_of_somebody_with_an_endpoint(environment: dict[str, str], endpoint: str) -> None:
    del environment["AWS_PROFILE"]
    result = told(
        {**environment, "AWS_ENDPOINT_URL_S3": endpoint, "HTTPS_PROXY": "http://proxy.example.com:3128"}
    )
    assert result["inside"] == []
