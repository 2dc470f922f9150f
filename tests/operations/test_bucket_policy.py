"""Bucket policies, and what they decide over."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT
from tests.support import DENIED, OTHER, refusal, tagging_job


def denied(action: str, resource: str) -> dict[str, Any]:
    """What AWS answers to the bucket's own account when its policy denies."""
    return {
        "Status": 403,
        "Code": "AccessDenied",
        "Message": f"User: arn:aws:iam::{ACCOUNT}:user/s3tag_mock is not authorized to perform: {action} on "
        f'resource: "{resource}" with an explicit deny in a resource-based policy',
    }


def policy(**statement: Any) -> str:
    whole = {
        "Effect": "Allow",
        "Principal": {"AWS": OTHER},
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [{**whole, **statement}]})


def test_put_get_delete(s3: Any, photos: str) -> None:
    missing = {
        "Status": 404,
        "Code": "NoSuchBucketPolicy",
        "Message": "The bucket policy does not exist",
        "BucketName": "photos",
    }
    assert refusal(lambda: s3.get_bucket_policy(Bucket=photos)) == missing
    text = policy()
    answer = s3.put_bucket_policy(Bucket=photos, Policy=text)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert s3.get_bucket_policy(Bucket=photos)["Policy"] == text.replace(" ", "")
    assert s3.get_bucket_policy_status(Bucket=photos)["PolicyStatus"] == {"IsPublic": False}
    for _ in range(2):
        assert s3.delete_bucket_policy(Bucket=photos)["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert refusal(lambda: s3.get_bucket_policy_status(Bucket=photos)) == missing


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("random", "Policies must be valid JSON and the first byte must be '{'"),
        ("[]", "Policies must be valid JSON and the first byte must be '{'"),
        ("{}", "Missing required field Statement"),
        (
            '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}',
            "Missing required field Principal",
        ),
    ],
)
def test_what_is_no_policy(s3: Any, photos: str, text: str, message: str) -> None:
    assert refusal(lambda: s3.put_bucket_policy(Bucket=photos, Policy=text)) == {
        "Status": 400,
        "Code": "MalformedPolicy",
        "Message": message,
    }


@pytest.mark.parametrize("owner", ["0000", "abcd", "aa000000000$", "0000000000020"])
def test_owners_that_are_none(s3: Any, photos: str, owner: str) -> None:
    for call in (s3.get_bucket_policy, s3.delete_bucket_policy):
        assert refusal(lambda call=call: call(Bucket=photos, ExpectedBucketOwner=owner)) == {
            "Status": 400,
            "Code": "InvalidBucketOwnerAWSAccountID",
            "Message": f"The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]",
        }


def test_another_account_is_let_in_as_far_as_the_policy_goes(s3: Any, theirs: Any) -> None:
    s3.put_bucket_policy(Bucket="photos", Policy=policy(Action=["s3:GetObject*", "s3:PutObjectTagging"]))
    assert theirs.get_object(Bucket="photos", Key="c.jpg")["Body"].read() == b"three"
    assert theirs.get_object_tagging(Bucket="photos", Key="c.jpg")["TagSet"] != []
    theirs.put_object_tagging(Bucket="photos", Key="a.jpg", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
    assert refusal(lambda: theirs.put_object(Bucket="photos", Key="new", Body=b"")) == DENIED
    assert refusal(lambda: theirs.list_objects_v2(Bucket="photos")) == DENIED


@pytest.mark.parametrize(
    "changes",
    [
        {"Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"}},
        {"Principal": {"AWS": ["111111111111", OTHER]}},
        {"Resource": "arn:aws:s3:::photos/?.jpg"},
        {"Action": "S3:getobject"},
        {"NotAction": "s3:Put*", "Action": None},
    ],
)
def test_ways_to_let_in(s3: Any, theirs: Any, changes: dict[str, Any]) -> None:
    document = json.loads(policy(**changes))
    document["Statement"] = {
        name: value for name, value in document["Statement"][0].items() if value is not None
    }
    s3.put_bucket_policy(Bucket="photos", Policy=json.dumps(document))
    assert theirs.head_object(Bucket="photos", Key="c.jpg")["ContentLength"] == 5


@pytest.mark.parametrize(
    "changes",
    [
        {"Principal": {"AWS": "111111111111"}},
        {"Principal": {"Service": "s3.amazonaws.com"}},
        {"Resource": "arn:aws:s3:::photos"},
        {"Action": "s3:PutObject"},
        {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Effect": "Deny"},
    ],
)
def test_what_lets_nobody_in(s3: Any, theirs: Any, changes: dict[str, Any]) -> None:
    s3.put_bucket_policy(Bucket="photos", Policy=policy(**changes))
    assert refusal(lambda: theirs.get_object(Bucket="photos", Key="c.jpg")) == DENIED


def test_a_denial_holds_for_the_owner_too(s3: Any, photos: str) -> None:
    s3.put_bucket_policy(
        Bucket=photos, Policy=policy(Effect="Deny", Principal="*", Action="s3:PutObjectTagging")
    )
    assert refusal(
        lambda: s3.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging={"TagSet": []})
    ) == denied("s3:PutObjectTagging", "arn:aws:s3:::photos/a.jpg")
    assert s3.get_object_tagging(Bucket=photos, Key="c.jpg")["TagSet"] != []


def test_versions_have_actions_of_their_own(s3: Any, photos: str) -> None:
    s3.put_bucket_policy(
        Bucket=photos, Policy=policy(Effect="Deny", Principal="*", Action="s3:GetObjectVersionTagging")
    )
    assert s3.get_object_tagging(Bucket=photos, Key="c.jpg")["TagSet"] != []
    assert refusal(lambda: s3.get_object_tagging(Bucket=photos, Key="c.jpg", VersionId="null")) == denied(
        "s3:GetObjectVersionTagging", "arn:aws:s3:::photos/c.jpg"
    )


def test_deleting_many_is_decided_key_by_key(s3: Any, photos: str) -> None:
    s3.put_bucket_policy(
        Bucket=photos,
        Policy=policy(
            Effect="Deny", Principal="*", Action="s3:DeleteObject", Resource="arn:aws:s3:::photos/b*"
        ),
    )
    answer = s3.delete_objects(Bucket=photos, Delete={"Objects": [{"Key": "a.jpg"}, {"Key": "b.jpg"}]})
    assert [one["Key"] for one in answer["Deleted"]] == ["a.jpg"]
    message = denied("s3:DeleteObject", "arn:aws:s3:::photos/b.jpg")["Message"]
    assert answer["Errors"] == [{"Key": "b.jpg", "Code": "AccessDenied", "Message": message}]


def test_tasks_of_jobs_are_denied_too(aws: Any, s3: Any, photos: str) -> None:
    s3.put_bucket_policy(
        Bucket=photos,
        Policy=policy(
            Effect="Deny", Principal="*", Action="s3:PutObjectTagging", Resource="arn:aws:s3:::photos/a*"
        ),
    )
    job = aws.client("s3control").create_job(**tagging_job(aws, "photos,a.jpg", "photos,b.jpg"))
    assert [(task.status, task.error_code) for task in aws.jobs[job["JobId"]].tasks] == [
        ("failed", "AccessDenied"),
        ("succeeded", ""),
    ]


def test_public_policies_are_blocked_at_first(s3: Any, photos: str) -> None:
    public = policy(Principal="*", Action="s3:GetObject")
    assert refusal(lambda: s3.put_bucket_policy(Bucket=photos, Policy=public)) == {
        "Status": 403,
        "Code": "AccessDenied",
        "Message": f"User: arn:aws:iam::{ACCOUNT}:user/s3tag_mock is not authorized to perform: "
        's3:PutBucketPolicy on resource: "arn:aws:s3:::photos" because public policies are prevented by the '
        "BlockPublicPolicy setting in S3 Block Public Access.",
    }
    s3.delete_public_access_block(Bucket=photos)
    s3.put_bucket_policy(Bucket=photos, Policy=public)
    assert s3.get_bucket_policy_status(Bucket=photos)["PolicyStatus"] == {"IsPublic": True}


@pytest.mark.tagging_mock(roles="strict")
def test_who_is_named_must_exist_where_unknown_roles_are_not_trusted(aws: Any, s3: Any, photos: str) -> None:
    """AWS looks at it always; by default, roles that nobody made are trusted here."""
    of_ci = policy(Principal={"AWS": [f"arn:aws:iam::{ACCOUNT}:role/ci", OTHER]})
    refused = refusal(lambda: s3.put_bucket_policy(Bucket=photos, Policy=of_ci))
    assert (refused["Code"], refused["Message"]) == ("MalformedPolicy", "Invalid principal in policy")
    aws.create_role("ci")
    s3.put_bucket_policy(Bucket=photos, Policy=of_ci)


def test_another_user_of_the_same_name_is_not_meant(aws: Any, s3: Any, photos: str) -> None:
    """Source: IAM user guide, "AWS JSON policy elements: Principal"."""
    arn, iam = aws.create_user("anna"), aws.client("iam")
    first = iam.get_user(UserName="anna")["User"]["UserId"]
    own = policy(Principal={"AWS": arn})
    s3.put_bucket_policy(Bucket=photos, Policy=own)
    trust = {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "sts:AssumeRole"}
    role = aws.create_role("tagger", trust={"Version": "2012-10-17", "Statement": trust})

    def may(service: str, operation: str, **params: Any) -> bool:
        try:
            return bool(getattr(aws.client(service, as_=arn), operation)(**params))
        except ClientError as error:
            assert error.response["Error"]["Code"] == "AccessDenied"
            return False

    assume = {"RoleArn": role, "RoleSessionName": "run1"}
    assert may("s3", "list_objects_v2", Bucket=photos)
    assert may("sts", "assume_role", **assume)
    iam.delete_user(UserName="anna")
    aws.create_user("anna")
    assert not may("s3", "list_objects_v2", Bucket=photos)
    assert not may("sts", "assume_role", **assume)
    assert s3.get_bucket_policy(Bucket=photos)["Policy"] == own.replace(" ", "").replace(arn, first)


class TestRequestersPay:
    def test_who_pays(self, s3: Any, photos: str) -> None:
        assert s3.get_bucket_request_payment(Bucket=photos)["Payer"] == "BucketOwner"
        s3.put_bucket_request_payment(Bucket=photos, RequestPaymentConfiguration={"Payer": "Requester"})
        assert s3.get_bucket_request_payment(Bucket=photos)["Payer"] == "Requester"
        wrong = {"Payer": "Nobody"}
        assert (
            refusal(lambda: s3.put_bucket_request_payment(Bucket=photos, RequestPaymentConfiguration=wrong))[
                "Code"
            ]
            == "MalformedXML"
        )

    def test_another_account_must_offer_to_pay(self, s3: Any, theirs: Any) -> None:
        s3.put_bucket_policy(Bucket="photos", Policy=policy())
        s3.put_bucket_request_payment(Bucket="photos", RequestPaymentConfiguration={"Payer": "Requester"})
        assert refusal(lambda: theirs.get_object_tagging(Bucket="photos", Key="c.jpg")) == DENIED
        answer = theirs.get_object(Bucket="photos", Key="c.jpg", RequestPayer="requester")
        assert answer["RequestCharged"] == "requester"
        tagging = theirs.get_object_tagging(Bucket="photos", Key="c.jpg", RequestPayer="requester")
        assert "x-amz-request-charged" not in tagging["ResponseMetadata"]["HTTPHeaders"]

    def test_the_owner_is_never_charged(self, s3: Any, photos: str) -> None:
        s3.put_bucket_request_payment(Bucket=photos, RequestPaymentConfiguration={"Payer": "Requester"})
        assert "RequestCharged" not in s3.get_object(Bucket=photos, Key="c.jpg", RequestPayer="requester")
        s3.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging={"TagSet": []}, RequestPayer="requester")


@pytest.mark.parametrize(
    "text",
    [
        '{"Statement": 1}',
        '{"Statement": [{"Effect": ["Deny"], "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::photos"}]}',
        '{"Statement": [{"NotEffect": 1, "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::photos"}]}',
        '{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": {}, "Resource": "arn:aws:s3:::photos"}]}',
    ],
)
def test_a_policy_of_odd_types_is_refused_and_spoils_no_later_call(s3: Any, photos: str, text: str) -> None:
    assert refusal(lambda: s3.put_bucket_policy(Bucket=photos, Policy=text))["Code"] == "MalformedPolicy"
    assert s3.get_object_tagging(Bucket=photos, Key="c.jpg")["TagSet"] != []
    assert refusal(lambda: s3.get_bucket_policy(Bucket=photos))["Code"] == "NoSuchBucketPolicy"


def test_many_wildcards_are_decided_at_once(s3: Any, photos: str) -> None:
    """Trying every way to match them would take longer than any test."""
    resource = f"arn:aws:s3:::photos/{'*a' * 50}*b"
    s3.put_bucket_policy(
        Bucket=photos, Policy=policy(Effect="Deny", Principal="*", Action="s3:*", Resource=resource)
    )
    s3.put_object(Bucket=photos, Key="a" * 200)
    assert refusal(lambda: s3.put_object(Bucket=photos, Key="a" * 200 + "b"))["Code"] == "AccessDenied"
