"""Tag sets between boto3's shape (a list of Key and Value) and the rules' (key to value)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import tags as tag_rules
from s3tag_mock.rules.tags import Tags
from s3tag_mock.state.bucket import Bucket


def pairs(tags: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Keys and values of ``[{"Key": ..., "Value": ...}, ...]``, in order."""
    return [(tag["Key"], tag["Value"]) for tag in tags]


def pairs_of(tagging: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Keys and values of ``{"TagSet": [...]}``; AWS takes a missing TagSet for an empty one."""
    return pairs(tagging.get("TagSet", ()))


class Tagged(Protocol):
    """What has tags, and shows in the Resource Groups Tagging API once it had some."""

    tags: Tags
    was_tagged: bool


def retag(resource: Tagged, tags: Tags) -> None:
    """Give a resource other tags, remembering that it had some."""
    resource.was_tagged = resource.was_tagged or bool(resource.tags)
    resource.tags = tags


def replace_bucket_tags(call: CallContext, bucket: Bucket, tagging: Mapping[str, Any]) -> None:
    """Put a tag set in the place of a bucket's.

    :raises AwsError: what AWS answers to a tag set that a bucket can't have.
    """
    before = bucket.tags
    retag(bucket, tag_rules.BUCKET.replacing(before, pairs_of(tagging)))
    call.notes.replaced(before, bucket.tags)


def bucket_tag_set(bucket: Bucket) -> list[dict[str, str]]:
    """A bucket's tag set.

    :raises AwsError: NoSuchTagSet when it has none.
    """
    if not bucket.tags:
        raise errors.NO_SUCH_TAG_SET(BucketName=bucket.name)
    return tag_set_of(bucket.tags)


def remove_bucket_tags(bucket: Bucket) -> None:
    """Remove a bucket's tags. That AWS's own stay is ASSUMED."""
    retag(bucket, tag_rules.system_tags(bucket.tags))


def tag_set_of(tags: Tags) -> list[dict[str, str]]:
    """``[{"Key": ..., "Value": ...}, ...]``, in the order in which the tags were put."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
