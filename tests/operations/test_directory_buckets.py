"""Directory buckets: objects work there, tags of objects don't."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from tests.support import refusal, tag_set

NAME = "mybucket--use1-az4--x-s3"
ZONE = {
    "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
    "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
}
ENCRYPTION = {
    "ServerSideEncryptionConfiguration": {
        "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
    }
}
ARN = f"arn:aws:s3express:us-east-1:{ACCOUNT}:bucket/{NAME}"


@pytest.fixture
def directory(s3_once: Any) -> str:
    s3_once.create_bucket(Bucket=NAME, CreateBucketConfiguration=ZONE)
    return NAME


@needs_botocore("1.36", "BucketArn")
def test_making_and_finding_one(s3_once: Any, directory: str) -> None:
    head = s3_once.head_bucket(Bucket=directory)
    assert (head["BucketLocationType"], head["BucketLocationName"], head["BucketRegion"]) == (
        "AvailabilityZone",
        "use1-az4",
        "us-east-1",
    )
    [listed] = s3_once.list_directory_buckets()["Buckets"]
    assert listed == {
        "Name": NAME,
        "CreationDate": listed["CreationDate"],
        "BucketRegion": "us-east-1",
        "BucketArn": ARN,
    }
    assert s3_once.list_buckets()["Buckets"] == []
    again = refusal(lambda: s3_once.create_bucket(Bucket=NAME, CreateBucketConfiguration=ZONE))
    assert again["Code"] == "BucketAlreadyOwnedByYou"
    s3_once.delete_bucket(Bucket=directory)
    assert s3_once.list_directory_buckets()["Buckets"] == []


@needs_botocore("1.36", "BucketArn")
def test_pages_of_them(aws: Any, s3_once: Any, photos: str) -> None:
    names = [f"{letter}{NAME}" for letter in "abc"]
    for name in names:
        made = s3_once.create_bucket(Bucket=name, CreateBucketConfiguration=ZONE)
        assert made["Location"] == f"https://{name}.s3express-use1-az4.us-east-1.amazonaws.com/"
        assert made["BucketArn"] == ARN.replace(NAME, name)
    pages = s3_once.get_paginator("list_directory_buckets").paginate(PaginationConfig={"PageSize": 2})
    assert [[one["Name"] for one in page["Buckets"]] for page in pages] == [names[:2], names[2:]]
    unchecked = aws.client("s3", config=Config(parameter_validation=False))
    refused = refusal(lambda: unchecked.list_directory_buckets(MaxDirectoryBuckets=-1))
    assert refused["ArgumentName"] == "max-directory-buckets"


@needs_botocore("1.39.2", "tags of directory buckets")
def test_who_may_make_one(aws: Any, s3control: Any) -> None:
    makes = {"Effect": "Allow", "Action": "s3express:CreateBucket", "Resource": "*"}
    client = aws.client("s3", as_=aws.create_user("anna", {"Version": "2012-10-17", "Statement": makes}))
    tagged = {**ZONE, "Tags": [{"Key": "a", "Value": "1"}]}
    told = refusal(lambda: client.create_bucket(Bucket=NAME, CreateBucketConfiguration=tagged))["Message"]
    assert "s3express:TagResource" in told
    client.create_bucket(Bucket=NAME, CreateBucketConfiguration=ZONE)
    aws.client("s3").create_bucket(Bucket=f"a{NAME}", CreateBucketConfiguration=tagged)
    arn = ARN.replace(NAME, f"a{NAME}")
    assert s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=arn)["Tags"] == tagged["Tags"]
    nobody = aws.client("s3", as_=aws.create_user("bob"))
    told = refusal(lambda: nobody.create_bucket(Bucket=f"b{NAME}", CreateBucketConfiguration=ZONE))["Message"]
    assert "s3express:CreateBucket" in told


def test_what_needs_a_session_and_what_an_action_of_its_own(aws: Any, directory: str) -> None:
    """Source: user guide, "Authorizing Regional endpoint APIs with IAM" of directory buckets."""
    for name, action, operation, params in (
        ("anna", "s3express:CreateSession", "put_object", {"Key": "k"}),
        ("bob", "s3express:CreateSession", "list_objects_v2", {}),
        ("carl", "s3express:PutEncryptionConfiguration", "put_bucket_encryption", ENCRYPTION),
    ):
        method = getattr(aws.client("s3", as_=aws.create_user(name)), operation)
        call = lambda method=method, params=params: method(Bucket=directory, **params)
        assert refusal(call)["Code"] == "AccessDenied"
        statement = {"Effect": "Allow", "Action": action, "Resource": ARN}
        allowed = {"Version": "2012-10-17", "Statement": statement}
        aws.client("iam").put_user_policy(UserName=name, PolicyName="own", PolicyDocument=json.dumps(allowed))
        call()


def test_names_hold_the_zone(s3_once: Any) -> None:
    other = "mybucket--use1-az5--x-s3"
    assert (
        refusal(lambda: s3_once.create_bucket(Bucket=other, CreateBucketConfiguration=ZONE))["Code"]
        == "InvalidBucketName"
    )


def test_objects(s3_once: Any, directory: str) -> None:
    etag = s3_once.put_object(Bucket=directory, Key="k", Body=b"fast")["ETag"]
    assert etag.strip('"') != hashlib.md5(b"fast").hexdigest()  # PutObject
    assert s3_once.get_object(Bucket=directory, Key="k")["Body"].read() == b"fast"
    assert s3_once.head_object(Bucket=directory, Key="k")["StorageClass"] == "EXPRESS_ONEZONE"
    assert s3_once.list_objects_v2(Bucket=directory)["KeyCount"] == 1


def test_tagging_of_objects_and_by_s3s_own_door_is_refused(s3_once: Any, directory: str) -> None:
    s3_once.put_object(Bucket=directory, Key="k", Body=b"")
    calls = [
        lambda: s3_once.put_object_tagging(Bucket=directory, Key="k", Tagging=tag_set(a="1")),
        lambda: s3_once.get_object_tagging(Bucket=directory, Key="k"),
        lambda: s3_once.delete_object_tagging(Bucket=directory, Key="k"),
        # botocore 1.34 sends directory buckets no digest by itself.
        lambda: s3_once.put_bucket_tagging(
            Bucket=directory, Tagging=tag_set(a="1"), ChecksumAlgorithm="CRC32"
        ),
        lambda: s3_once.get_bucket_tagging(Bucket=directory),
        lambda: s3_once.delete_bucket_tagging(Bucket=directory),
    ]
    for call in calls:
        assert refusal(call) == {
            "Status": 501,
            "Code": "NotImplemented",
            "Message": "This operation is not supported for directory buckets.",
        }


def test_tags_with_an_object_are_refused(aws: Any, s3_once: Any, directory: str, photos: str) -> None:
    assert (
        refusal(lambda: s3_once.put_object(Bucket=directory, Key="k", Tagging="a=1"))["Header"]
        == "x-amz-tagging"
    )
    copy = lambda key: s3_once.copy_object(
        Bucket=directory, Key="k", CopySource={"Bucket": photos, "Key": key}
    )
    refused = refusal(lambda: copy("c.jpg"))
    assert (refused["Status"], refused["Header"]) == (501, "x-amz-tagging-directive")
    assert s3_once.list_objects_v2(Bucket=directory)["KeyCount"] == 0
    copy("a.jpg")


@needs_botocore("1.39.2", "tags of directory buckets")
def test_tags_of_the_bucket_by_s3_controls_door(s3_once: Any, s3control: Any, directory: str) -> None:
    s3control.tag_resource(AccountId=ACCOUNT, ResourceArn=ARN, Tags=[{"Key": "a", "Value": "1"}])
    assert s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=ARN)["Tags"] == [
        {"Key": "a", "Value": "1"}
    ]
    plain = f"arn:aws:s3:::{NAME}"
    assert (
        refusal(lambda: s3control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=plain))["Code"]
        == "NoSuchResource"
    )


def test_sessions_last_whatever_the_mocks_clock_says(aws: Any, s3_once: Any, directory: str) -> None:
    aws.clock.set(datetime(2001, 1, 1, tzinfo=timezone.utc))
    s3_once.put_object(Bucket=directory, Key="k", Body=b"")
    assert s3_once.list_objects_v2(Bucket=directory)["KeyCount"] == 1
    session = s3_once.create_session(Bucket=directory)
    left = session["Credentials"]["Expiration"] - datetime.now(timezone.utc)
    assert timedelta(minutes=4) < left <= timedelta(minutes=5)
    assert session.get("ServerSideEncryption", "AES256") == "AES256"  # older models don't know it


def test_seeding_one(aws: Any, s3_once: Any) -> None:
    aws.create_bucket(NAME)
    aws.put_objects(NAME, ["a"])
    assert refusal(lambda: s3_once.get_object_tagging(Bucket=NAME, Key="a"))["Status"] == 501


def test_without_session_authentication(aws: Any, directory: str) -> None:
    client = aws.client("s3", config=Config(s3={"disable_s3_express_session_auth": True}))
    assert client.list_objects_v2(Bucket=directory)["KeyCount"] == 0


def test_sessions_that_only_read(aws: Any, directory: str) -> None:
    reads = {"StringEquals": {"s3express:SessionMode": "ReadOnly", "s3express:authType": "REST-HEADER"}}
    session = {"Effect": "Allow", "Action": "s3express:CreateSession", "Resource": "*", "Condition": reads}
    s3 = aws.client("s3", as_=aws.create_user("anna", {"Version": "2012-10-17", "Statement": session}))
    s3.create_session(Bucket=directory, SessionMode="ReadOnly")
    refused = refusal(lambda: s3.create_session(Bucket=directory, SessionMode="ReadWrite"))
    assert (refused["Code"], refused["Message"]) == ("AccessDenied", "Access Denied")


def test_an_ordinary_bucket_has_no_sessions(s3_once: Any, photos: str) -> None:
    refused = refusal(lambda: s3_once.create_session(Bucket=photos))
    assert (refused["Code"], refused["ResourceType"]) == ("MethodNotAllowed", "BUCKET")


def test_an_upload_leaves_no_part_out(s3_once: Any, directory: str) -> None:
    """CompletedPart's PartNumber: in directory buckets they begin with 1 and are consecutive."""
    upload = {"Bucket": directory, "Key": "big"}
    upload["UploadId"] = s3_once.create_multipart_upload(**upload)["UploadId"]
    etag = s3_once.upload_part(**upload, PartNumber=2, Body=b"x")["ETag"]
    parts = {"Parts": [{"PartNumber": 2, "ETag": etag}]}
    refused = refusal(lambda: s3_once.complete_multipart_upload(**upload, MultipartUpload=parts))
    assert refused["Code"] == "InvalidPartOrder"
