"""boto3's resources and waiters of IAM."""

from __future__ import annotations

from typing import Any

from tests.operations.iam.support import policy, trust

FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"


def test_resources_and_waiters(aws: Any) -> None:
    iam = aws.resource("iam")
    role = iam.create_role(RoleName="batch", AssumeRolePolicyDocument=trust())
    role.attach_policy(PolicyArn=FULL)
    own = iam.create_policy(PolicyName="own", PolicyDocument=policy())
    own.attach_role(RoleName="batch")
    iam.RolePolicy("batch", "inline").put(PolicyDocument=policy())
    assert [one.policy_name for one in role.attached_policies.all()] == ["AmazonS3FullAccess", "own"]
    assert [one.name for one in role.policies.all()] == ["inline"]
    assert own.default_version.document["Statement"][0]["Action"] == "s3:GetObject"

    user = iam.create_user(UserName="anna")
    pair = user.create_access_key_pair()
    iam.create_group(GroupName="readers").add_user(UserName="anna")
    assert [key.id for key in user.access_keys.all()] == [pair.id]
    assert [group.name for group in user.groups.all()] == ["readers"]
    assert iam.CurrentUser().user_name == "s3tag_mock"

    client = aws.client("iam")
    client.get_waiter("role_exists").wait(RoleName="batch")
    client.get_waiter("user_exists").wait(UserName="anna")
    client.get_waiter("policy_exists").wait(PolicyArn=own.arn)
