"""S3PutObjectTagging and S3DeleteObjectTagging: each task as the single call."""

from __future__ import annotations

from typing import Any

from s3tag_mock.rules.names import canonical_user_id
from tests.batch.support import VERSIONS, codes, job_of
from tests.support import OTHER, run_job, tag_set


def test_a_job_replaces_the_tags_of_every_object_listed(aws: Any, photos: str) -> None:
    described = run_job(aws, "photos,a.jpg", "photos,c.jpg", tags={"team": "red", "year": "2026"})
    assert described["Status"] == "Complete"
    assert {key: aws.object_tags(photos, key) for key in ("a.jpg", "b.jpg", "c.jpg")} == {
        "a.jpg": {"team": "red", "year": "2026"},
        "b.jpg": {},
        "c.jpg": {"team": "red", "year": "2026"},
    }


def test_an_empty_tag_set_clears(aws: Any, photos: str) -> None:
    run_job(aws, "photos,c.jpg", tags={})
    assert aws.object_tags(photos, "c.jpg") == {}


def test_delete_object_tagging(aws: Any, photos: str) -> None:
    job = job_of(aws, {"S3DeleteObjectTagging": {}}, "photos,c.jpg", "photos,nothing")
    assert codes(job) == ["Successful", "NoSuchKey"]
    assert aws.object_tags(photos, "c.jpg") == {}


def test_tasks_fail_as_the_single_call_would(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos", versioning=True)
    old = s3.put_object(Bucket="photos", Key="gone")["VersionId"]
    s3.delete_object(Bucket="photos", Key="gone")
    described = run_job(aws, "photos,missing", "nowhere,a", "photos,gone", "photos,with%20blank")
    job = aws.jobs[described["JobId"]]
    assert [(task.key, task.status, task.error_code, task.http_status) for task in job.tasks] == [
        ("missing", "failed", "NoSuchKey", 404),
        ("a", "failed", "NoSuchBucket", 404),
        ("gone", "failed", "MethodNotAllowed", 405),
        ("with blank", "failed", "NoSuchKey", 404),
    ]
    assert described["Status"] == "Complete"
    assert aws.object_tags("photos", "gone", old) == {}


def test_each_task_is_as_the_single_call(aws: Any, s3: Any) -> None:
    """Tags that no object can have are refused key by key, after keys that aren't there."""
    aws.create_bucket("photos", versioning=True)
    version = s3.put_object(Bucket="photos", Key="k", Body=b"")["VersionId"]
    s3.delete_object(Bucket="photos", Key="k")
    rows = [f"photos,k,{version}", "photos,nothing,null", "gone,k,null"]
    wanted = {"S3PutObjectTagging": {"TagSet": tag_set(**{"aws:x": "1"})["TagSet"]}}
    job = job_of(aws, wanted, *rows, fields=("Bucket", "Key", "VersionId"))
    assert codes(job) == ["InvalidTag", "NoSuchVersion", "NoSuchBucket"]


def test_a_version_is_tagged_and_not_the_latest(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos", versioning=True)
    old, latest = (s3.put_object(Bucket="photos", Key="k")["VersionId"] for _ in range(2))
    first = s3.put_object(Bucket="photos", Key="first")["VersionId"]
    tagging = {"S3PutObjectTagging": tag_set(team="red")}
    job_of(aws, tagging, f"photos,first,{first}", f"photos,k,{old}", fields=VERSIONS)
    tags = [s3.get_object_tagging(Bucket="photos", Key="k", VersionId=one)["TagSet"] for one in (old, latest)]
    assert tags == [tag_set(team="red")["TagSet"], []]


def test_objects_of_another_account_are_not_tagged(aws: Any, s3: Any, photos: str) -> None:
    """Where the bucket has ACLs: also behind one that is."""
    controls = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    s3.put_bucket_ownership_controls(Bucket=photos, OwnershipControls=controls)
    s3.put_bucket_acl(Bucket=photos, GrantWrite=f'id="{canonical_user_id(OTHER)}"')
    aws.client("s3", account_id=OTHER).put_object(Bucket=photos, Key="theirs")
    job = job_of(aws, {"S3PutObjectTagging": tag_set(team="red")}, "photos,a.jpg", "photos,theirs")
    assert codes(job) == ["Successful", "AccessDenied"]


def test_tags_that_no_object_can_have_fail_every_task(aws: Any, photos: str) -> None:
    described = run_job(aws, "photos,a.jpg", "photos,c.jpg", tags={"a,b": "1"})
    assert {task.error_code for task in aws.jobs[described["JobId"]].tasks} == {"InvalidTag"}
    assert aws.object_tags(photos, "c.jpg") == {"team": "blue"}
