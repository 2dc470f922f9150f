"""PutBucketTagging, GetBucketTagging, DeleteBucketTagging, through a boto3 client."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from tests.support import refusal, send_raw, tag_set


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


class TestAwsOwnTags:
    """Tags that CloudFormation and others put on a bucket: they begin with ``aws:``."""

    OWN: ClassVar = {"aws:cloudformation:stack-name": "s"}

    @pytest.fixture
    def stack(self, aws: Any) -> str:
        aws.create_bucket("stack", tags={**self.OWN, "team": "blue"})
        return "stack"

    def put(self, s3: Any, tags: dict[str, str]) -> Any:
        return s3.put_bucket_tagging(Bucket="stack", Tagging=tag_set(**tags))

    def test_they_must_be_given_again(self, aws: Any, s3: Any, stack: str) -> None:
        assert refusal(lambda: self.put(s3, {"team": "red"})) == {
            "Status": 400,
            "Code": "InvalidTag",
            "Message": "System Tags cannot be removed by requester",
        }
        self.put(s3, {"team": "red", **self.OWN})
        assert aws.bucket_tags(stack) == {"team": "red", **self.OWN}

    def test_they_cant_be_changed_or_added(self, aws: Any, s3: Any, stack: str) -> None:
        for tags in ({"aws:cloudformation:stack-name": "other"}, {**self.OWN, "aws:new": "1"}):
            assert (
                refusal(lambda tags=tags: self.put(s3, tags))["Message"]
                == "System tags cannot be added/updated by requester"
            )
        assert aws.bucket_tags(stack) == {**self.OWN, "team": "blue"}

    def test_they_dont_count(self, s3: Any, stack: str) -> None:
        self.put(s3, {**self.OWN, **{f"k{number}": "" for number in range(50)}})
        assert len(s3.get_bucket_tagging(Bucket=stack)["TagSet"]) == 51

    def test_they_stay_when_tags_are_deleted(self, aws: Any, s3: Any, stack: str) -> None:
        s3.delete_bucket_tagging(Bucket=stack)
        assert aws.bucket_tags(stack) == self.OWN


def test_an_enormous_document_is_refused_by_its_size(photos: str, s3: Any) -> None:
    body = b"<Tagging><TagSet>" + b" " * 1024 * 1024 + b"</TagSet></Tagging>"
    refused = refusal(lambda: send_raw(s3, "put_bucket_tagging", body=body, Bucket=photos, Tagging=tag_set()))
    assert refused["Code"] == "MaxMessageLengthExceeded"


def test_awss_own_tags_are_named_when_one_is_removed(aws: Any, s3: Any) -> None:
    aws.create_bucket("stack", tags={"aws:a": "1", "mine": "2", "aws:b": "3"})
    refused = refusal(lambda: s3.put_bucket_tagging(Bucket="stack", Tagging=tag_set(mine="2")))
    assert refused == {
        "Status": 400,
        "Code": "InvalidTag",
        "Message": "System Tags cannot be removed by requester",
    }
    assert aws.calls[-1].hint == "AWS's own tags are aws:a, aws:b"
