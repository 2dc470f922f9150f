"""DeleteObjects, through a boto3 client; DeleteObject's tests are among the objects'."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from conftest import needs_botocore
from tests.support import refusal, send_raw


def test_nobody_may_delete_what_is_not_named(aws: Any, photos: str) -> None:
    nobody = aws.client("s3", config=Config(parameter_validation=False, signature_version=UNSIGNED))
    error = refusal(lambda: nobody.delete_objects(Bucket=photos))
    assert (error["Status"], error["Code"]) == (403, "AccessDenied")


def test_many_at_once(aws: Any, photos: str, s3: Any) -> None:
    wanted = {"Objects": [{"Key": "a.jpg"}, {"Key": "not there"}]}
    assert s3.delete_objects(Bucket=photos, Delete=wanted)["Deleted"] == [
        {"Key": "a.jpg"},
        {"Key": "not there"},
    ]
    answer = s3.delete_objects(Bucket=photos, Delete={"Objects": [{"Key": "b.jpg"}], "Quiet": True})
    assert "Deleted" not in answer
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=photos)["Contents"]] == ["c.jpg"]


def test_versions_and_markers(aws: Any, s3: Any) -> None:
    aws.create_bucket("versioned", versioning=True)
    version = s3.put_object(Bucket="versioned", Key="k")["VersionId"]
    (covered,) = s3.delete_objects(Bucket="versioned", Delete={"Objects": [{"Key": "k"}]})["Deleted"]
    assert covered["DeleteMarker"] is True
    marker = covered["DeleteMarkerVersionId"]
    wanted = [
        {"Key": "k", "VersionId": version},
        {"Key": "k", "VersionId": marker},
        {"Key": "k", "VersionId": "x"},
    ]
    answer = s3.delete_objects(Bucket="versioned", Delete={"Objects": wanted})
    assert answer["Deleted"] == [
        {"Key": "k", "VersionId": version},
        {"Key": "k", "VersionId": marker, "DeleteMarker": True, "DeleteMarkerVersionId": marker},
    ]
    assert [(one["VersionId"], one["Code"]) for one in answer["Errors"]] == [("x", "NoSuchVersion")]
    assert "Versions" not in s3.list_object_versions(Bucket="versioned")


def test_emptying_a_bucket_through_a_resource(photos: str, s3: Any) -> None:
    boto3.resource("s3").Bucket(photos).objects.all().delete()
    assert s3.list_objects_v2(Bucket=photos)["KeyCount"] == 0


def test_how_many(photos: str, s3: Any) -> None:
    def delete(count: int) -> Any:
        return s3.delete_objects(Bucket=photos, Delete={"Objects": [{"Key": f"{n}"} for n in range(count)]})

    assert len(delete(1000)["Deleted"]) == 1000
    assert refusal(lambda: delete(1001))["Code"] == "MalformedXML"
    assert refusal(lambda: delete(0))["Code"] == "MalformedXML"


def test_a_digest_is_needed(photos: str, s3: Any) -> None:
    body = b"<Delete><Object><Key>a.jpg</Key></Object></Delete>"
    delete = {"Objects": [{"Key": "a.jpg"}]}
    refused = refusal(lambda: send_raw(s3, "delete_objects", body=body, Bucket=photos, Delete=delete))
    assert refused["Message"] == "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"


@needs_botocore("1.36.0", "conditions of DeleteObjects")
def test_conditions(photos: str, s3: Any) -> None:
    etag = s3.head_object(Bucket=photos, Key="c.jpg")["ETag"]
    wanted = [{"Key": "a.jpg", "ETag": "x"}, {"Key": "b.jpg", "Size": 0}, {"Key": "c.jpg", "ETag": etag}]
    answer = s3.delete_objects(Bucket=photos, Delete={"Objects": wanted})
    assert [one["Key"] for one in answer["Deleted"]] == ["c.jpg"]
    assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [
        ("a.jpg", "PreconditionFailed"),
        ("b.jpg", "NotImplemented"),
    ]


@needs_botocore("1.36.0", "conditions of DeleteObject")
def test_conditions_of_one(photos: str, s3: Any) -> None:
    refused = refusal(lambda: s3.delete_object(Bucket=photos, Key="a.jpg", IfMatch="x"))
    assert (refused["Status"], refused["Condition"]) == (412, "If-Match")
    assert refusal(lambda: s3.delete_object(Bucket=photos, Key="nothing", IfMatch="x"))["Code"] == "NoSuchKey"
    assert refusal(lambda: s3.delete_object(Bucket=photos, Key="a.jpg", IfMatchSize=0)) == {
        "Status": 501,
        "Code": "NotImplemented",
        "Message": "A header you provided implies functionality that is not implemented",
        "Header": "x-amz-if-match-size",
    }


def test_a_version_is_deleted_twice(s3: Any, kept: str) -> None:
    version = s3.put_object(Bucket=kept, Key="k", Body=b"")["VersionId"]
    for _ in range(2):
        answer = s3.delete_object(Bucket=kept, Key="k", VersionId=version)
        assert (answer["VersionId"], "DeleteMarker" in answer) == (version, False)


class TestVersionIds:
    """Source: LS test_delete_objects, test_delete_objects_versioned."""

    UNKNOWN = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"

    @pytest.mark.parametrize("version_id", [UNKNOWN, "x"])
    @pytest.mark.parametrize("versioning", [False, True])
    def test_that_s3_never_gave_out(self, aws: Any, s3: Any, version_id: str, versioning: bool) -> None:
        aws.create_bucket("photos", versioning=versioning)
        s3.put_object(Bucket="photos", Key="k", Body=b"")
        one = {"Key": "k", "VersionId": version_id}
        assert s3.delete_objects(Bucket="photos", Delete={"Objects": [one]})["Errors"] == [
            {**one, "Code": "NoSuchVersion", "Message": "The specified version does not exist."}
        ]
        single = refusal(lambda: s3.delete_object(Bucket="photos", **one))
        assert single["Code"] == "InvalidArgument"

    def test_that_are_gone(self, s3: Any, kept: str) -> None:
        one = {"Key": "k", "VersionId": s3.put_object(Bucket=kept, Key="k", Body=b"")["VersionId"]}
        for _ in range(2):
            assert s3.delete_objects(Bucket=kept, Delete={"Objects": [one]})["Deleted"] == [one]


@pytest.mark.parametrize("bypass", [True, False])
def test_bypassing_takes_a_bucket_with_lock(photos: str, s3: Any, bypass: bool) -> None:
    """Source: LS test_delete_object_with_no_locking, also for false."""
    expected = {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
        "ArgumentName": "x-amz-bypass-governance-retention",
    }
    said: dict[str, Any] = {"Bucket": photos, "BypassGovernanceRetention": bypass}
    assert refusal(lambda: s3.delete_object(Key="a.jpg", **said)) == expected
    assert refusal(lambda: s3.delete_objects(Delete={"Objects": [{"Key": "a.jpg"}]}, **said)) == expected
    s3.head_object(Bucket=photos, Key="a.jpg")
