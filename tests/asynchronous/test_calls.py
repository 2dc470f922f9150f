"""Clients of aiobotocore are answered as boto3's are: calls, pages, waiters, errors, URLs, the call log."""

from __future__ import annotations

import asyncio
from typing import Any

import boto3
import pytest

from conftest import ACCOUNT
from s3tag_mock import mock_tagging
from tests.asynchronous.conftest import MakeClient
from tests.support import ROLE, tag_set
from tests.web import Web

pytest.importorskip("aiobotocore", reason="aiobotocore isn't installed")

KEYS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "secret"}


async def test_tags(aws: Any, photos: str, client: MakeClient, backend: dict[str, Any]) -> None:
    async with client(config=backend) as s3:
        await s3.put_object(Bucket=photos, Key="a.jpg", Body=b"one", Tagging="team=blue")
        await s3.put_object_tagging(Bucket=photos, Key="b.jpg", Tagging=tag_set(team="red"))
        found = await s3.get_object_tagging(Bucket=photos, Key="a.jpg")
        assert found["TagSet"] == [{"Key": "team", "Value": "blue"}]
        await s3.delete_object_tagging(Bucket=photos, Key="c.jpg")
        await s3.put_bucket_tagging(Bucket=photos, Tagging=tag_set(cost="1"))
    assert aws.object_tags(photos, "b.jpg") == {"team": "red"}
    assert aws.object_tags(photos, "c.jpg") == {}
    assert aws.bucket_tags(photos) == {"cost": "1"}


async def test_it_is_one_world_with_boto3s(photos: str, s3: Any, client: MakeClient) -> None:
    async with client() as asynchronous:
        await asynchronous.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging=tag_set(by="aio"))
    assert s3.get_object_tagging(Bucket=photos, Key="a.jpg")["TagSet"] == [{"Key": "by", "Value": "aio"}]


@pytest.mark.parametrize("service", ["s3control", "sts"])
async def test_other_services_that_are_ours(client: MakeClient, aws: Any, service: str) -> None:
    async with client(service) as made:
        if service == "sts":
            assert (await made.get_caller_identity())["Account"] == ACCOUNT
        else:
            assert (await made.list_jobs(AccountId=ACCOUNT))["Jobs"] == []


async def test_a_profile_with_a_role(client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its credentials are fetched by AssumeRole before the first call."""
    with mock_tagging(profiles={"deploy": "arn:aws:iam::999999999999:role/deploy"}) as aws:
        monkeypatch.setenv("AWS_PROFILE", "deploy")
        async with client("sts") as sts:
            assert (await sts.get_caller_identity())["Account"] == "999999999999"
        aws.calls.assert_called("AssumeRole", times=1)


async def test_a_job(aws: Any, photos: str, client: MakeClient, backend: dict[str, Any]) -> None:
    async with client(config=backend) as s3, client("s3control", config=backend) as s3control:
        put = await s3.put_object(Bucket=photos, Key="manifest.csv", Body=f"{photos},a.jpg\n".encode())
        job = await s3control.create_job(
            AccountId=ACCOUNT,
            Operation={"S3PutObjectTagging": {"TagSet": [{"Key": "team", "Value": "blue"}]}},
            Manifest={
                "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
                "Location": {"ObjectArn": f"arn:aws:s3:::{photos}/manifest.csv", "ETag": put["ETag"]},
            },
            Report={"Enabled": False},
            Priority=1,
            RoleArn=ROLE,
            ConfirmationRequired=False,
            ClientRequestToken="t",
        )
        described = await s3control.describe_job(AccountId=ACCOUNT, JobId=job["JobId"])
    assert described["Job"]["Status"] == "Complete"
    assert aws.object_tags(photos, "a.jpg") == {"team": "blue"}


async def test_pages(aws: Any, client: MakeClient, backend: dict[str, Any]) -> None:
    aws.create_bucket("many")
    aws.put_objects("many", [f"k{number:04}" for number in range(2001)])
    async with client(config=backend) as s3:
        paginator = s3.get_paginator("list_objects_v2")
        sizes = [page["KeyCount"] async for page in paginator.paginate(Bucket="many")]
        whole = await paginator.paginate(Bucket="many", Prefix="k000").build_full_result()
    assert sizes == [1000, 1000, 1]
    assert len(whole["Contents"]) == 10


async def test_waiters(photos: str, client: MakeClient, backend: dict[str, Any]) -> None:
    async with client(config=backend) as s3:
        await s3.get_waiter("bucket_exists").wait(Bucket=photos)
        await s3.get_waiter("object_not_exists").wait(Bucket=photos, Key="no")


async def test_errors(photos: str, client: MakeClient, backend: dict[str, Any]) -> None:
    async with client(config=backend) as s3:
        with pytest.raises(s3.exceptions.NoSuchKey) as refused:
            await s3.get_object(Bucket=photos, Key="no")
        assert refused.value.response["Error"]["Key"] == "no"
        with pytest.raises(s3.exceptions.ClientError, match="NoSuchTagSet"):
            await s3.get_bucket_tagging(Bucket=photos)
        with pytest.raises(s3.exceptions.ClientError, match="404"):
            await s3.head_object(Bucket=photos, Key="no")


async def test_the_call_log(aws: Any, photos: str, client: MakeClient) -> None:
    async with client() as s3:
        await s3.put_object_tagging(Bucket=photos, Key="a.jpg", Tagging=tag_set(team="blue"))
    assert aws.calls[-1].place[0] == __file__
    aws.calls.assert_called("PutObjectTagging", Bucket=photos, Tagging=tag_set(team="blue"), times=1)


async def test_findings(client: MakeClient) -> None:
    with pytest.raises(AssertionError, match="lost_tags"):
        async with mock_tagging(fail_on=["lost_tags"]) as aws, client() as s3:
            aws.create_bucket("photos")
            aws.put_objects("photos", {"c.jpg": b"three"}, tags={"team": "blue"})
            await s3.put_object_tagging(Bucket="photos", Key="c.jpg", Tagging=tag_set(a="1"))


async def test_presigned_urls_and_forms(photos: str, client: MakeClient) -> None:
    web = Web()
    async with client() as s3:
        url = await s3.generate_presigned_url("get_object", Params={"Bucket": photos, "Key": "c.jpg"})
        form = await s3.generate_presigned_post(photos, "form.txt")
        assert web.request("GET", url).data == b"three"
        fields = {**form["fields"], "file": ("form.txt", b"posted")}
        assert web.request("POST", form["url"], fields=fields).status == 204
        assert (await s3.head_object(Bucket=photos, Key="form.txt"))["ContentLength"] == 6


@pytest.mark.parametrize("keys", [KEYS, {}], ids=["with credentials", "without"])
async def test_clients_that_were_made_before(
    client: MakeClient, keys: dict[str, str], monkeypatch: Any
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    async with client(**keys) as s3:
        for name in ("first", "second"):
            with mock_tagging():
                await s3.create_bucket(Bucket=name)
                assert [one["Name"] for one in (await s3.list_buckets())["Buckets"]] == [name]
                url = await s3.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "k"})
                assert ("AKIAIOSFODNN7EXAMPLE" in url) == bool(keys)


async def test_the_account_of_the_access_key(aws: Any, client: MakeClient) -> None:
    async with client("sts", aws_access_key_id="111122223333", aws_secret_access_key="x") as sts:
        assert (await sts.get_caller_identity())["Account"] == "111122223333"


async def test_a_custom_endpoint(aws: Any, client: MakeClient) -> None:
    async with client(endpoint_url="http://localhost:9000") as s3:
        await s3.create_bucket(Bucket="photos")
        await s3.put_object(Bucket="photos", Key="k", Body=b"x")
        assert (await s3.list_objects_v2(Bucket="photos"))["KeyCount"] == 1


async def test_buckets_of_other_regions(aws: Any, client: MakeClient) -> None:
    """The client is redirected, and tries again there."""
    aws.create_bucket("far", region="eu-west-1")
    async with client() as s3:
        assert (await s3.list_objects_v2(Bucket="far"))["KeyCount"] == 0
        assert (await s3.list_objects_v2(Bucket="far"))["KeyCount"] == 0


async def test_handlers_of_the_user(photos: str, client: MakeClient) -> None:
    heard = []

    async def note(event_name: str, **kwargs: Any) -> None:
        await asyncio.sleep(0)
        heard.append(event_name)

    async with client() as s3:
        s3.meta.events.register("before-send.s3.HeadObject", note)
        s3.meta.events.register("response-received.s3.HeadObject", note)
        await s3.head_object(Bucket=photos, Key="a.jpg")
    assert heard == ["before-send.s3.HeadObject", "response-received.s3.HeadObject"]


@mock_tagging
async def test_decorated_functions(client: MakeClient) -> None:
    async with client() as s3:
        assert (await s3.list_buckets())["Buckets"] == []
        assert boto3.client("s3").list_buckets()["Buckets"] == []


async def test_answers_of_the_test_author(aws: Any, client: MakeClient, backend: dict[str, Any]) -> None:
    """For services of ours and any other."""
    aws.create_bucket("photos")
    aws.answers.add("sqs.ListQueues", {"QueueUrls": ["https://queue"]})
    aws.answers.add("GetObject", {"Body": b"answered", "ContentLength": 8}, times=1)
    aws.answers.add("lambda.Invoke", {"StatusCode": 200, "Payload": b"{}"})
    async with client("lambda", config=backend) as functions:
        invoked = await functions.invoke(FunctionName="f")
        assert await invoked["Payload"].read() == b"{}"
    async with client("sqs", config=backend) as sqs, client(config=backend) as s3:
        assert (await sqs.list_queues())["QueueUrls"] == ["https://queue"]
        found = await s3.get_object(Bucket="photos", Key="k")
        assert await found["Body"].read() == b"answered"
