"""Profiles inside a mock: those that the option ``profiles`` names, and no others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ProfileNotFound

from s3tag_mock import Misuse, mock_tagging

ROLE = "arn:aws:iam::999999999999:role/deploy"


def caller(session: Any = boto3) -> str:
    arn: str = session.client("sts").get_caller_identity()["Arn"]
    return arn


def test_a_named_profile_has_fakes_of_the_mocks_own_account() -> None:
    with mock_tagging(profiles=["prod"], region="eu-west-1") as aws:
        session = boto3.Session(profile_name="prod")
        assert session.region_name == "eu-west-1"
        session.client("s3").create_bucket(
            Bucket="photos", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        assert aws.buckets == ["photos"]
        assert session.available_profiles == ["prod"]
        assert caller(session) == caller() == "arn:aws:iam::123456789012:user/s3tag_mock"


def test_profiles_of_accounts_and_of_roles() -> None:
    with mock_tagging(profiles={"prod": "999999999999", "deploy": ROLE}) as aws:
        assert caller(boto3.Session(profile_name="prod")) == "arn:aws:iam::999999999999:user/s3tag_mock"
        assert caller(boto3.Session(profile_name="deploy")).startswith(
            "arn:aws:sts::999999999999:assumed-role/deploy/"
        )
        aws.calls.assert_called("AssumeRole", RoleArn=ROLE, times=1)


def test_a_session_assumes_its_role_once() -> None:
    with mock_tagging(profiles={"deploy": ROLE}) as aws:
        session = boto3.Session(profile_name="deploy")
        assert caller(session) == caller(session)
        aws.calls.assert_called("AssumeRole", RoleArn=ROLE, times=1)


def test_a_role_that_may_not_be_assumed() -> None:
    with (
        mock_tagging(profiles={"deploy": ROLE}, roles="strict"),
        pytest.raises(ClientError, match="AccessDenied"),
    ):
        caller(boto3.Session(profile_name="deploy"))


@pytest.mark.parametrize("variable", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_a_profile_that_a_variable_chooses(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_tagging(profiles={"prod": "999999999999"}):
        assert caller() == "arn:aws:iam::123456789012:user/s3tag_mock"
        monkeypatch.setenv(variable, "prod")
        assert caller(boto3.Session()) == "arn:aws:iam::999999999999:user/s3tag_mock"
        monkeypatch.setenv(
            "AWS_ACCESS_KEY_ID", "111122223333"
        )  # the test's own variables come first, as ever
        assert caller(boto3.Session()) == "arn:aws:iam::111122223333:user/s3tag_mock"


def test_a_child_process_finds_them() -> None:
    code = (
        "import boto3; print(boto3.Session(profile_name='prod').client('sts').get_caller_identity()['Arn'])"
    )
    with mock_tagging(profiles={"prod": "999999999999"}) as aws:
        child = subprocess.run(
            [sys.executable, "-c", code], env=aws.environment(), capture_output=True, text=True, check=True
        )
    assert child.stdout.strip() == "arn:aws:iam::999999999999:user/s3tag_mock"


def test_a_mock_inside_another_has_its_own() -> None:
    with mock_tagging(profiles=["prod"]):
        with mock_tagging(profiles=["test"]):
            assert boto3.Session().available_profiles == ["test"]
        with mock_tagging():
            assert boto3.Session().available_profiles == ["prod"]
        assert boto3.Session().available_profiles == ["prod"]


def test_nothing_is_left_behind() -> None:
    before = dict(os.environ)
    with mock_tagging(profiles=["prod"]):
        path = Path(os.environ["AWS_SHARED_CREDENTIALS_FILE"])
        assert path.exists()
    assert not path.exists()
    assert dict(os.environ) == before
    with mock_tagging():
        assert boto3.Session().available_profiles == []
    with mock_tagging(profiles=["prod"]):  # somebody may clean up before
        Path(os.environ["AWS_SHARED_CREDENTIALS_FILE"]).unlink()


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exceptions have no notes before Python 3.11")
def test_a_profile_that_is_not_there_says_how_it_is_provided() -> None:
    with mock_tagging(), pytest.raises(ProfileNotFound) as refused:
        boto3.Session(profile_name="prod").client("s3")
    assert refused.value.__notes__ == [
        "s3tag_mock hides the user's own profiles. Write mock_tagging(profiles=['prod']) to provide it."
    ]


@pytest.mark.parametrize(
    ("profiles", "text"),
    [
        ("prod", r"profiles='prod' is a string\. Write a tuple: profiles=\('prod',\)\."),
        (["a]\n[b"], "is not the name of a profile"),
        ([""], "'' is not the name of a profile"),
        ({"prod": "12"}, "'12', for 'prod', is neither an account id .* nor the ARN of a role"),
    ],
)
def test_invalid_profiles(profiles: Any, text: str) -> None:
    with pytest.raises(Misuse, match=text):
        mock_tagging(profiles=profiles)
