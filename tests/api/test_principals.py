"""Roles and users that a test makes without a client."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto import mock_aws
from moto.backends import get_backend

from conftest import ACCOUNT, needs_moto
from s3tag_mock import Misuse
from tests.operations.iam.support import allow, policy, trust
from tests.support import refusal


def test_a_role_with_policies_of_every_form(aws: Any) -> None:
    iam = aws.client("iam")
    own = iam.create_policy(PolicyName="own", PolicyDocument=policy())["Policy"]["Arn"]
    document = {"Version": "2012-10-17", "Statement": [allow()]}
    arn = aws.create_role("batch", document, policy(), "AmazonS3ReadOnlyAccess", own)
    assert arn == f"arn:aws:iam::{ACCOUNT}:role/batch"
    assert iam.list_role_policies(RoleName="batch")["PolicyNames"] == ["policy1", "policy2"]
    assert iam.get_role_policy(RoleName="batch", PolicyName="policy1")["PolicyDocument"] == document
    attached = iam.list_attached_role_policies(RoleName="batch")["AttachedPolicies"]
    assert [one["PolicyName"] for one in attached] == ["AmazonS3ReadOnlyAccess", "own"]
    assert "CreateRole" not in [call.operation for call in aws.calls]


def test_who_may_assume_it(aws: Any) -> None:
    aws.create_role("by-default")
    aws.create_role("given", trust=trust(Principal={"AWS": "999999999999"}))
    iam = aws.client("iam")
    [statement] = [iam.get_role(RoleName="by-default")["Role"]["AssumeRolePolicyDocument"]["Statement"]]
    assert statement["Principal"] == {
        "Service": "batchoperations.s3.amazonaws.com",
        "AWS": f"arn:aws:iam::{ACCOUNT}:root",
    }
    given = iam.get_role(RoleName="given")["Role"]["AssumeRolePolicyDocument"]
    assert given == json.loads(trust(Principal={"AWS": "999999999999"}))


def test_a_user(aws: Any) -> None:
    assert aws.create_user("anna", "IAMFullAccess") == f"arn:aws:iam::{ACCOUNT}:user/anna"
    iam = aws.client("iam")
    assert iam.get_user(UserName="anna")["User"]["Path"] == "/"
    key = iam.create_access_key(UserName="anna")["AccessKey"]
    keys = {
        "aws_access_key_id": key["AccessKeyId"],
        "aws_secret_access_key": key["SecretAccessKey"],
    }
    hers = aws.client("iam", **keys)
    assert hers.get_user()["User"]["UserName"] == "anna"
    assert hers.list_access_keys()["AccessKeyMetadata"][0]["UserName"] == "anna"


MISTAKES: dict[str, tuple[Any, str]] = {
    "a name": (lambda aws: aws.create_user("an na"), r"create_user\('an na'\): a name is 1 to 64"),
    "twice": (lambda aws: aws.create_role("batch"), "Role with name batch already exists"),
    "a document": (lambda aws: aws.create_role("other", {"Statement": []}), "Syntax errors in policy"),
    "a trust policy": (lambda aws: aws.create_role("other", trust="{}"), "Missing required field Statement"),
    "a managed policy": (
        lambda aws: aws.create_role("other", "AmazonS3FullAcess"),
        "no policy of AWS's called 'AmazonS3FullAcess' is known. Did you mean 'AmazonS3FullAccess'",
    ),
}


@pytest.mark.parametrize(("make", "text"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_of_the_test_author(aws: Any, make: Any, text: str) -> None:
    aws.create_role("batch")
    with pytest.raises(Misuse, match=text):
        make(aws)
    assert [role["RoleName"] for role in aws.client("iam").list_roles()["Roles"]] == ["batch"]
    assert refusal(lambda: aws.client("iam").get_role(RoleName="other"))["Code"] == "NoSuchEntity"


@needs_moto("5.2", "the partitions of backends")
def test_beside_moto_they_are_motos(aws: Any) -> None:
    with mock_aws():
        arn = aws.create_role("batch", {"Version": "2012-10-17", "Statement": [allow()]})
        [made] = get_backend("iam")[ACCOUNT]["aws"].roles.values()
        assert (made.arn, list(made.policies)) == (arn, ["policy1"])
        with pytest.raises(Misuse, match="already exists"):
            aws.create_role("batch")
    assert aws.client("iam").list_roles()["Roles"] == []
