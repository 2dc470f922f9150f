"""The examples that the documents of this project's beginning print, tried as they stand there.

AWS's placeholders (account, role, token, ETag) are filled; nothing else is changed.
"""

from __future__ import annotations

import json
from typing import Any

import awscli.clidriver
import pytest

from conftest import ACCOUNT
from tests.support import content_md5, refusal, send_raw, tag_set

#: "Creating an S3 Batch Operations job", the example manifest in CSV format without version ids.
MANIFEST = (
    "Examplebucket,objectkey1\n"
    "Examplebucket,objectkey2\n"
    "Examplebucket,objectkey3\n"
    "Examplebucket,photos/jpgs/objectkey4\n"
    "Examplebucket,photos/jpgs/newjersey/objectkey5\n"
    "Examplebucket,object%20key%20with%20spaces\n"
)
KEYS = [
    "objectkey1",
    "objectkey2",
    "objectkey3",
    "photos/jpgs/objectkey4",
    "photos/jpgs/newjersey/objectkey5",
    "object key with spaces",
]
#: The same document's command, an argument a line.
CREATE_JOB = """
s3control
create-job
--region
us-west-2
--account-id
{account}
--operation
{{"S3PutObjectTagging": {{ "TagSet": [{{"Key":"keyOne", "Value":"ValueOne"}}] }}}}
--manifest
{{"Spec":{{"Format":"S3BatchOperations_CSV_20180820","Fields":["Bucket","Key"]}},\
"Location":{{"ObjectArn":"arn:aws:s3:::my_manifests/manifest.csv","ETag":"{etag}"}}}}
--report
{{"Bucket":"arn:aws:s3:::bucket-where-completion-report-goes","Prefix":"final-reports", \
"Format":"Report_CSV_20180820","Enabled":true,"ReportScope":"AllTasks"}}
--priority
42
--role-arn
arn:aws:iam::{account}:role/S3BatchJobRole
--client-request-token
9d2fcfbc-1315-4d24-9e3b-19ca51289e9b
--description
job Description
--no-confirmation-required
"""


def aws_cli(*arguments: str, capsys: Any) -> Any:
    """Type a command into the AWS CLI's own driver, in this process."""
    assert awscli.clidriver.create_clidriver().main(list(arguments)) == 0
    return json.loads(capsys.readouterr().out or "null")


#: The same document's commands that make the job's role, an argument a line; the name of the service that may
#: assume it, which the print lost, is filled in too.
CREATE_ROLE = """
iam
create-role
--role-name
S3BatchJobRole
--assume-role-policy-document
{ "Version":"2012-10-17", "Statement":[ { "Effect":"Allow", "Principal":{ "Service":\
"batchoperations.s3.amazonaws.com" }, "Action":"sts:AssumeRole" } ] }
"""
PUT_ROLE_POLICY = """
iam
put-role-policy
--role-name
S3BatchJobRole
--policy-name
PutObjectTaggingBatchJobPolicy
--policy-document
{ "Version":"2012-10-17", "Statement":[ { "Effect":"Allow", "Action":[ "s3:PutObjectTagging", \
"s3:PutObjectVersionTagging" ], "Resource": "arn:aws:s3:::{{TargetResource}}/*" }, { "Effect": "Allow", \
"Action": [ "s3:GetObject", "s3:GetObjectVersion", "s3:GetBucketLocation" ], "Resource": [ \
"arn:aws:s3:::{{ManifestBucket}}", "arn:aws:s3:::{{ManifestBucket}}/*" ] }, { "Effect":"Allow", "Action":[ \
"s3:PutObject", "s3:GetBucketLocation" ], "Resource":[ "arn:aws:s3:::{{ReportBucket}}", \
"arn:aws:s3:::{{ReportBucket}}/*" ] } ] }
"""


@pytest.fixture
def example(aws: Any) -> str:
    """The buckets and objects that the document speaks of, where its job is; gives the manifest's ETag."""
    for name in ("Examplebucket", "my_manifests", "bucket-where-completion-report-goes"):
        aws.create_bucket(name, region="us-west-2")
    aws.put_objects("Examplebucket", KEYS, tags={"old": "gone"})
    etag: str = aws.client("s3").put_object(Bucket="my_manifests", Key="manifest.csv", Body=MANIFEST)["ETag"]
    return etag.strip('"')


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_commands_that_make_the_role_and_the_job(aws: Any, example: str, capsys: Any) -> None:
    """The job runs with what the role's policy allows, and with no more."""
    role = aws_cli(*CREATE_ROLE.strip().split("\n"), capsys=capsys)["Role"]
    assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/S3BatchJobRole"
    filled = PUT_ROLE_POLICY.strip()
    for name, bucket in {
        "TargetResource": "Examplebucket",
        "ManifestBucket": "my_manifests",
        "ReportBucket": "bucket-where-completion-report-goes",
    }.items():
        filled = filled.replace(f"{{{{{name}}}}}", bucket)
    aws_cli(*filled.split("\n"), capsys=capsys)
    found = aws.client("iam").get_role_policy(
        RoleName="S3BatchJobRole", PolicyName="PutObjectTaggingBatchJobPolicy"
    )["PolicyDocument"]
    assert found["Statement"][0] == {
        "Effect": "Allow",
        "Action": ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"],
        "Resource": "arn:aws:s3:::Examplebucket/*",
    }

    create_job = CREATE_JOB.format(account=ACCOUNT, etag=example).strip()
    job_id = aws_cli(*create_job.split("\n"), capsys=capsys)["JobId"]
    assert aws.jobs[job_id].status == "Complete"
    assert {key: aws.object_tags("Examplebucket", key) for key in KEYS} == dict.fromkeys(
        KEYS, {"keyOne": "ValueOne"}
    )

    iam = aws.client("iam")
    iam.delete_role_policy(RoleName="S3BatchJobRole", PolicyName="PutObjectTaggingBatchJobPolicy")
    again = create_job.replace("9d2fcfbc", "0d2fcfbc")
    job_id = aws_cli(*again.split("\n"), capsys=capsys)["JobId"]
    assert aws.jobs[job_id].status == "Failed"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_create_job_command(aws: Any, example: str, capsys: Any) -> None:
    arguments = CREATE_JOB.format(account=ACCOUNT, etag=example).strip().split("\n")
    job_id = aws_cli(*arguments, capsys=capsys)["JobId"]

    assert {key: aws.object_tags("Examplebucket", key) for key in KEYS} == dict.fromkeys(
        KEYS, {"keyOne": "ValueOne"}
    )
    described = aws_cli(
        *("s3control", "describe-job", "--region", "us-west-2", "--account-id", ACCOUNT, "--job-id", job_id),
        capsys=capsys,
    )["Job"]
    assert (described["Status"], described["Priority"], described["Description"]) == (
        "Complete",
        42,
        "job Description",
    )
    assert described["JobArn"] == f"arn:aws:s3:us-west-2:{ACCOUNT}:job/{job_id}"
    assert described["ProgressSummary"]["NumberOfTasksSucceeded"] == len(KEYS)
    report = aws.jobs[job_id].report()
    assert report.key == f"final-reports/job-{job_id}/manifest.json"
    assert [(row.bucket, row.key) for row in report.rows] == [
        tuple(row.split(",")) for row in MANIFEST.split()
    ]


def test_the_manifest_with_version_ids(aws: Any) -> None:
    """The second example manifest: each row acts on the version that it names."""
    aws.create_bucket("examplebucket", versioning=True)
    aws.create_bucket("my-manifests")
    s3, control = aws.client("s3"), aws.client("s3control")
    old = s3.put_object(Bucket="examplebucket", Key="object key with spaces")["VersionId"]
    s3.put_object(Bucket="examplebucket", Key="object key with spaces")
    body = f"examplebucket,object%20key%20with%20spaces,{old}\n"
    etag = s3.put_object(Bucket="my-manifests", Key="manifest.csv", Body=body)["ETag"]
    control.create_job(
        AccountId=ACCOUNT,
        Operation={"S3PutObjectTagging": tag_set(keyOne="ValueOne")},
        Manifest={
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key", "VersionId"]},
            "Location": {"ObjectArn": "arn:aws:s3:::my-manifests/manifest.csv", "ETag": etag},
        },
        Report={"Enabled": False},
        Priority=42,
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/S3BatchJobRole",
    )
    assert aws.object_tags("examplebucket", "object key with spaces", old) == {"keyOne": "ValueOne"}
    assert aws.object_tags("examplebucket", "object key with spaces") == {}


#: "PutObjectTagging", the body of the sample request.
OBJECT_SAMPLE = (
    b"<Tagging> <TagSet> <Tag> <Key>tag1</Key> <Value>val1</Value> </Tag> <Tag> <Key>tag2</Key> <Value>val2</Value> "
    b"</Tag> </TagSet> </Tagging>"
)
#: "PutObjectTagging", the body of the request syntax.
OBJECT_SYNTAX = (
    b'<?xml version="1.0" encoding="UTF-8"?> <Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"> <TagSet> <Tag> '
    b"<Key>string</Key> <Value>string</Value> </Tag> </TagSet> </Tagging>"
)
#: "PUT Bucket tagging", the bodies of the syntax and of the sample request.
BUCKET_SYNTAX = (
    b"<Tagging> <TagSet> <Tag> <Key>Tag Name</Key> <Value>Tag Value</Value> </Tag> </TagSet> </Tagging>"
)
BUCKET_SAMPLE = (
    b"<Tagging> <TagSet> <Tag> <Key>Project</Key> <Value>Project One</Value> </Tag> <Tag> <Key>User</Key> "
    b"<Value>jsmith</Value> </Tag> </TagSet> </Tagging>"
)


@pytest.mark.parametrize(
    ("body", "tags"),
    [(OBJECT_SAMPLE, {"tag1": "val1", "tag2": "val2"}), (OBJECT_SYNTAX, {"string": "string"})],
)
def test_the_object_tagging_requests(aws: Any, s3_once: Any, body: bytes, tags: dict[str, str]) -> None:
    aws.create_bucket("examplebucket")
    aws.put_objects("examplebucket", ["object-key"])

    def send(**headers: str) -> Any:
        return send_raw(
            s3_once,
            "put_object_tagging",
            body=body,
            headers=headers,
            Bucket="examplebucket",
            Key="object-key",
            Tagging=tag_set(),
        )

    # The MD5 that the document prints is a placeholder: AWS would not take it for this body.
    assert refusal(lambda: send(**{"Content-MD5": "pUNXr/BjKK5G2UKExample=="}))["Code"] == "BadDigest"
    answer = send(**content_md5(body))["ResponseMetadata"]
    assert answer["HTTPStatusCode"] == 200
    assert {"x-amz-id-2", "x-amz-request-id", "date"} <= answer["HTTPHeaders"].keys()
    assert aws.object_tags("examplebucket", "object-key") == tags


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        (BUCKET_SAMPLE, {"Project": "Project One", "User": "jsmith"}),
        (BUCKET_SYNTAX, {"Tag Name": "Tag Value"}),
    ],
)
def test_the_bucket_tagging_requests(aws: Any, body: bytes, tags: dict[str, str]) -> None:
    aws.create_bucket("examplebucket")
    answer = send_raw(
        aws.client("s3"),
        "put_bucket_tagging",
        body=body,
        headers=content_md5(body),
        Bucket="examplebucket",
        Tagging=tag_set(),
    )
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert aws.bucket_tags("examplebucket") == tags


def test_the_put_job_tagging_syntax(aws: Any) -> None:
    """boto3's request syntax, with its strings 'string'; the documented exceptions can be caught by name."""
    client = aws.client("s3control")
    for name in (
        "InternalServiceException",
        "TooManyRequestsException",
        "NotFoundException",
        "TooManyTagsException",
    ):
        assert issubclass(getattr(client.exceptions, name), Exception)
    with pytest.raises(client.exceptions.NotFoundException):
        client.put_job_tagging(AccountId=ACCOUNT, JobId="string", Tags=[{"Key": "string", "Value": "string"}])
