"""Names of operations and parameters, as a test author writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from s3tag_mock import Misuse
from s3tag_mock.operations import operation_names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("PutObjectTagging", (None, "PutObjectTagging")),
        ("s3control.PutBucketTagging", ("s3control", "PutBucketTagging")),
        ("CreateAccountAlias", (None, "CreateAccountAlias")),  # of a service whose every call is the mock's
    ],
)
def test_operations_of_ours(name: str, found: tuple[str | None, str]) -> None:
    assert operation_names.find(name) == operation_names.find_anywhere(name) == found


def test_operations_of_others() -> None:
    assert operation_names.find_anywhere("dynamodb.GetItem") == ("dynamodb", "GetItem")
    assert operation_names.operation_model("GetRole").service_model.service_name == "iam"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("PutObjectTaging", "There is no operation 'PutObjectTaging'. Did you mean 'PutObjectTagging'"),
        (
            "SelectObjectConten",
            "There is no operation 'SelectObjectConten'. Did you mean 'SelectObjectContent'",
        ),
        ("dynamo.GetItem", "botocore knows no service 'dynamo'. Did you mean"),
        ("dynamodb.GetItems", "There is no operation 'dynamodb.GetItems'. Did you mean 'GetItem'"),
    ],
)
def test_names_that_are_none(name: str, told: str) -> None:
    with pytest.raises(Misuse, match=f"^{re.escape(told)}") as refused:
        operation_names.find_anywhere(name)
    is_ours = "." not in name
    assert str(refused.value).endswith("such as 'PutObjectTagging'." if is_ours else "?")


def test_a_name_without_a_service() -> None:
    with pytest.raises(
        Misuse, match=r"\nFor another service, write its name, too, such as 'dynamodb.GetItem'.$"
    ):
        operation_names.operation_model("GetItem")


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ("PutObjectTagging", "Tagging"),
        ("s3control.PutBucketTagging", "AccountId"),
        ("dynamodb.GetItem", "TableName"),
        ("*", "RoleName"),
    ],
)
def test_parameters(operation: str, name: str) -> None:
    operation_names.check_parameters(operation, [name], "it")
    operation_names.check_parameters(operation, [], "it")


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ("PutObjectTagging", "it: PutObjectTagging has no parameter 'Buckett'. Did you mean 'Bucket'?"),
        ("sts.GetCallerIdentity", "it: sts.GetCallerIdentity has no parameter 'Buckett'. It has none."),
        ("s3.Nothing", "There is no operation 's3.Nothing'."),
    ],
)
def test_parameters_that_are_none(operation: str, told: str) -> None:
    with pytest.raises(Misuse, match=f"^{re.escape(told)}"):
        operation_names.check_parameters(operation, ["Buckett"], "it")


def test_a_parameter_of_another_operation() -> None:
    with pytest.raises(Misuse, match="has no parameter 'Delete'"):
        operation_names.check_parameters("PutObjectTagging", ["Delete"], "it")


def test_models_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    assert str(tmp_path) in operation_names._loader.__wrapped__().search_paths
