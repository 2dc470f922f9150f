"""The tags of roles, users, policies and instance profiles: a key is one whatever its case.

Source: IAM user guide, "Tagging IAM resources"; OBSERVED aws-cdk #26253: a key in another case takes
the first one's place. Lengths and characters stand in botocore's model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from s3tag_mock import errors
from s3tag_mock.rules import iam_limits
from s3tag_mock.rules.tags import NO_TAGS, Tags


def given(pairs: Sequence[tuple[str, str]]) -> Tags:
    """The tags that something is made with: botocore's model limits their number.

    :raises AwsError: InvalidInput.
    """
    keys = [key.lower() for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise errors.IDENTITY_TAGS_REPEATED()
    if any(key.startswith("aws:") for key in keys):
        raise errors.IDENTITY_TAG_RESERVED()
    return dict(pairs) or NO_TAGS


def merged(old: Tags, pairs: Sequence[tuple[str, str]], quota: str) -> Tags:
    """A tag set with some more, or with other values.

    :param quota: the name of the limit, for the error.
    :raises AwsError: InvalidInput, LimitExceeded.
    """
    new = given(pairs)
    tags = {**without(old, new), **new}
    if len(tags) > iam_limits.TAGS:
        raise errors.QUOTA_EXCEEDED(quota=quota, limit=str(iam_limits.TAGS))
    return tags or NO_TAGS


def without(old: Tags, keys: Iterable[str]) -> Tags:
    """A tag set without some keys; those that aren't in it don't matter."""
    gone = {key.lower() for key in keys}
    return {key: value for key, value in old.items() if key.lower() not in gone} or NO_TAGS
