"""Who may call IAM and STS, and what AccessDenied shows of what a call is about."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from tests.batch.support import create
from tests.operations.iam.support import policy, refused
from tests.support import key_of, made_role, made_user

ANY_POLICY = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
OWN = f"arn:aws:iam::{ACCOUNT}"


@pytest.mark.parametrize(
    ("method", "params", "shown"),
    [
        ("get_user", {}, "user anna"),
        ("list_access_keys", {}, "user anna"),
        ("get_user", {"UserName": "bob"}, "user bob"),
        ("create_user", {"UserName": "bob"}, f"{OWN}:user/bob"),
        ("create_group", {"GroupName": "g", "Path": "/a/"}, f"{OWN}:group/a/g"),
        ("create_instance_profile", {"InstanceProfileName": "i"}, f"{OWN}:instance-profile/i"),
        ("get_instance_profile", {"InstanceProfileName": "i"}, "instance profile i"),
        ("list_users", {"PathPrefix": "/a/"}, f"{OWN}:user/a/"),
        ("list_groups", {}, f"{OWN}:group/"),
        ("list_policies", {}, "policy path /"),
        ("list_policies", {"PathPrefix": "/a/"}, "policy path /a/"),
        ("get_policy", {"PolicyArn": ANY_POLICY}, f"policy {ANY_POLICY}"),
        ("create_policy", {"PolicyName": "p", "PolicyDocument": policy()}, f"{OWN}:policy/p"),
        (
            "create_policy",
            {"PolicyName": "p", "Path": "/a/", "PolicyDocument": policy()},
            f"{OWN}:policy/a/p",
        ),
        ("list_account_aliases", {}, "*"),
    ],
)
def test_what_is_shown(aws: Any, method: str, params: dict[str, str], shown: str) -> None:
    iam = aws.client("iam", as_=made_user(aws._world, "anna").arn)
    assert f" on resource: {shown} because no " in refused(lambda: getattr(iam, method)(**params))[2]


def test_what_is_meant(aws: Any) -> None:
    """A call without a name is about the caller."""
    mine = {"Action": "iam:GetUser", "Resource": f"{OWN}:user/anna"}
    anna = aws.client("iam", as_=made_user(aws._world, "anna", mine).arn)
    assert anna.get_user()["User"]["UserName"] == "anna"
    made_user(aws._world, "bob")
    assert refused(lambda: anna.get_user(UserName="bob"))[1] == "AccessDenied"


def test_boundaries_are_no_key_of_what_only_reads(aws: Any) -> None:
    iam = aws.client("iam")
    iam.create_user(UserName="bob", PermissionsBoundary=ANY_POLICY)
    bounded = {"StringEquals": {"iam:PermissionsBoundary": ANY_POLICY}}
    may = {"Action": ["iam:GetUser", "iam:PutUserPolicy"], "Condition": bounded}
    anna = aws.client("iam", as_=made_user(aws._world, "anna", may).arn)
    anna.put_user_policy(UserName="bob", PolicyName="p", PolicyDocument=policy())
    assert refused(lambda: anna.get_user(UserName="bob"))[1] == "AccessDenied"


def test_temporary_credentials_of_a_user(aws: Any) -> None:
    """Without MFA they can't call IAM, nor STS for more of them; a role's can."""
    anna = made_user(aws._world, "anna", {"Action": ["iam:*", "sts:*"]})
    sts = aws.client("sts", **key_of(aws._world, anna))
    mfa = {"SerialNumber": f"{OWN}:mfa/anna", "TokenCode": "123456"}
    for kind, given in {
        "user": sts.get_session_token(),
        "federated": sts.get_federation_token(
            Name="eve", Policy=policy({"Effect": "Allow", "Action": "*", "Resource": "*"})
        ),
        "with MFA": sts.get_session_token(**mfa),
        "role": aws.client("sts").assume_role(
            RoleArn=made_role(aws._world, "admin", {}).arn, RoleSessionName="run1"
        ),
    }.items():
        keys = {
            "aws_access_key_id": given["Credentials"]["AccessKeyId"],
            "aws_secret_access_key": given["Credentials"]["SecretAccessKey"],
            "aws_session_token": given["Credentials"]["SessionToken"],
        }
        iam, again = aws.client("iam", **keys), aws.client("sts", **keys)
        assert again.get_caller_identity()["Account"] == ACCOUNT
        if kind in {"with MFA", "role"}:
            assert iam.list_users()["Users"]
            continue
        assert refused(iam.list_users)[1] == "InvalidClientTokenId"
        text = "Cannot call GetSessionToken with session credentials"
        assert refused(again.get_session_token)[1:] == ("AccessDenied", text)


def test_operations_of_s3_control_are_left_to_their_own_checks(aws: Any, photos: str) -> None:
    job = create(aws)
    arn = f"arn:aws:s3:us-east-1:{ACCOUNT}:job/{job}"
    anna = made_user(aws._world, "anna", {"Action": "s3:DescribeJob", "Resource": arn})
    control = aws.client("s3control", as_=anna.arn)
    assert control.describe_job(AccountId=ACCOUNT, JobId=job)["Job"]["JobId"] == job
