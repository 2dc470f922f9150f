"""Whose credentials sessions find inside a mock: of sessions made before, and of those made inside."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.credentials import Credentials

from s3tag_mock import mock_tagging

BEFORE = boto3.Session(region_name="us-east-1")
WITH_KEYS = boto3.Session("AKIAMINE", "secret", region_name="us-east-1")


def test_sessions_that_were_made_before() -> None:
    """They get fakes, unless they have credentials already, and are afterwards as they were."""
    with mock_tagging():
        assert BEFORE.get_credentials().access_key == "testing"
        assert WITH_KEYS.get_credentials().access_key == "AKIAMINE"
        assert BEFORE.client("s3").list_buckets()["Buckets"] == []
    inner: Any = BEFORE
    assert inner._session._credentials is None


def test_sessions_that_were_made_before_take_the_tests_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging() as aws:
        key = aws.client("s3", account_id="111122223333")._request_signer._credentials.access_key
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
        session = boto3.Session(region_name="us-east-1")
        assert session.client("sts").get_caller_identity()["Account"] == "111122223333"
        assert BEFORE.client("sts").get_caller_identity()["Account"] == "111122223333"


def test_a_sessions_own_component_counts() -> None:
    class Own:
        def load_credentials(self) -> Any:
            return Credentials("AKIAOWN", "secret")

    with mock_tagging():
        session: Any = boto3.Session(region_name="us-east-1")
        session._session.register_component("credential_provider", Own())
        assert session.get_credentials().access_key == "AKIAOWN"
