"""Every member of the public face, with the type that an editor shows for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from mypy_boto3_s3.client import S3Client
from mypy_boto3_s3.service_resource import S3ServiceResource
from mypy_boto3_s3control.client import S3ControlClient
from mypy_boto3_sts.client import STSClient
from typing_extensions import assert_type

from s3tag_mock import AwsError, Misuse, TaggingMock, TaggingMockFailure, TaggingMockWarning, mock_tagging


@mock_tagging
def bare(number: int) -> str:
    return str(number)


@mock_tagging(region="eu-west-1", fail_on=["lost_tags"])
async def with_options(number: int) -> str:
    return str(number)


@mock_tagging(job_progress="manual", clock=datetime(2026, 1, 1), seed=1, roles="strict", allow="all")
class OfClass:
    def test_it(self) -> None: ...


@mock_tagging
def generator() -> Iterator[int]:
    yield 1


@mock_tagging(
    passthrough=("dynamodb",),
    profiles={"prod": "999999999999"},
    unknown_keys="refuse",
    lifecycle="act",
    min_part_size=9,
)
async def async_generator() -> AsyncIterator[int]:
    yield 1


@pytest.fixture
def client(tagging_mock: TaggingMock) -> S3Client:
    return tagging_mock.client("s3")


async def kinds() -> None:
    """What is decorated keeps its type."""
    assert_type(bare(1), str)
    assert_type(await with_options(1), str)
    assert_type(OfClass().test_it(), None)
    assert_type(generator(), Iterator[int])
    assert_type(async_generator(), AsyncIterator[int])
    async with mock_tagging() as aws:
        assert_type(aws, TaggingMock)


def face() -> None:
    """The handle."""
    with mock_tagging() as aws:
        assert_type(aws, TaggingMock)
        assert_type(aws.client("s3"), S3Client)
        assert_type(aws.client("s3control", account_id="111122223333"), S3ControlClient)
        assert_type(aws.client("sts"), STSClient)
        assert_type(aws.resource("s3"), S3ServiceResource)
        assert_type(aws.create_bucket("photos", tags={"team": "blue"}), str)
        assert_type(aws.put_objects("photos", ["a.jpg"]), int)
        assert_type(aws.put_objects("photos", {"b.jpg": b""}, tags={"a": "1"}), int)
        assert_type(aws.put_objects("photos", ["c.jpg"], tags={"c.jpg": {"a": "1"}}), int)
        assert_type(aws.put_objects("photos", ["d.jpg"], tags=lambda key: {"key": key}), int)
        aws.tag_object("photos", "d.jpg", {"a": "1"})
        assert_type(aws.create_role("batch", "AmazonS3FullAccess", {"Statement": []}, trust="{}"), str)
        assert_type(aws.create_user("anna", "{}"), str)
        assert_type(aws.client("s3", as_="arn:aws:iam::123456789012:role/batch"), S3Client)
        assert_type(aws.explain("s3:GetObject", "*", as_="arn", context={"aws:TagKeys": ["a"]}).allowed, bool)
        assert_type(aws.buckets, list[str])
        assert_type(aws.keys("photos"), list[str])
        assert_type(aws.object("photos", "a.jpg").body, bytes)
        assert_type(aws.object("photos", "a.jpg").versions[0].tags, dict[str, str])
        assert_type(aws.object_tags("photos", "a.jpg"), dict[str, str])
        assert_type(aws.bucket_tags("photos"), dict[str, str])
        assert_type(aws.job_tags("id"), dict[str, str])
        job = aws.jobs["id"]
        assert_type(job.status, str)
        assert_type((aws.jobs[-1].id, aws.jobs.last.id), tuple[str, str])
        assert_type(job.tasks[0].error_code, str)
        assert_type(job.report().rows[0].task_status, str)
        with aws.faults.add("PutObjectTagging", "SlowDown", when={"Key": "a.jpg"}) as fault:
            assert_type(fault.hits, int)
        aws.faults.add("*", AwsError("Teapot", 418, "Short"), when=lambda params: params["Key"] == "a")
        with aws.answers.add("dynamodb.GetItem", {"Item": {}}, times=1) as answer:
            assert_type(answer.hits, int)
        aws.answers.add("GetObject", [AwsError("Teapot", 418, "Short"), lambda params, proceed: proceed()])
        assert_type(aws.calls[0].params, Mapping[str, Any])
        assert_type(aws.calls[-1].status, int | None)
        assert_type(aws.calls.of("GetObject").failed[0].error_code, str | None)
        aws.calls.assert_called("PutObjectTagging", times=1, Bucket="photos", tags={"a": "1"})
        assert_type((aws.calls.last.operation, aws.calls.nth(1).service), tuple[str, str])
        assert_type(aws.clock.advance(days=1), datetime)
        assert_type(aws.clock.advance(timedelta(hours=1)), datetime)
        with aws.isolated():
            aws.restore(aws.snapshot())
        assert_type(aws.run_jobs(), None)

        @aws.lambda_function("copy")
        def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
            return event

        assert_type(handler({}, None), dict[str, Any])


errors: Sequence[type[Exception]] = (AwsError, Misuse, TaggingMockFailure, TaggingMockWarning)
