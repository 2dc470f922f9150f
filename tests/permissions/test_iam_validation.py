"""What IAM refuses of trust policies and identity policies, in its words."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.permissions.iam_validation import identity_policy, trust_policy
from tests.operations.iam.support import allow, policy, trust

SYNTAX = "Syntax errors in policy."
VENDOR = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
LEGACY = "The policy failed legacy parsing"
OTHER_ACTION = "AssumeRole policy may only specify STS AssumeRole actions."


def identity(**elements: Any) -> str:
    return policy(allow(**elements))


def problem(validate: Any, text: str, **options: Any) -> str:
    with pytest.raises(AwsError) as refused:
        validate(text, **options)
    assert (refused.value.code, refused.value.status) == ("MalformedPolicyDocument", 400)
    return refused.value.message


IDENTITY = [
    ("{", SYNTAX),
    ("[]", SYNTAX),
    ('{"Version": "2012-10-17"}', SYNTAX),
    (policy(allow(), version="2020-01-01"), SYNTAX),
    (identity(Effect="allow"), SYNTAX),
    (identity(Effect=None), SYNTAX),
    (identity(Other="x"), SYNTAX),
    (identity(Condition={"StringEqual": {"aws:username": "x"}}), SYNTAX),
    (identity(Principal="*"), "Policy document should not specify a principal."),
    (identity(NotPrincipal="*"), "Policy document should not specify a principal."),
    (identity(Action=None), "Policy statement must contain actions."),
    (identity(Action=[]), "Policy statement must contain actions."),
    (identity(Resource=None), "Policy statement must contain resources."),
    (identity(Action="GetObject"), VENDOR),
    (identity(Condition={"StringEquals": {"username": "x"}}), VENDOR),
    (identity(Action="s3:Get:Object"), "Actions/Condition can contain only one colon."),
    (identity(Action="s_3:GetObject"), "Vendor s_3 is not valid"),
    (identity(Resource="bucket/key"), 'Resource bucket/key must be in ARN format or "*".'),
    (identity(Resource="arn:aws:s3"), LEGACY),
    (identity(Resource="arn:aws:::a:b"), LEGACY),
    (
        identity(Resource="arn:ams:s3:::b"),
        'Partition "ams" is not valid for resource "arn:ams:s3:::b".',
    ),
    (
        identity(Resource="arn:aws:s3:us-east-1::b"),
        "Resource arn:aws:s3:us-east-1::b can not contain region information.",
    ),
    (
        policy(allow(Sid="A"), allow(Sid="A")),
        "Statement IDs (SID) in a single policy must be unique.",
    ),
    (
        identity(Sid="not this"),
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
        "[0-9A-Za-z]*",
    ),
]


@pytest.mark.parametrize(("text", "message"), IDENTITY)
def test_identity_policies(text: str, message: str) -> None:
    assert problem(identity_policy, text) == message


@pytest.mark.parametrize(
    "text",
    [
        policy(allow(), version=None),
        identity(Action="*"),
        identity(Action="s3:PutObjectTag"),
        identity(Action=None, NotAction="iam:*"),
        identity(Resource=["arn:aws:s3:eu-west-1:123456789012:accesspoint/a", "arn:aws:s3:*:*:job/*"]),
        identity(Resource="arn:aws:s3:::home/${aws:username}/*"),
        identity(Condition={"StringEquals": {"s3:ExistingObjectTag/a:b": "x"}}),
        identity(Condition={"StringEquals": {"oidc.example.org/id/X:aud": "x"}}),
        policy(allow(Sid=""), allow(Sid="")),
    ],
)
def test_identity_policies_that_are_taken(text: str) -> None:
    assert identity_policy(text).statements


def test_a_managed_policy_has_the_newer_version() -> None:
    text = "Policy document must be version 2012-10-17 or greater."
    assert problem(identity_policy, policy(allow(), version="2008-10-17"), managed=True) == text
    assert identity_policy(policy(), managed=True).version == "2012-10-17"


TRUST = [
    ("{", "This policy contains invalid Json"),
    ("{}", "Missing required field Statement"),
    (trust(Principal=None), "Missing required field Principal"),
    (trust(Action=None), "Missing required field Action"),
    (trust(Resource="*"), "Has prohibited field Resource"),
    (trust(NotResource="*"), "Has prohibited field NotResource"),
    (trust(Action="s3:GetObject"), OTHER_ACTION),
    (trust(Action="*"), OTHER_ACTION),
    (trust(Principal={"AWS": "anna"}), 'Invalid principal in policy: "AWS":"anna"'),
    (
        trust(Effect="Deny", Principal=None, NotPrincipal={"AWS": "anna"}),
        'Invalid principal in policy: "AWS":"anna"',
    ),
    (trust(Principal={"Service": ""}), 'Invalid principal in policy: "SERVICE":""'),
    (trust(Principal={"Federated": "x"}), 'Invalid principal in policy: "FEDERATED":"x"'),
    (trust(Principal={"CanonicalUser": "x"}), 'Invalid principal in policy: "CANONICALUSER":"x"'),
    (
        trust(Principal={"Service": "batch.s3.amazonaws.com"}),
        'Invalid principal in policy: "SERVICE":"batch.s3.amazonaws.com"',
    ),
]


@pytest.mark.parametrize(("text", "message"), TRUST)
def test_trust_policies(text: str, message: str) -> None:
    assert problem(trust_policy, text) == message


@pytest.mark.parametrize(
    "elements",
    [
        {"Principal": {"AWS": ["123456789012", "arn:aws:iam::999999999999:role/x"]}},
        {"Principal": "*", "Condition": {"StringEquals": {"sts:ExternalId": "x"}}},
        {"Principal": {"Service": "ec2.amazonaws.com"}},
        {"Action": ["sts:AssumeRole", "sts:TagSession"]},
        {
            "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/example.org"},
            "Action": "sts:AssumeRoleWithWebIdentity",
        },
    ],
)
def test_trust_policies_that_are_taken(elements: dict[str, Any]) -> None:
    assert trust_policy(trust(**elements)).statements
