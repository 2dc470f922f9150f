"""The condition keys of a request: what each is computed from."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from s3tag_mock.permissions import principal
from s3tag_mock.permissions.keys import AccessPoint, Keys
from s3tag_mock.permissions.sent import Sent

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/r"
POINT = AccessPoint(f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/p", ACCOUNT, "VPC", {"Team": "red"})
BLUE = {"team": "blue"}


def keys(action: str, params: dict[str, Any], operation: str = "", **more: Any) -> Keys:
    """The keys of a request.

    :param operation: where it isn't called as the action is.
    :param more: what else :class:`Keys` takes; as ``who`` the principal.
    """
    who = more.pop("who", principal.user(ACCOUNT, "anna"))
    return Keys(who, f"s3:{action}", operation or action, params, NOW, "us-east-1", ACCOUNT, **more)


@pytest.mark.parametrize(
    ("action", "params", "key", "value"),
    [
        ("ListBucket", {}, "s3:max-keys", "1000"),
        ("PutObject", {"Tagging": "a=&b"}, "s3:RequestObjectTag/b", ""),
        ("PutObjectTagging", {"Tagging": {"TagSet": [{"Key": "a"}, {}]}}, "s3:RequestObjectTagKeys", ("a", "")),
        ("PutObjectTagging", {"Tagging": {"TagSet": [{"Key": "a"}]}}, "s3:RequestObjectTag/a", ""),
        ("PutObjectTagging", {"Tagging": {"TagSet": []}}, "s3:RequestObjectTagKeys", None),
        ("UntagResource", {"TagKeys": ["Team"]}, "aws:RequestTag/team", ""),
        ("CreateBucket", {"CreateBucketConfiguration": {"LocationConstraint": "EU"}}, "s3:LocationConstraint", "EU"),
        (
            "PutInventoryConfiguration",
            {"InventoryConfiguration": {"OptionalFields": ["Size"]}},
            "s3:InventoryAccessibleOptionalFields",
            ("Size",),
        ),
        ("PutInventoryConfiguration", {}, "s3:InventoryAccessibleOptionalFields", None),
        (
            "PutObjectRetention",
            {"Retention": {"RetainUntilDate": NOW + timedelta(days=2, hours=1)}},
            "s3:object-lock-remaining-retention-days",
            "2",
        ),
        ("PutObjectRetention", {"Retention": {}}, "s3:object-lock-remaining-retention-days", None),
    ],
)  # fmt: skip
def test_what_a_call_gives(action: str, params: dict[str, Any], key: str, value: Any) -> None:
    assert keys(action, params).get(key) == value


@pytest.mark.parametrize(
    ("operation", "value"),
    [
        ("CompleteMultipartUpload", "true"),
        ("CopyObject", "true"),
        ("PostObject", "true"),
        ("PutObject", "true"),
        ("UploadPart", "false"),
    ],
)
def test_which_calls_make_an_object(operation: str, value: str) -> None:
    assert keys("PutObject", {}, operation).get("s3:ObjectCreationOperation") == value


@pytest.mark.parametrize(("operation", "value"), [("GetObject", "blue"), ("GetObjectAttributes", None)])
def test_which_calls_have_the_objects_tags(operation: str, value: str | None) -> None:
    found = keys(operation, {}, existing_tags=lambda: BLUE)
    assert found.get("s3:ExistingObjectTag/team") == value
    assert found.get("s3:ExistingObjectTag/Team") is None


def test_tags_of_resources_and_access_points() -> None:
    for action, of_bucket in (("ListBucket", "blue"), ("GetObject", "blue"), ("GetJobTagging", None)):
        found = keys(action, {}, resource_tags=BLUE, access_point=lambda: POINT)
        assert found.get("aws:ResourceTag/TEAM") == "blue"
        assert found.get("s3:BucketTag/Team") == of_bucket
        assert found.get("s3:AccessPointTag/team") == "red"
    assert keys("GetObject", {}).get("s3:AccessPointTag/team") is None


def test_the_age_of_a_signature_is_in_milliseconds() -> None:
    sent = Sent(signed_at=NOW - timedelta(minutes=10))
    assert keys("GetObject", {}, sent=sent).get("s3:signatureAge") == "600000"


def test_who_calls() -> None:
    """An anonymous call has "anonymous" as its account (IAM user guide, "aws:PrincipalAccount")."""
    names = ("aws:PrincipalType", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:userid", "aws:username")
    for who, values in (
        (principal.ANONYMOUS, ("Anonymous", "anonymous", None, "anonymous", None)),
        (principal.service("s3.amazonaws.com"), ("Service", None, "s3.amazonaws.com", None, None)),
        (
            principal.federated(ACCOUNT, "f"),
            ("FederatedUser", ACCOUNT, f"arn:aws:sts::{ACCOUNT}:federated-user/f", f"{ACCOUNT}:f", None),
        ),
        (principal.session(ROLE, "s"), ("AssumedRole", ACCOUNT, ROLE, None, None)),
        (principal.session(ROLE, "s", "AROA1"), ("AssumedRole", ACCOUNT, ROLE, "AROA1:s", None)),
    ):
        found = keys("GetObject", {}, who=who)
        assert tuple(found.get(name) for name in names) == values
