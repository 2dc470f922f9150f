"""Storage Lens configurations with their tags, and Storage Lens groups."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT
from tests.support import refusal

DASHBOARD: dict[str, Any] = {"Id": "dashboard", "AccountLevel": {"BucketLevel": {}}, "IsEnabled": True}
ARN = f"arn:aws:s3:us-east-1:{ACCOUNT}:storage-lens/dashboard"
GROUP: dict[str, Any] = {"Name": "logs", "Filter": {"MatchAnyPrefix": ["logs/"]}}
GROUP_ARN = f"arn:aws:s3:us-east-1:{ACCOUNT}:storage-lens-group/logs"
BLUE = [{"Key": "team", "Value": "blue"}]
NOT_THERE = {
    "Status": 404,
    "Code": "NoSuchConfiguration",
    "Message": "The specified configuration does not exist.",
}


def put(s3control: Any, document: dict[str, Any] = DASHBOARD, **more: Any) -> Any:
    return s3control.put_storage_lens_configuration(
        ConfigId=document["Id"], AccountId=ACCOUNT, StorageLensConfiguration=document, **more
    )


def tags_of(s3control: Any) -> Any:
    return s3control.get_storage_lens_configuration_tagging(ConfigId="dashboard", AccountId=ACCOUNT)["Tags"]


def test_a_configuration_is_put_listed_and_deleted(s3control: Any) -> None:
    put(s3control)
    where = {"ConfigId": "dashboard", "AccountId": ACCOUNT}
    found = s3control.get_storage_lens_configuration(**where)["StorageLensConfiguration"]
    assert found == {**DASHBOARD, "StorageLensArn": ARN}
    listed = s3control.list_storage_lens_configurations(AccountId=ACCOUNT)["StorageLensConfigurationList"]
    assert listed == [
        {"Id": "dashboard", "StorageLensArn": ARN, "HomeRegion": "us-east-1", "IsEnabled": True}
    ]
    s3control.delete_storage_lens_configuration(**where)
    for call in (s3control.get_storage_lens_configuration, s3control.delete_storage_lens_configuration):
        assert refusal(lambda call=call: call(**where)) == NOT_THERE
    assert "StorageLensConfigurationList" not in s3control.list_storage_lens_configurations(AccountId=ACCOUNT)


def test_its_tags_are_replaced_and_removed(aws: Any, s3control: Any) -> None:
    put(s3control)
    assert tags_of(s3control) == []
    where = {"ConfigId": "dashboard", "AccountId": ACCOUNT}
    s3control.put_storage_lens_configuration_tagging(**where, Tags=[{"Key": "a", "Value": "1"}])
    s3control.put_storage_lens_configuration_tagging(**where, Tags=BLUE)
    assert aws.calls[-1].erased == ("a",)
    assert tags_of(s3control) == BLUE
    s3control.delete_storage_lens_configuration_tagging(**where)
    assert tags_of(s3control) == []


def test_tags_stay_when_a_configuration_is_put_again_without_any(s3control: Any) -> None:
    put(s3control, Tags=BLUE)
    put(s3control)
    assert tags_of(s3control) == BLUE


@pytest.mark.parametrize("number", [50, 51])
def test_a_configuration_has_fifty_tags_at_most(s3control: Any, number: int) -> None:
    put(s3control)
    many = [{"Key": f"k{one}", "Value": ""} for one in range(number)]

    def tag() -> None:
        s3control.put_storage_lens_configuration_tagging(ConfigId="dashboard", AccountId=ACCOUNT, Tags=many)

    if number == 50:
        tag()
        assert len(tags_of(s3control)) == 50
    else:
        assert refusal(tag)["Status"] == 400
        assert tags_of(s3control) == []


def test_the_tags_of_a_configuration_that_is_not_there(s3control: Any) -> None:
    assert refusal(lambda: tags_of(s3control)) == NOT_THERE


def test_a_name_that_differs_from_the_documents_is_refused(s3control: Any) -> None:
    assert (
        refusal(
            lambda: s3control.put_storage_lens_configuration(
                ConfigId="other", AccountId=ACCOUNT, StorageLensConfiguration=DASHBOARD
            )
        )["Code"]
        == "InvalidRequest"
    )


def test_a_group_is_made_changed_tagged_and_deleted(s3control: Any) -> None:
    made = s3control.create_storage_lens_group(AccountId=ACCOUNT, StorageLensGroup=GROUP, Tags=BLUE)
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert (
        refusal(lambda: s3control.create_storage_lens_group(AccountId=ACCOUNT, StorageLensGroup=GROUP))[
            "Status"
        ]
        == 409
    )
    changed = {"Name": "logs", "Filter": {"MatchAnySuffix": [".log"]}}
    s3control.update_storage_lens_group(AccountId=ACCOUNT, Name="logs", StorageLensGroup=changed)
    other = {**changed, "Name": "other"}
    rename = lambda: s3control.update_storage_lens_group(
        AccountId=ACCOUNT, Name="logs", StorageLensGroup=other
    )
    assert refusal(rename)["Code"] == "InvalidRequest"
    found = s3control.get_storage_lens_group(AccountId=ACCOUNT, Name="logs")["StorageLensGroup"]
    assert found == {**changed, "StorageLensGroupArn": GROUP_ARN}
    listed = s3control.list_storage_lens_groups(AccountId=ACCOUNT)["StorageLensGroupList"]
    assert listed == [{"Name": "logs", "StorageLensGroupArn": GROUP_ARN, "HomeRegion": "us-east-1"}]

    resource = {"AccountId": ACCOUNT, "ResourceArn": GROUP_ARN}
    s3control.tag_resource(**resource, Tags=[{"Key": "album", "Value": "norway"}])
    s3control.untag_resource(**resource, TagKeys=["team"])
    assert s3control.list_tags_for_resource(**resource)["Tags"] == [{"Key": "album", "Value": "norway"}]

    s3control.delete_storage_lens_group(AccountId=ACCOUNT, Name="logs")
    assert refusal(lambda: s3control.list_tags_for_resource(**resource))["Code"] == "NoSuchResource"
    assert refusal(lambda: s3control.get_storage_lens_group(AccountId=ACCOUNT, Name="logs")) == NOT_THERE


def test_a_name_that_no_group_has(aws: Any) -> None:
    unchecked = aws.client("s3control", config=Config(parameter_validation=False))
    wrong = {**GROUP, "Name": "no name"}
    create = lambda: unchecked.create_storage_lens_group(AccountId=ACCOUNT, StorageLensGroup=wrong)
    assert refusal(create)["Code"] == "InvalidRequest"


def test_another_region_and_another_account_have_their_own(aws: Any, s3control: Any) -> None:
    put(s3control)
    milan = aws.client("s3control", region_name="eu-south-1")
    assert "StorageLensConfigurationList" not in milan.list_storage_lens_configurations(AccountId=ACCOUNT)
    theirs = aws.client("s3control", account_id="999999999999")
    assert (
        refusal(lambda: theirs.list_storage_lens_configurations(AccountId=ACCOUNT))["Code"] == "AccessDenied"
    )
