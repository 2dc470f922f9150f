"""PutObject, GetObject, HeadObject, DeleteObject, through a boto3 client."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock import mock_tagging
from tests.support import refusal


def test_what_is_put_comes_back(photos: str, s3: Any) -> None:
    description = {
        "CacheControl": "no-cache",
        "ContentDisposition": "inline",
        "ContentEncoding": "gzip",
        "ContentLanguage": "de",
        "ContentType": "text/plain",
        "Metadata": {"colour": "blue", "shape": "round"},
        "StorageClass": "STANDARD_IA",
        "WebsiteRedirectLocation": "/other",
    }
    s3.put_object(Bucket=photos, Key="k", Body=b"hello", **description)
    head, answer = s3.head_object(Bucket=photos, Key="k"), s3.get_object(Bucket=photos, Key="k")
    for one in (head, answer):
        assert {name: one[name] for name in description} == description
        assert (one["ContentLength"], one["ETag"]) == (5, '"5d41402abc4b2a76b9719d911017c592"')
        assert one["ServerSideEncryption"] == "AES256"
        assert "VersionId" not in one
    assert answer["Body"].read() == b"hello"


def test_defaults(photos: str, s3: Any) -> None:
    s3.put_object(Bucket=photos, Key="k")
    head = s3.head_object(Bucket=photos, Key="k")
    assert (head["ContentLength"], head["ContentType"], head["Metadata"]) == (0, "binary/octet-stream", {})
    assert "StorageClass" not in head
    assert "TagCount" not in head


def test_streaming_bodies(photos: str, s3: Any) -> None:
    s3.put_object(Bucket=photos, Key="k", Body=b"one\ntwo\nthree")

    def body() -> Any:
        return s3.get_object(Bucket=photos, Key="k")["Body"]

    assert [body().read(3), *body().iter_chunks(4)] == [b"one", b"one\n", b"two\n", b"thre", b"e"]
    assert list(body().iter_lines()) == [b"one", b"two", b"three"]


@needs_botocore("1.38.39", "HeadObject's TagCount")
def test_tags_by_header(aws: Any, photos: str, s3: Any) -> None:
    s3.put_object(Bucket=photos, Key="k", Tagging="a=1&b+c=d%20e&empty")
    assert aws.object_tags(photos, "k") == {"a": "1", "b c": "d e", "empty": ""}
    assert s3.head_object(Bucket=photos, Key="k")["TagCount"] == 3
    s3.put_object(Bucket=photos, Key="k", Tagging="")
    assert aws.object_tags(photos, "k") == {}


def test_overwriting_drops_the_tags(aws: Any, photos: str, s3: Any) -> None:
    s3.put_object(Bucket=photos, Key="c.jpg")
    assert aws.object_tags(photos, "c.jpg") == {}


@pytest.mark.parametrize("header", ["a=1&a=2", "a=1=2", "=v", "k=%ZZ", "k!=v", "aws:k=v", "k=%FF"])
def test_a_refused_header_stores_nothing(photos: str, s3: Any, header: str) -> None:
    assert refusal(lambda: s3.put_object(Bucket=photos, Key="new", Tagging=header))["Status"] == 400
    assert refusal(lambda: s3.head_object(Bucket=photos, Key="new"))["Code"] == "404"


def test_keys_of_every_kind(photos: str, s3: Any) -> None:
    keys = ["/lead", "a//b", "../up/./x", "ü+ %20&?#", "trail/", " blank ", "環境", "\x7f", "k" * 1024]
    for key in keys:
        s3.put_object(Bucket=photos, Key=key, Body=key.encode())
        assert s3.get_object(Bucket=photos, Key=key)["Body"].read() == key.encode()
    listed = {one["Key"] for one in s3.list_objects_v2(Bucket=photos)["Contents"]}
    assert set(keys) <= listed


def test_a_key_that_is_too_long(photos: str, s3: Any) -> None:
    named = {"Bucket": photos, "Key": "ü" * 513}
    source = {"Bucket": photos, "Key": "a.jpg"}
    for call in (
        lambda: s3.put_object(**named),
        lambda: s3.create_multipart_upload(**named),
        lambda: s3.copy_object(**named, CopySource=source),
    ):
        assert refusal(call) == {
            "Status": 400,
            "Code": "KeyTooLongError",
            "Message": "Your key is too long",
            "Size": "1026",
            "MaxSizeAllowed": "1024",
        }


def test_an_unknown_storage_class(photos: str, s3: Any) -> None:
    refused = refusal(lambda: s3.put_object(Bucket=photos, Key="k", StorageClass="OUTPOSTS"))
    assert (refused["Code"], refused["StorageClassRequested"]) == ("InvalidStorageClass", "OUTPOSTS")


def test_what_is_not_there(photos: str, s3: Any) -> None:
    assert refusal(lambda: s3.get_object(Bucket=photos, Key="nothing")) == {
        "Status": 404,
        "Code": "NoSuchKey",
        "Message": "The specified key does not exist.",
        "Key": "nothing",
    }
    assert refusal(lambda: s3.head_object(Bucket=photos, Key="nothing")) == {
        "Status": 404,
        "Code": "404",
        "Message": "Not Found",
    }
    assert s3.delete_object(Bucket=photos, Key="nothing")["ResponseMetadata"]["HTTPStatusCode"] == 204


def test_dates_come_from_the_clock() -> None:
    with mock_tagging(clock=datetime(2020, 2, 29, 12, 0, 0, 999_000)) as aws:
        aws.create_bucket("photos")
        aws.clock.advance(days=1)
        s3 = aws.client("s3")
        answer = s3.put_object(Bucket="photos", Key="k")
        assert answer["ResponseMetadata"]["HTTPHeaders"]["date"] == "Sun, 01 Mar 2020 12:00:00 GMT"
        moment = datetime(2020, 3, 1, 12, tzinfo=timezone.utc)
        assert s3.head_object(Bucket="photos", Key="k")["LastModified"] == moment
        assert s3.list_objects_v2(Bucket="photos")["Contents"][0]["LastModified"] == moment


class TestVersioning:
    @pytest.fixture(autouse=True)
    def bucket(self, aws: Any) -> None:
        aws.create_bucket("photos", versioning=True)

    def test_versions_pile_up(self, s3: Any) -> None:
        first = s3.put_object(Bucket="photos", Key="k", Body=b"1")["VersionId"]
        second = s3.put_object(Bucket="photos", Key="k", Body=b"2")["VersionId"]
        assert s3.get_object(Bucket="photos", Key="k")["VersionId"] == second
        assert s3.get_object(Bucket="photos", Key="k", VersionId=first)["Body"].read() == b"1"

    def test_delete_covers_and_uncovers(self, s3: Any) -> None:
        s3.put_object(Bucket="photos", Key="k", Body=b"1")
        marker = s3.delete_object(Bucket="photos", Key="k")
        assert marker["DeleteMarker"] is True
        gone = refusal(lambda: s3.get_object(Bucket="photos", Key="k"))
        assert (gone["Code"], gone["Status"]) == ("NoSuchKey", 404)
        by_id = refusal(lambda: s3.get_object(Bucket="photos", Key="k", VersionId=marker["VersionId"]))
        assert (by_id["Code"], by_id["Status"], by_id["ResourceType"]) == (
            "MethodNotAllowed",
            405,
            "DeleteMarker",
        )
        removed = s3.delete_object(Bucket="photos", Key="k", VersionId=marker["VersionId"])
        assert removed["DeleteMarker"] is True
        assert s3.get_object(Bucket="photos", Key="k")["Body"].read() == b"1"

    def test_suspended_versioning_replaces_the_null_version(self, s3: Any) -> None:
        kept = s3.put_object(Bucket="photos", Key="k", Body=b"kept")["VersionId"]
        s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Suspended"})
        for body in (b"1", b"2"):
            assert "VersionId" not in s3.put_object(Bucket="photos", Key="k", Body=body)
        assert s3.get_object(Bucket="photos", Key="k")["VersionId"] == "null"
        versions = s3.list_object_versions(Bucket="photos")["Versions"]
        assert [one["VersionId"] for one in versions] == ["null", kept]
        assert s3.delete_object(Bucket="photos", Key="k")["VersionId"] == "null"
        assert [one["VersionId"] for one in s3.list_object_versions(Bucket="photos")["Versions"]] == [kept]


def test_metadata_that_is_too_large(photos: str, s3: Any) -> None:
    s3.put_object(Bucket=photos, Key="k", Body=b"", Metadata={"a": "x" * 2047})
    assert refusal(lambda: s3.put_object(Bucket=photos, Key="k", Body=b"", Metadata={"a": "x" * 2048})) == {
        "Status": 400,
        "Code": "MetadataTooLarge",
        "Message": "Your metadata headers exceed the maximum allowed metadata size",
        "Size": "2049",
        "MaxSizeAllowed": "2048",
    }


def test_an_unversioned_bucket_gave_out_no_version_ids(aws: Any, photos: str, s3: Any) -> None:
    aws.create_bucket("kept", versioning=True)
    version = s3.put_object(Bucket="kept", Key="k", Body=b"")["VersionId"]
    refused = refusal(lambda: s3.get_object(Bucket=photos, Key="a.jpg", VersionId=version))
    assert (refused["Code"], refused["ArgumentValue"]) == ("InvalidArgument", version)
    assert s3.get_object(Bucket=photos, Key="a.jpg", VersionId="null")["ContentLength"] == 0


def test_the_storage_class_of_most_objects_is_not_shown(s3: Any, photos: str) -> None:
    s3.put_object(Bucket=photos, Key="new", Body=b"", StorageClass="STANDARD")
    assert "StorageClass" not in s3.head_object(Bucket=photos, Key="new")
