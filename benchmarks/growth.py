"""What a call costs where there is much / where there is little: ``python -m benchmarks.growth``.

Each is the least of many calls, which take turns, by the thread's own time on the processor, so that a busy
machine changes little.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from botocore.exceptions import ClientError

from benchmarks.jobs import request_of
from benchmarks.page import Row, line
from s3tag_mock import mock_tagging
from s3tag_mock.exceptions import UnknownName

Work = Callable[[], object]

BUCKET: Final = "photos"
ACCOUNT: Final = "123456789012"
MIB: Final = 1 << 20
#: How often a piece of work is done: as often as there is time for, within bounds.
SECONDS, LEAST, MOST = 0.8, 5, 60


class Topic(NamedTuple):
    """Works whose cost is compared in a small world and in a large one.

    :param of: what there is little and much of.
    :param bounds: for each work what its ratio must be, and what the goal is.
    :param make: fills a mock with as many, and gives the works by name.
    """

    small: int
    large: int
    of: str
    bounds: Mapping[str, tuple[str, str]]
    make: Callable[[Any, int], Mapping[str, Work]]


def ratios(topic: Topic, spent: float = SECONDS) -> dict[str, float]:
    """The time of each work in the large world / in the small one; both take turns.

    :param spent: seconds for each work, about.
    """
    with mock_tagging(allow="all", job_progress="manual") as aws:
        scope = aws._entered()
        new, worlds = scope.world, []
        for size in (topic.small, topic.large):
            scope.world = new.copy()
            aws.create_bucket(BUCKET)
            worlds.append((scope.world, topic.make(aws, size)))
        found = {}
        for name in topic.bounds:
            gc.collect()
            times: list[list[float]] = [[], []]
            while len(times[0]) < LEAST or (len(times[0]) < MOST and sum(map(sum, times)) < spent):
                for (scope.world, works), taken in zip(worlds, times, strict=True):
                    began = time.thread_time()
                    works[name]()
                    taken.append(time.thread_time() - began)
            small, large = map(min, times)
            found[name] = large / small
        return found


def _seed(aws: Any, keys: int) -> Any:
    aws.put_objects(BUCKET, [f"{number:09}.jpg" for number in range(keys)])
    return aws.client("s3")


def _keys(aws: Any, keys: int) -> Mapping[str, Work]:
    s3 = _seed(aws, keys)
    new = iter(range(keys))
    some = [f"{number * (keys // 200):09}.jpg" for number in range(200)]

    def put_and_list() -> None:
        s3.put_object(Bucket=BUCKET, Key=f"{next(new):09}.png", Body=b"")
        s3.list_objects_v2(Bucket=BUCKET, MaxKeys=10)

    def put_and_delete() -> None:
        s3.put_object(Bucket=BUCKET, Key="000000500.gif", Body=b"")
        s3.delete_object(Bucket=BUCKET, Key="000000500.gif")

    def delete_200() -> None:
        s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": key} for key in some]})
        aws.put_objects(BUCKET, some)

    return {
        "put a new key and list": put_and_list,
        "put a new key and delete it": put_and_delete,
        "delete_objects of 200": delete_200,
    }


def _copies(aws: Any, objects: int) -> Mapping[str, Work]:
    _seed(aws, objects)
    world = aws._entered().world

    def fresh_copy() -> None:
        world.copy().buckets_of("us-east-1")[BUCKET].latest("000000500.jpg")

    def change_and_snapshot() -> None:
        aws.put_objects(BUCKET, ["000000500.jpg"])
        aws.snapshot()

    def missing_object() -> None:
        try:
            aws.object_tags(BUCKET, "000000500.jpeg")
        except UnknownName:
            return
        raise AssertionError("it is there")

    return {
        "a fresh copy of a class's mock": fresh_copy,
        "put an object and make a snapshot": change_and_snapshot,
        "aws.object_tags of a missing key": missing_object,
    }


def _jobs(aws: Any, jobs: int) -> Mapping[str, Work]:
    s3, control = aws.client("s3"), aws.client("s3control")
    etag = s3.put_object(Bucket=BUCKET, Key="m.csv", Body=b"photos,m.csv\n")["ETag"]
    request = request_of(f"arn:aws:s3:::{BUCKET}/m.csv", etag) | {"Report": {"Enabled": False}}

    def create_job() -> None:
        control.create_job(**request)
        aws.run_jobs()

    create_job()
    first, world = aws.jobs[0].id, aws._entered().world
    for number in range(1, jobs):
        ended = world.jobs[first].copy()
        ended.id, ended.number = f"{number:08}-0000-0000-0000-000000000000", number
        world.jobs.add(ended)
    world.jobs_created = jobs
    job = {"AccountId": ACCOUNT, "JobId": first}
    return {
        "create_job": create_job,
        "describe_job": lambda: control.describe_job(**job),
        "get_job_tagging": lambda: control.get_job_tagging(**job),
        "list_jobs, a page of 10": lambda: control.list_jobs(AccountId=ACCOUNT, MaxResults=10),
    }


def _buckets(aws: Any, buckets: int) -> Mapping[str, Work]:
    for number in range(buckets):
        aws.create_bucket(f"bucket-{number}", tags={"number": str(number)})
    s3, groups = aws.client("s3"), aws.client("resourcegroupstaggingapi")

    def missing_bucket() -> None:
        try:
            s3.list_objects_v2(Bucket="bucket-x")
        except ClientError:
            return
        raise AssertionError("it is there")

    return {
        "NoSuchBucket": missing_bucket,
        "list_buckets, a page of 10": lambda: s3.list_buckets(MaxBuckets=10),
        "get_resources, a page of 10": lambda: groups.get_resources(ResourcesPerPage=10),
    }


def _versions(aws: Any, versions: int) -> Mapping[str, Work]:
    s3 = aws.client("s3")
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for _ in range(versions):
        aws.put_objects(BUCKET, ["sky.jpg"])
    newest = aws.object(BUCKET, "sky.jpg").version_id
    named = {"Bucket": BUCKET, "Key": "sky.jpg", "VersionId": newest}
    world = aws._entered().world

    def fork_and_list() -> None:
        list(world.copy().buckets_of("us-east-1")[BUCKET].keys.after(""))

    def put_and_delete() -> None:
        made = s3.put_object(Bucket=BUCKET, Key="sky.jpg", Body=b"")["VersionId"]
        s3.delete_object(Bucket=BUCKET, Key="sky.jpg", VersionId=made)

    return {
        "list_objects_v2": lambda: s3.list_objects_v2(Bucket=BUCKET),
        "list_object_versions, a page of 10": lambda: s3.list_object_versions(Bucket=BUCKET, MaxKeys=10),
        "head_object of the newest version's id": lambda: s3.head_object(**named),
        "put a version and delete it": put_and_delete,
        "a copy that is listed": fork_and_list,
    }


def _uploads(aws: Any, uploads: int) -> Mapping[str, Work]:
    s3 = aws.client("s3")
    for number in range(uploads):
        s3.create_multipart_upload(Bucket=BUCKET, Key=f"{number:09}.jpg")
    return {
        "put_object": lambda: s3.put_object(Bucket=BUCKET, Key="sky.jpg", Body=b""),
        "list_multipart_uploads, a page of 10": partial(
            s3.list_multipart_uploads, Bucket=BUCKET, MaxUploads=10
        ),
    }


def _parts(aws: Any, parts: int) -> Mapping[str, Work]:
    s3 = aws.client("s3")
    upload = {"Bucket": BUCKET, "Key": "sky.jpg"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    for number in range(1, parts + 1):
        s3.upload_part(**upload, PartNumber=number, Body=b"x")
    return {
        "upload_part": lambda: s3.upload_part(**upload, PartNumber=1, Body=b"x"),
        "list_parts, a page of 10": lambda: s3.list_parts(**upload, MaxParts=10),
    }


def _bodies(aws: Any, mib: int) -> Mapping[str, Work]:
    s3, body = aws.client("s3"), bytes(mib * MIB)
    return {"put_object": lambda: s3.put_object(Bucket=BUCKET, Key="sky.jpg", Body=body)}


_FLAT, _NEARLY_FLAT = ("1.2", "1.05"), ("1.5", "1.1")
TOPICS: Final = (
    Topic(
        1_000,
        1_000_000,
        "keys",
        {
            "put a new key and list": _NEARLY_FLAT,
            "put a new key and delete it": _NEARLY_FLAT,
            "delete_objects of 200": _NEARLY_FLAT,
        },
        _keys,
    ),
    Topic(
        1_000,
        100_000,
        "objects",
        {
            "a fresh copy of a class's mock": ("2", "1.1"),
            "put an object and make a snapshot": ("2", "1.1"),
            "aws.object_tags of a missing key": ("2", "1.1"),
        },
        _copies,
    ),
    Topic(
        10,
        10_000,
        "ended jobs",
        {
            "create_job": _NEARLY_FLAT,
            "describe_job": _NEARLY_FLAT,
            "get_job_tagging": _NEARLY_FLAT,
            "list_jobs, a page of 10": _NEARLY_FLAT,
        },
        _jobs,
    ),
    Topic(
        10,
        10_000,
        "buckets",
        {
            "NoSuchBucket": _FLAT,
            "list_buckets, a page of 10": _NEARLY_FLAT,
            "get_resources, a page of 10": _NEARLY_FLAT,
        },
        _buckets,
    ),
    Topic(
        10,
        10_000,
        "versions of a key",
        {
            "list_objects_v2": _NEARLY_FLAT,
            "list_object_versions, a page of 10": _NEARLY_FLAT,
            "head_object of the newest version's id": _NEARLY_FLAT,
            "put a version and delete it": _NEARLY_FLAT,
            "a copy that is listed": _NEARLY_FLAT,
        },
        _versions,
    ),
    Topic(
        10,
        3_000,
        "uploads under way",
        {"put_object": _FLAT, "list_multipart_uploads, a page of 10": _NEARLY_FLAT},
        _uploads,
    ),
    Topic(
        10,
        3_000,
        "parts of an upload",
        {"upload_part": _FLAT, "list_parts, a page of 10": _NEARLY_FLAT},
        _parts,
    ),
    Topic(8, 64, "MiB", {"put_object": ("12", "9")}, _bodies),
)


def rows(topic: Topic, spent: float = SECONDS) -> Iterator[Row]:
    """Measure, what was reached, what must be and what is the goal."""
    found = ratios(topic, spent)
    for name, (must, goal) in topic.bounds.items():
        yield f"{name}, {topic.large:,} {topic.of} / {topic.small:,}", f"{found[name]:.2f}", must, goal


if __name__ == "__main__":
    for one in TOPICS:
        for row in rows(one):
            print(line(row), flush=True)
