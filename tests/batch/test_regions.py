"""A job works on the buckets of its own region; manifest and report may be anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.batch.support import codes, counts, job_of, run
from tests.support import tagging_job


@pytest.fixture
def south(aws: Any, photos: str) -> Any:
    """The mock, with a bucket and an object in eu-south-1."""
    aws.create_bucket("south", region="eu-south-1")
    aws.put_objects("south", ["k"])
    return aws


def test_tasks_on_objects_of_another_region_fail(south: Any) -> None:
    job = job_of(south, {"S3DeleteObjectTagging": {}}, "photos,a.jpg", "south,k", "south,k")
    assert codes(job) == ["Successful", "PermanentRedirect", "PermanentRedirect"]
    assert [task.http_status for task in job.tasks] == [200, 301, 301]


def test_a_copy_runs_where_its_target_is(south: Any, s3: Any) -> None:
    to = lambda bucket: {"S3PutObjectCopy": {"TargetResource": f"arn:aws:s3:::{bucket}"}}
    assert codes(job_of(south, to("south"), "photos,a.jpg")) == ["PermanentRedirect"]
    assert codes(job_of(south, to("photos"), "south,k")) == ["Successful"]


def test_manifest_and_report_in_another_region(south: Any) -> None:
    south.put_objects("south", {"manifest.csv": b"photos,a.jpg\n"})
    request = tagging_job(south)
    etag = south.client("s3", region_name="eu-south-1").head_object(Bucket="south", Key="manifest.csv")[
        "ETag"
    ]
    request["Manifest"]["Location"] = {"ObjectArn": "arn:aws:s3:::south/manifest.csv", "ETag": etag}
    request["Report"]["Bucket"] = "arn:aws:s3:::south"
    assert counts(run(south, request)) == ("Complete", 1, 0)


def test_the_function_of_a_job_calls_any_region(south: Any) -> None:
    @south.lambda_function("tag")
    def handler(event: Any) -> Any:
        s3 = south.client("s3", region_name="eu-south-1")
        s3.put_object_tagging(Bucket="south", Key="k", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
        result = {"taskId": event["tasks"][0]["taskId"], "resultCode": "Succeeded", "resultString": "done"}
        return {"results": [result]}

    assert codes(job_of(south, {"LambdaInvoke": {"FunctionArn": "tag"}}, "south,k")) == ["done"]
    assert south.object_tags("south", "k") == {"a": "1"}
