"""What calls need to be allowed to do, and the condition keys that decide over it."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import botocore
import pytest
from botocore.config import Config

from conftest import ACCOUNT, needs_botocore
from tests.support import OTHER, refusal, tag_set, tagging_job

USER = f"arn:aws:iam::{ACCOUNT}:user/s3tag_mock"
UNSIGNED = Config(signature_version=botocore.UNSIGNED)
KMS_KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/k"


def statement(effect: str, action: Any, resource: str = "arn:aws:s3:::photos/*", **more: Any) -> Any:
    return {"Effect": effect, "Principal": "*", "Action": action, "Resource": resource, **more}


def put_policy(s3: Any, *statements: Any, bucket: str = "photos") -> None:
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(
        Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    )


def denied_action(call: Any) -> str | None:
    """The action that AccessDenied names; None where the call succeeds."""
    try:
        call()
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDenied", error
        return str(error).partition("not authorized to perform: ")[2].partition(" ")[0]
    return None


@pytest.fixture
def s3(s3: Any, photos: str) -> Any:
    """A client, with the bucket there."""
    return s3


class TestFurtherActions:
    """PutObject and its kin need more than s3:PutObject, by what they bring along."""

    @pytest.mark.parametrize(
        ("action", "params"),
        [
            ("s3:PutObjectTagging", {"Tagging": "a=b"}),
            ("s3:PutObjectAcl", {"ACL": "bucket-owner-full-control"}),
            ("s3:PutObjectAcl", {"GrantRead": f'id="{"a" * 64}"'}),
            ("s3:PutObjectLegalHold", {"ObjectLockLegalHoldStatus": "ON"}),
            (
                "s3:PutObjectRetention",
                {
                    "ObjectLockMode": "GOVERNANCE",
                    "ObjectLockRetainUntilDate": datetime(2050, 1, 1, tzinfo=timezone.utc),
                },
            ),
        ],
    )
    def test_of_storing_calls(self, s3: Any, action: str, params: dict[str, Any]) -> None:
        put_policy(s3, statement("Deny", action))
        here = {"Bucket": "photos", "Key": "new"}
        replaced = {"TaggingDirective": "REPLACE"} if "Tagging" in params else {}
        calls = {
            "put": lambda **more: s3.put_object(**here, **more),
            "upload": lambda **more: s3.create_multipart_upload(**here, **more),
            "copy": lambda **more: s3.copy_object(**here, CopySource="photos/a.jpg", **more, **replaced),
        }
        for call in calls.values():
            assert denied_action(call) is None
            assert denied_action(lambda call=call: call(**params)) == action

    def test_of_forms(self, s3: Any) -> None:
        import urllib3

        put_policy(s3, statement("Deny", "s3:PutObjectTagging"))
        tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"
        for fields, status in (({}, 204), ({"tagging": tagging}, 403)):
            post = s3.generate_presigned_post(
                "photos", "new", Fields=fields, Conditions=[fields] if fields else []
            )
            reply = urllib3.PoolManager().request(
                "POST", post["url"], fields={**post["fields"], "file": ("f", b"x")}
            )
            assert reply.status == status

    def test_no_tags_need_nothing(self, s3: Any) -> None:
        put_policy(s3, statement("Deny", "s3:PutObjectTagging"))
        assert denied_action(lambda: s3.put_object(Bucket="photos", Key="new", Tagging="")) is None

    def test_of_a_copy_that_takes_tags_along(self, s3: Any) -> None:
        copy = {"Bucket": "photos", "Key": "new", "CopySource": "photos/c.jpg"}
        untagged = {**copy, "CopySource": "photos/a.jpg"}
        for action in ("s3:GetObjectTagging", "s3:PutObjectTagging"):
            put_policy(s3, statement("Deny", action))
            assert denied_action(lambda: s3.copy_object(**copy)) == action
            assert denied_action(lambda: s3.copy_object(**untagged)) is None
            assert denied_action(lambda: s3.copy_object(**untagged, Tagging="x=y")) is None  # it says nothing
            replaced = {"TaggingDirective": "REPLACE", "Tagging": "x=y"}
            named = denied_action(lambda replaced=replaced: s3.copy_object(**copy, **replaced))
            assert named == (action if action == "s3:PutObjectTagging" else None)

    def test_of_a_copy_of_a_version(self, s3: Any) -> None:
        put_policy(s3, statement("Deny", "s3:GetObjectVersionTagging"))
        source = {"Bucket": "photos", "Key": "c.jpg", "VersionId": "null"}
        copy = {"Bucket": "photos", "Key": "new", "CopySource": source}
        assert denied_action(lambda: s3.copy_object(**copy)) == "s3:GetObjectVersionTagging"

    def test_a_copys_source_is_asked_about_before_its_target(self, s3: Any) -> None:
        put_policy(s3, statement("Deny", ["s3:GetObject", "s3:PutObject"]))
        copy = {"Bucket": "photos", "Key": "new", "CopySource": "photos/c.jpg"}
        assert denied_action(lambda: s3.copy_object(**copy)) == "s3:GetObject"

    def test_of_a_job_that_copies(self, aws: Any, s3: Any) -> None:
        put_policy(s3, statement("Deny", "s3:PutObjectTagging"))
        copying = {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::photos", "TargetKeyPrefix": "copies"}}
        params = tagging_job(aws, "photos,a.jpg", "photos,c.jpg", Operation=copying)
        job = aws.client("s3control").create_job(**params)["JobId"]
        assert [task.error_code for task in aws.jobs[job].tasks] == ["", "AccessDenied"]

    def test_of_bypassing_governance(self, aws: Any, s3: Any) -> None:
        s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
        until = datetime(2050, 1, 1, tzinfo=timezone.utc)
        lock = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": until}
        version = s3.put_object(Bucket="locked", Key="k", **lock)["VersionId"]
        put_policy(
            s3, statement("Deny", "s3:BypassGovernanceRetention", "arn:aws:s3:::locked/*"), bucket="locked"
        )
        bypass = {"Bucket": "locked", "BypassGovernanceRetention": True}
        one = {"Key": "k", "VersionId": version}
        for call in (
            lambda: s3.delete_object(**bypass, **one),
            lambda: s3.put_object_retention(**bypass, **one, Retention={}),
        ):
            assert denied_action(call) == "s3:BypassGovernanceRetention"
        errors = s3.delete_objects(**bypass, Delete={"Objects": [one]})["Errors"]
        assert [error["Code"] for error in errors] == ["AccessDenied"]
        assert denied_action(lambda: s3.delete_object(Bucket="locked", Key="k")) is None

    @pytest.mark.parametrize("action", ["s3:GetObject", "s3:GetObjectAttributes"])
    def test_of_an_objects_attributes(self, s3: Any, action: str) -> None:
        put_policy(s3, statement("Deny", action))
        params = {"Bucket": "photos", "Key": "a.jpg", "ObjectAttributes": ["ETag"]}
        assert denied_action(lambda: s3.get_object_attributes(**params)) == action

    def test_headers_that_the_caller_may_not_see(self, s3: Any) -> None:
        s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
        s3.put_object(Bucket="locked", Key="k", Tagging="a=b", ObjectLockLegalHoldStatus="ON")
        here = {"Bucket": "locked", "Key": "k"}
        assert s3.head_object(**here)["ObjectLockLegalHoldStatus"] == "ON"
        denied = ["s3:GetObjectTagging", "s3:GetObjectLegalHold"]
        put_policy(s3, statement("Deny", denied, "arn:aws:s3:::locked/*"), bucket="locked")
        for answer in (s3.get_object(**here), s3.head_object(**here)):
            assert not {"TagCount", "ObjectLockLegalHoldStatus"} & answer.keys()
        put_policy(s3, statement("Deny", denied[1], "arn:aws:s3:::locked/*"), bucket="locked")
        assert s3.get_object(**here)["TagCount"] == 1


class TestWhatIsntThere:
    """404 for who may list the bucket, 403 for who may not."""

    @pytest.mark.parametrize(
        "name", ["get_object", "head_object", "get_object_tagging", "delete_object_tagging"]
    )
    def test_is_not_told_to_who_may_not_list(self, s3: Any, name: str) -> None:
        call = getattr(s3, name)
        assert refusal(lambda: call(Bucket="photos", Key="x"))["Status"] == 404
        put_policy(s3, statement("Deny", "s3:ListBucket", "arn:aws:s3:::photos"))
        refused = refusal(lambda: call(Bucket="photos", Key="x"))
        assert refused["Status"] == 403
        if name != "head_object":
            assert refused["Message"] == (
                f"User: {USER} is not authorized to perform: s3:ListBucket on resource: "
                '"arn:aws:s3:::photos" with an explicit deny in a resource-based policy'
            )

    def test_a_copys_source(self, s3: Any) -> None:
        put_policy(s3, statement("Deny", "s3:ListBucket", "arn:aws:s3:::photos"))
        copy = {"Bucket": "photos", "Key": "new", "CopySource": "photos/x"}
        assert denied_action(lambda: s3.copy_object(**copy)) == "s3:ListBucket"

    def test_a_deleted_object(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("kept", versioning=True)
        s3.put_object(Bucket="kept", Key="k")
        s3.delete_object(Bucket="kept", Key="k")
        put_policy(s3, statement("Deny", "s3:ListBucket", "arn:aws:s3:::kept"), bucket="kept")
        assert refusal(lambda: s3.get_object(Bucket="kept", Key="k"))["Status"] == 403

    def test_the_key_counts_as_the_prefix(self, s3: Any) -> None:
        only = {"StringLike": {"s3:prefix": "secret/*"}}
        put_policy(s3, statement("Deny", "s3:ListBucket", "arn:aws:s3:::photos", Condition=only))
        assert refusal(lambda: s3.get_object(Bucket="photos", Key="x"))["Code"] == "NoSuchKey"
        assert refusal(lambda: s3.get_object(Bucket="photos", Key="secret/x"))["Code"] == "AccessDenied"

    def test_another_account_that_may_read_alone(self, s3: Any, theirs: Any) -> None:
        reads = statement("Allow", "s3:GetObject", Principal={"AWS": OTHER})
        put_policy(s3, {**reads, "Principal": {"AWS": OTHER}})
        assert theirs.get_object(Bucket="photos", Key="c.jpg")["Body"].read() == b"three"
        assert refusal(lambda: theirs.get_object(Bucket="photos", Key="x"))["Message"] == "Access Denied"


def tag(s3: Any, key: str = "a.jpg", **tags: str) -> Any:
    return lambda: s3.put_object_tagging(Bucket="photos", Key=key, Tagging=tag_set(**tags))


class TestTagConditions:
    """AWS's published examples (user guide, "Object tagging and access control policies") and their kin."""

    def test_reading_by_the_objects_tags(self, s3: Any) -> None:
        condition = {"StringNotEquals": {"s3:ExistingObjectTag/team": "blue"}}
        put_policy(s3, statement("Deny", ["s3:GetObject", "s3:GetObjectVersion"], Condition=condition))
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="c.jpg")) is None
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) == "s3:GetObject"
        tag(s3, team="Blue")()
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) == "s3:GetObject"

    def test_another_account_reads_by_the_objects_tags(self, s3: Any, theirs: Any) -> None:
        condition = {"StringEquals": {"s3:ExistingObjectTag/team": "blue"}}
        put_policy(s3, statement("Allow", "s3:GetObject", Condition=condition))
        assert theirs.get_object(Bucket="photos", Key="c.jpg")["ContentLength"] == 5
        assert refusal(lambda: theirs.get_object(Bucket="photos", Key="a.jpg"))["Message"] == "Access Denied"

    def test_of_a_version(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("kept", versioning=True)
        first = s3.put_object(Bucket="kept", Key="k", Tagging="state=old")["VersionId"]
        s3.put_object(Bucket="kept", Key="k", Tagging="state=new")
        condition = {"StringEquals": {"s3:ExistingObjectTag/state": "old"}}
        denial = statement("Deny", "s3:GetObject*", "arn:aws:s3:::kept/*", Condition=condition)
        put_policy(s3, denial, bucket="kept")
        assert denied_action(lambda: s3.get_object(Bucket="kept", Key="k")) is None
        versioned = {"Bucket": "kept", "Key": "k", "VersionId": first}
        assert denied_action(lambda: s3.get_object(**versioned)) == "s3:GetObjectVersion"

    def test_only_these_keys(self, s3: Any) -> None:
        """ForAllValues lets a request without tags through, ForAnyValue one that has others beside."""
        keys = {"s3:RequestObjectTagKeys": ["Owner", "CreationDate"]}
        put_policy(
            s3, statement("Deny", "s3:PutObjectTagging", Condition={"ForAnyValue:StringNotEquals": keys})
        )
        assert denied_action(tag(s3, Owner="x", CreationDate="y")) is None
        assert denied_action(tag(s3)) is None
        assert denied_action(tag(s3, Owner="x", Project="y")) == "s3:PutObjectTagging"
        assert denied_action(tag(s3, owner="x")) == "s3:PutObjectTagging"

    def test_puts_without_a_tag(self, s3: Any) -> None:
        missing = {"Null": {"s3:RequestObjectTag/Department": "true"}}
        put_policy(s3, statement("Deny", "s3:PutObject", Condition=missing))
        here = {"Bucket": "photos", "Key": "new"}
        assert denied_action(lambda: s3.put_object(**here)) == "s3:PutObject"
        assert denied_action(lambda: s3.put_object(**here, Tagging="department=x")) == "s3:PutObject"
        assert denied_action(lambda: s3.put_object(**here, Tagging="Department=x")) is None
        assert denied_action(lambda: s3.create_multipart_upload(**here)) == "s3:PutObject"

    def test_retagging_is_decided_by_the_tags_before(self, s3: Any) -> None:
        missing = {"StringNotEquals": {"s3:ExistingObjectTag/team": "blue"}}
        put_policy(s3, statement("Deny", "s3:PutObjectTagging", Condition=missing))
        assert denied_action(tag(s3, "c.jpg", team="red")) is None
        assert denied_action(tag(s3, "c.jpg", team="blue")) == "s3:PutObjectTagging"

    def test_tasks_of_jobs_are_decided_likewise(self, aws: Any, s3: Any) -> None:
        condition = {
            "StringEquals": {"s3:ExistingObjectTag/team": "blue"},
            "ForAnyValue:StringEquals": {"s3:RequestObjectTagKeys": "team"},
        }
        put_policy(s3, statement("Deny", "s3:PutObjectTagging", Condition=condition))
        params = tagging_job(aws, "photos,a.jpg", "photos,c.jpg", tags={"team": "red"})
        job = aws.client("s3control").create_job(**params)["JobId"]
        assert [task.error_code for task in aws.jobs[job].tasks] == ["", "AccessDenied"]
        assert aws.object_tags("photos", "c.jpg") == {"team": "blue"}

    def test_a_copys_source_has_no_tags_among_its_keys(self, s3: Any) -> None:
        condition = {"StringEquals": {"s3:ExistingObjectTag/team": "blue"}}
        put_policy(s3, statement("Deny", "s3:GetObject", Condition=condition))
        copy = {"Bucket": "photos", "Key": "new", "CopySource": "photos/c.jpg"}
        assert denied_action(lambda: s3.copy_object(**copy)) is None
        upload = s3.create_multipart_upload(Bucket="photos", Key="new")["UploadId"]
        part = {**copy, "UploadId": upload, "PartNumber": 1}
        assert denied_action(lambda: s3.upload_part_copy(**part)) == "s3:GetObject"

    @needs_botocore("1.41.1", "PutBucketAbac")
    def test_a_buckets_own_tags_count_while_abac_is_on(self, s3: Any) -> None:
        s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(project="web"))
        condition = {"StringEquals": {"aws:ResourceTag/Project": "web"}}
        put_policy(s3, statement("Deny", "s3:ListBucket", "arn:aws:s3:::photos", Condition=condition))
        assert denied_action(lambda: s3.list_objects_v2(Bucket="photos")) is None
        assert refusal(lambda: s3.put_bucket_abac(Bucket="photos", AbacStatus={}))["Code"] == "MalformedXML"
        s3.put_bucket_abac(Bucket="photos", AbacStatus={"Status": "Enabled"})
        assert denied_action(lambda: s3.list_objects_v2(Bucket="photos")) == "s3:ListBucket"


class TestOtherConditions:
    def test_listing_one_prefix(self, s3: Any) -> None:
        condition = {"StringNotEquals": {"s3:prefix": "projects"}}
        put_policy(s3, statement("Deny", "s3:ListBucket", "arn:aws:s3:::photos", Condition=condition))
        assert denied_action(lambda: s3.list_objects_v2(Bucket="photos", Prefix="projects")) is None
        assert (
            denied_action(lambda: s3.list_objects_v2(Bucket="photos", Prefix="projects/")) == "s3:ListBucket"
        )
        assert denied_action(lambda: s3.list_objects(Bucket="photos")) == "s3:ListBucket"

    def test_small_pages_alone(self, s3: Any) -> None:
        condition = {"NumericGreaterThan": {"s3:max-keys": "10"}}
        put_policy(s3, statement("Deny", "s3:ListBucket", "arn:aws:s3:::photos", Condition=condition))
        assert denied_action(lambda: s3.list_objects_v2(Bucket="photos", MaxKeys=10)) is None
        assert denied_action(lambda: s3.list_objects_v2(Bucket="photos", MaxKeys=11)) == "s3:ListBucket"
        assert denied_action(lambda: s3.list_objects_v2(Bucket="photos")) == "s3:ListBucket"

    @pytest.mark.parametrize(
        ("condition", "passes", "denied"),
        [
            (
                {"StringNotEquals": {"s3:x-amz-storage-class": "STANDARD_IA"}},
                {"StorageClass": "STANDARD_IA"},
                {},
            ),
            (
                {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}},
                {"ServerSideEncryption": "aws:kms"},
                {"ServerSideEncryption": "AES256"},
            ),
            (
                {"ArnNotEqualsIfExists": {"s3:x-amz-server-side-encryption-aws-kms-key-id": KMS_KEY}},
                {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KMS_KEY},
                {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": f"{KMS_KEY}2"},
            ),
            (
                {"StringNotEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}},
                {"ACL": "bucket-owner-full-control"},
                {},
            ),
            pytest.param(
                {"Null": {"s3:if-none-match": "true"}},
                {"IfNoneMatch": "*"},
                {},
                marks=needs_botocore("1.35.2", "IfNoneMatch of PutObject"),
            ),
        ],
    )
    def test_headers_of_puts(
        self, s3: Any, condition: Any, passes: dict[str, Any], denied: dict[str, Any]
    ) -> None:
        put_policy(s3, statement("Deny", "s3:PutObject", Condition=condition))
        here = {"Bucket": "photos", "Key": "new"}
        assert denied_action(lambda: s3.put_object(**here, **passes)) is None
        assert denied_action(lambda: s3.put_object(**here, **denied)) == "s3:PutObject"

    def test_the_source_of_copies(self, s3: Any) -> None:
        condition = {"StringNotLike": {"s3:x-amz-copy-source": "photos/c*"}}
        put_policy(s3, statement("Deny", "s3:PutObject", Condition=condition))
        here = {"Bucket": "photos", "Key": "new"}
        assert denied_action(lambda: s3.copy_object(**here, CopySource="photos/c.jpg")) is None
        assert denied_action(lambda: s3.copy_object(**here, CopySource="photos/a.jpg")) == "s3:PutObject"

    def test_one_version(self, aws: Any, s3: Any) -> None:
        aws.create_bucket("kept", versioning=True)
        versions = [s3.put_object(Bucket="kept", Key="k")["VersionId"] for _ in range(2)]
        condition = {"StringNotEquals": {"s3:VersionId": versions[0]}}
        denial = statement("Deny", "s3:GetObjectVersion", "arn:aws:s3:::kept/*", Condition=condition)
        put_policy(s3, denial, bucket="kept")
        read = lambda version: s3.get_object(Bucket="kept", Key="k", VersionId=version)
        assert denied_action(lambda: read(versions[0])) is None
        assert denied_action(lambda: read(versions[1])) == "s3:GetObjectVersion"

    def test_https_alone(self, aws: Any, s3: Any) -> None:
        condition = {"Bool": {"aws:SecureTransport": "false"}}
        put_policy(s3, statement("Deny", "s3:*", Condition=condition))
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) is None
        plain = aws.client("s3", endpoint_url="http://s3.us-east-1.amazonaws.com")
        assert denied_action(lambda: plain.get_object(Bucket="photos", Key="a.jpg")) == "s3:GetObject"
        local = aws.client("s3", endpoint_url="http://localhost:9000")
        assert denied_action(lambda: local.get_object(Bucket="photos", Key="a.jpg")) is None

    def test_addresses(self, s3: Any) -> None:
        put_policy(
            s3, statement("Deny", "s3:GetObject", Condition={"NotIpAddress": {"aws:SourceIp": "127.0.0.1"}})
        )
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) is None
        put_policy(
            s3, statement("Deny", "s3:GetObject", Condition={"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}})
        )
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) == "s3:GetObject"

    def test_time(self, aws: Any, s3: Any) -> None:
        end = {"DateGreaterThan": {"aws:CurrentTime": "2050-01-01T00:00:00Z"}}
        put_policy(s3, statement("Deny", "s3:GetObject", Condition=end))
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) is None
        aws.clock.set(datetime(2051, 1, 1, tzinfo=timezone.utc))
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) == "s3:GetObject"

    def test_who_calls(self, aws: Any, s3: Any) -> None:
        """All but a job's role may not tag: the role's sessions have its ARN as aws:PrincipalArn."""
        others = {"ArnNotEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/batch"}}
        put_policy(s3, statement("Deny", "s3:PutObjectTagging", Condition=others))
        assert denied_action(tag(s3, team="red")) == "s3:PutObjectTagging"
        params = tagging_job(aws, "photos,a.jpg")
        assert aws.jobs[aws.client("s3control").create_job(**params)["JobId"]].tasks[0].status == "succeeded"

    def test_presigned_urls(self, s3: Any) -> None:
        import urllib3

        presigned = {"StringEquals": {"s3:authType": "REST-QUERY-STRING"}}
        put_policy(s3, statement("Deny", "s3:GetObject", Condition=presigned))
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) is None
        url = s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "a.jpg"})
        assert urllib3.PoolManager().request("GET", url).status == 403

    @pytest.mark.parametrize(
        ("version", "condition", "status"),
        [
            ("s3v4", {"NumericGreaterThan": {"s3:signatureAge": "600000"}}, 403),
            ("s3v4", {"NumericGreaterThan": {"s3:signatureAge": "700000"}}, 200),
            ("s3", {"StringEquals": {"s3:signatureversion": "AWS"}}, 403),
            ("s3v4", {"StringEquals": {"s3:signatureversion": "AWS"}}, 200),
        ],
    )
    def test_how_a_url_was_signed(
        self, aws: Any, s3: Any, version: str, condition: dict[str, Any], status: int
    ) -> None:
        import urllib3

        put_policy(s3, statement("Deny", "s3:GetObject", Condition=condition))
        signing = aws.client("s3", config=Config(signature_version=version))
        url = signing.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "a.jpg"})
        aws.clock.advance(seconds=650)
        assert urllib3.PoolManager().request("GET", url).status == status

    def test_whose_the_resource_is(self, s3: Any) -> None:
        """A perimeter around the own account (user guide of IAM, "aws:ResourceAccount")."""
        outside = {"StringNotEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}
        put_policy(s3, statement("Deny", "s3:GetObject", Condition=outside))
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) is None

    def test_home_folders(self, s3: Any) -> None:
        home = "arn:aws:s3:::photos/home/${aws:username}/*"
        denial = {**statement("Deny", "s3:PutObject"), "NotResource": home}
        del denial["Resource"]
        put_policy(s3, denial)
        assert denied_action(lambda: s3.put_object(Bucket="photos", Key="home/s3tag_mock/x")) is None
        assert denied_action(lambda: s3.put_object(Bucket="photos", Key="home/bob/x")) == "s3:PutObject"


class TestThroughAnAccessPoint:
    @pytest.fixture
    def arn(self, aws: Any, s3: Any) -> str:
        point = {"AccountId": ACCOUNT, "Name": "finance", "Bucket": "photos"}
        return str(aws.client("s3control").create_access_point(**point)["AccessPointArn"])

    def test_from_the_internet(self, aws: Any, s3: Any, arn: str) -> None:
        inside = {"AccountId": ACCOUNT, "Name": "inside", "Bucket": "photos"}
        inside["VpcConfiguration"] = {"VpcId": "vpc-1"}
        vpc = aws.client("s3control").create_access_point(**inside)["AccessPointArn"]
        for origin, denied, allowed in (("Internet", arn, vpc), ("VPC", vpc, arn)):
            condition = {"StringEquals": {"s3:AccessPointNetworkOrigin": origin}}
            put_policy(s3, statement("Deny", "s3:GetObject", Condition=condition))
            assert denied_action(lambda denied=denied: s3.get_object(Bucket=denied, Key="a.jpg"))
            s3.get_object(Bucket=allowed, Key="a.jpg")

    def test_its_policy_must_let_in_who_is_nobody(self, aws: Any, s3: Any, arn: str) -> None:
        put_policy(s3, statement("Allow", "s3:GetObject"))
        nobody = aws.client("s3", config=UNSIGNED)
        assert refusal(lambda: nobody.get_object(Bucket=arn, Key="a.jpg"))["Code"] == "AccessDenied"
        assert nobody.get_object(Bucket="photos", Key="a.jpg")["ContentLength"] == 0

    def test_one_access_point(self, s3: Any, arn: str) -> None:
        others = {"ArnNotEquals": {"s3:DataAccessPointArn": arn}}
        put_policy(s3, statement("Deny", "s3:GetObject", Condition=others))
        assert denied_action(lambda: s3.get_object(Bucket=arn, Key="a.jpg")) is None
        assert denied_action(lambda: s3.get_object(Bucket="photos", Key="a.jpg")) == "s3:GetObject"


class TestAnonymousClients:
    """signature_version=UNSIGNED sends no signature, and so is nobody."""

    @pytest.fixture
    def nobody(self, aws: Any, photos: str) -> Any:
        return aws.client("s3", config=UNSIGNED)

    def test_are_let_in_by_public_policies_alone(self, s3: Any, nobody: Any) -> None:
        refused = refusal(lambda: nobody.get_object(Bucket="photos", Key="c.jpg"))
        assert (refused["Code"], refused["Message"]) == ("AccessDenied", "Access Denied")
        put_policy(s3, statement("Allow", "s3:GetObject"))
        assert nobody.get_object(Bucket="photos", Key="c.jpg")["Body"].read() == b"three"
        assert refusal(lambda: nobody.list_objects_v2(Bucket="photos"))["Code"] == "AccessDenied"

    def test_have_no_keys_that_only_signed_calls_have(self, s3: Any, nobody: Any) -> None:
        signed = {"Null": {"aws:PrincipalArn": "false"}}
        put_policy(s3, statement("Allow", "s3:GetObject", Condition=signed))
        assert refusal(lambda: nobody.get_object(Bucket="photos", Key="c.jpg"))["Code"] == "AccessDenied"

    def test_may_not_list_or_make_buckets(self, nobody: Any) -> None:
        for call in (nobody.list_buckets, lambda: nobody.create_bucket(Bucket="new")):
            refused = refusal(call)
            assert (refused["Code"], refused["Message"]) == ("AccessDenied", "Access Denied")

    def test_never_pay(self, s3: Any, nobody: Any) -> None:
        put_policy(s3, statement("Allow", "s3:GetObject"))
        s3.put_bucket_request_payment(Bucket="photos", RequestPaymentConfiguration={"Payer": "Requester"})
        read = {"Bucket": "photos", "Key": "c.jpg", "RequestPayer": "requester"}
        assert refusal(lambda: nobody.get_object(**read))["Code"] == "AccessDenied"


class TestPublicPolicies:
    def test_are_for_the_account_alone_while_public_buckets_are_restricted(
        self, aws: Any, s3: Any, theirs: Any
    ) -> None:
        put_policy(s3, statement("Allow", "s3:GetObject"))
        assert theirs.get_object(Bucket="photos", Key="c.jpg")["ContentLength"] == 5
        blocks = {"RestrictPublicBuckets": True}
        s3.put_public_access_block(Bucket="photos", PublicAccessBlockConfiguration=blocks)
        assert refusal(lambda: theirs.get_object(Bucket="photos", Key="c.jpg"))["Code"] == "AccessDenied"
        assert aws.calls[-1].hint == (
            "the policy of photos is public, and RestrictPublicBuckets keeps other accounts out"
        )
        assert s3.get_object(Bucket="photos", Key="c.jpg")["ContentLength"] == 5

    def test_may_have_a_condition(self, s3: Any) -> None:
        condition = {"StringEquals": {"s3:ExistingObjectTag/public": "yes"}}
        put_policy(s3, statement("Allow", "s3:GetObject", Condition=condition))
        assert s3.get_bucket_policy_status(Bucket="photos")["PolicyStatus"] == {"IsPublic": True}


def test_a_denial_outweighs_an_allow_in_the_same_policy(s3: Any, theirs: Any) -> None:
    put_policy(s3, statement("Allow", "s3:*"), statement("Deny", "s3:GetObject"))
    assert refusal(lambda: theirs.get_object(Bucket="photos", Key="c.jpg"))["Code"] == "AccessDenied"
    assert theirs.get_object_tagging(Bucket="photos", Key="c.jpg")["TagSet"]


def test_deleting_a_buckets_tags_is_putting_them(s3: Any) -> None:
    put_policy(s3, statement("Deny", "s3:PutBucketTagging", "arn:aws:s3:::photos"))
    assert denied_action(lambda: s3.delete_bucket_tagging(Bucket="photos")) == "s3:PutBucketTagging"


@pytest.mark.parametrize(
    ("name", "params", "condition"),
    [
        (
            "tag_resource",
            {"Tags": [{"Key": "team", "Value": "red"}]},
            {"StringEquals": {"aws:RequestTag/Team": "red"}},
        ),
        ("untag_resource", {"TagKeys": ["team"]}, {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}),
        ("list_tags_for_resource", {}, {}),
    ],
)
def test_a_buckets_tags_through_s3_control(
    aws: Any, s3: Any, name: str, params: dict[str, Any], condition: dict[str, Any]
) -> None:
    call = getattr(aws.client("s3control"), name)
    whole = {"AccountId": ACCOUNT, "ResourceArn": "arn:aws:s3:::photos", **params}
    action = f"s3:{call.__name__.title().replace('_', '')}"
    assert denied_action(lambda: call(**whole)) is None
    put_policy(s3, statement("Deny", action, "arn:aws:s3:::photos", Condition=condition))
    assert denied_action(lambda: call(**whole)) == action


@pytest.mark.parametrize("name", ["get_bucket_policy", "delete_bucket_policy", "put_bucket_policy"])
def test_a_buckets_policy_is_for_its_own_account_alone(s3: Any, theirs: Any, name: str) -> None:
    """Whatever it says."""
    everything = {**statement("Allow", "s3:*", "arn:aws:s3:::photos"), "Principal": {"AWS": OTHER}}
    put_policy(s3, everything)
    policy = {"Policy": "{}"} if name == "put_bucket_policy" else {}
    refused = refusal(lambda: getattr(theirs, name)(Bucket="photos", **policy))
    assert (refused["Status"], refused["Code"], refused["ResourceType"]) == (
        405,
        "MethodNotAllowed",
        "BUCKETPOLICY",
    )
    s3.delete_bucket_policy(Bucket="photos")
    assert refusal(lambda: getattr(theirs, name)(Bucket="photos", **policy))["Code"] == "AccessDenied"


def test_another_word_than_requester_pays_nothing(s3: Any, theirs: Any) -> None:
    put_policy(s3, statement("Allow", "s3:GetObject"))
    s3.put_bucket_request_payment(Bucket="photos", RequestPaymentConfiguration={"Payer": "Requester"})
    for payer in ({}, {"RequestPayer": "owner"}):
        read = {"Bucket": "photos", "Key": "c.jpg", **payer}
        assert refusal(lambda read=read: theirs.get_object(**read))["Code"] == "AccessDenied"


def test_the_expected_owner_is_the_buckets_not_the_callers(s3: Any, theirs: Any) -> None:
    put_policy(s3, statement("Allow", "s3:GetObject"))
    read = {"Bucket": "photos", "Key": "c.jpg"}
    assert refusal(lambda: theirs.get_object(**read, ExpectedBucketOwner=OTHER))["Code"] == "AccessDenied"
    assert theirs.get_object(**read, ExpectedBucketOwner=ACCOUNT)["ContentLength"] == 5


def test_the_hint_names_the_statement_or_what_was_missing(aws: Any, s3: Any, theirs: Any) -> None:
    condition = {"StringEquals": {"s3:ExistingObjectTag/team": "red"}}
    put_policy(
        s3,
        statement("Allow", "s3:GetObject", Condition=condition),
        statement("Deny", "s3:PutObject", Sid="No"),
    )
    refusal(lambda: theirs.get_object(Bucket="photos", Key="a.jpg"))
    silent = "and no policy of the bucket allows s3:GetObject"
    assert aws.calls[-1].hint == (
        f"the bucket is {ACCOUNT}'s, the call {OTHER}'s, {silent}; the request has no "
        "s3:ExistingObjectTag/team"
    )
    refusal(lambda: aws.client("s3", config=UNSIGNED).head_bucket(Bucket="photos"))
    assert aws.calls[-1].hint == "nobody signed the call, and no policy of the bucket allows s3:ListBucket"
    refusal(lambda: s3.put_object(Bucket="photos", Key="a.jpg"))
    assert aws.calls[-1].hint == "statement 1 (No) of the policy of photos denies s3:PutObject"
