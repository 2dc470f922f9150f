"""Access control lists: what canned ones and headers grant, and which argument a refusal names."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import acl
from s3tag_mock.rules.ownership import BUCKET_OWNER_ENFORCED

OWNER, OTHER = "a" * 64, "b" * 64
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"


def user(canonical_id: str, permission: str) -> dict[str, Any]:
    return {"Grantee": {"ID": canonical_id, "Type": "CanonicalUser"}, "Permission": permission}


@pytest.mark.parametrize(
    ("name", "permission"), [("bucket-owner-read", "READ"), ("bucket-owner-full-control", "FULL_CONTROL")]
)
def test_canned_acls_for_the_bucket_owner(name: str, permission: str) -> None:
    alone = [user(OWNER, "FULL_CONTROL")]
    assert acl.given({"ACL": name}, OWNER) == alone
    assert acl.given({"ACL": name}, OWNER, OTHER) == [*alone, user(OTHER, permission)]


def test_grants_in_headers() -> None:
    everybody = {"Grantee": {"Type": "Group", "URI": EVERYBODY}, "Permission": "READ"}
    headers = {"GrantRead": f'id="{OTHER}", uri="{EVERYBODY}"'}
    assert acl.given(headers, OWNER) == [user(OTHER, "READ"), everybody]


def test_a_bucket_without_acls_takes_one_grant_at_most() -> None:
    one, two = [user(OWNER, "FULL_CONTROL")], [user(OWNER, "READ"), user(OTHER, "READ")]
    acl.check(one, BUCKET_OWNER_ENFORCED, closed=False)
    acl.check(two, "ObjectWriter", closed=True)
    for grants, closed in ((two, False), (one, True)):
        with pytest.raises(AwsError, match="AccessControlListNotSupported"):
            acl.check(grants, BUCKET_OWNER_ENFORCED, closed=closed)


def document(grantee: dict[str, str], owner: str = OWNER) -> dict[str, Any]:
    grants = [{"Grantee": grantee, "Permission": "READ"}]
    return {"AccessControlPolicy": {"Owner": {"ID": owner}, "Grants": grants}}


@pytest.mark.parametrize(
    ("params", "argument", "value"),
    [
        ({"ACL": "mine"}, "x-amz-acl", "mine"),
        ({"GrantRead": "id=x"}, "id", "x"),
        ({"GrantRead": "uri=x"}, "uri", "x"),
        ({"GrantWriteACP": " name=x "}, "x-amz-grant-write-acp", "name=x"),
        (document({"Type": "CanonicalUser", "ID": "x"}), "CanonicalUser/ID", "x"),
        (document({"Type": "Group", "URI": "x"}), "Group/URI", "x"),
        (document({"Type": "CanonicalUser", "ID": OTHER}, owner="x"), "CanonicalUser/ID", "x"),
        ({"AccessControlPolicy": {"Owner": {}}}, "CanonicalUser/ID", ""),
    ],
)
def test_refusals_name_the_argument(params: dict[str, Any], argument: str, value: str) -> None:
    with pytest.raises(AwsError) as caught:
        acl.given(params, OWNER)
    assert caught.value.elements == {"ArgumentName": argument, "ArgumentValue": value}
