"""S3 on Outposts: buckets and their tags through S3 Control, objects through access points."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from tests.support import refusal, tag_set

OUTPOST = "op-01234567890123456"
OWNER = f"arn:aws:s3-outposts:us-east-1:{ACCOUNT}:outpost/{OUTPOST}"
ARN = f"{OWNER}/bucket/mybucket"
BUCKET = {"AccountId": ACCOUNT, "Bucket": ARN}


@pytest.fixture
def bucket(s3control: Any) -> str:
    arn: str = s3control.create_bucket(Bucket="mybucket", OutpostId=OUTPOST)["BucketArn"]
    return arn


@pytest.fixture(params=["AccessPointArn", "Alias"])
def name(request: pytest.FixtureRequest, s3control: Any, bucket: str) -> str:
    answer: dict[str, str] = s3control.create_access_point(
        AccountId=ACCOUNT, Name="myap", Bucket=bucket, VpcConfiguration={"VpcId": "vpc-1"}
    )
    return answer[request.param]


class TestBuckets:
    def test_their_life(self, s3control: Any) -> None:
        gone = lambda: refusal(lambda: s3control.get_bucket(**BUCKET))
        assert gone() == {
            "Status": 404,
            "Code": "NoSuchBucket",
            "Message": "The specified bucket does not exist",
            "BucketName": "mybucket",
        }
        created = s3control.create_bucket(Bucket="mybucket", OutpostId=OUTPOST)
        assert (created["Location"], created["BucketArn"]) == ("/mybucket", ARN)
        found = s3control.get_bucket(**BUCKET)
        assert (found["Bucket"], found["PublicAccessBlockEnabled"]) == ("mybucket", True)
        assert found["CreationDate"].tzinfo is not None
        assert (
            refusal(lambda: s3control.create_bucket(Bucket="mybucket", OutpostId=OUTPOST))["Code"]
            == "BucketAlreadyOwnedByYou"
        )
        s3control.delete_bucket(**BUCKET)
        assert gone()["Code"] == "NoSuchBucket"

    def test_listing(self, s3control: Any, bucket: str) -> None:
        other = "op-0aaaaaaaaaaaaaaaa"
        s3control.create_bucket(Bucket="another", OutpostId=other)
        both = s3control.list_regional_buckets(AccountId=ACCOUNT)["RegionalBucketList"]
        assert [(one["Bucket"], one["OutpostId"]) for one in both] == [
            ("another", other),
            ("mybucket", OUTPOST),
        ]
        assert all(one["PublicAccessBlockEnabled"] for one in both)
        assert all(one["CreationDate"].tzinfo is not None for one in both)
        first = s3control.list_regional_buckets(AccountId=ACCOUNT, MaxResults=1)
        second = s3control.list_regional_buckets(AccountId=ACCOUNT, NextToken=first["NextToken"])
        assert [one["BucketArn"] for one in second["RegionalBucketList"]] == [ARN]
        of_one = s3control.list_regional_buckets(AccountId=ACCOUNT, OutpostId=OUTPOST)["RegionalBucketList"]
        assert [one["Bucket"] for one in of_one] == ["mybucket"]

    def test_they_are_none_of_s3s_own(self, aws: Any, bucket: str) -> None:
        assert aws.client("s3").list_buckets()["Buckets"] == []
        aws.create_bucket("mybucket")

    def test_outposts_that_are_none(self, s3control: Any) -> None:
        refused = refusal(lambda: s3control.create_bucket(Bucket="mybucket", OutpostId="op-1"))
        assert (refused["Status"], refused["Code"]) == (404, "NoSuchOutpost")
        refused = refusal(lambda: s3control.create_bucket(Bucket="mybucket"))
        assert (refused["Code"], refused["ResourceType"]) == ("MethodNotAllowed", "BUCKET")

    def test_ordinary_buckets_arent_served_here(self, photos: str, s3control: Any) -> None:
        refused = refusal(lambda: s3control.get_bucket_tagging(AccountId=ACCOUNT, Bucket=photos))
        assert (refused["Status"], refused["Code"], refused["Method"]) == (405, "MethodNotAllowed", "GET")

    def test_a_bucket_on_an_outpost_whose_name_is_none(self, s3control: Any) -> None:
        create = lambda: s3control.create_bucket(Bucket="No_Bucket", OutpostId="op-01234567890123456")
        assert refusal(create) == {
            "Status": 400,
            "Code": "InvalidBucketName",
            "Message": "The specified bucket is not valid.",
            "BucketName": "No_Bucket",
        }


class TestTagging:
    def test_put_get_delete(self, s3control: Any, bucket: str) -> None:
        missing = lambda: refusal(lambda: s3control.get_bucket_tagging(**BUCKET))
        assert missing()["Code"] == "NoSuchTagSet"
        s3control.put_bucket_tagging(**BUCKET, Tagging=tag_set(b="2", a="1"))
        assert s3control.get_bucket_tagging(**BUCKET)["TagSet"] == tag_set(b="2", a="1")["TagSet"]
        s3control.delete_bucket_tagging(**BUCKET)
        assert missing() == {
            "Status": 404,
            "Code": "NoSuchTagSet",
            "Message": "The TagSet does not exist",
            "BucketName": "mybucket",
        }

    def test_tag_rules_are_those_of_buckets(self, s3control: Any, bucket: str) -> None:
        put = lambda **tags: s3control.put_bucket_tagging(
            **BUCKET, Tagging={"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]}
        )
        assert (
            refusal(lambda: put(**{"aws:x": ""}))["Message"]
            == "System tags cannot be added/updated by requester"
        )
        assert (
            refusal(lambda: put(**{f"k{n}": "" for n in range(51)}))["Message"]
            == "Bucket tag count cannot be greater than 50"
        )
        put(**{f"k{n}": "" for n in range(50)})


class TestThroughAccessPoints:
    def test_objects_and_their_tags(self, s3: Any, name: str) -> None:
        s3.put_object(Bucket=name, Key="k", Body=b"outpost")
        s3.put_object_tagging(Bucket=name, Key="k", Tagging=tag_set(a="1"))
        assert s3.get_object_tagging(Bucket=name, Key="k")["TagSet"] == tag_set(a="1")["TagSet"]
        s3.delete_object_tagging(Bucket=name, Key="k")
        assert s3.get_object(Bucket=name, Key="k")["Body"].read() == b"outpost"

    def test_the_access_point(self, s3control: Any, name: str) -> None:
        (listed,) = s3control.list_access_points(AccountId=ACCOUNT, Bucket=ARN)["AccessPointList"]
        assert (listed["NetworkOrigin"], listed["VpcConfiguration"], listed["Bucket"]) == (
            "VPC",
            {"VpcId": "vpc-1"},
            ARN,
        )
        arn = f"{OWNER}/accesspoint/myap"
        assert s3control.get_access_point(AccountId=ACCOUNT, Name=arn)["AccessPointArn"] == arn
        kept = refusal(lambda: s3control.delete_bucket(**BUCKET))
        assert kept["Code"] == "BucketHasAccessPointsAttached"
        s3control.delete_access_point(AccountId=ACCOUNT, Name=arn)
        s3control.delete_bucket(**BUCKET)

    def test_it_needs_a_vpc(self, s3control: Any, bucket: str) -> None:
        create = lambda: s3control.create_access_point(AccountId=ACCOUNT, Name="myap", Bucket=bucket)
        assert refusal(create)["Code"] == "InvalidRequest"

    def test_what_isnt_there(self, s3: Any) -> None:
        refused = refusal(lambda: s3.get_object_tagging(Bucket=f"{OWNER}/accesspoint/nothing", Key="k"))
        assert (refused["Code"], refused["AccessPointName"]) == ("NoSuchAccessPoint", "nothing")
