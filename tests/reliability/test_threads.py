"""Threads hammer one mock: no update is lost, no list is torn, nobody waits for ever."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import ACCOUNT, needs_botocore
from s3tag_mock import mock_tagging
from tests.support import tag_set, tagging_job

THREADS, ROUNDS = 8, 12
ONCE = Config(retries={"total_max_attempts": 1}, max_pool_connections=THREADS)


@pytest.fixture(autouse=True)
def eager_switching() -> Iterator[None]:
    """Threads are switched as often as they can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def hammer(work: Callable[[int], None], threads: int = THREADS) -> None:
    """Run something in many threads that begin together.

    :param work: takes the thread's number.
    """
    errors: list[BaseException] = []
    barrier = threading.Barrier(threads)

    def run(number: int) -> None:
        barrier.wait()
        try:
            work(number)
        except BaseException as error:
            errors.append(error)

    running = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    assert not any(thread.is_alive() for thread in running), "they wait for each other"
    assert errors == []


@pytest.fixture(params=["one client", "a client each"])
def client(request: pytest.FixtureRequest, aws: Any) -> Callable[[str], Any]:
    if request.param == "one client":
        kept = {name: aws.client(name, config=ONCE) for name in ("s3", "s3control")}
        return kept.__getitem__
    return lambda name: boto3.client(name, config=ONCE)


def test_puts_and_tags(aws: Any, client: Any) -> None:
    aws.create_bucket("photos")

    def work(number: int) -> None:
        s3 = client("s3")
        for turn in range(ROUNDS):
            where = {"Bucket": "photos", "Key": f"{number}/{turn}"}
            s3.put_object(**where, Body=b"x", Tagging=f"turn={turn}")
            s3.put_object_tagging(**where, Tagging=tag_set(thread=str(number), turn=str(turn)))
            assert len(s3.get_object_tagging(**where)["TagSet"]) == 2

    hammer(work)
    for number in range(THREADS):
        for turn in range(ROUNDS):
            assert aws.object_tags("photos", f"{number}/{turn}") == {"thread": str(number), "turn": str(turn)}
    assert len(aws.calls) == THREADS * ROUNDS * 3
    request_ids = Counter(call.sequence for call in aws.calls)
    assert max(request_ids.values()) == 1


def test_every_version_of_one_key_is_there(aws: Any, client: Any) -> None:
    aws.create_bucket("photos", versioning=True)

    def work(number: int) -> None:
        s3 = client("s3")
        for turn in range(ROUNDS):
            answer = s3.put_object(Bucket="photos", Key="k", Body=f"{number}/{turn}".encode())
            written.append((answer["VersionId"], f"{number}/{turn}"))

    written: list[tuple[str, str]] = []
    hammer(work)
    s3 = client("s3")
    versions = s3.list_object_versions(Bucket="photos")["Versions"]
    assert len(versions) == THREADS * ROUNDS
    assert {one["VersionId"] for one in versions} == {version for version, _ in written}
    assert [one["IsLatest"] for one in versions].count(True) == 1
    for version, body in written[::10]:
        assert s3.get_object(Bucket="photos", Key="k", VersionId=version)["Body"].read() == body.encode()


@needs_botocore("1.35.50", "If-Match and If-None-Match of PutObject")
def test_conditional_writes_lose_no_update(aws: Any, client: Any) -> None:
    """A counter that is read and written by compare-and-swap counts every step."""
    aws.create_bucket("photos")
    made: list[int] = []

    def work(number: int) -> None:
        s3 = client("s3")
        try:
            s3.put_object(Bucket="photos", Key="counter", Body=b"0", IfNoneMatch="*")
            made.append(number)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "PreconditionFailed"
        for _ in range(5):
            while True:
                answer = s3.get_object(Bucket="photos", Key="counter")
                count = int(answer["Body"].read())
                try:
                    s3.put_object(
                        Bucket="photos", Key="counter", Body=str(count + 1).encode(), IfMatch=answer["ETag"]
                    )
                    break
                except ClientError as error:
                    assert error.response["Error"]["Code"] == "PreconditionFailed"

    hammer(work, threads=4)
    assert len(made) == 1
    assert client("s3").get_object(Bucket="photos", Key="counter")["Body"].read() == b"20"


def test_lists_are_never_torn(aws: Any, client: Any) -> None:
    """Each list is in order, tells nothing twice, and all that was there before it began."""
    aws.create_bucket("photos")
    there: list[str] = []

    def work(number: int) -> None:
        s3 = client("s3")
        for turn in range(ROUNDS):
            if number % 2:
                key = f"{turn:03}/{number}"
                s3.put_object(Bucket="photos", Key=key)
                there.append(key)
            else:
                before = set(there)
                pages = s3.get_paginator("list_objects_v2").paginate(
                    Bucket="photos", PaginationConfig={"PageSize": 7}
                )
                keys = [one["Key"] for page in pages for one in page.get("Contents", ())]
                assert keys == sorted(set(keys))
                assert before <= set(keys)

    hammer(work)
    assert client("s3").list_objects_v2(Bucket="photos")["KeyCount"] == THREADS // 2 * ROUNDS


def test_deletes_and_puts(aws: Any, client: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", [f"{number:03}" for number in range(THREADS * ROUNDS)])

    def work(number: int) -> None:
        s3 = client("s3")
        keys = [f"{number * ROUNDS + turn:03}" for turn in range(ROUNDS)]
        s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(**{f"by-{number}": "1"}))
        deleted = s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": key} for key in keys[:-1]]})
        assert len(deleted["Deleted"]) == ROUNDS - 1

    hammer(work)
    left = [one["Key"] for one in client("s3").list_objects_v2(Bucket="photos")["Contents"]]
    assert left == [f"{(number + 1) * ROUNDS - 1:03}" for number in range(THREADS)]
    assert len(aws.bucket_tags("photos")) == 1


@pytest.mark.parametrize("progress", ["immediate", "on_describe"])
def test_jobs(progress: Any) -> None:
    with mock_tagging(job_progress=progress) as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", [f"{number}/{turn}" for number in range(THREADS) for turn in range(6)])
        requests = [
            tagging_job(
                aws,
                *[f"photos,{number}/{turn}" for turn in range(6)],
                tags={"job": str(number)},
                ClientRequestToken=str(number),
            )
            for number in range(THREADS)
        ]
        for number, request in enumerate(requests):
            # One key for all manifests: each job's own ETag must be there when it begins.
            key = f"manifest-{number}.csv"
            rows = "".join(f"photos,{number}/{turn}\n" for turn in range(6))
            etag = aws.client("s3").put_object(Bucket="manifests", Key=key, Body=rows)["ETag"]
            request["Manifest"]["Location"] = {"ObjectArn": f"arn:aws:s3:::manifests/{key}", "ETag": etag}
        ids: list[str] = []

        def work(number: int) -> None:
            control = boto3.client("s3control", config=ONCE)
            job = control.create_job(**requests[number])["JobId"]
            ids.append(job)
            control.put_job_tagging(AccountId=ACCOUNT, JobId=job, Tags=[{"Key": "of", "Value": str(number)}])
            for _ in range(100):
                described = control.describe_job(AccountId=ACCOUNT, JobId=job)["Job"]
                if described["Status"] == "Complete":
                    break
            assert described["ProgressSummary"]["NumberOfTasksSucceeded"] == 6

        hammer(work)
        assert len(set(ids)) == THREADS
        assert sorted(aws.job_tags(job)["of"] for job in ids) == [str(number) for number in range(THREADS)]
        for number in range(THREADS):
            assert all(
                aws.object_tags("photos", f"{number}/{turn}") == {"job": str(number)} for turn in range(6)
            )


def test_jobs_and_calls_on_the_same_objects(aws: Any) -> None:
    """Every object ends with the tags of the job or of a call, never with a mixture."""
    keys = [f"{number:02}" for number in range(20)]
    aws.create_bucket("photos")
    aws.put_objects("photos", keys)
    request = tagging_job(aws, *[f"photos,{key}" for key in keys], tags={"a": "job", "b": "job"})

    def work(number: int) -> None:
        s3, control = boto3.client("s3", config=ONCE), boto3.client("s3control", config=ONCE)
        for turn in range(5):
            if number == 0:
                control.create_job(**{**request, "ClientRequestToken": str(turn)})
            else:
                for key in keys:
                    s3.put_object_tagging(
                        Bucket="photos", Key=key, Tagging=tag_set(a=str(number), b=str(number))
                    )
                    tags = {
                        tag["Key"]: tag["Value"]
                        for tag in s3.get_object_tagging(Bucket="photos", Key=key)["TagSet"]
                    }
                    assert tags["a"] == tags["b"]

    hammer(work, threads=4)


def test_failures_on_demand_hit_as_often_as_they_should(aws: Any, client: Any) -> None:
    aws.create_bucket("photos")
    aws.faults.add("PutObject", "SlowDown", times=40)
    failed: list[int] = []

    def work(number: int) -> None:
        s3 = client("s3")
        for turn in range(ROUNDS):
            try:
                s3.put_object(Bucket="photos", Key=f"{number}/{turn}")
            except ClientError as error:
                assert error.response["Error"]["Code"] == "SlowDown"
                failed.append(number)

    hammer(work)
    assert len(failed) == 40
    assert client("s3").list_objects_v2(Bucket="photos")["KeyCount"] == THREADS * ROUNDS - 40


def test_transfers_at_once(aws: Any, tmp_path: Any) -> None:
    """s3transfer's own threads under each of ours."""
    aws.create_bucket("photos")
    source = tmp_path / "source"
    source.write_bytes(bytes(range(256)) * 48_000)
    config = TransferConfig(multipart_threshold=5_000_000, multipart_chunksize=5_000_000, max_concurrency=3)

    def work(number: int) -> None:
        s3 = boto3.client("s3", config=ONCE)
        s3.upload_file(str(source), "photos", str(number), Config=config)
        s3.download_file("photos", str(number), str(tmp_path / str(number)), Config=config)
        assert (tmp_path / str(number)).read_bytes() == source.read_bytes()

    hammer(work, threads=4)


def test_asyncio_with_threads() -> None:
    @mock_tagging
    async def body() -> int:
        s3 = boto3.client("s3", config=ONCE)
        await asyncio.to_thread(s3.create_bucket, Bucket="photos")

        async def put(number: int) -> None:
            await asyncio.to_thread(s3.put_object, Bucket="photos", Key=str(number), Tagging=f"n={number}")
            tags = await asyncio.to_thread(s3.get_object_tagging, Bucket="photos", Key=str(number))
            assert tags["TagSet"] == [{"Key": "n", "Value": str(number)}]

        await asyncio.gather(*[put(number) for number in range(60)])
        return int(s3.list_objects_v2(Bucket="photos")["KeyCount"])

    assert asyncio.run(body()) == 60


def test_tasks_of_asyncio_share_the_mock_of_the_with_block() -> None:
    async def count() -> int:
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(None, boto3.client("s3").list_buckets)
        return len(answer["Buckets"])

    async def body() -> list[int]:
        async with mock_tagging() as aws:
            aws.create_bucket("photos")
            return await asyncio.gather(*[count() for _ in range(10)])

    assert asyncio.run(body()) == [1] * 10
