"""Users and their access keys."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import ACCOUNT
from tests.operations.iam.support import policy, refused
from tests.support import OTHER

NO_ANNA = (404, "NoSuchEntity", "The user with name anna cannot be found.")


@pytest.fixture
def anna(iam: Any) -> Any:
    return iam.create_user(UserName="anna")["User"]


def test_a_user_with_everything(aws: Any, iam: Any) -> None:
    boundary = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    tags = [{"Key": "team", "Value": "blue"}]
    created = iam.create_user(UserName="anna", Path="/team/", PermissionsBoundary=boundary, Tags=tags)["User"]
    assert created == {
        "Path": "/team/",
        "UserName": "anna",
        "UserId": created["UserId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:user/team/anna",
        "CreateDate": aws.clock.now().replace(microsecond=0),
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary},
        "Tags": tags,
    }
    assert (created["UserId"][:4], len(created["UserId"])) == ("AIDA", 21)
    assert iam.get_user(UserName="anna")["User"] == created
    [listed] = iam.list_users(PathPrefix="/team/")["Users"]
    assert listed == {name: created[name] for name in ("Path", "UserName", "UserId", "Arn", "CreateDate")}
    text = "User with name ANNA already exists."
    assert refused(lambda: iam.create_user(UserName="ANNA")) == (409, "EntityAlreadyExists", text)


def test_boundaries(iam: Any, anna: Any) -> None:
    arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    iam.put_user_permissions_boundary(UserName="anna", PermissionsBoundary=arn)
    assert iam.get_user(UserName="anna")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == arn
    iam.delete_user_permissions_boundary(UserName="anna")
    assert iam.get_user(UserName="anna")["User"] == anna


def test_without_a_name_it_is_the_caller(aws: Any, iam: Any) -> None:
    me = iam.get_user()["User"]
    identity = aws.client("sts").get_caller_identity()
    assert me == {
        "Path": "/",
        "UserName": "s3tag_mock",
        "UserId": identity["UserId"],
        "Arn": identity["Arn"],
        "CreateDate": datetime(2020, 1, 1, tzinfo=timezone.utc),
    }
    assert iam.get_user(UserName="s3tag_mock")["User"] == me
    assert iam.list_users()["Users"] == []


def test_a_session_is_no_user(aws: Any) -> None:
    role = aws.create_role("admin", "AdministratorAccess")
    made = aws.client("sts").assume_role(RoleArn=role, RoleSessionName="run")["Credentials"]
    iam = aws.client(
        "iam",
        aws_access_key_id=made["AccessKeyId"],
        aws_secret_access_key=made["SecretAccessKey"],
        aws_session_token=made["SessionToken"],
    )
    error = (400, "ValidationError", "Must specify userName when calling with non-User credentials")
    for call in (iam.get_user, iam.create_access_key, iam.list_access_keys):
        assert refused(call) == error


def test_another_name(aws: Any, iam: Any, anna: Any) -> None:
    iam.create_group(GroupName="readers")
    iam.add_user_to_group(GroupName="readers", UserName="anna")
    key = iam.create_access_key(UserName="anna")["AccessKey"]
    own = aws.client(
        "sts",
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
    )
    session = own.get_session_token()["Credentials"]
    lent = aws.client("sts", as_=anna["Arn"])
    iam.update_group(GroupName="readers", NewGroupName="writers")
    iam.update_user(UserName="anna", NewUserName="ann", NewPath="/team/")

    arn = f"arn:aws:iam::{ACCOUNT}:user/team/ann"
    assert iam.get_user(UserName="ann")["User"] == {**anna, "UserName": "ann", "Path": "/team/", "Arn": arn}
    assert refused(lambda: iam.get_user(UserName="anna")) == NO_ANNA
    assert [one["GroupName"] for one in iam.list_groups_for_user(UserName="ann")["Groups"]] == ["writers"]
    assert [one["UserName"] for one in iam.list_access_keys(UserName="ann")["AccessKeyMetadata"]] == ["ann"]
    temporary = aws.client(
        "sts",
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
    assert {sts.get_caller_identity()["Arn"] for sts in (own, lent, temporary)} == {arn}


def test_a_name_that_is_taken(aws: Any, iam: Any, anna: Any) -> None:
    iam.create_user(UserName="bob")
    iam.update_user(UserName="anna", NewUserName="Anna")  # names are unique without case
    taken = (409, "EntityAlreadyExists", "User with name BOB already exists.")
    assert refused(lambda: iam.update_user(UserName="Anna", NewUserName="BOB")) == taken
    renames = policy(
        {"Effect": "Allow", "Action": "iam:UpdateUser", "Resource": f"arn:aws:iam::{ACCOUNT}:user/bob"}
    )
    bob = aws.client("iam", as_=aws.create_user("bob2", renames))
    told = refused(lambda: bob.update_user(UserName="bob", NewUserName="rob"))[2]
    arn = f"arn:aws:iam::{ACCOUNT}:user/rob"
    reason = "because no identity-based policy allows the iam:UpdateUser action"
    assert told.endswith(f"iam:UpdateUser on resource: {arn} {reason}")


def test_what_a_user_never_has(iam: Any, anna: Any) -> None:
    """Terraform's force_destroy, and the AWS CLI's instructions, ask for all that must go with a user."""
    who = {"UserName": "anna"}
    assert iam.list_mfa_devices(**who)["MFADevices"] == []
    assert iam.list_ssh_public_keys(**who)["SSHPublicKeys"] == []
    assert iam.list_signing_certificates(**who)["Certificates"] == []
    assert iam.list_service_specific_credentials(**who)["ServiceSpecificCredentials"] == []
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == iam.list_account_aliases()["AccountAliases"]
    assert iam.list_mfa_devices()["MFADevices"] == []
    missing = (404, "NoSuchEntity", "Login Profile for User anna cannot be found.")
    for call in (iam.get_login_profile, iam.delete_login_profile):
        assert refused(lambda call=call: call(**who)) == missing
    iam.delete_user(**who)
    for call in (iam.get_login_profile, iam.list_mfa_devices):
        assert refused(lambda call=call: call(**who)) == NO_ANNA


def test_what_must_be_gone_first(iam: Any, anna: Any) -> None:
    iam.put_user_policy(UserName="anna", PolicyName="p", PolicyDocument=policy())
    arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    iam.attach_user_policy(UserName="anna", PolicyArn=arn)
    iam.create_group(GroupName="readers")
    iam.add_user_to_group(GroupName="readers", UserName="anna")
    key = iam.create_access_key(UserName="anna")["AccessKey"]["AccessKeyId"]
    steps = {
        "detach all policies": lambda: iam.detach_user_policy(UserName="anna", PolicyArn=arn),
        "delete policies": lambda: iam.delete_user_policy(UserName="anna", PolicyName="p"),
        "remove users from group": lambda: iam.remove_user_from_group(GroupName="readers", UserName="anna"),
        "delete access keys": lambda: iam.delete_access_key(UserName="anna", AccessKeyId=key),
    }
    for first, step in steps.items():
        text = f"Cannot delete entity, must {first} first."
        assert refused(lambda: iam.delete_user(UserName="anna")) == (409, "DeleteConflict", text)
        step()
    iam.delete_user(UserName="anna")
    assert refused(lambda: iam.delete_user(UserName="anna")) == NO_ANNA


# Access keys


def test_keys(aws: Any, iam: Any, anna: Any) -> None:
    made = iam.create_access_key(UserName="anna")["AccessKey"]
    secret = made.pop("SecretAccessKey")
    assert len(secret) == 40
    assert (made["AccessKeyId"][:4], len(made["AccessKeyId"])) == ("AKIA", 20)
    assert made == {
        "UserName": "anna",
        "AccessKeyId": made["AccessKeyId"],
        "Status": "Active",
        "CreateDate": aws.clock.now().replace(microsecond=0),
    }
    assert iam.list_access_keys(UserName="anna")["AccessKeyMetadata"] == [made]
    iam.update_access_key(UserName="anna", AccessKeyId=made["AccessKeyId"], Status="Inactive")
    assert iam.list_access_keys(UserName="anna")["AccessKeyMetadata"] == [{**made, "Status": "Inactive"}]
    iam.update_access_key(UserName="anna", AccessKeyId=made["AccessKeyId"], Status="Active")
    assert iam.list_access_keys(UserName="anna")["AccessKeyMetadata"] == [made]
    used = iam.get_access_key_last_used(AccessKeyId=made["AccessKeyId"])
    assert used["UserName"] == "anna"
    assert used["AccessKeyLastUsed"] == {"ServiceName": "N/A", "Region": "N/A"}
    iam.delete_access_key(UserName="anna", AccessKeyId=made["AccessKeyId"])
    assert iam.list_access_keys(UserName="anna")["AccessKeyMetadata"] == []


def test_a_user_has_two_keys_at_most(iam: Any, anna: Any) -> None:
    keys = [iam.create_access_key(UserName="anna")["AccessKey"] for _ in range(2)]
    text = "Cannot exceed quota for AccessKeysPerUser: 2"
    assert refused(lambda: iam.create_access_key(UserName="anna")) == (409, "LimitExceeded", text)
    assert len({key["AccessKeyId"] for key in keys}) == len({key["SecretAccessKey"] for key in keys}) == 2


def test_keys_of_others(aws: Any, iam: Any, anna: Any) -> None:
    key = iam.create_access_key(UserName="anna")["AccessKey"]["AccessKeyId"]
    missing = (404, "NoSuchEntity", f"The Access Key with id {key} cannot be found.")
    iam.create_user(UserName="bob")
    assert refused(lambda: iam.delete_access_key(UserName="bob", AccessKeyId=key)) == missing
    theirs = aws.client("iam", account_id=OTHER)
    assert refused(lambda: theirs.get_access_key_last_used(AccessKeyId=key)) == missing
    assert refused(lambda: theirs.list_access_keys(UserName="anna")) == NO_ANNA
