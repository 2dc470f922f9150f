"""CreateBucket and the calls around it, through a boto3 client."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from conftest import ACCOUNT, needs_botocore
from tests.support import refusal, tag_set


@needs_botocore("1.41.1", "BucketArn")
def test_create_head_list_delete(s3: Any) -> None:
    for name in ("photos", "albums"):
        answer = s3.create_bucket(Bucket=name)
        assert (answer["Location"], answer["BucketArn"]) == (f"/{name}", f"arn:aws:s3:::{name}")
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["albums", "photos"]
    head = s3.head_bucket(Bucket="photos")
    assert (head["BucketRegion"], head["AccessPointAlias"]) == ("us-east-1", False)
    assert head["ResponseMetadata"]["HTTPHeaders"]["content-type"] == "application/xml"
    s3.delete_bucket(Bucket="photos")
    assert refusal(lambda: s3.head_bucket(Bucket="photos")) == {
        "Status": 404,
        "Code": "404",
        "Message": "Not Found",
    }


@needs_botocore("1.35.42", "ListBuckets' paging")
def test_paged_listing(aws: Any, s3: Any) -> None:
    for name in ("one", "two", "three"):
        aws.create_bucket(name)
    pages = list(s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2}))
    assert [[bucket["Name"] for bucket in page["Buckets"]] for page in pages] == [["one", "three"], ["two"]]
    found = s3.list_buckets(Prefix="t")
    assert ([bucket["Name"] for bucket in found["Buckets"]], found["Prefix"]) == (["three", "two"], "t")
    assert "Prefix" not in s3.list_buckets()


def test_waiters(s3: Any) -> None:
    s3.create_bucket(Bucket="photos")
    s3.get_waiter("bucket_exists").wait(Bucket="photos")
    s3.delete_bucket(Bucket="photos")
    s3.get_waiter("bucket_not_exists").wait(Bucket="photos")


@pytest.mark.parametrize(
    "name",
    ["Photos", "my_photos", "ph", "a..b", "192.168.5.4", "xn--photos", "photos-s3alias", "p" * 64, "-photos"],
)
def test_names_that_no_new_bucket_gets(s3: Any, name: str) -> None:
    assert refusal(lambda: s3.create_bucket(Bucket=name)) == {
        "Status": 400,
        "Code": "InvalidBucketName",
        "Message": "The specified bucket is not valid.",
        "BucketName": name,
    }


@needs_botocore("1.43", "CreateBucket's BucketNamespace")
class TestAccountRegionalNames:
    """Source: OBSERVED, ansible amazon.aws #2935; moto PR 9871."""

    NAME = f"photos-{ACCOUNT}-us-east-1-an"

    def test_they_are_made_with_the_header_alone(self, s3: Any) -> None:
        for namespace in ({}, {"BucketNamespace": "global"}):
            refused = refusal(lambda given=namespace: s3.create_bucket(Bucket=self.NAME, **given))
            assert (refused["Code"], refused["Header"]) == (
                "MissingNamespaceHeader",
                "x-amz-bucket-namespace",
            )
        s3.create_bucket(Bucket=self.NAME, BucketNamespace="account-regional")
        s3.head_bucket(Bucket=self.NAME)

    @pytest.mark.parametrize(
        "name", ["photos", "photos-999999999999-us-east-1-an", f"photos-{ACCOUNT}-eu-west-1-an"]
    )
    def test_other_names_are_not_in_the_callers_namespace(self, s3: Any, name: str) -> None:
        refused = refusal(lambda: s3.create_bucket(Bucket=name, BucketNamespace="account-regional"))
        assert refused["Code"] == "InvalidNamespaceHeader"
        assert f"Specify -{ACCOUNT}-us-east-1-an as the bucket name suffix" in refused["Message"]

    def test_a_namespace_that_is_none(self, s3: Any) -> None:
        refused = refusal(lambda: s3.create_bucket(Bucket=self.NAME, BucketNamespace="mine"))
        assert refused == {
            "Status": 400,
            "Code": "InvalidArgument",
            "Message": None,
            "ArgumentName": "x-amz-bucket-namespace",
            "ArgumentValue": "mine",
        }


@pytest.mark.parametrize(
    ("region", "constraint", "code"),
    [
        ("us-east-1", None, None),
        ("us-east-1", "eu-west-1", None),
        ("us-east-1", "us-east-1", "InvalidLocationConstraint"),
        ("us-east-1", "foo", "InvalidLocationConstraint"),
        ("eu-west-1", "eu-west-1", None),
        ("eu-west-1", "EU", None),
        ("eu-west-1", None, "IllegalLocationConstraintException"),
        ("eu-west-1", "us-west-2", "IllegalLocationConstraintException"),
        ("us-west-2", "EU", "IllegalLocationConstraintException"),
    ],
)
def test_location_constraints(aws: Any, region: str, constraint: Any, code: str | None) -> None:
    client = boto3.client("s3", region_name=region)
    wanted = {"CreateBucketConfiguration": {"LocationConstraint": constraint}} if constraint else {}
    if code is not None:
        refused = refusal(lambda: client.create_bucket(Bucket="photos", **wanted))
        assert refused["Code"] == code
        if code.startswith("Illegal"):
            assert refused["Message"].startswith(f"The {constraint or 'unspecified'} location constraint ")
        return
    location = client.create_bucket(Bucket="photos", **wanted)["Location"]
    assert location == ("http://photos.s3.amazonaws.com/" if constraint else "/photos")
    assert client.get_bucket_location(Bucket="photos")["LocationConstraint"] == constraint


@needs_botocore("1.41.1", "CreateBucket's Tags")
def test_creating_again(aws: Any, s3: Any) -> None:
    s3.create_bucket(Bucket="photos", CreateBucketConfiguration={"Tags": tag_set(a="1")["TagSet"]})
    s3.create_bucket(Bucket="photos")
    assert aws.bucket_tags("photos") == {"a": "1"}
    again = refusal(
        lambda: s3.create_bucket(
            Bucket="photos", CreateBucketConfiguration={"Tags": tag_set(a="1")["TagSet"]}
        )
    )
    assert (again["Code"], again["Status"]) == ("BucketAlreadyOwnedByYou", 409)
    aws.create_bucket("elsewhere", region="eu-west-1")
    with pytest.raises(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket="elsewhere")


@needs_botocore("1.41.1", "CreateBucket's Tags")
def test_refused_tags_make_no_bucket(s3: Any) -> None:
    wanted = {"Tags": tag_set(**{"aws:x": "1"})["TagSet"]}
    refused = refusal(lambda: s3.create_bucket(Bucket="photos", CreateBucketConfiguration=wanted))
    assert refused["Message"].startswith('User-defined tag keys can\'t start with "aws:"')
    assert s3.list_buckets()["Buckets"] == []


def test_another_accounts_bucket(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    aws._world.buckets_of("us-east-1")["photos"].owner = "111122223333"
    assert refusal(lambda: s3.get_bucket_location(Bucket="photos"))["Code"] == "AccessDenied"
    assert refusal(lambda: s3.create_bucket(Bucket="photos"))["Code"] == "BucketAlreadyExists"
    assert s3.list_buckets()["Buckets"] == []


def test_a_bucket_with_content_stays(photos: str, aws: Any, s3: Any) -> None:
    assert refusal(lambda: s3.delete_bucket(Bucket=photos)) == {
        "Status": 409,
        "Code": "BucketNotEmpty",
        "Message": "The bucket you tried to delete is not empty",
        "BucketName": photos,
    }
    aws.create_bucket("versioned", versioning=True)
    s3.delete_object(Bucket="versioned", Key="k")
    refused = refusal(lambda: s3.delete_bucket(Bucket="versioned"))
    assert refused["Message"].endswith("You must delete all versions in the bucket.")


def test_versioning(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    assert "Status" not in s3.get_bucket_versioning(Bucket="photos")
    for status in ("Enabled", "Suspended"):
        s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": status})
        assert s3.get_bucket_versioning(Bucket="photos")["Status"] == status
    for wanted, code in (({}, "IllegalVersioningConfigurationException"), ({"Status": "On"}, "MalformedXML")):
        refused = refusal(lambda: s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration=wanted))  # noqa: B023
        assert refused["Code"] == code
    s3.create_bucket(Bucket="plain")
    assert "Status" not in s3.get_bucket_versioning(Bucket="plain")
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    s3.put_bucket_versioning(Bucket="locked", VersioningConfiguration={"Status": "Enabled"})


def test_caller_identity(aws: Any) -> None:
    identity = aws.client("sts").get_caller_identity()
    assert identity["Account"] == "123456789012"
    assert identity["Arn"] == "arn:aws:iam::123456789012:user/s3tag_mock"
    assert identity["ResponseMetadata"]["RequestId"]


def test_eu_is_an_old_name(aws: Any) -> None:
    client = aws.client("s3", region_name="eu-west-1")
    client.create_bucket(Bucket="old", CreateBucketConfiguration={"LocationConstraint": "EU"})
    assert client.get_bucket_location(Bucket="old")["LocationConstraint"] == "EU"
    assert (
        client.head_bucket(Bucket="old")["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"]
        == "eu-west-1"
    )


@needs_botocore("1.35.35", "BucketRegion of ListBuckets")
def test_listing_buckets_of_a_region_that_is_none(s3: Any) -> None:
    assert refusal(lambda: s3.list_buckets(BucketRegion="eu-east-1")) == {
        "Status": 400,
        "Code": "InvalidArgument",
        "Message": "Argument value eu-east-1 is not a valid AWS Region",
        "ArgumentName": "bucket-region",
    }


def test_mfa_delete_takes_a_device(photos: str, s3: Any) -> None:
    """Source: cloudposse/terraform-aws-codebuild #76, which shows AWS's answer."""
    put = lambda **more: s3.put_bucket_versioning(
        Bucket=photos, VersioningConfiguration={"Status": "Enabled", **more}
    )
    assert refusal(lambda: put(MFADelete="Enabled")) == {
        "Status": 403,
        "Code": "AccessDenied",
        "Message": "Mfa Authentication must be used for this request",
    }
    assert "Status" not in s3.get_bucket_versioning(Bucket=photos)
    assert refusal(lambda: put(MFADelete="On"))["Code"] == "MalformedXML"
    put(MFADelete="Disabled")
    assert s3.get_bucket_versioning(Bucket=photos)["Status"] == "Enabled"


class TestListing:
    @pytest.fixture(autouse=True)
    def _buckets(self, aws: Any) -> None:
        for name, region in (("a", "us-east-1"), ("ab", "eu-west-1"), ("b", "us-east-1")):
            aws.create_bucket(f"{name}-bucket", region=region)

    @needs_botocore("1.35.42", "parameters of ListBuckets")
    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ({"Prefix": "a"}, ["a-bucket", "ab-bucket"]),
            ({"BucketRegion": "us-east-1"}, ["a-bucket", "b-bucket"]),
            ({"MaxBuckets": 2}, ["a-bucket", "ab-bucket"]),
            ({"ContinuationToken": ""}, ["a-bucket", "ab-bucket", "b-bucket"]),
        ],
    )
    def test_the_region_is_shown_when_anything_is_asked(self, s3: Any, asked: Any, names: Any) -> None:
        """Source: LS test_list_buckets_by_prefix_with_case_sensitivity, test_list_buckets_by_bucket_region,
        test_list_buckets_when_continuation_token_is_empty.
        """
        assert all("BucketRegion" not in one for one in s3.list_buckets()["Buckets"])
        regions = {"a-bucket": "us-east-1", "ab-bucket": "eu-west-1", "b-bucket": "us-east-1"}
        found = [(one["Name"], one["BucketRegion"]) for one in s3.list_buckets(**asked)["Buckets"]]
        assert found == [(name, regions[name]) for name in names]

    @needs_botocore("1.35.42", "parameters of ListBuckets")
    def test_tokens_are_opaque(self, s3: Any) -> None:
        """Source: LS test_list_buckets_with_max_buckets; for what is no token ASSUMED."""
        page = s3.list_buckets(MaxBuckets=1)
        token = page["ContinuationToken"]
        assert "bucket" not in token
        rest = s3.list_buckets(MaxBuckets=2, ContinuationToken=token)
        assert [one["Name"] for one in rest["Buckets"]] == ["ab-bucket", "b-bucket"]
        assert "ContinuationToken" not in rest
        refused = refusal(lambda: s3.list_buckets(ContinuationToken="!"))
        assert (refused["Code"], refused["ArgumentName"]) == ("InvalidArgument", "continuation-token")


def test_the_expected_owner_is_the_buckets_not_the_callers(aws: Any, s3: Any) -> None:
    """A bucket of another account that lets the caller in: that the caller expects itself isn't enough."""
    theirs = aws.client("s3", account_id="999999999999")
    theirs.create_bucket(Bucket="theirs")
    allow = {
        "Effect": "Allow",
        "Principal": {"AWS": ACCOUNT},
        "Action": ["s3:GetBucketVersioning", "s3:ListBucket"],
        "Resource": "arn:aws:s3:::theirs",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    theirs.put_bucket_policy(Bucket="theirs", Policy=policy)
    s3.head_bucket(Bucket="theirs", ExpectedBucketOwner="999999999999")
    refused = refusal(lambda: s3.get_bucket_versioning(Bucket="theirs", ExpectedBucketOwner=ACCOUNT))
    assert (refused["Status"], refused["Code"]) == (403, "AccessDenied")
