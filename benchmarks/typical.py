"""A typical unit test: enter, client, bucket, object, put tags, get tags; with moto, and with the mock."""

from __future__ import annotations

from statistics import median
from typing import Any

import boto3
from moto import mock_aws

from benchmarks import calls
from benchmarks.timing import seconds
from s3tag_mock import mock_tagging

ROUNDS, TESTS = 5, 10


def test_body() -> None:
    """What such a test does."""
    s3: Any = boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket="photos")
    s3.put_object(Bucket="photos", Key="sky.jpg", Body=b"...")
    tags = [{"Key": "colour", "Value": "blue"}]
    s3.put_object_tagging(Bucket="photos", Key="sky.jpg", Tagging={"TagSet": tags})
    assert s3.get_object_tagging(Bucket="photos", Key="sky.jpg")["TagSet"] == tags


def ratio(rounds: int = ROUNDS) -> float:
    """moto / ours."""
    ours, motos = mock_tagging(test_body), mock_aws(test_body)
    ours(), motos()
    return median(
        seconds(lambda: [motos() for _ in range(TESTS)]) / seconds(lambda: [ours() for _ in range(TESTS)])
        for _ in range(rounds)
    )


def entering_ratio(rounds: int = ROUNDS) -> float:
    """Entering and leaving / the floor of one ``put_object_tagging``."""

    def enter_and_leave(times: int = 200) -> None:
        for _ in range(times):
            with mock_tagging():
                pass

    enter_and_leave(1)
    floor = calls.floor()
    return median(seconds(enter_and_leave) / 200 / floor() for _ in range(2 * rounds))
