"""TagResource, UntagResource, ListTagsForResource, and what bucket ABAC closes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import NotSupported
from tests.support import DENIED, refusal, tag_set

THEIRS = "999999999999"
PHOTOS = {"AccountId": ACCOUNT, "ResourceArn": "arn:aws:s3:::photos"}


def tags(**given: str) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = tag_set(**given)["TagSet"]
    return listed


def test_tags_are_merged_and_removed(aws: Any, photos: str, s3control: Any) -> None:
    assert s3control.list_tags_for_resource(**PHOTOS)["Tags"] == []
    answer = s3control.tag_resource(**PHOTOS, Tags=tags(b="1", a="2"))
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    s3control.tag_resource(**PHOTOS, Tags=tags(c="3", b="new"))
    assert s3control.list_tags_for_resource(**PHOTOS)["Tags"] == tags(b="new", a="2", c="3")
    for _ in range(2):
        s3control.untag_resource(**PHOTOS, TagKeys=["a", "not there"])
    assert aws.bucket_tags(photos) == {"b": "new", "c": "3"}


def test_both_ways_lead_to_the_same_tags(photos: str, s3: Any, s3control: Any) -> None:
    s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(a="1"))
    assert s3control.list_tags_for_resource(**PHOTOS)["Tags"] == tags(a="1")
    s3control.tag_resource(**PHOTOS, Tags=tags(b="2"))
    assert s3.get_bucket_tagging(Bucket=photos)["TagSet"] == tags(a="1", b="2")
    s3control.untag_resource(**PHOTOS, TagKeys=["a", "b"])
    assert refusal(lambda: s3.get_bucket_tagging(Bucket=photos))["Code"] == "NoSuchTagSet"


RESERVED = (
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. '
    'Remove "aws:" from your tag keys and try again.'
)
GENERIC = (
    "This request contains a tag key or value that isn't valid. Valid characters include the following: "
    "[a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters."
)


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ([], "InvalidTag", "At least one tag is required."),
        (tags(**{"aws:x": "1"}), "InvalidTag", RESERVED),
        (tags(**{"AWS:x": "1"}), "InvalidTag", GENERIC),
        (tags(**{"a,b": "1"}), "InvalidTag", GENERIC),
        (tags(a="v" * 257), "InvalidTag", GENERIC),
        (
            [*tags(a="1"), *tags(a="2")],
            "InvalidTag",
            "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.",
        ),
        (
            tags(**{f"k{n}": "" for n in range(50)}),
            "TooManyTags",
            "The number of tags exceeds the limit of 50 tags.",
        ),
    ],
)
def test_refused_tags_change_nothing(
    aws: Any, photos: str, s3control: Any, given: Any, code: str, message: str
) -> None:
    s3control.tag_resource(**PHOTOS, Tags=tags(kept="1"))
    assert refusal(lambda: s3control.tag_resource(**PHOTOS, Tags=given)) == {
        "Status": 400,
        "Code": code,
        "Message": message,
    }
    assert aws.bucket_tags(photos) == {"kept": "1"}


def test_fifty_tags_are_put_and_removed(aws: Any, photos: str, s3control: Any) -> None:
    many = tags(**{f"k{n}": "" for n in range(50)})
    s3control.tag_resource(**PHOTOS, Tags=many)
    assert len(aws.bucket_tags(photos)) == 50
    s3control.untag_resource(**PHOTOS, TagKeys=[tag["Key"] for tag in many])
    assert aws.bucket_tags(photos) == {}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ([], "At least one tag is required."),
        (["a", "a"], "Duplicate tag keys are not supported."),
        ([""], GENERIC),
        (["a,b"], GENERIC),
        (["aws:x"], RESERVED),
        (["AWS:x"], None),
    ],
)
def test_keys_that_cannot_be_removed(aws: Any, photos: str, keys: Any, message: Any) -> None:
    s3control = aws.client("s3control", config=Config(parameter_validation=False))
    s3control.tag_resource(**PHOTOS, Tags=tags(kept="1"))
    if message is None:
        s3control.untag_resource(**PHOTOS, TagKeys=keys)
    else:
        assert refusal(lambda: s3control.untag_resource(**PHOTOS, TagKeys=keys))["Message"] == message
    assert aws.bucket_tags(photos) == {"kept": "1"}


def test_a_bucket_without_tags_takes_odd_keys(aws: Any, photos: str) -> None:
    s3control = aws.client("s3control", config=Config(parameter_validation=False))
    s3control.untag_resource(**PHOTOS, TagKeys=["a,b", "k" * 200])
    assert refusal(lambda: s3control.untag_resource(**PHOTOS, TagKeys=[""]))["Message"] == GENERIC


def test_51_keys_are_aws_own_slip(aws: Any, photos: str) -> None:
    control = aws.client("s3control", config=Config(retries={"total_max_attempts": 1}))
    refused = refusal(lambda: control.untag_resource(**PHOTOS, TagKeys=[f"k{n}" for n in range(51)]))
    assert (refused["Status"], refused["Code"]) == (500, "InternalError")


@pytest.mark.parametrize("arn", ["not-an-arn", "arn:aws:s3:::photos/key", "arn:aws:sqs:::photos"])
def test_arns_that_name_no_bucket(photos: str, s3control: Any, arn: str) -> None:
    named = {"AccountId": ACCOUNT, "ResourceArn": arn}
    for call in (
        lambda: s3control.list_tags_for_resource(**named),
        lambda: s3control.tag_resource(**named, Tags=tags(a="1")),
        lambda: s3control.untag_resource(**named, TagKeys=["a"]),
    ):
        refused = refusal(call)
        assert (refused["Status"], refused["Code"]) == (400, "InvalidURI")
        assert refused["URI"].startswith("tags/")


def test_other_resources_are_refused_by_name(s3control: Any) -> None:
    arn = f"arn:aws:s3:us-east-1:{ACCOUNT}:access-grants/default"
    with pytest.raises(NotSupported, match="access-grants/default"):
        s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=arn)


@needs_botocore("1.41.1", "PutBucketAbac")
def test_abac_leaves_only_s3_controls_door(aws: Any, photos: str, s3: Any, s3control: Any) -> None:
    assert s3.get_bucket_abac(Bucket=photos)["AbacStatus"] == {"Status": "Disabled"}
    s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(a="1"))
    s3.put_bucket_abac(Bucket=photos, AbacStatus={"Status": "Enabled"})
    assert s3.get_bucket_abac(Bucket=photos)["AbacStatus"] == {"Status": "Enabled"}

    put = refusal(lambda: s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(b="2")))
    assert (put["Code"], put["Status"]) == ("BadRequest", 400)
    assert "initiate a TagResource request" in put["Message"]
    delete = refusal(lambda: s3.delete_bucket_tagging(Bucket=photos))
    assert delete["Message"].endswith("To delete tags from this bucket, initiate an UntagResource request.")
    assert s3.get_bucket_tagging(Bucket=photos)["TagSet"] == tags(a="1")

    s3control.tag_resource(**PHOTOS, Tags=tags(b="2"))
    assert aws.bucket_tags(photos) == {"a": "1", "b": "2"}
    for wrong in ({"Status": "On"}, {}):
        put = refusal(lambda wrong=wrong: s3.put_bucket_abac(Bucket=photos, AbacStatus=wrong))
        assert put["Code"] == "MalformedXML"
    s3.put_bucket_abac(Bucket=photos, AbacStatus={"Status": "Disabled"})
    assert s3.get_bucket_abac(Bucket=photos)["AbacStatus"] == {"Status": "Disabled"}


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws-cn:s3:::photos",
        f"arn:aws:s3:eu-west-1:{ACCOUNT}:accesspoint/myap",
        "arn:aws:s3:us-east-1:999999999999:accesspoint/myap",
    ],
)
def test_arns_of_elsewhere(photos: str, s3control: Any, arn: str) -> None:
    refused = refusal(lambda: s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=arn))
    assert (refused["Status"], refused["Code"]) == (400, "InvalidRequest")


def test_tags_of_another_accounts_bucket(aws: Any, s3control: Any) -> None:
    """Whatever its policy says (ASSUMED)."""
    theirs = aws.client("s3", account_id=THEIRS)
    theirs.create_bucket(Bucket="theirs")
    allow = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::theirs"}
    statement = {**allow, "Principal": {"AWS": ACCOUNT}}
    theirs.put_bucket_policy(
        Bucket="theirs", Policy=json.dumps({"Version": "2012-10-17", "Statement": statement})
    )
    call = lambda: s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn="arn:aws:s3:::theirs")
    assert refusal(call) == DENIED
