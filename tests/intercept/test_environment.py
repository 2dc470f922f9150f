"""The environment inside a mock: nothing that leads to the user's own credentials."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any

import boto3
import pytest

from s3tag_mock import mock_tagging


@pytest.mark.parametrize(
    "name",
    [
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CREDENTIAL_EXPIRATION",
        "AWS_DEFAULT_PROFILE",
        "AWS_PROFILE",
        "AWS_ROLE_ARN",
        "AWS_SECURITY_TOKEN",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
    ],
)
def test_what_leads_to_credentials_is_hidden(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "the user's own")
    with mock_tagging():
        assert name not in os.environ
    assert os.environ[name] == "the user's own"


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"])
def test_credentials_are_fakes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "the user's own")
    with mock_tagging():
        assert os.environ[name] == "testing"
    assert os.environ[name] == "the user's own"


def test_credentials_that_are_fakes_in_part_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the user's own")
    with mock_tagging():
        assert (os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]) == (
            "testing",
            "testing",
        )
    assert os.environ["AWS_SECRET_ACCESS_KEY"] == "the user's own"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_CONFIG_FILE", os.devnull),
        ("AWS_SHARED_CREDENTIALS_FILE", os.devnull),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ],
)
def test_nothing_else_is_looked_for(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    with mock_tagging():
        assert os.environ[name] == value
    assert name not in os.environ


@pytest.mark.skipif(shutil.which("env") is None, reason="this system has no command env")
@pytest.mark.parametrize("kept", ["by Python", "in a plain mapping"])
def test_what_child_processes_have(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Theirs is the process's own, or what a test has put in the place of ``os.environ``."""
    monkeypatch.setenv("AWS_PROFILE", "the user's own")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    if kept == "in a plain mapping":
        monkeypatch.setattr(os, "environ", dict(os.environ))

    def of_a_child() -> dict[str, str]:
        environ = None if kept == "by Python" else os.environ
        lines = subprocess.check_output(["env"], env=environ, encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line.startswith("AWS_"))

    before = of_a_child()
    with mock_tagging(region="eu-west-1"):
        inside = of_a_child()
    assert of_a_child() == before
    assert (inside.get("AWS_PROFILE"), inside["AWS_ACCESS_KEY_ID"]) == (None, "testing")
    assert inside["AWS_REGION"] == "eu-west-1"


def test_an_environment_with_values_that_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's stand-in for ``os.environ``, which is asked for what a mock changes, and no more."""
    stand_in: Any = {**os.environ, "PORT": 8080}
    monkeypatch.setattr(os, "environ", stand_in)
    before = dict(stand_in)
    with mock_tagging() as aws:
        assert aws.create_bucket("photos") in str(boto3.client("s3").list_buckets())
        assert stand_in["AWS_ACCESS_KEY_ID"] == "testing"
    assert stand_in == before
