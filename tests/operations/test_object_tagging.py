"""PutObjectTagging, GetObjectTagging, DeleteObjectTagging, through a boto3 client."""

from __future__ import annotations

from typing import Any

import pytest

from s3tag_mock.rules.tags import OBJECT
from tests.support import refusal, tag_set


def tags_of(s3: Any, key: str = "a.jpg", **version: str) -> dict[str, str]:
    answer = s3.get_object_tagging(Bucket="photos", Key=key, **version)
    return {tag["Key"]: tag["Value"] for tag in answer["TagSet"]}


def test_put_replaces_the_whole_set(photos: str, s3: Any) -> None:
    s3.put_object_tagging(Bucket=photos, Key="c.jpg", Tagging=tag_set(owner="ann"))
    assert tags_of(s3, "c.jpg") == {"owner": "ann"}


def test_an_object_without_tags_has_an_empty_set(photos: str, s3: Any) -> None:
    answer = s3.get_object_tagging(Bucket=photos, Key="a.jpg")
    assert answer["TagSet"] == []
    assert "VersionId" not in answer


def test_an_empty_set_clears(photos: str, s3: Any) -> None:
    answer = s3.put_object_tagging(Bucket=photos, Key="c.jpg", Tagging={"TagSet": []})
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert tags_of(s3, "c.jpg") == {}


def test_delete_clears_and_may_be_repeated(photos: str, s3: Any) -> None:
    for _ in range(2):
        answer = s3.delete_object_tagging(Bucket=photos, Key="c.jpg")
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
        assert "content-length" not in answer["ResponseMetadata"]["HTTPHeaders"]
    assert tags_of(s3, "c.jpg") == {}


def test_order_blanks_and_scripts_are_kept(photos: str, s3: Any) -> None:
    tags = {"z": "", " 環境 ": " 本番 ", "a": "x\u2028y", "𐐀": "Ⅷ²١"}
    s3.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging=tag_set(**tags))
    assert list(tags_of(s3).items()) == list(tags.items())


@pytest.mark.parametrize("operation", ["put", "get", "delete"])
def test_what_is_not_there(photos: str, s3: Any, operation: str) -> None:
    call = getattr(s3, f"{operation}_object_tagging")
    extra = {"Tagging": tag_set(a="1")} if operation == "put" else {}
    assert refusal(lambda: call(Bucket="nowhere", Key="a", **extra)) == {
        "Status": 404,
        "Code": "NoSuchBucket",
        "Message": "The specified bucket does not exist",
        "BucketName": "nowhere",
    }
    assert refusal(lambda: call(Bucket=photos, Key="nothing", **extra)) == {
        "Status": 404,
        "Code": "NoSuchKey",
        "Message": "The specified key does not exist.",
        "Key": "photos/nothing" if operation == "get" else "nothing",
    }
    assert refusal(lambda: call(Bucket=photos, Key="a.jpg", VersionId="made-up", **extra)) == {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "Invalid version id specified",
        "ArgumentName": "versionId",
        "ArgumentValue": "made-up",
    }


def test_modelled_exceptions_are_caught_by_their_names(photos: str, s3: Any) -> None:
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object_tagging(Bucket=photos, Key="nothing")
    with pytest.raises(s3.exceptions.NoSuchBucket):
        s3.get_object_tagging(Bucket="nowhere", Key="nothing")


KEY_129, VALUE_257 = "k" * 129, "v" * 257


@pytest.mark.parametrize(
    ("tags", "refused"),
    [
        (
            {"TagSet": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]},
            ("InvalidTag", "Cannot provide multiple Tags with the same key", {"TagKey": "a"}),
        ),
        (
            tag_set(**{"aws:x": "1"}),
            ("InvalidTag", "Your TagKey cannot be prefixed with aws:", {"TagKey": "aws:x"}),
        ),
        (
            tag_set(**{"a,b": "1"}),
            ("InvalidTag", "The TagKey you have provided is invalid", {"TagKey": "a,b"}),
        ),
        (
            tag_set(**{"tab\t": "1"}),
            ("InvalidTag", "The TagKey you have provided is invalid", {"TagKey": "tab\t"}),
        ),
        (
            tag_set(**{KEY_129: "1"}),
            ("InvalidTag", "The TagKey you have provided is invalid", {"TagKey": KEY_129}),
        ),
        (
            tag_set(a="1,2"),
            ("InvalidTag", "The TagValue you have provided is invalid", {"TagKey": "a", "TagValue": "1,2"}),
        ),
        (
            tag_set(a=VALUE_257),
            (
                "InvalidTag",
                "The TagValue you have provided is invalid",
                {"TagKey": "a", "TagValue": VALUE_257},
            ),
        ),
        (
            tag_set(**{f"k{number}": "" for number in range(11)}),
            ("BadRequest", "Object tags cannot be greater than 10", {}),
        ),
        (
            tag_set(**{f"k{number}": "," for number in range(11)}),
            ("InvalidTag", "The TagValue you have provided is invalid", {"TagKey": "k0", "TagValue": ","}),
        ),
    ],
)
def test_refused_tags_change_nothing(photos: str, s3: Any, tags: Any, refused: Any) -> None:
    code, message, elements = refused
    assert refusal(lambda: s3.put_object_tagging(Bucket=photos, Key="c.jpg", Tagging=tags)) == {
        "Status": 400,
        "Code": code,
        "Message": message,
        **elements,
    }
    assert tags_of(s3, "c.jpg") == {"team": "blue"}


def test_the_most_that_is_allowed(photos: str, s3: Any) -> None:
    tags = {f"{number}".rjust(128, "k"): "v" * 256 for number in range(OBJECT.most)}
    s3.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging=tag_set(**tags))
    assert tags_of(s3) == tags


class TestVersions:
    @pytest.fixture
    def versions(self, aws: Any, s3: Any) -> list[str]:
        aws.create_bucket("photos", versioning=True)
        return [s3.put_object(Bucket="photos", Key="a.jpg", Tagging=f"n={n}")["VersionId"] for n in (1, 2)]

    def test_each_version_has_its_own_tags(self, s3: Any, versions: list[str]) -> None:
        first, second = versions
        answer = s3.put_object_tagging(
            Bucket="photos", Key="a.jpg", VersionId=first, Tagging=tag_set(n="new")
        )
        assert answer["VersionId"] == first
        assert tags_of(s3, VersionId=first) == {"n": "new"}
        assert tags_of(s3) == {"n": "2"}
        assert s3.get_object_tagging(Bucket="photos", Key="a.jpg")["VersionId"] == second

    def test_a_delete_marker_is_not_tagged(self, s3: Any, versions: list[str]) -> None:
        marker = s3.delete_object(Bucket="photos", Key="a.jpg")["VersionId"]
        for version in ({}, {"VersionId": marker}):
            assert refusal(lambda: s3.get_object_tagging(Bucket="photos", Key="a.jpg", **version)) == {  # noqa: B023
                "Status": 405,
                "Code": "MethodNotAllowed",
                "Message": "The specified method is not allowed against this resource.",
                "Method": "GET",
                "ResourceType": "DeleteMarker",
            }
        assert tags_of(s3, VersionId=versions[0]) == {"n": "1"}

    def test_a_version_that_was_deleted(self, s3: Any, versions: list[str]) -> None:
        s3.delete_object(Bucket="photos", Key="a.jpg", VersionId=versions[0])
        assert refusal(lambda: tags_of(s3, VersionId=versions[0])) == {
            "Status": 404,
            "Code": "NoSuchVersion",
            "Message": "The specified version does not exist.",
            "Key": "a.jpg",
            "VersionId": versions[0],
        }

    def test_the_null_version(self, aws: Any, photos: str, s3: Any) -> None:
        s3.put_bucket_versioning(Bucket=photos, VersioningConfiguration={"Status": "Suspended"})
        for version in ({}, {"VersionId": "null"}):
            answer = s3.get_object_tagging(Bucket=photos, Key="c.jpg", **version)
            assert (answer["VersionId"], answer["TagSet"]) == ("null", [{"Key": "team", "Value": "blue"}])


def test_expected_bucket_owner(photos: str, s3: Any) -> None:
    def tagging(owner: str) -> Any:
        return s3.get_object_tagging(Bucket=photos, Key="c.jpg", ExpectedBucketOwner=owner)

    assert tagging("123456789012")["TagSet"] == [{"Key": "team", "Value": "blue"}]
    assert refusal(lambda: tagging("111122223333")) == {
        "Status": 403,
        "Code": "AccessDenied",
        "Message": "Access Denied",
    }
    assert refusal(lambda: tagging("0000")) == {
        "Status": 400,
        "Code": "InvalidBucketOwnerAWSAccountID",
        "Message": "The value of the expected bucket owner parameter must be an AWS Account ID... [0000]",
    }
