"""Whose credentials sessions find inside a mock: of sessions made before, and of those made inside."""

from __future__ import annotations

import io
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import boto3
import boto3.s3.transfer
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, DeferredRefreshableCredentials, RefreshableCredentials
from botocore.exceptions import ProfileNotFound
from botocore.httpsession import URLLib3Session

from s3tag_mock import mock_tagging
from s3tag_mock.intercept.activation import ACTIVE

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


def never_fetched() -> Any:
    raise AssertionError("credentials were renewed")


ENDED = datetime(2020, 1, 1, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (
            lambda: RefreshableCredentials("AKIAOLD", "s", "t", ENDED, never_fetched, "custom-process"),
            "AKIAOLD",
        ),
        (lambda: DeferredRefreshableCredentials(never_fetched, "assume-role"), "testing"),
    ],
    ids=["that have ended", "that were never fetched"],
)
def test_credentials_that_were_made_before_are_not_renewed(made: Any, key: str) -> None:
    """By presigning, say: it would run a program, or put the mock's own into the user's session."""
    credentials = made()
    before = dict(vars(credentials))
    client: Any = WITH_KEYS.client("s3")
    client._request_signer._credentials = credentials
    with mock_tagging():
        assert client.list_buckets()["Buckets"] == []
        assert key in client.generate_presigned_url("list_buckets")
        assert key in client.generate_presigned_post("photos", "k")["fields"]["AWSAccessKeyId"]
        assert credentials.get_frozen_credentials().access_key == key
    assert vars(credentials) == before
    with pytest.raises(AssertionError, match="renewed"):
        credentials.get_frozen_credentials()


def test_credentials_that_were_made_inside_are_renewed() -> None:
    def renewed() -> dict[str, str]:
        return {
            "access_key": "AKIANEW",
            "secret_key": "s",
            "token": "t",
            "expiry_time": "2100-01-01T00:00:00Z",
        }

    with mock_tagging():
        made: Any = RefreshableCredentials("AKIAOLD", "s", "t", ENDED, renewed, "custom")
        assert made.get_frozen_credentials().access_key == "AKIANEW"


def test_without_any_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging():
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_EC2_METADATA_DISABLED", raising=False)
        for session in (BEFORE, boto3.Session()):
            found = session.get_credentials()
            assert (found.access_key, found.method) == ("testing", "s3tag_mock")


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


def test_transfers_by_awscrt_go_through_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """awscrt has a network of its own, which boto3 chooses on large machines."""
    made: list[Any] = []
    monkeypatch.setattr(boto3.s3.transfer, "_should_use_crt", lambda config: True)
    monkeypatch.setattr(
        boto3.s3.transfer, "create_crt_transfer_manager", lambda *args: made.append(args), raising=False
    )
    with mock_tagging() as aws:
        aws.create_bucket("photos")
        client = boto3.client("s3")
        client.upload_fileobj(io.BytesIO(b"x"), "photos", "k")
        assert made == []
    boto3.s3.transfer.create_transfer_manager(client, boto3.s3.transfer.TransferConfig())
    assert len(made) == 1


class TestWhileAMockIsLeft:
    """What other threads find until the process is as it was: they are outside already."""

    @pytest.fixture(autouse=True)
    def left(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with mock_tagging(), monkeypatch.context() as patch:
            patch.setattr(ACTIVE, "_scopes", ())
            yield

    def test_credentials(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOUTSIDE")
        session = boto3.Session(region_name="us-east-1")
        credentials = session.get_credentials()
        assert (credentials.access_key, credentials.method) == ("AKIAOUTSIDE", "env")

    def test_a_profile_that_is_not_there(self) -> None:
        with pytest.raises(ProfileNotFound) as refused:
            boto3.Session(profile_name="prod").client("s3")
        assert not hasattr(refused.value, "__notes__")

    def test_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "credentials").write_text("[mine]")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
        assert boto3.Session().available_profiles == ["mine"]

    def test_clients(self) -> None:
        with pytest.raises(Exception, match="reached for the network"):
            WITH_KEYS.client("s3").list_buckets()

    def test_botocores_http(self) -> None:
        with pytest.raises(Exception, match="reached for the network"):
            URLLib3Session().send(AWSRequest("GET", "http://169.254.170.2/keys").prepare())

    def test_s3(self) -> None:
        with pytest.raises(AssertionError, match="reached for the network"):
            urllib.request.urlopen("https://photos.s3.amazonaws.com/k")
