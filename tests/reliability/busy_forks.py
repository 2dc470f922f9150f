"""A process that forks while its other threads use the mock; it prints how many children came to their end.

Run by :mod:`tests.reliability.test_left_as_found`, away from coverage's own locks, which a fork may find taken.
"""

from __future__ import annotations

import multiprocessing
import threading

import boto3

from s3tag_mock import mock_tagging

CHILDREN = 30
CLIENT = boto3.client("s3", region_name="us-east-1")


def be_busy(stop: threading.Event) -> None:
    while not stop.is_set():
        CLIENT.put_object(Bucket="photos", Key="k", Tagging="a=1")


def in_the_child() -> None:
    assert [bucket["Name"] for bucket in CLIENT.list_buckets()["Buckets"]] == ["photos"]
    CLIENT.create_bucket(Bucket="of-the-child")


def main() -> None:
    stop, ended = threading.Event(), 0
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        threads = [threading.Thread(target=be_busy, args=(stop,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(CHILDREN):
            child = multiprocessing.get_context("fork").Process(target=in_the_child)
            child.start()
            child.join(30)
            ended += child.exitcode == 0
            if child.exitcode is None:
                child.kill()
                break
        stop.set()
        for thread in threads:
            thread.join()
    print(ended)


if __name__ == "__main__":
    main()
