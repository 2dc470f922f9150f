"""Parameters that are right for operations of IAM: two or three of everything, that meet in few names."""

from __future__ import annotations

from typing import Any, Final

from tools.fuzz.values import ACCOUNT, JsonText

_POLICY: Final = JsonText(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "A",
                "Effect": "Allow",
                "Action": ["s3:Get*"],
                "Resource": "arn:aws:s3:::photos/*",
                "Condition": {"StringEquals": {"s3:ExistingObjectTag/a": "1"}},
            }
        ],
    }
)
_TRUST: Final = JsonText(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}],
    }
)
_TWICE: Final = [{"Key": "a", "Value": ""}, {"Key": "A", "Value": ""}]
_TAGS: Final = [{"Key": "a", "Value": "1"}, {"Key": "Team", "Value": "é"}]
_OWN: Final = f"arn:aws:iam::{ACCOUNT}:policy/p"
_OF_AWS: Final = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
_WHO: Final = {"Role": {"RoleName": "r"}, "User": {"UserName": "u"}, "Group": {"GroupName": "g"}}

#: What members of IAM's calls are, in the order of how often.
NAMED_IN_IAM: Final[dict[str, tuple[Any, ...]]] = {
    "RoleName": ("r", "r", "r", "R", "x" * 65),
    "UserName": ("u", "u", "u", "s3tag_mock", ""),
    "GroupName": ("g", "g", "g", "ö"),
    "InstanceProfileName": ("i", "i", "i", "I", "x" * 129),
    "NewUserName": ("u", "v"),
    "NewGroupName": ("g", "h"),
    "PolicyName": ("p", "p", "q", "P"),
    "PolicyArn": (_OWN, _OWN, _OF_AWS, f"arn:aws:iam::{ACCOUNT}:policy/none", "x" * 30),
    "PermissionsBoundary": (_OWN, _OF_AWS, "x" * 30),
    "PolicyDocument": (_POLICY, _POLICY, _TRUST, "{}"),
    "AssumeRolePolicyDocument": (_TRUST, _TRUST, _POLICY, "{"),
    "Tags": (_TAGS, [], _TWICE, [{"Key": "aws:a", "Value": ""}]),
    "TagKeys": (["A"], ["team", "x"], []),
    "MaxItems": (1, 2, 1000, 1001, 0),
    "Path": ("/", "/a/b/", "a"),
}
_ENTITIES: Final[dict[str, list[dict[str, Any]]]] = {
    "CreateRole": [
        {"RoleName": "r", "AssumeRolePolicyDocument": _TRUST},
        {
            "RoleName": "r",
            "AssumeRolePolicyDocument": _TRUST,
            "Path": "/a/",
            "Tags": _TAGS,
            "MaxSessionDuration": 3600,
        },
    ],
    "CreateUser": [{"UserName": "u"}, {"UserName": "u", "Tags": _TAGS, "PermissionsBoundary": _OF_AWS}],
    "CreateGroup": [{"GroupName": "g"}],
    "CreateInstanceProfile": [{"InstanceProfileName": "i", "Tags": _TAGS}],
    "AddRoleToInstanceProfile": [{"InstanceProfileName": "i", "RoleName": "r"}],
    "GetContextKeysForCustomPolicy": [{"PolicyInputList": [_POLICY]}],
    "GetContextKeysForPrincipalPolicy": [{"PolicySourceArn": f"arn:aws:iam::{ACCOUNT}:role/r"}],
    "CreatePolicy": [{"PolicyName": "p", "PolicyDocument": _POLICY, "Tags": _TAGS}],
    "CreatePolicyVersion": [{"PolicyArn": _OWN, "PolicyDocument": _POLICY, "SetAsDefault": True}],
    "SetDefaultPolicyVersion": [{"PolicyArn": _OWN, "VersionId": f"v{number}"} for number in (1, 2, 3)],
    "DeletePolicyVersion": [{"PolicyArn": _OWN, "VersionId": f"v{number}"} for number in (1, 2, 3)],
    "CreateAccessKey": [{"UserName": "u"}, {}],
    "AddUserToGroup": [{"UserName": "u", "GroupName": "g"}],
    "UpdateAssumeRolePolicy": [{"RoleName": "r", "PolicyDocument": _TRUST}],
    "TagPolicy": [{"PolicyArn": _OWN, "Tags": _TAGS}],
    "SimulateCustomPolicy": [
        {
            "PolicyInputList": [_POLICY],
            "ActionNames": ["s3:GetObject"],
            "ResourceArns": ["arn:aws:s3:::photos/k"],
        }
    ],
    "SimulatePrincipalPolicy": [
        {"PolicySourceArn": f"arn:aws:iam::{ACCOUNT}:role/r", "ActionNames": ["s3:GetObject", "s3:PutObject"]}
    ],
}


def _calls() -> dict[str, list[dict[str, Any]]]:
    found = {f"iam.{name}": params for name, params in _ENTITIES.items()}
    for kind, name in _WHO.items():
        found[f"iam.Put{kind}Policy"] = [{**name, "PolicyName": "p", "PolicyDocument": _POLICY}]
        found[f"iam.Attach{kind}Policy"] = [{**name, "PolicyArn": arn} for arn in (_OWN, _OF_AWS)]
        if kind != "Group":
            found[f"iam.Put{kind}PermissionsBoundary"] = [{**name, "PermissionsBoundary": _OWN}]
            found[f"iam.Tag{kind}"] = [{**name, "Tags": _TAGS}]
    return found


IAM: Final = _calls()
