"""AWS's published example policies, each with a call that it lets through and one that it refuses.

They stand in S3's guide ("Tagging and access control policies", "Bucket policy examples", "Identity-based policy
examples", "Controlling permissions for Batch Operations using job tags") and in IAM's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, needs_botocore
from tests.support import (
    OTHER,
    key_of,
    made_role,
    made_user,
    refusal,
    tag_set,
    tagging_job,
)

KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
#: A call: the client's method, and its parameters; those that are there anyway are left out.
Call = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Example:
    """One policy of a user, with calls.

    :param statements: each allows what it says, on everything where it names no resource.
    :param tags: of the user.
    """

    name: str
    statements: tuple[dict[str, Any], ...]
    allowed: Call
    refused: Call
    tags: Mapping[str, str] = field(default_factory=dict)


def when(operator: str, key: str, value: Any) -> dict[str, Any]:
    return {"Condition": {operator: {key: value}}}


def allow(action: Any, condition: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"Action": action, **(condition or {}), **more}


def deny(action: Any, condition: Mapping[str, Any]) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": action, **condition}


ALL = {"Action": "s3:*"}


def retag(key: str, **tags: str) -> Call:
    return "put_object_tagging", {"Key": key, "Tagging": tag_set(**tags)}


def get(key: str, **more: Any) -> Call:
    return "get_object", {"Key": key, **more}


def put(**more: Any) -> Call:
    return "put_object", {"Key": "home/anna/new", **more}


def copy(source: str) -> Call:
    return "copy_object", {"Key": "home/anna/new", "CopySource": source}


def listed(**more: Any) -> Call:
    return "list_objects_v2", more


EXAMPLES = (
    Example(
        "reading objects with a tag",
        (
            allow(
                ["s3:GetObject", "s3:GetObjectVersion"],
                when("StringEquals", "s3:ExistingObjectTag/stage", "live"),
            ),
        ),
        get("live"),
        get("plain"),
    ),
    Example(
        "any of the keys is allowed",
        (
            allow(
                "s3:PutObjectTagging",
                when("ForAnyValue:StringLike", "s3:RequestObjectTagKeys", ["Owner", "Date"]),
            ),
        ),
        retag("plain", Owner="a", Project="b"),
        retag("plain", Project="b"),
    ),
    Example(
        "all keys are allowed",
        (
            allow(
                "s3:PutObjectTagging",
                when("ForAllValues:StringLike", "s3:RequestObjectTagKeys", ["Owner", "Date"]),
            ),
        ),
        retag("plain", Owner="a", Date="b"),
        retag("plain", Owner="a", Project="b"),
    ),
    Example(
        "a tag with a value",
        (allow("s3:PutObjectTagging", when("StringEquals", "s3:RequestObjectTag/Project", "X")),),
        retag("plain", Project="X", other="y"),
        retag("plain", Project="Y"),
    ),
    Example(
        "only uploads with a tag",
        (
            allow("s3:PutObject", when("StringEquals", "s3:RequestObjectTag/Department", "Finance")),
            allow("s3:PutObjectTagging"),
        ),
        put(Tagging="Department=Finance"),
        put(),
    ),
    Example(
        "objects of one's own team",
        (
            allow(
                "s3:GetObject",
                when("StringEquals", "s3:ExistingObjectTag/stage", "${aws:PrincipalTag/stage}"),
            ),
        ),
        get("live"),
        get("plain"),
        tags={"stage": "live"},
    ),
    Example(
        "tags decide over the change of tags",
        (allow("s3:PutObjectTagging", when("StringEquals", "s3:ExistingObjectTag/stage", "live")),),
        retag("live", stage="over"),
        retag("plain", stage="live"),
    ),
    Example(
        "lists of buckets with a tag",
        (allow("s3:ListBucket", when("StringEquals", "aws:ResourceTag/project", "web")),),
        listed(),
        listed(Bucket="other"),
    ),
    Example(
        "new buckets have a tag",
        (
            allow("s3:CreateBucket", when("Null", "aws:RequestTag/department", "false")),
            allow("s3:TagResource"),
        ),
        (
            "create_bucket",
            {"Bucket": "new", "CreateBucketConfiguration": {"Tags": [{"Key": "department", "Value": "x"}]}},
        ),
        ("create_bucket", {"Bucket": "new"}),
    ),
    Example(
        "the owner of the bucket controls uploads",
        (
            allow("s3:PutObject", when("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")),
            allow("s3:PutObjectAcl"),
        ),
        put(ACL="bucket-owner-full-control"),
        put(),
    ),
    Example(
        "uploads under one key of KMS",
        (
            ALL,
            allow("kms:GenerateDataKey"),
            deny(
                "s3:PutObject",
                when("ArnNotEqualsIfExists", "s3:x-amz-server-side-encryption-aws-kms-key-id", KEY),
            ),
        ),
        put(ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY),
        put(ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY[:-1] + "2"),
    ),
    Example(
        "copies of some sources",
        (
            allow("s3:PutObject", when("StringLike", "s3:x-amz-copy-source", "photos/public/*")),
            allow(["s3:GetObject", "s3:GetObjectTagging"]),
        ),
        copy("photos/public/a"),
        copy("photos/plain"),
    ),
    Example(
        "one version",
        (allow("s3:GetObjectVersion", when("StringEquals", "s3:VersionId", "null")),),
        get("live", VersionId="null"),
        get("live"),
    ),
    Example(
        "a storage class",
        (allow("s3:PutObject", when("StringEquals", "s3:x-amz-storage-class", "STANDARD_IA")),),
        put(StorageClass="STANDARD_IA"),
        put(),
    ),
    Example(
        "one prefix",
        (
            allow("s3:ListBucket", when("StringEquals", "s3:prefix", "projects")),
            deny("s3:ListBucket", when("StringNotEquals", "s3:prefix", "projects")),
        ),
        listed(Prefix="projects"),
        listed(Prefix="projects/"),
    ),
    Example(
        "short lists",
        (allow("s3:ListBucket", when("NumericLessThanEquals", "s3:max-keys", "10")),),
        listed(MaxKeys=2),
        listed(),
    ),
    Example(
        "one's own folder",
        (allow("s3:PutObject", Resource="arn:aws:s3:::photos/home/${aws:username}/*"),),
        put(),
        put(Key="home/bob/new"),
    ),
    Example(
        "folders that may not be seen",
        (
            allow("s3:ListBucket"),
            {
                **deny("s3:ListBucket", when("StringNotLike", "s3:prefix", ["Development/*", ""])),
                "Condition": {
                    "StringNotLike": {"s3:prefix": ["Development/*", ""]},
                    "Null": {"s3:prefix": "false"},
                },
            },
        ),
        listed(Prefix="Development/x"),
        listed(Prefix="Private/"),
    ),
    Example(
        "access points of a VPC alone",
        (ALL, deny("s3:CreateAccessPoint", when("StringNotEquals", "s3:AccessPointNetworkOrigin", "VPC"))),
        (
            "create_access_point",
            {"Name": "mine", "Bucket": "photos", "VpcConfiguration": {"VpcId": "vpc-0123456789abcdef0"}},
        ),
        ("create_access_point", {"Name": "mine", "Bucket": "photos"}),
    ),
)
JOB_EXAMPLES = (
    Example(
        "jobs of one's own department",
        (
            allow("iam:PassRole"),
            allow(
                ["s3:CreateJob", "s3:PutJobTagging"],
                when("StringEquals", "aws:RequestTag/department", "${aws:PrincipalTag/department}"),
            ),
        ),
        ("create_job", {"Tags": [{"Key": "department", "Value": "x"}]}),
        ("create_job", {"Tags": [{"Key": "department", "Value": "y"}]}),
        tags={"department": "x"},
    ),
    Example(
        "jobs without tags",
        (allow("iam:PassRole"), allow("s3:CreateJob")),
        ("create_job", {}),
        ("create_job", {"Tags": [{"Key": "department", "Value": "x"}]}),
    ),
    Example(
        "the priority of jobs of a stage",
        (
            allow("iam:PassRole"),
            allow("s3:PutJobTagging"),
            {
                "Action": "s3:CreateJob",
                "Condition": {
                    "ForAnyValue:StringEquals": {"aws:RequestTag/stage": ["QA", "Production"]},
                    "NumericLessThanEquals": {"s3:RequestJobPriority": 300},
                },
            },
        ),
        ("create_job", {"Priority": 300, "Tags": [{"Key": "stage", "Value": "QA"}]}),
        ("create_job", {"Priority": 301, "Tags": [{"Key": "stage", "Value": "QA"}]}),
    ),
    Example(
        "jobs of some operations",
        (
            allow("iam:PassRole"),
            allow("s3:CreateJob", when("StringEquals", "s3:RequestJobOperation", ["S3PutObjectTagging"])),
        ),
        ("create_job", {}),
        ("create_job", {"Operation": {"S3DeleteObjectTagging": {}}}),
    ),
    Example(
        "changes of jobs of one's own department",
        (
            allow(
                "s3:UpdateJobPriority",
                when("StringEquals", "aws:ResourceTag/department", "${aws:PrincipalTag/department}"),
            ),
        ),
        ("update_job_priority", {"JobId": "of x", "Priority": 5}),
        ("update_job_priority", {"JobId": "of y", "Priority": 5}),
        tags={"department": "x"},
    ),
    Example(
        "small priorities",
        (allow("s3:UpdateJobPriority", when("NumericLessThanEquals", "s3:RequestJobPriority", 100)),),
        ("update_job_priority", {"JobId": "of x", "Priority": 50}),
        ("update_job_priority", {"JobId": "of x", "Priority": 150}),
    ),
    Example(
        "job tags that stay in one's department",
        (
            {
                "Action": "s3:PutJobTagging",
                "Condition": {
                    "StringEquals": {"aws:RequestTag/department": "x", "aws:ResourceTag/department": "x"}
                },
            },
        ),
        ("put_job_tagging", {"JobId": "of x", "Tags": [{"Key": "department", "Value": "x"}]}),
        ("put_job_tagging", {"JobId": "of y", "Tags": [{"Key": "department", "Value": "x"}]}),
    ),
    Example(
        "everybody reads the tags of jobs",
        (allow("s3:GetJobTagging"),),
        ("get_job_tagging", {"JobId": "of x"}),
        ("delete_job_tagging", {"JobId": "of x"}),
    ),
    Example(
        "no change of jobs of an operation",
        (
            ALL,
            deny(
                "s3:UpdateJobPriority",
                when("StringEquals", "s3:ExistingJobOperation", "S3DeleteObjectTagging"),
            ),
        ),
        ("update_job_priority", {"JobId": "of x", "Priority": 5}),
        ("update_job_priority", {"JobId": "deleting", "Priority": 5}),
    ),
    Example(
        "jobs that wait may be confirmed",
        (allow("s3:UpdateJobStatus", when("StringEquals", "s3:JobSuspendedCause", "AWAITING_CONFIRMATION")),),
        ("update_job_status", {"JobId": "of x", "RequestedJobStatus": "Ready"}),
        ("update_job_status", {"JobId": "ready", "RequestedJobStatus": "Cancelled"}),
    ),
)


def check(example: Example, aws: Any, service: str, fill: Callable[[Call], dict[str, Any]]) -> None:
    """One call is let through, the other isn't."""
    anna = made_user(aws._world, "anna", *example.statements, tags=dict(example.tags))
    client = aws.client(service, as_=anna.arn)
    method = example.refused[0]
    error = refusal(lambda: getattr(client, method)(**fill(example.refused)))
    assert (error["Status"], error["Code"]) == (403, "AccessDenied")
    getattr(client, example.allowed[0])(**fill(example.allowed))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@needs_botocore("1.41.1", "PutBucketAbac and CreateBucket's Tags")
def test_of_objects_and_buckets(aws: Any, example: Example) -> None:
    for name in ("photos", "other"):
        aws.create_bucket(name, tags={"project": "web"})
    aws.client("s3").put_bucket_abac(Bucket="photos", AbacStatus={"Status": "Enabled"})
    aws.put_objects("photos", ["plain", "public/a"])
    aws.put_objects("photos", ["live"], tags={"stage": "live"})
    is_control = example.allowed[0] == "create_access_point"
    common = {"AccountId": ACCOUNT} if is_control else {"Bucket": "photos"}
    check(example, aws, "s3control" if is_control else "s3", lambda call: {**common, **call[1]})


@pytest.mark.tagging_mock(job_progress="manual", allow="all")
@pytest.mark.parametrize("example", JOB_EXAMPLES, ids=lambda example: example.name)
def test_of_jobs(aws: Any, example: Example) -> None:
    aws.create_bucket("photos")
    control, jobs = aws.client("s3control"), {}
    for name, changes in {
        "of x": {"Tags": [{"Key": "department", "Value": "x"}], "ConfirmationRequired": True},
        "of y": {"Tags": [{"Key": "department", "Value": "y"}]},
        "deleting": {"Operation": {"S3DeleteObjectTagging": {}}},
        "ready": {},
    }.items():
        request = tagging_job(aws, "photos,a", ClientRequestToken=name, **changes)
        jobs[name] = control.create_job(**request)["JobId"]
    aws.step_jobs()
    aws.step_jobs()

    def fill(call: Call) -> dict[str, Any]:
        if call[0] == "create_job":
            return tagging_job(aws, "photos,a", **call[1])
        return {"AccountId": ACCOUNT, **call[1], "JobId": jobs[call[1]["JobId"]]}

    check(example, aws, "s3control", fill)


class TestBucketPolicies:
    """Examples that are policies of buckets."""

    @staticmethod
    def put(aws: Any, **statement: Any) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["k"])
        resources = ["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"]
        whole = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": resources, **statement}
        aws.client("s3").put_bucket_policy(Bucket="photos", Policy=json.dumps({"Statement": whole}))

    def test_https_alone(self, aws: Any) -> None:
        self.put(aws, **when("Bool", "aws:SecureTransport", "false"))
        aws.client("s3").get_object(Bucket="photos", Key="k")
        plain = aws.client("s3", endpoint_url="http://s3.us-east-1.amazonaws.com")
        assert refusal(lambda: plain.get_object(Bucket="photos", Key="k"))["Code"] == "AccessDenied"

    def test_everybody_but_one_role(self, aws: Any) -> None:
        one = made_role(aws._world, "one", {})
        two = made_role(aws._world, "two", {})
        self.put(aws, **when("ArnNotEquals", "aws:PrincipalArn", one.arn), Action="s3:GetObject")
        aws.client("s3", as_=one.arn).get_object(Bucket="photos", Key="k")
        for client in (aws.client("s3", as_=two.arn), aws.client("s3")):
            with pytest.raises(ClientError, match="explicit deny in a resource-based policy"):
                client.get_object(Bucket="photos", Key="k")

    @pytest.mark.parametrize(
        ("denies", "passes", "refused"),
        [
            (when("NumericLessThan", "s3:TlsVersion", "1.2"), {"s3:TlsVersion": 1.2}, {"s3:TlsVersion": 1.1}),
            (
                when("NotIpAddress", "aws:SourceIp", "192.0.2.0/24"),
                {"aws:SourceIp": "192.0.2.7"},
                {"aws:SourceIp": "198.51.100.7"},
            ),
        ],
        ids=["versions of TLS", "addresses"],
    )
    def test_how_a_call_comes(self, aws: Any, denies: Any, passes: Any, refused: Any) -> None:
        """A mock's own calls all come in one way; of others, explain tells."""
        anna = made_user(aws._world, "anna", ALL).arn
        self.put(aws, **denies)
        call = ("s3:GetObject", "arn:aws:s3:::photos/k")
        assert aws.explain(*call, as_=anna, context=passes).allowed
        assert (
            "explicit deny in a resource-based policy" in aws.explain(*call, as_=anna, context=refused).reason
        )

    def test_a_bucket_leaves_it_to_its_access_points(self, aws: Any) -> None:
        self.put(aws, Effect="Allow", **when("StringEquals", "s3:DataAccessPointAccount", ACCOUNT))
        control = aws.client("s3control")
        point = control.create_access_point(AccountId=ACCOUNT, Name="theirs", Bucket="photos")[
            "AccessPointArn"
        ]
        theirs = aws.client("s3", account_id=OTHER)
        assert refusal(lambda: theirs.get_object(Bucket=point, Key="k"))["Code"] == "AccessDenied"
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": OTHER},
            "Action": "s3:GetObject",
            "Resource": f"{point}/object/*",
        }
        policy = json.dumps({"Statement": statement})
        control.put_access_point_policy(AccountId=ACCOUNT, Name="theirs", Policy=policy)
        assert theirs.get_object(Bucket=point, Key="k")["ContentLength"] == 0
        assert refusal(lambda: theirs.get_object(Bucket="photos", Key="k"))["Code"] == "AccessDenied"


def test_a_policy_of_all_keys_takes_the_empty_set(aws: Any, photos: str) -> None:
    """ForAllValues holds for no values at all: Null must be joined with it."""
    keys = when("ForAllValues:StringLike", "s3:RequestObjectTagKeys", ["Owner"])
    anna = made_user(aws._world, "anna", allow("s3:PutObjectTagging", keys))
    s3 = aws.client("s3", **key_of(aws._world, anna))
    s3.put_object_tagging(Bucket=photos, Key="c.jpg", Tagging={"TagSet": []})
    assert aws.object_tags(photos, "c.jpg") == {}
