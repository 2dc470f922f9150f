"""What is a public policy."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.permissions import document
from s3tag_mock.permissions.public import is_public


def public(*statements: dict[str, Any]) -> bool:
    whole = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}
    filled = [{**whole, **one} for one in statements]
    return is_public(document.of({"Version": "2012-10-17", "Statement": filled}))


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"StringEquals": {"s3:ExistingObjectTag/public": "yes"}},
        {"StringLike": {"aws:SourceArn": "arn:aws:s3:::*"}},
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalTag/org}"}},
        {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}},
        {"StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}},
        {"ForAllValues:StringEquals": {"aws:SourceVpc": "vpc-1"}},
        {"StringEquals": {"aws:SourceVpc": []}},
        {"StringLike": {"aws:userid": "AROAEXAMPLE:*"}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
        {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "128.0.0.0/7"]}},
        {"IpAddress": {"aws:SourceIp": "2001:db8::/31"}},
        {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
        {"IpAddress": {"aws:SourceIp": "somewhere"}},
        {"Bool": {"aws:SecureTransport": "true"}},
    ],
)
def test_everybody_but_for_what_anybody_may_have_is_public(condition: dict[str, Any]) -> None:
    assert public({"Condition": condition})


@pytest.mark.parametrize(
    "changes",
    [
        {"Principal": {"AWS": "123456789012"}},
        {"Principal": {"Service": "logging.s3.amazonaws.com"}},
        {"Effect": "Deny"},
        {"Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}},
        {"Condition": {"StringEquals": {"AWS:PrincipalOrgId": ["o-1", "o-2"]}}},
        {"Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::logs"}}},
        {"Condition": {"ForAnyValue:StringEquals": {"aws:SourceAccount": "123456789012"}}},
        {"Condition": {"StringEquals": {"s3:DataAccessPointAccount": "123456789012"}}},
        {
            "Condition": {
                "StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-east-1:123456789012:accesspoint/*"}
            }
        },
        {"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},
        {"Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}}},
        {"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7"}}},
    ],
)
def test_fixed_principals_and_fixed_values_are_not_public(changes: dict[str, Any]) -> None:
    assert not public(changes)
    assert public(changes, {}), "one public statement makes the policy public"
