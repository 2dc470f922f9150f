"""PutBucketTagging, GetBucketTagging, DeleteBucketTagging, through a boto3 client."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import refusal, tag_set


def tags_of(s3: Any) -> list[dict[str, str]]:
    tags: list[dict[str, str]] = s3.get_bucket_tagging(Bucket="photos")["TagSet"]
    return tags


NO_TAG_SET = {
    "Status": 404,
    "Code": "NoSuchTagSet",
    "Message": "The TagSet does not exist",
    "BucketName": "photos",
}


def test_put_replaces_the_whole_set(photos: str, s3: Any) -> None:
    s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(b="1", a=""))
    assert tags_of(s3) == [{"Key": "b", "Value": "1"}, {"Key": "a", "Value": ""}]
    answer = s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(c="3"))
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert tags_of(s3) == [{"Key": "c", "Value": "3"}]


def test_a_bucket_without_tags_has_no_tag_set(photos: str, s3: Any) -> None:
    assert refusal(lambda: tags_of(s3)) == NO_TAG_SET


@pytest.mark.parametrize("clear", ["empty set", "delete"])
def test_clearing(photos: str, s3: Any, clear: str) -> None:
    s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(a="1"))
    for _ in range(2):
        if clear == "delete":
            s3.delete_bucket_tagging(Bucket=photos)
        else:
            s3.put_bucket_tagging(Bucket=photos, Tagging={"TagSet": []})
    assert refusal(lambda: tags_of(s3)) == NO_TAG_SET


@pytest.mark.parametrize(
    ("tags", "code", "message", "key"),
    [
        ({"aws:x": "1"}, "InvalidTag", "System tags cannot be added/updated by requester", "aws:x"),
        (
            {"AWS:x": "1"},
            "InvalidTag",
            'Invalid Tag. Tags cannot start with "aws:"(case insensitive) unless they are System Tags that start '
            'with "aws:"(case sensitive)',
            "AWS:x",
        ),
        ({"a!": "1"}, "InvalidTag", "The TagKey you have provided is invalid", "a!"),
        ({f"k{n}": "" for n in range(51)}, "BadRequest", "Bucket tag count cannot be greater than 50", None),
    ],
)
def test_refused_tags_change_nothing(
    photos: str, s3: Any, tags: Any, code: str, message: str, key: Any
) -> None:
    s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(a="1"))
    refused = refusal(lambda: s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(**tags)))
    assert (refused["Status"], refused["Code"], refused["Message"], refused.get("TagKey")) == (
        400,
        code,
        message,
        key,
    )
    assert tags_of(s3) == [{"Key": "a", "Value": "1"}]


def test_fifty_tags_fit(photos: str, s3: Any) -> None:
    s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(**{f"not-aws:{n}": "" for n in range(50)}))
    assert len(tags_of(s3)) == 50
