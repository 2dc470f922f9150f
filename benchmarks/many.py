"""Pages of a long listing, threads, and memory."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any, NamedTuple

import boto3

from benchmarks import calls
from benchmarks.jobs import bytes_per_object
from benchmarks.timing import seconds
from s3tag_mock import mock_tagging

PAGES, CALLS, THREADS, ROUNDS = 5, 400, 8, 3
MIB = 1024 * 1024


def paging_ratio(objects: int, rounds: int = ROUNDS) -> float:
    """A page at the end of a listing / a page at its beginning."""
    with mock_tagging() as aws:
        aws.create_bucket("many")
        aws.put_objects("many", (f"{number:09}.jpg" for number in range(objects)))
        s3: Any = aws.client("s3")
        s3.list_objects_v2(Bucket="many", MaxKeys=1)  # the keys are sorted once

        def pages(after: str) -> float:
            return seconds(
                lambda: [s3.list_objects_v2(Bucket="many", StartAfter=after) for _ in range(PAGES)]
            )

        last = f"{objects - 1001:09}.jpg"
        return median(pages(last) / pages("0") for _ in range(rounds))


class Threads(NamedTuple):
    """The throughput of eight threads / of one.

    :param of_mock: of calls, all with one client.
    :param of_floor: of calls that a canned answer ends, which is what Python and botocore let threads do.
    :param of_counting: of a loop that counts, and shares nothing: what it costs Python to change threads.
    """

    of_mock: float
    of_floor: float
    of_counting: float


def thread_ratio(rounds: int = ROUNDS) -> Threads:
    """What threads cost."""
    at_floor = calls.floor_calls()
    taken = []
    for _ in range(7 * rounds):
        with at_floor() as call:
            of_floor = _throughput(call)
        taken.append((_throughput_of_mock(), of_floor, _throughput(_count)))
    return Threads(*map(median, zip(*taken, strict=True)))


def _count() -> None:
    """About as much work as a call."""
    number = 0
    for step in range(3000):
        number += step


def _throughput_of_mock() -> float:
    with mock_tagging() as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["sky.jpg"])
        s3: Any = boto3.client("s3")

        def call() -> None:
            s3.get_object_tagging(Bucket="photos", Key="sky.jpg")

        return _throughput(call)


def _throughput(work: Callable[[], object]) -> float:
    """Of eight threads / of one."""
    work()

    def run(times: int) -> None:
        for _ in range(times):
            work()

    def together() -> None:
        threads = [threading.Thread(target=run, args=(CALLS // THREADS,)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return seconds(partial(run, CALLS)) / seconds(together)


def memory_of_bodies(bodies: int) -> float:
    """MiB that stay in memory after one object was overwritten again and again, 1 MiB each time."""
    with mock_tagging() as aws:
        aws.create_bucket("photos")
        s3: Any = aws.client("s3")
        s3.put_object(Bucket="photos", Key="sky.jpg", Body=b"")
        tracemalloc.start()
        try:
            for number in range(bodies):
                s3.put_object(Bucket="photos", Key="sky.jpg", Body=number.to_bytes(4, "big") * (MIB // 4))
            return tracemalloc.get_traced_memory()[0] / MIB
        finally:
            tracemalloc.stop()


def memory(objects: int) -> float:
    """Bytes for a seeded object with tags, its key's own included."""
    return bytes_per_object([f"dir/file-{number:09}.jpg" for number in range(objects)])
