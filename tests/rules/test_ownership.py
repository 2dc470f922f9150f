"""Who owns what is put into a bucket."""

from __future__ import annotations

import pytest

from s3tag_mock.rules.ownership import owner_of_new

OWNER, OTHER = "123456789012", "999999999999"


@pytest.mark.parametrize(
    ("ownership", "writer", "canned_acl", "owner"),
    [
        ("BucketOwnerEnforced", OTHER, None, OWNER),
        ("BucketOwnerPreferred", OTHER, "bucket-owner-full-control", OWNER),
        ("BucketOwnerPreferred", OTHER, "private", OTHER),
        ("ObjectWriter", OTHER, "bucket-owner-full-control", OTHER),
        (None, OTHER, None, OTHER),
        ("ObjectWriter", None, None, OWNER),
    ],
)
def test_of_a_new_object(
    ownership: str | None, writer: str | None, canned_acl: str | None, owner: str
) -> None:
    assert owner_of_new(ownership, OWNER, writer, canned_acl) == owner
