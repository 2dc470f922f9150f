"""AWS's own managed policies, as far as tests around S3 attach them.

Source: DOCUMENTED, AWS managed policy reference, November 2026. Their ids are made up, but stay the same.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from s3tag_mock.permissions import document
from s3tag_mock.state.iam import Document, ManagedPolicy, PolicyVersion
from s3tag_mock.state.identities import Identities


class _AwsPolicy(NamedTuple):
    """One of them.

    :param path: begins and ends with ``/``.
    :param version: of the document.
    """

    path: str
    version: str
    created: str
    updated: str
    statements: tuple[Mapping[str, Any], ...]


def _allow(*actions: str, resource: str = "*") -> Mapping[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


_AROUND_OUTPOSTS: Final = (
    _allow(
        "datasync:ListTasks", "datasync:ListLocations", "datasync:DescribeTask", "datasync:DescribeLocation*"
    ),
    _allow(
        "ec2:DescribeVpcs",
        "ec2:DescribeSubnets",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeNetworkInterfaces",
    ),
    _allow("outposts:ListOutposts", "outposts:GetOutpost"),
)
_LOGS: Final = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
_POLICIES: Final[Mapping[str, _AwsPolicy]] = {
    "AWSDenyAll": _AwsPolicy(
        "/",
        "v2",
        "2019-05-01T22:36:14+00:00",
        "2023-12-18T16:42:05+00:00",
        ({"Sid": "DenyAll", "Effect": "Deny", "Action": ["*"], "Resource": "*"},),
    ),
    "AWSLambdaBasicExecutionRole": _AwsPolicy(
        "/service-role/",
        "v1",
        "2015-04-09T15:03:43+00:00",
        "2015-04-09T15:03:43+00:00",
        (_allow(*_LOGS),),
    ),
    "AWSLambdaExecute": _AwsPolicy(
        "/",
        "v1",
        "2015-02-06T18:40:46+00:00",
        "2015-02-06T18:40:46+00:00",
        (
            _allow("logs:*", resource="arn:aws:logs:*:*:*"),
            _allow("s3:GetObject", "s3:PutObject", resource="arn:aws:s3:::*"),
        ),
    ),
    "AdministratorAccess": _AwsPolicy(
        "/",
        "v1",
        "2015-02-06T18:39:46+00:00",
        "2015-02-06T18:39:46+00:00",
        ({"Effect": "Allow", "Action": "*", "Resource": "*"},),
    ),
    "AmazonS3FullAccess": _AwsPolicy(
        "/",
        "v2",
        "2015-02-06T18:40:58+00:00",
        "2021-09-27T20:16:37+00:00",
        (_allow("s3:*", "s3-object-lambda:*"),),
    ),
    "AmazonS3ObjectLambdaExecutionRolePolicy": _AwsPolicy(
        "/service-role/",
        "v1",
        "2021-08-18T10:07:41+00:00",
        "2021-08-18T10:07:41+00:00",
        (_allow(*_LOGS, "s3-object-lambda:WriteGetObjectResponse"),),
    ),
    "AmazonS3OutpostsFullAccess": _AwsPolicy(
        "/",
        "v1",
        "2020-10-02T17:26:30+00:00",
        "2020-10-02T17:26:30+00:00",
        ({"Effect": "Allow", "Action": "s3-outposts:*", "Resource": "*"}, *_AROUND_OUTPOSTS),
    ),
    "AmazonS3OutpostsReadOnlyAccess": _AwsPolicy(
        "/",
        "v1",
        "2020-10-02T18:55:58+00:00",
        "2020-10-02T18:55:58+00:00",
        (_allow("s3-outposts:Get*", "s3-outposts:List*"), *_AROUND_OUTPOSTS),
    ),
    "AmazonS3ReadOnlyAccess": _AwsPolicy(
        "/",
        "v3",
        "2015-02-06T18:40:59+00:00",
        "2023-08-10T21:31:39+00:00",
        (_allow("s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"),),
    ),
    "IAMFullAccess": _AwsPolicy(
        "/",
        "v2",
        "2015-02-06T18:40:38+00:00",
        "2019-06-21T19:40:00+00:00",
        (
            _allow(
                "iam:*",
                "organizations:DescribeAccount",
                "organizations:DescribeOrganization",
                "organizations:DescribeOrganizationalUnit",
                "organizations:DescribePolicy",
                "organizations:ListChildren",
                "organizations:ListParents",
                "organizations:ListPoliciesForTarget",
                "organizations:ListRoots",
                "organizations:ListPolicies",
                "organizations:ListTargetsForPolicy",
            ),
        ),
    ),
    "IAMReadOnlyAccess": _AwsPolicy(
        "/",
        "v4",
        "2015-02-06T18:40:39+00:00",
        "2018-01-25T19:11:27+00:00",
        (
            _allow(
                "iam:GenerateCredentialReport",
                "iam:GenerateServiceLastAccessedDetails",
                "iam:Get*",
                "iam:List*",
                "iam:SimulateCustomPolicy",
                "iam:SimulatePrincipalPolicy",
            ),
        ),
    ),
    "PowerUserAccess": _AwsPolicy(
        "/",
        "v12",
        "2015-02-06T18:39:47+00:00",
        "2026-02-12T17:59:14+00:00",
        (
            {
                "Effect": "Allow",
                "NotAction": ["iam:*", "organizations:*", "account:*"],
                "Resource": "*",
            },
            _allow(
                "account:GetAccountInformation",
                "account:GetGovCloudAccountInformation",
                "account:GetPrimaryEmail",
                "account:ListRegions",
                "iam:CreateServiceLinkedRole",
                "iam:DeleteServiceLinkedRole",
                "iam:ListRoles",
                "organizations:DescribeEffectivePolicy",
                "organizations:DescribeOrganization",
            ),
        ),
    ),
}
#: The names of those that are known.
NAMES: Final = tuple(_POLICIES)


def arn_of(name: str, partition: str = "aws") -> str:
    """The ARN of one of them."""
    return f"arn:{partition}:iam::aws:policy{_POLICIES[name].path}{name}"


def all_of(partition: str) -> Iterator[ManagedPolicy]:
    """All of them, by name."""
    for name in NAMES:
        policy = of(arn_of(name, partition))
        assert policy is not None  # its name is known
        yield policy


def managed_policy(identities: Identities, arn: str) -> ManagedPolicy | None:
    """The managed policy of this ARN: an account's own, or one of AWS's."""
    return identities.policies.get(arn) or of(arn)


@lru_cache(maxsize=256)
def of(arn: str) -> ManagedPolicy | None:
    """The policy of this ARN, in whatever partition; None for any other. It never changes."""
    name = arn.rpartition("/")[2]
    found = _POLICIES.get(name)
    if found is None or arn != arn_of(name, arn.split(":")[1]):
        return None
    content = {"Version": "2012-10-17", "Statement": list(found.statements)}
    created, updated = datetime.fromisoformat(found.created), datetime.fromisoformat(found.updated)
    version = PolicyVersion(
        found.version, Document(json.dumps(content, indent=2), document.of(content)), updated
    )
    digest = base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()
    return ManagedPolicy(
        arn,
        f"ANPA{digest[:17]}",
        name,
        found.path,
        created,
        updated,
        {version.id: version},
        version.id,
        made=int(version.id[1:]),
    )
