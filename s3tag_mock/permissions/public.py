"""Whether a bucket's policy is public.

Source: S3 user guide, "Blocking public access to your Amazon S3 storage", "The meaning of 'public'": a
policy is public unless each of its Allow statements is limited to fixed principals, or to fixed values of
certain keys.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Final

from s3tag_mock.permissions.conditions import Condition, network_of
from s3tag_mock.permissions.document import Policy, Statement
from s3tag_mock.permissions.patterns import has_wildcard, variables_of

#: Condition keys whose fixed values make a statement not public. The last three LIKELY.
_LIMITING: Final = frozenset(
    {
        "aws:principalorgid",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgpaths",
    }
)
_POSITIVE: Final = frozenset(
    {"arnequals", "arnlike", "ipaddress", "stringequals", "stringequalsignorecase", "stringlike"}
)
#: The widest range of addresses that isn't public, by the version of the protocol.
_WIDEST: Final[Mapping[int, int]] = {4: 8, 6: 32}
_PRIVATE: Final = tuple(
    ipaddress.ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
#: The access point's name may be a wildcard, since the account is fixed.
_POINTS_OF_AN_ACCOUNT: Final = re.compile(r"(arn:[^:*?]+:s3:[^:*?]+:\d{12}:accesspoint/)[*?]+")


def is_public(policy: Policy) -> bool:
    """Whether a bucket's policy is public."""
    return any(statement.effect == "Allow" and _is_public(statement) for statement in policy.statements)


def _is_public(statement: Statement) -> bool:
    if statement.principals is not None and not statement.principals.is_everybody:
        return False
    return not any(_limits(condition) for condition in statement.conditions)


def _limits(condition: Condition) -> bool:
    key, operator = condition.key.lower(), condition.operator
    if key not in _LIMITING or operator.base not in _POSITIVE or operator.if_exists:
        return False
    if operator.quantifier == "ForAllValues" or not condition.values:
        return False
    texts = [text.text for text in condition.values]
    if operator.base == "ipaddress":
        return all(_is_narrow(text) for text in texts)
    return all(_is_fixed(key, text) for text in texts)


def _is_fixed(key: str, text: str) -> bool:
    if key == "s3:dataaccesspointarn" and _POINTS_OF_AN_ACCOUNT.fullmatch(text):
        return True
    return not has_wildcard(text) and not variables_of(text)


def _is_narrow(text: str) -> bool:
    network = network_of(text)
    if network is None:
        return False
    is_private = isinstance(network, ipaddress.IPv4Network) and any(
        network.subnet_of(private) for private in _PRIVATE if isinstance(private, ipaddress.IPv4Network)
    )
    return is_private or network.prefixlen >= _WIDEST[network.version]
