"""Jobs run as their role: who may pass it on, who may assume it, and what it may do."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from tests.batch.support import ME, codes, create, failure_of, job_of, run
from tests.support import (
    key_of,
    made_role,
    made_user,
    policy_document,
    refusal,
    run_job,
    tag_set,
    tagging_job,
)

ROLE = f"arn:aws:iam::{ACCOUNT}:role/batch"
NOT_ASSUMED = (
    f"Could not assume the IAM role: {ROLE}, Please ensure that a trust policy is attached to the role that "
    "allows batchoperations.s3.amazonaws.com to assume the role"
)
READS_MANIFEST = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::manifests/*"}
WRITES_REPORT = {"Action": "s3:PutObject", "Resource": "arn:aws:s3:::reports/*"}
TAGS = {"Action": "s3:PutObjectTagging", "Resource": "arn:aws:s3:::photos/*"}
CREATES = {"Action": "s3:CreateJob"}
PASSES = {"Action": "iam:PassRole", "Resource": ROLE}
LISTS = {"Action": "s3:ListBucket", "Resource": "arn:aws:s3:::photos"}


class TestWhatTheRoleNeeds:
    def test_least_privilege_of_a_tagging_job(self, aws: Any, photos: str) -> None:
        role = made_role(aws._world, "batch")
        own = {"Condition": {"StringLike": {"aws:userid": f"{role.id}:s3-batch-operations_*"}}}
        role.inline["own"] = policy_document(
            *({**one, **own} for one in (READS_MANIFEST, WRITES_REPORT, TAGS))
        )
        assert run_job(aws, "photos,a.jpg", "photos,b.jpg")["Status"] == "Complete"
        assert aws.object_tags(photos, "a.jpg") == {"team": "red"}
        assert aws.jobs[-1].report()

    def test_to_read_the_manifest(self, aws: Any, photos: str) -> None:
        made_role(aws._world, "batch", WRITES_REPORT, TAGS)
        described = run(aws)
        assert described["Status"] == "Failed"
        assert failure_of(aws, described)[:1] == ("AccessDenied",)
        (reason,) = described["FailureReasons"]
        assert reason["FailureReason"] == "Reading the manifest is forbidden: AccessDenied"

    def test_to_write_the_report(self, aws: Any, photos: str) -> None:
        made_role(aws._world, "batch", READS_MANIFEST, TAGS)
        described = run_job(aws, "photos,a.jpg")
        assert described["Status"] == "Failed"
        assert described["FailureReasons"][0]["FailureReason"] == (
            "The job report could not be written to your report bucket. Please check your permissions."
        )
        assert aws.object_tags(photos, "a.jpg") == {"team": "red"}

    def test_each_task_by_itself(self, aws: Any, photos: str) -> None:
        """Also the tasks behind the first one that was allowed, and by the tags that their objects have."""
        condition = {"StringEquals": {"s3:ExistingObjectTag/team": "blue"}}
        own = {**TAGS, "Condition": condition}
        role = made_role(aws._world, "batch", READS_MANIFEST, WRITES_REPORT, own, LISTS)
        job = job_of(
            aws,
            {"S3PutObjectTagging": tag_set(team="red")},
            "photos,c.jpg",
            "photos,a.jpg",
            "photos,c.jpg",
            "photos,nothing",
        )
        assert codes(job) == ["Successful", "AccessDenied", "AccessDenied", "AccessDenied"]
        session = f"arn:aws:sts::{ACCOUNT}:assumed-role/batch/s3-batch-operations_{job.id}"
        assert list(job.tasks)[1].message.startswith(
            f"User: {session} is not authorized to perform: s3:PutObjectTagging on resource: "
            '"arn:aws:s3:::photos/a.jpg" because no identity-based policy allows the s3:PutObjectTagging action '
            "(Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; "
        )
        role.inline["own"] = policy_document(READS_MANIFEST, WRITES_REPORT, TAGS)
        job = job_of(aws, {"S3PutObjectTagging": tag_set(team="red")}, "photos,nothing")
        assert "s3:ListBucket on resource" in next(iter(job.tasks)).message

    def test_actions_of_versions(self, aws: Any) -> None:
        made_role(aws._world, "batch", READS_MANIFEST, WRITES_REPORT, TAGS)
        aws.create_bucket("photos", versioning=True)
        aws.put_objects("photos", ["a.jpg"])
        version = aws.client("s3").head_object(Bucket="photos", Key="a.jpg")["VersionId"]
        fields = ("Bucket", "Key", "VersionId")
        run_job(aws, f"photos,a.jpg,{version}", fields=fields)
        (task,) = aws.jobs[-1].tasks
        assert "s3:PutObjectVersionTagging" in task.message

    def test_more_for_some_operations(self, aws: Any, photos: str) -> None:
        aws.client("s3").create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
        aws.put_objects("locked", ["k"])

        @aws.lambda_function("see")
        def see(event: Any) -> Any:
            raise AssertionError("nobody may call it")

        holds = {"Action": "s3:PutObjectLegalHold"}
        role = made_role(aws._world, "batch", READS_MANIFEST, WRITES_REPORT, holds)
        hold = {"S3PutObjectLegalHold": {"LegalHold": {"Status": "ON"}}}
        invoke = {"LambdaInvoke": {"FunctionArn": "see"}}
        for operation, missing in (
            (hold, 's3:GetBucketObjectLockConfiguration on resource: "arn:aws:s3:::locked"'),
            (invoke, f"lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:{ACCOUNT}:function:see"),
        ):
            (task,) = job_of(aws, operation, "locked,k").tasks
            assert (task.error_code, task.http_status) == ("AccessDenied", 403)
            assert f"is not authorized to perform: {missing}" in task.message
        reads = {"Action": "s3:GetBucketObjectLockConfiguration"}
        role.inline["own"] = policy_document(READS_MANIFEST, WRITES_REPORT, holds, reads)
        assert codes(job_of(aws, hold, "locked,k")) == ["Successful"]

    def test_what_a_generated_manifest_needs(self, aws: Any, photos: str) -> None:
        role = made_role(aws._world, "batch", WRITES_REPORT, TAGS)
        generator = {"SourceBucket": "arn:aws:s3:::photos", "EnableManifestOutput": False}
        manifest = {"S3JobManifestGenerator": generator}
        tagging_job(aws)
        assert run(aws, Manifest=None, ManifestGenerator=manifest)["Status"] == "Failed"
        inventories = {"Action": "s3:PutInventoryConfiguration", "Resource": "arn:aws:s3:::photos"}
        role.inline["own"] = policy_document(WRITES_REPORT, TAGS, inventories)
        assert run(aws, Manifest=None, ManifestGenerator=manifest)["Status"] == "Complete"


class TestAssumingIt:
    def test_a_role_that_does_not_trust_the_service(self, aws: Any, photos: str) -> None:
        made_role(aws._world, "batch", {}, trust={"Service": "lambda.amazonaws.com"})
        described = run(aws)
        assert described["Status"] == "Failed"
        assert described["ProgressSummary"]["TotalNumberOfTasks"] == 0
        assert described["FailureReasons"] == [{"FailureCode": "AccessDenied", "FailureReason": NOT_ASSUMED}]

    @pytest.mark.tagging_mock(job_progress="manual")
    def test_it_is_assumed_when_the_job_is_prepared(self, aws: Any, photos: str) -> None:
        made_role(aws._world, "batch", {}, trust={"Service": "lambda.amazonaws.com"})
        job = aws.jobs[create(aws)]
        seen = []
        for _ in range(3):
            aws.step_jobs()
            seen.append(job.status)
        assert seen == ["Preparing", "Failing", "Failed"]

    def test_a_condition_against_the_confused_deputy(self, aws: Any, photos: str) -> None:
        role = made_role(aws._world, "batch", {})
        service = {"Service": "batchoperations.s3.amazonaws.com"}
        for account, status in ((ACCOUNT, "Complete"), ("999999999999", "Failed")):
            condition = {
                "StringEquals": {"aws:SourceAccount": account},
                "ArnLike": {"aws:SourceArn": f"arn:aws:s3:us-east-1:{ACCOUNT}:job/*"},
            }
            role.trust = policy_document(
                {"Principal": service, "Action": "sts:AssumeRole", "Resource": None, "Condition": condition}
            )
            assert run(aws)["Status"] == status

    def test_one_that_nobody_made(self, photos: str, aws: Any) -> None:
        assert run(aws)["Status"] == "Complete"
        assert aws._world.identities.trusted == {ROLE}

    def test_one_that_nobody_made_with_strict_roles(self) -> None:
        with mock_tagging(roles="strict", allow="all") as aws:
            described = run(aws)
            assert described["FailureReasons"][0]["FailureReason"] == NOT_ASSUMED
            failure = str(aws.jobs[described["JobId"]].failure)
            assert failure.endswith(" | nobody made the role, and the mock has roles='strict'")

    def test_what_happens_to_it_meanwhile(self) -> None:
        """A session that has begun outlives a change of the trust policy, but not its role."""
        with mock_tagging(job_progress="manual", allow="all") as aws:
            aws.create_bucket("photos")
            aws.put_objects("photos", ["a.jpg", "b.jpg"])
            role = made_role(aws._world, "batch", {})
            job = aws.jobs[create(aws)]
            while job.status != "Active":
                aws.step_jobs()
            aws.step_jobs(tasks=1)
            role.trust = policy_document({"Effect": "Deny", "Principal": "*", "Resource": None})
            assert aws.object_tags("photos", "a.jpg") == {"team": "red"}
            aws._world.identities.remove(role)
            aws.run_jobs()
            assert (job.status, len(list(job.tasks))) == ("Failed", 1)
            assert str(job.failure).endswith(" | the role was deleted")
            assert not list(aws._world.buckets_of("us-east-1")["reports"].keys)
            assert aws.object_tags("photos", "b.jpg") == {}


class TestCreateJob:
    """Who creates a job needs s3:CreateJob, iam:PassRole, and with tags s3:PutJobTagging."""

    def refused(self, aws: Any, *statements: Any, **changes: Any) -> str:
        number = len(aws.calls)
        user = made_user(aws._world, f"anna{number}", *statements)
        control = aws.client("s3control", **key_of(aws._world, user))
        request = tagging_job(aws, "photos,a.jpg", **changes)
        error = refusal(lambda: control.create_job(**request))
        assert (error["Status"], error["Code"]) == (403, "AccessDenied")
        return str(error["Message"].partition("perform: ")[2])

    def test_what_is_missing(self, aws: Any, photos: str) -> None:
        jobs = f"arn:aws:s3:us-east-1:{ACCOUNT}:job/*"
        silent = "because no identity-based policy allows the"
        assert self.refused(aws) == f's3:CreateJob on resource: "{jobs}" {silent} s3:CreateJob action'
        tags = [{"Key": "a", "Value": "b"}]
        assert self.refused(aws, CREATES, PASSES, Tags=tags) == (
            f's3:PutJobTagging on resource: "{jobs}" {silent} s3:PutJobTagging action'
        )
        assert self.refused(aws, CREATES) == (
            f"iam:PassRole on resource: {ROLE} {silent} iam:PassRole action"
        )
        other = {**PASSES, "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}
        assert self.refused(aws, CREATES, other).startswith("iam:PassRole")
        assert not aws.jobs

    def test_a_role_of_another_account(self, aws: Any, photos: str) -> None:
        request = tagging_job(aws, "photos,a.jpg", RoleArn="arn:aws:iam::999999999999:role/batch")
        error = refusal(lambda: aws.client("s3control").create_job(**request))
        assert (error["Code"], error["Message"]) == ("AccessDenied", "Cross-account pass role is not allowed")

    def test_with_all_of_them(self, aws: Any, photos: str) -> None:
        passed = {
            "iam:PassedToService": "batchoperations.s3.amazonaws.com",
            "iam:AssociatedResourceArn": f"arn:aws:s3:us-east-1:{ACCOUNT}:job/*",
        }
        passes = {**PASSES, "Condition": {"StringEquals": passed}}
        tags = {"Action": "s3:PutJobTagging", "Condition": {"StringEquals": {"aws:ResourceTag/a": "b"}}}
        user = made_user(aws._world, "anna", CREATES, passes, tags)
        control = aws.client("s3control", **key_of(aws._world, user))
        request = tagging_job(aws, "photos,a.jpg", Tags=[{"Key": "a", "Value": "b"}])
        job = control.create_job(**request)["JobId"]
        assert aws.jobs[job].status == "Complete"
        assert refusal(lambda: control.describe_job(JobId=job, **ME))["Code"] == "AccessDenied"


def test_replication_has_a_code_of_its_own(aws: Any) -> None:
    aws.create_bucket("photos", versioning=True)
    aws.put_objects("photos", ["a.jpg"])
    version = aws.client("s3").head_object(Bucket="photos", Key="a.jpg")["VersionId"]
    made_role(aws._world, "batch", {"Action": ["s3:Get*", "s3:PutObject"]})
    (task,) = job_of(
        aws,
        {"S3ReplicateObject": {}},
        f"photos,a.jpg,{version}",
        fields=("Bucket", "Key", "VersionId"),
    ).tasks
    assert (task.error_code, task.http_status) == ("InitiateReplicationNotPermitted", 403)
