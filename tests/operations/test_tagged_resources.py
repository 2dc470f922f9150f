"""The Resource Groups Tagging API over what lives in S3."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from math import inf
from typing import Any

import pytest
from botocore.config import Config

from conftest import needs_botocore
from s3tag_mock.exceptions import NotSupported
from s3tag_mock.rules import tagged_resources
from tests.support import OTHER, refusal, tag_set

pytestmark = needs_botocore("1.41.1", "tags of what is created, and PutBucketAbac")

TEAM = {"Key": "team", "Value": "blue"}


@pytest.fixture
def groups(aws: Any) -> Any:
    return aws.client("resourcegroupstaggingapi")


@pytest.fixture
def buckets(aws: Any) -> None:
    """Buckets with tags and without, here, elsewhere, and of another account."""
    aws.create_bucket("photos", tags={"team": "blue", "stage": "prod"})
    aws.create_bucket("backup", tags={"team": "red"})
    aws.create_bucket("never")
    aws.create_bucket("fotos", region="eu-central-1", tags={"team": "blue"})
    aws.client("s3", account_id=OTHER).create_bucket(
        Bucket="theirs", CreateBucketConfiguration={"Tags": [TEAM]}
    )


def shown(answer: dict[str, Any]) -> dict[str, dict[str, str]]:
    """ARN to tags."""
    return {
        one["ResourceARN"]: {tag["Key"]: tag["Value"] for tag in one["Tags"]}
        for one in answer["ResourceTagMappingList"]
    }


def refused(call: Any, **params: Any) -> Any:
    return refusal(lambda: call(**params))


def names(answer: dict[str, Any]) -> list[str]:
    return [arn.rpartition(":")[2] for arn in shown(answer)]


@pytest.mark.usefixtures("buckets")
def test_resources_with_tags_in_their_region(aws: Any, groups: Any) -> None:
    answer = groups.get_resources()
    assert shown(answer) == {
        "arn:aws:s3:::backup": {"team": "red"},
        "arn:aws:s3:::photos": {"team": "blue", "stage": "prod"},
    }
    assert answer["PaginationToken"] == ""
    elsewhere = aws.client("resourcegroupstaggingapi", region_name="eu-central-1")
    assert names(elsewhere.get_resources()) == ["fotos"]


@pytest.mark.usefixtures("buckets")
def test_resources_that_had_tags_have_none(s3: Any, groups: Any) -> None:
    s3.delete_bucket_tagging(Bucket="backup")
    s3.put_bucket_tagging(Bucket="never", Tagging={"TagSet": []})
    assert shown(groups.get_resources())["arn:aws:s3:::backup"] == {}
    assert names(groups.get_resources(TagFilters=[{"Key": "team"}])) == ["photos"]
    assert "never" not in names(groups.get_resources())


@pytest.mark.usefixtures("buckets")
@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        ([{"Key": "team"}], ["backup", "photos"]),
        ([{"Key": "team", "Values": ["blue", "green"]}], ["photos"]),
        ([{"Key": "team", "Values": ["blue", "red"]}, {"Key": "stage"}], ["photos"]),
        ([{"Key": "Team"}], []),
        ([{"Key": "team", "Values": []}], ["backup", "photos"]),
    ],
)
def test_filters_by_tags(groups: Any, filters: Any, chosen: list[str]) -> None:
    assert names(groups.get_resources(TagFilters=filters)) == chosen


def test_filters_by_types(aws: Any, groups: Any, s3control: Any) -> None:
    account = {"AccountId": "123456789012"}
    aws.create_bucket("photos", tags={"team": "blue"})
    s3control.create_access_point(**account, Name="door", Bucket="photos", Tags=[TEAM])
    group = {"Name": "lens", "Filter": {"MatchAnyPrefix": ["a"]}}
    s3control.create_storage_lens_group(**account, StorageLensGroup=group, Tags=[TEAM])
    kinds = {"s3:bucket": ["photos"], "s3:accesspoint": ["accesspoint/door"]}
    for wanted, chosen in {**kinds, "s3:storage-lens-group": ["storage-lens-group/lens"], "ec2": []}.items():
        assert names(groups.get_resources(ResourceTypeFilters=[wanted])) == chosen
    assert len(names(groups.get_resources(ResourceTypeFilters=["ec2:instance", "s3"]))) == 3


@pytest.mark.usefixtures("buckets")
def test_resources_by_their_arns(groups: Any) -> None:
    wanted = ["arn:aws:s3:::photos", "arn:aws:s3:::nothing"]
    assert names(groups.get_resources(ResourceARNList=wanted)) == ["photos"]


def test_named_resources_are_one_page(aws: Any, groups: Any) -> None:
    many = [f"bucket-{number:02}" for number in range(51)]
    for name in many:
        aws.create_bucket(name, tags={"team": "blue"})
    assert names(groups.get_resources()) == many[:50]
    named = groups.get_resources(ResourceARNList=[f"arn:aws:s3:::{name}" for name in many])
    assert (names(named), named["PaginationToken"]) == (many, "")


def test_pages(aws: Any, groups: Any) -> None:
    everything = [f"bucket-{number:02}" for number in range(22)]
    for name in everything:
        aws.create_bucket(name, tags={f"key-{number}": "" for number in range(10)})
    pages = list(groups.get_paginator("get_resources").paginate(TagsPerPage=100))
    assert [len(names(page)) for page in pages] == [10, 10, 2]
    assert [name for page in pages for name in names(page)] == everything
    by_resources = groups.get_paginator("get_resources").paginate(ResourcesPerPage=20)
    assert [len(names(page)) for page in by_resources] == [20, 2]
    without = [tagged_resources.Mapped(str(number), {}) for number in range(3)]
    assert tagged_resources.page(without, inf, 2) == (without[:2], False)


def test_pages_go_on_by_arn_across_kinds(aws: Any, groups: Any, s3control: Any) -> None:
    for name in ("zoo", "aaa--use1-az4--x-s3", "mmm--use1-az4--x-s3", "photos"):
        aws.create_bucket(name)
    account = {"AccountId": "123456789012"}
    points = [
        s3control.create_access_point(**account, Name=name, Bucket="zoo", Tags=[TEAM])["AccessPointArn"]
        for name in ("side-door", "door")
    ]
    resources = ["arn:aws:s3:::zoo", "arn:aws:s3:::photos", *points]
    for name in ("mmm", "aaa"):
        resources.append(f"arn:aws:s3express:us-east-1:123456789012:bucket/{name}--use1-az4--x-s3")
    failed = groups.tag_resources(ResourceARNList=resources, Tags={"team": "blue"})["FailedResourcesMap"]
    assert failed == {}
    pages = groups.get_paginator("get_resources").paginate(ResourcesPerPage=1)
    assert [arn for page in pages for arn in shown(page)] == sorted(resources)


def test_a_token_is_valid_for_fifteen_minutes(aws: Any, groups: Any) -> None:
    for name in ("one", "two"):
        aws.create_bucket(name, tags={"team": "blue"})
    aws.clock.set(datetime(2026, 11, 20, tzinfo=timezone.utc))
    token = groups.get_resources(ResourcesPerPage=1)["PaginationToken"]
    aws.clock.advance(minutes=15)
    assert names(groups.get_resources(PaginationToken=token)) == ["two"]
    aws.clock.advance(seconds=1)
    with pytest.raises(groups.exceptions.PaginationTokenExpiredException):
        groups.get_resources(PaginationToken=token)
    for broken in ("x", token[:-4], "MTI=", "W1tb" * 500, f"!{token}"):
        assert refused(groups.get_resources, PaginationToken=broken)["Code"] == "InvalidParameterException"


@pytest.mark.usefixtures("buckets")
def test_keys_and_values(groups: Any) -> None:
    assert groups.get_tag_keys()["TagKeys"] == ["team", "stage"]
    answer = groups.get_tag_values(Key="team")
    assert (answer["TagValues"], answer["PaginationToken"]) == (["blue", "red"], "")
    assert groups.get_tag_values(Key="nothing")["TagValues"] == []


def test_pages_of_keys(aws: Any, groups: Any) -> None:
    for bucket in range(3):
        keys = range(bucket * 50, bucket * 50 + 50)
        aws.create_bucket(f"bucket-{bucket}", tags={f"key-{number}": "" for number in keys})
    pages = [page["TagKeys"] for page in groups.get_paginator("get_tag_keys").paginate()]
    assert [key for page in pages for key in page] == [f"key-{number}" for number in range(150)]
    assert len(pages) == 2


def test_compliance(aws: Any, groups: Any) -> None:
    aws.create_bucket("photos", tags={"team": "blue"})
    (resource,) = groups.get_resources(IncludeComplianceDetails=True)["ResourceTagMappingList"]
    assert resource["ComplianceDetails"]["ComplianceStatus"] is True
    both = {"IncludeComplianceDetails": True, "ExcludeCompliantResources": True}
    assert names(groups.get_resources(**both)) == []
    assert (
        refused(groups.get_resources, ExcludeCompliantResources=True)["Code"] == "InvalidParameterException"
    )


@pytest.mark.usefixtures("buckets")
def test_tags_are_merged_and_removed(aws: Any, groups: Any) -> None:
    arns = ["arn:aws:s3:::photos", "arn:aws:s3:::never"]
    answer = groups.tag_resources(ResourceARNList=arns, Tags={"team": "green", "cost": "1"})
    assert answer["FailedResourcesMap"] == {}
    assert aws.bucket_tags("photos") == {"team": "green", "stage": "prod", "cost": "1"}
    assert aws.bucket_tags("never") == {"team": "green", "cost": "1"}
    removed = groups.untag_resources(ResourceARNList=arns, TagKeys=["team", "cost", "nothing"])
    assert removed["FailedResourcesMap"] == {}
    assert (aws.bucket_tags("photos"), aws.bucket_tags("never")) == ({"stage": "prod"}, {})


def test_access_points_and_buckets_with_abac(aws: Any, s3: Any, s3control: Any, groups: Any) -> None:
    aws.create_bucket("photos")
    s3.put_bucket_abac(Bucket="photos", AbacStatus={"Status": "Enabled"})
    point = s3control.create_access_point(AccountId="123456789012", Name="door", Bucket="photos")
    arns = ["arn:aws:s3:::photos", point["AccessPointArn"]]
    assert groups.tag_resources(ResourceARNList=arns, Tags={"a": "1", "b": "2"})["FailedResourcesMap"] == {}
    assert groups.untag_resources(ResourceARNList=arns, TagKeys=["b"])["FailedResourcesMap"] == {}
    assert list(shown(groups.get_resources()).values()) == [{"a": "1"}, {"a": "1"}]


@pytest.mark.usefixtures("buckets")
def test_each_resource_fails_on_its_own(aws: Any, s3: Any, groups: Any) -> None:
    s3.get_bucket_tagging(Bucket="backup")
    s3.put_bucket_tagging(Bucket="backup", Tagging=tag_set(**{f"k{number}": "" for number in range(50)}))
    full = [f"arn:aws:s3:::{name}" for name in ("nothing", "theirs", "fotos", "backup", "photos")]
    failed = groups.tag_resources(ResourceARNList=full, Tags={"new": ""})["FailedResourcesMap"]
    assert failed["arn:aws:s3:::nothing"] == {
        "StatusCode": 404,
        "ErrorCode": "NoSuchBucket",
        "ErrorMessage": "The specified bucket does not exist",
    }
    codes = {arn.rpartition(":")[2]: failure["ErrorCode"] for arn, failure in failed.items()}
    assert codes == {
        "nothing": "NoSuchBucket",
        "theirs": "AccessDenied",
        "fotos": "InvalidParameterException",
        "backup": "BadRequest",
    }
    assert "new" in aws.bucket_tags("photos")


@pytest.mark.parametrize("action", ["s3:PutBucketTagging", "s3:GetBucketTagging"])
def test_a_bucket_s_policy_decides(aws: Any, s3: Any, groups: Any, action: str) -> None:
    aws.create_bucket("photos", tags={"team": "blue"})
    denial = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": "arn:aws:s3:::photos",
    }
    s3.put_bucket_policy(Bucket="photos", Policy=json.dumps({"Version": "2012-10-17", "Statement": denial}))
    answer = groups.tag_resources(ResourceARNList=["arn:aws:s3:::photos"], Tags={"a": ""})
    assert answer["FailedResourcesMap"]["arn:aws:s3:::photos"]["ErrorCode"] == "AccessDenied"
    assert aws.bucket_tags("photos") == {"team": "blue"}


BOUNDS = "1 validation error detected: "
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"ResourceARNList": ["photos"]}, "photos is not a valid AmazonResourceName (ARN)"),
    (
        {"ResourceARNList": ["arn:aws-cn:s3:::photos"]},
        "The partition of arn:aws-cn:s3:::photos doesn't match the partition of the request",
    ),
    (
        {"ResourceARNList": [f"arn:aws:s3:::bucket-{number}" for number in range(101)]},
        f"{BOUNDS}ResourceARNList has 101 items, not 1 to 100",
    ),
    (
        {
            "ResourceARNList": ["arn:aws:s3:::photos"],
            "TagFilters": [{"Key": "a"}],
            "ResourceTypeFilters": ["s3"],
        },
        "ResourceARNList can't be combined with TagFilters, ResourceTypeFilters",
    ),
    (
        {"ResourceARNList": ["arn:aws:s3:::photos"], "ResourcesPerPage": 5},
        "ResourceARNList can't be combined with ResourcesPerPage",
    ),
    ({"TagFilters": [{"Values": ["a"]}]}, f"{BOUNDS}a member of TagFilters has no Key"),
    (
        {"TagFilters": [{"Key": f"k{number}"} for number in range(51)]},
        f"{BOUNDS}TagFilters has 51 items, not 0 to 50",
    ),
    (
        {"TagFilters": [{"Key": "a", "Values": ["v"] * 21}]},
        f"{BOUNDS}TagFilters[0].Values has 21 items, not 0 to 20",
    ),
    ({"ResourceTypeFilters": ["s3"] * 101}, f"{BOUNDS}ResourceTypeFilters has 101 items, not 0 to 100"),
    ({"ResourcesPerPage": 0}, f"{BOUNDS}ResourcesPerPage is 0, not 1 to 100"),
    ({"ResourcesPerPage": 101}, f"{BOUNDS}ResourcesPerPage is 101, not 1 to 100"),
    ({"TagsPerPage": 99}, f"{BOUNDS}TagsPerPage is 99, not 100 to 500"),
]


@pytest.mark.parametrize(("params", "says"), REFUSED)
def test_refused_reads(groups: Any, params: dict[str, Any], says: str) -> None:
    told = refused(groups.get_resources, **params)
    assert (told["Code"], told["Message"]) == ("InvalidParameterException", says)


def test_a_key_that_is_too_long(groups: Any) -> None:
    told = refused(groups.get_tag_values, Key="k" * 129)
    assert (told["Code"], told["Message"]) == (
        "InvalidParameterException",
        f"{BOUNDS}Key has 129 characters, not 1 to 128",
    )


def test_what_is_no_arn(groups: Any) -> None:
    told = refused(groups.tag_resources, ResourceARNList=["photos"], Tags={"a": ""})
    assert told["Message"] == "photos is not a valid AmazonResourceName (ARN)"


@pytest.mark.parametrize(
    "changes", [{"Tags": {f"k{number}": "" for number in range(51)}}, {"Tags": {"k" * 129: ""}}]
)
def test_refused_changes(groups: Any, changes: dict[str, Any]) -> None:
    told = refused(groups.tag_resources, ResourceARNList=["arn:aws:s3:::photos"], **changes)
    assert told["Code"] == "InvalidParameterException"


def test_resources_of_other_services_are_not_tagged_in_silence(aws: Any, groups: Any) -> None:
    aws.create_bucket("photos")
    arns = ["arn:aws:s3:::photos", "arn:aws:sqs:us-east-1:123456789012:jobs"]
    with pytest.raises(NotSupported, match=r"(?s)sqs.*activate moto"):
        groups.tag_resources(ResourceARNList=arns, Tags={"team": "blue"})
    assert aws.bucket_tags("photos") == {}


@pytest.mark.parametrize(
    ("operation", "params", "missing"),
    [
        ("tag_resources", {"ResourceARNList": ["arn:aws:s3:::photos"]}, "tags"),
        ("untag_resources", {"TagKeys": ["team"]}, "resourceARNList"),
        ("get_tag_values", {}, "key"),
    ],
)
def test_what_is_required_and_missing(aws: Any, operation: str, params: dict[str, Any], missing: str) -> None:
    """As clients may send it whose models don't say what is required."""
    client = aws.client("resourcegroupstaggingapi", config=Config(parameter_validation=False))
    assert refusal(lambda: getattr(client, operation)(**params)) == {
        "Status": 400,
        "Code": "InvalidParameterException",
        "Message": f"1 validation error detected: Value null at '{missing}' failed to satisfy constraint: "
        "Member must not be null",
    }


def test_the_caller_s_policies_decide(aws: Any) -> None:
    """Over the call itself, and over each bucket that it changes."""
    aws.create_bucket("photos", tags={"team": "blue"})

    def groups_of(user: str, *actions: str) -> Any:
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        made = aws.create_user(user, {"Version": "2012-10-17", "Statement": [statement]})
        return aws.client("resourcegroupstaggingapi", as_=made)

    reader = groups_of("reader", "tag:GetResources")
    assert names(reader.get_resources()) == ["photos"]
    told = refused(reader.get_tag_keys)
    assert (told["Status"], told["Code"]) == (400, "AccessDeniedException")
    assert "is not authorized to perform: tag:GetTagKeys" in told["Message"]
    change: Any = {"ResourceARNList": ["arn:aws:s3:::photos"], "Tags": {"a": "1"}}
    assert refused(reader.tag_resources, **change)["Code"] == "AccessDeniedException"
    tagger = groups_of("tagger", "tag:TagResources", "s3:GetBucketTagging")
    failed = tagger.tag_resources(**change)["FailedResourcesMap"]
    assert failed["arn:aws:s3:::photos"]["ErrorCode"] == "AccessDenied"
    writer = groups_of("writer", "tag:TagResources", "s3:GetBucketTagging", "s3:PutBucketTagging")
    assert writer.tag_resources(**change)["FailedResourcesMap"] == {}
    assert aws.bucket_tags("photos") == {"team": "blue", "a": "1"}
