"""The finding of calls that the mock didn't serve, where the code under test caught the refusal."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError

from s3tag_mock import NotSupported, TaggingMockFailure, mock_tagging


def findings(code: Callable[[Any], object]) -> list[str]:
    """What is found in a test that runs this code."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with mock_tagging() as aws:
            aws.create_bucket("photos")
            code(aws)
    return [str(one.message) for one in caught]


def log_and_go_on(aws: Any) -> None:
    for _ in range(2):
        with suppress(ClientError):
            aws.client("s3").write_get_object_response(RequestRoute="route", RequestToken="token")


def test_an_operation_that_is_not_supported() -> None:
    (found,) = findings(log_and_go_on)
    assert found.startswith("not_served: s3tag_mock doesn't support s3.WriteGetObjectResponse")
    with pytest.raises(TaggingMockFailure, match="not_served"), mock_tagging(fail_on="not_served") as aws:
        log_and_go_on(aws)


@pytest.mark.parametrize(
    ("service", "call", "says"),
    [
        (
            "s3",
            lambda s3: s3.put_bucket_versioning(
                Bucket="photos", MFA="device 1", VersioningConfiguration={"Status": "Enabled"}
            ),
            "not_served: s3.PutBucketVersioning was called with MFA",
        ),
        ("sqs", lambda sqs: sqs.list_queues(), "not_served: sqs.ListQueues was called"),
    ],
    ids=["parameter", "service"],
)
def test_a_refusal_that_was_caught(service: str, call: Callable[[Any], object], says: str) -> None:
    def code(aws: Any) -> None:
        with suppress(NotSupported):
            call(aws.client(service))

    (found,) = findings(code)
    assert found.startswith(says)


def test_a_refusal_inside_an_inner_mock() -> None:
    def code(aws: Any) -> None:
        with mock_tagging(), suppress(NotSupported):
            aws.client("sqs").list_queues()

    assert len(findings(code)) == 1


def test_errors_of_aws_with_this_status_are_no_finding() -> None:
    def code(aws: Any) -> None:
        aws.faults.add("PutBucketVersioning", "NotImplemented")
        s3 = aws.client("s3")
        with suppress(ClientError):
            s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
        aws.create_bucket("bed--usw2-az1--x-s3")
        aws.put_objects("bed--usw2-az1--x-s3", ["a"])
        with suppress(ClientError):
            s3.get_object_tagging(Bucket="bed--usw2-az1--x-s3", Key="a")
        assert aws.calls.last.status == 501

    assert findings(code) == []
