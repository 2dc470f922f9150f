"""The default session inside a mock: warm, and yet as new as any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import botocore.client
import botocore.regions
import pytest

from s3tag_mock import mock_tagging
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.cache import sessions


def default_session() -> Any:
    boto3.client("s3")
    return boto3.DEFAULT_SESSION


def test_it_is_the_same_for_tests_that_leave_it_as_it_was() -> None:
    with mock_tagging():
        first = default_session()
        first.client("s3").list_buckets()
        boto3.client("s3control")
        boto3.resource("s3")
    with mock_tagging():
        assert default_session() is first
    assert boto3.DEFAULT_SESSION is not first


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.events.register("before-call.s3", lambda **kwargs: None),
        lambda session: session._session.set_credentials("AKIAOTHER", "secret"),
        lambda session: session._session.set_config_variable("region", "eu-west-1"),
        lambda session: setattr(session, "mark", 1),
        lambda session: session._session.register_component("mark", 1),
        lambda session: session._session.session_var_map.update(mark=(None, None, None, None)),
        lambda session: session._loader.search_paths.append("/nowhere"),
        lambda session: setattr(session._session, "user_agent_extra", "mine"),
    ],
)
def test_one_that_was_changed_is_nobodys(change: Any) -> None:
    with mock_tagging():
        first = default_session()
        change(first)
    with mock_tagging():
        assert default_session() is not first


def test_it_honours_what_a_test_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Region, profile and configuration, however warm the session is."""
    with mock_tagging():
        default_session()
    with mock_tagging(), monkeypatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
        assert boto3.client("s3").meta.region_name == "eu-west-2"
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
        assert boto3.client("s3").meta.region_name == "eu-west-3"
    config = tmp_path / "config"
    config.write_text("[profile mine]\nregion = sa-east-1\n[default]\nmax_attempts = 7\n")
    with mock_tagging():
        monkeypatch.delenv("AWS_DEFAULT_REGION")
        monkeypatch.delenv("AWS_REGION", raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        monkeypatch.setenv("AWS_PROFILE", "mine")
        assert boto3.client("s3").meta.region_name == "sa-east-1"
        assert boto3.DEFAULT_SESSION.profile_name == "mine"
    monkeypatch.undo()
    with mock_tagging():
        assert boto3.client("s3").meta.region_name == "us-east-1"


def test_files_are_read_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for region in ("eu-west-1", "eu-west-2"):
        (tmp_path / "config").write_text(f"[default]\nregion = {region}\n")
        with mock_tagging(), monkeypatch.context() as patch:
            patch.delenv("AWS_DEFAULT_REGION")
            patch.delenv("AWS_REGION", raising=False)
            patch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
            assert boto3.client("s3").meta.region_name == region


def test_a_session_with_options_of_its_own_is_a_new_one() -> None:
    with mock_tagging():
        boto3.setup_default_session(region_name="eu-west-1")
        assert boto3.client("s3").meta.region_name == "eu-west-1"
    with mock_tagging():
        assert boto3.client("s3").meta.region_name == "us-east-1"


def test_environments_that_differ_by_chance_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    most = len(ACTIVE.sessions._kept) + 1
    monkeypatch.setattr(sessions, "_MOST_KEPT", most)
    for number in range(3):
        with mock_tagging():
            monkeypatch.setenv("AWS_MARK", str(number))
            default_session()
    assert len(ACTIVE.sessions._kept) == most
    assert (b"AWS_MARK", b"2") in list(ACTIVE.sessions._kept)[-1]  # the newest is kept
    assert ACTIVE.sessions._in_use == []


def test_what_clients_share_is_theirs_inside_alone() -> None:
    places = [
        (boto3, "setup_default_session"),
        (botocore.regions, "EndpointProvider"),
        (botocore.client, "ServiceModel"),
    ]
    before = [vars(owner)[name] for owner, name in places]
    with mock_tagging():
        inside = boto3.client("s3")
        assert [vars(owner)[name] for owner, name in places] != before
        assert inside.meta.service_model is boto3.client("s3").meta.service_model
    assert [vars(owner)[name] for owner, name in places] == before


def test_a_clients_class_can_be_extended_as_ever() -> None:
    """Handlers of `creating-client-class` see methods of their own to change."""
    with mock_tagging():
        session = boto3.Session()
        session.events.register(
            "creating-client-class.s3",
            lambda class_attributes, **kwargs: class_attributes.update(list_buckets=lambda self: "mine"),
        )
        assert session.client("s3").list_buckets() == "mine"
        assert boto3.client("s3").list_buckets()["Buckets"] == []


def test_a_lent_client_that_was_led_to_another_region_is_not_lent_again() -> None:
    """It remembers where the bucket was, and would go there first."""
    for region in ("eu-west-1", "us-east-1"):
        with mock_tagging() as aws:
            aws.create_bucket("photos", region=region)
            aws.client("s3").list_objects_v2(Bucket="photos")
            expected = [400, 200] if region == "eu-west-1" else [200]
            assert [call.status for call in aws.calls.of("ListObjectsV2")] == expected


def test_a_lent_client_does_not_run_out_of_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """botocore's standard mode gives a client 100 further tries, and no more."""
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "10")
    for _ in range(13):
        with mock_tagging() as aws:
            aws.faults.add("ListBuckets", "InternalError")
            with pytest.raises(aws.client("s3").exceptions.ClientError):
                aws.client("s3").list_buckets()
            tries = len(aws.calls)
    assert tries == 10


def test_a_lent_client_is_as_new_whichever_others_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MARK", "as new")
    with mock_tagging() as aws:
        aws.client("s3control")
    with mock_tagging() as aws:
        aws.client("s3").mark = 1  # type: ignore[attr-defined]
    with mock_tagging() as aws:
        assert not hasattr(aws.client("s3"), "mark")


def test_a_lent_client_that_has_begun_a_session_is_not_lent_again() -> None:
    """The next mock knows nothing of the session."""
    place: Any = {"Location": {"Type": "AvailabilityZone", "Name": "use1-az4"}}
    place["Bucket"] = {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"}
    for _ in range(2):
        with mock_tagging() as aws:
            bucket = "bed--use1-az4--x-s3"
            aws.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
            aws.client("s3").list_objects_v2(Bucket=bucket)
            aws.calls.assert_called("CreateSession", times=1)


def test_an_unspoilt_client_is_lent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3TAG_MOCK_WAY", "wire")
    with mock_tagging() as aws:
        aws.faults.add("ListBuckets", "InternalError", times=1)
        aws.client("s3").list_buckets()
    with mock_tagging() as aws:
        first = aws.client("s3")
        first.list_buckets()
    with mock_tagging() as aws:
        assert aws.client("s3") is first
