"""S3PutObjectAcl."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from s3tag_mock.operations.job_operation import JobOperation, Target, Wanted, calling
from s3tag_mock.operations.registry import record_of
from s3tag_mock.operations.s3.acls import put_object_acl
from s3tag_mock.rules.bounds import Members
from s3tag_mock.rules.job_bounds import CANNED_ACL, GRANTS, NAME


def _problems(wanted: Wanted) -> Iterator[str]:
    policy = wanted.get("AccessControlPolicy", {})
    if ("AccessControlList" in policy) == ("CannedAccessControlList" in policy):
        yield "S3PutObjectAcl.AccessControlPolicy must hold AccessControlList or CannedAccessControlList"


def _params(wanted: Wanted) -> Target:
    policy = wanted.get("AccessControlPolicy", {})
    if "CannedAccessControlList" in policy:
        return {"ACL": policy["CannedAccessControlList"]}
    given = policy.get("AccessControlList", {})
    return {"AccessControlPolicy": {**given, "Grants": [_grant(one) for one in given.get("Grants", [])]}}


def _grant(grant: Wanted) -> Target:
    grantee = grant.get("Grantee", {})
    member, kind = {"uri": ("URI", "Group"), "emailAddress": ("EmailAddress", "AmazonCustomerByEmail")}.get(
        grantee.get("TypeIdentifier"), ("ID", "CanonicalUser")
    )
    return {
        "Grantee": {"Type": kind, member: grantee.get("Identifier", "")},
        "Permission": grant.get("Permission"),
    }


PUT_OBJECT_ACL: Final = JobOperation(
    "S3PutObjectAcl",
    record_of(put_object_acl),
    calling(put_object_acl, _params),
    bounds=Members(
        {
            "AccessControlPolicy": Members(
                {
                    "AccessControlList": Members(
                        {"Owner": Members({"ID": NAME, "DisplayName": NAME}), "Grants": GRANTS}
                    ),
                    "CannedAccessControlList": CANNED_ACL,
                }
            )
        }
    ),
    problems=_problems,
)
