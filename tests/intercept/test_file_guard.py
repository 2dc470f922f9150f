"""The user's own files below ``~/.aws``: read by nobody inside a mock, however their path is written."""

from __future__ import annotations

import json
import ntpath
import os
import pwd
import types
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3
import botocore.configloader
import botocore.loaders
import botocore.session
import pytest
from botocore.exceptions import ConfigNotFound
from botocore.utils import JSONFileCache

from s3tag_mock import mock_tagging
from s3tag_mock.intercept import file_guard
from s3tag_mock.intercept.file_guard import home_of_password_file, is_users

CREDENTIALS = "[default]\naws_access_key_id = AKIAREAL000000000000\naws_secret_access_key = real\n[prod]\n"


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A home directory with keys in it."""
    (tmp_path / "real" / ".aws").mkdir(parents=True)
    (tmp_path / "real" / ".aws" / "credentials").write_text(CREDENTIALS)
    return tmp_path / "real"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A home directory of tox's, say."""
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere"


def assert_nothing_is_read() -> None:
    session = boto3.Session()
    assert session.get_credentials().access_key == "testing"
    assert session.available_profiles == []


def test_the_home_of_the_password_file(real: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment named another home at entry; then the test clears it."""
    entry: Any = types.SimpleNamespace(pw_dir=str(real))
    monkeypatch.setattr(pwd, "getpwuid", lambda user: entry)
    monkeypatch.setenv("HOME", str(elsewhere))
    with mock_tagging(), patch.dict(os.environ, {}, clear=True):
        assert Path("~").expanduser() == real
        assert_nothing_is_read()


def test_a_home_that_was_named_inside(real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging(), patch.dict(os.environ, {"HOME": str(real)}, clear=True):
        assert_nothing_is_read()


@pytest.mark.parametrize(
    "written",
    [
        "{home}/.aws/credentials",
        "~/.aws/credentials",
        "$HOME/.aws/credentials",
        "~/../real/.aws/credentials",
        "~/.aws/../.aws/./credentials",
        "{home}//.aws//credentials",
        "{link}/credentials",
        "{file_link}",
    ],
)
def test_paths_of_every_form(
    written: str, real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(real / ".aws")
    (tmp_path / "file_link").symlink_to(real / ".aws" / "credentials")
    path = written.format(home=real, link=tmp_path / "link", file_link=tmp_path / "file_link")
    monkeypatch.setenv("HOME", str(real))
    variables = {"HOME": str(real), "AWS_SHARED_CREDENTIALS_FILE": path, "AWS_CONFIG_FILE": path}
    with mock_tagging(), patch.dict(os.environ, variables, clear=True):
        assert_nothing_is_read()


def test_a_home_directory_whose_aws_is_a_link(
    real: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / ".aws").symlink_to(real / ".aws")
    monkeypatch.setenv("HOME", str(elsewhere))
    path = str(real / ".aws" / "credentials")
    with mock_tagging(), patch.dict(os.environ, {"AWS_SHARED_CREDENTIALS_FILE": path}):
        assert boto3.Session().available_profiles == []


def test_a_file_that_is_a_link(real: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps such files elsewhere links to them, one by one."""
    (elsewhere / ".aws").mkdir()
    (elsewhere / ".aws" / "credentials").symlink_to(real / ".aws" / "credentials")
    monkeypatch.setenv("HOME", str(elsewhere))
    path = str(real / ".aws" / "credentials")
    with mock_tagging(), patch.dict(os.environ, {"AWS_SHARED_CREDENTIALS_FILE": path}):
        assert boto3.Session().available_profiles == []
        (elsewhere / "of the test").write_text("[mine]")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(elsewhere / "of the test"))
        assert boto3.Session().available_profiles == ["mine"]


@pytest.mark.parametrize("kind", [Path, os.fsencode])
def test_paths_that_are_no_text(kind: Any, real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(real))
    with mock_tagging():
        session = botocore.session.Session()
        session.set_config_variable("credentials_file", kind(real / ".aws" / "credentials"))
        assert session.available_profiles == []
        assert botocore.configloader.load_config(None)["profiles"] == {}
        with pytest.raises(ConfigNotFound):
            botocore.configloader.load_config(kind(real / ".aws" / "credentials"))


def test_files_that_the_test_names_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in a home directory of its own."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("[profile mine]\nregion = eu-west-3\n")
    (tmp_path / ".aws-of-tests").write_text("[profile near]\nregion = eu-west-2\n")
    with mock_tagging():
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / ".aws" / "config"))
        assert boto3.Session(profile_name="mine").available_profiles == ["mine"]
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / ".aws-of-tests"))
        assert boto3.Session(profile_name="near").available_profiles == ["near"]
        monkeypatch.delenv("AWS_CONFIG_FILE")
        assert boto3.Session().available_profiles == []


MODEL = {"version": "2.0", "metadata": {}, "operations": {}, "shapes": {}}


@pytest.mark.parametrize("made", ["before", "inside"])
def test_models_of_the_users_own(made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They would take the place of S3's, and this one has no name of its service."""
    models = tmp_path / ".aws" / "models"
    (models / "s3" / "2099-01-01").mkdir(parents=True)
    (models / "s3" / "2099-01-01" / "service-2.json").write_text(json.dumps(MODEL))
    monkeypatch.setattr(botocore.loaders.Loader, "CUSTOMER_DATA_PATH", str(models))
    before = boto3.Session()
    with mock_tagging():
        session = before if made == "before" else boto3.Session()
        client = session.client("s3", region_name="us-east-1")
        assert client.list_buckets()["Buckets"] == []
        assert client.meta.service_model.api_version == "2006-03-01"


def test_caches_of_logins(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither read nor written; a cache of the test's own is both."""
    monkeypatch.setenv("HOME", str(real))
    users = JSONFileCache(str(real / ".aws" / "sso" / "cache"))
    users["token"] = {"accessToken": "REALTOKEN"}
    with mock_tagging():
        assert "token" not in users
        with pytest.raises(KeyError):
            users["token"]
        users["another"] = {}
        own = JSONFileCache(str(tmp_path / "own"))
        own["token"] = {"accessToken": "mine"}
        assert own["token"] == {"accessToken": "mine"}
    assert users["token"] == {"accessToken": "REALTOKEN"}
    assert [path.name for path in (real / ".aws" / "sso" / "cache").iterdir()] == ["token.json"]


# Windows, by its own rules for paths

HOME = r"C:\Users\ann"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # What botocore makes of "~/.aws/credentials" there.
        (r"C:\Users\ann/.aws/credentials", True),
        (r"C:\Users\ann\.aws\config", True),
        (r"c:/users/ANN/.AWS/config", True),
        (r"C:\Users\ann\..\ann\.aws\models", True),
        (r"C:\Users\ann\.aws", True),
        (r"C:\Users\ann\.aws-of-tests\config", False),
        (r"C:\Users\bob\.aws\config", False),
        (r"D:\project\config", False),
    ],
)
def test_paths_of_windows(path: str, expected: bool) -> None:
    assert is_users(path, [HOME], r"C:\elsewhere", [], paths=ntpath) is expected
    assert is_users(path, [r"C:\elsewhere"], HOME, [], paths=ntpath) is expected


def test_a_file_that_is_named_on_windows() -> None:
    """It is the same, however it is written; in the user's own home that doesn't matter."""
    path, named = r"C:\Users\ann\.aws\config", ["c:/users/ann/.aws/config"]
    assert not is_users(path, [r"C:\elsewhere"], HOME, named, paths=ntpath)
    assert is_users(path, [HOME], HOME, named, paths=ntpath)


def test_systems_without_a_password_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows; and a container's user may have no entry in it."""
    assert home_of_password_file() == [pwd.getpwuid(os.getuid()).pw_dir]

    def missing(*args: Any) -> Any:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", missing)
    assert home_of_password_file() == []

    def no_module(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(file_guard, "import_module", no_module)
    assert home_of_password_file() == []
