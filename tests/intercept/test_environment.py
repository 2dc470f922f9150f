"""The environment inside a mock: nothing that leads to the user's own credentials."""

from __future__ import annotations

import os

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


@pytest.mark.parametrize("name", ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])
def test_files_are_empty(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    with mock_tagging():
        assert os.environ[name] == os.devnull
    assert name not in os.environ
