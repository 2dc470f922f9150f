"""The call log: filters, assertions, and how calls are shown."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ACCOUNT
from s3tag_mock import Misuse
from tests.support import tag_set

SKY = {"Bucket": "photos", "Key": "sky.jpg"}


@pytest.fixture
def calls(aws: Any, s3: Any) -> Any:
    s3.create_bucket(Bucket="photos")
    s3.put_object(**SKY, Body=b"0123456789")
    s3.put_object_tagging(**SKY, Tagging=tag_set(colour="blue"))
    s3.put_object_tagging(**SKY, Tagging=tag_set(year="2026"))
    aws.client("s3control").list_jobs(AccountId=ACCOUNT)
    return aws.calls


def test_calls_of_one_operation(calls: Any) -> None:
    assert len(calls.of("PutObjectTagging")) == 2
    assert len(calls.of("s3.PutObjectTagging", **SKY)) == 2
    assert len(calls.of("PutObjectTagging", Tagging=tag_set(year="2026"))) == 1
    assert len(calls.of("s3control.ListJobs")) == 1
    assert not calls.of("GetObjectTagging")
    assert not calls.failed


def test_not_called(calls: Any) -> None:
    calls.assert_not_called("DeleteObject")
    calls.assert_not_called("PutObjectTagging", Key="sea.jpg")
    with pytest.raises(AssertionError) as caught:
        calls.assert_not_called("PutObjectTagging", Bucket="photos")
    assert str(caught.value).splitlines() == [
        "PutObjectTagging(Bucket='photos') was not expected, and was called 2 times:",
        f"  {calls[2]}",
        f"  {calls[3]}",
    ]


def test_the_nearest_call_and_the_difference(calls: Any) -> None:
    with pytest.raises(AssertionError) as caught:
        calls.assert_called("PutObjectTagging", **SKY, Tagging=tag_set(year="2027"))
    assert str(caught.value).splitlines() == [
        "PutObjectTagging(Bucket='photos', Key='sky.jpg', Tagging={'TagSet': [{'Key': 'year', 'Value': '2027'}]}) "
        "was expected at least once, and was called never.",
        f"The nearest call is {calls[3]}",
        "It differs (- expected, + called):",
        "    Tagging=",
        "  - {'TagSet': [{'Key': 'year', 'Value': '2027'}]}",
        "  ?                                          ^",
        "  + {'TagSet': [{'Key': 'year', 'Value': '2026'}]}",
        "  ?                                          ^",
        "Calls of PutObjectTagging:",
        f"  {calls[2]}",
        f"  {calls[3]}",
    ]


def test_too_often_or_too_seldom(calls: Any) -> None:
    with pytest.raises(AssertionError, match="was expected once, and was called 2 times.\nCalls of"):
        calls.assert_called("PutObjectTagging", times=1)
    with pytest.raises(AssertionError, match="was expected 3 times, and was called 2 times."):
        calls.assert_called("PutObjectTagging", times=3)
    with pytest.raises(AssertionError, match="Did you mean 'PutObjectTagging'"):
        calls.assert_called("GetObjectTagging")


@pytest.mark.parametrize("method", ["of", "assert_called", "assert_not_called"])
def test_a_misspelt_operation_is_no_success(calls: Any, method: str) -> None:
    with pytest.raises(Misuse, match="no operation 'PutObjectTaging'. Did you mean 'PutObjectTagging'"):
        getattr(calls, method)("PutObjectTaging")


def test_long_lists_are_cut(calls: Any, s3: Any) -> None:
    for _ in range(12):
        s3.list_buckets()
    with pytest.raises(AssertionError, match=r"\.\.\. and 2 more$"):
        calls.assert_not_called("ListBuckets")


def test_secrets_and_bodies_are_not_shown(aws: Any, s3: Any) -> None:
    s3.create_bucket(Bucket="photos")
    key = "k" * 32
    s3.put_object(**SKY, Body=b"the body", SSECustomerAlgorithm="AES256", SSECustomerKey=key)
    (call,) = aws.calls.of("PutObject")
    assert "Body=<8 bytes>" in str(call)
    assert "SSECustomerKey=<secret>" in str(call)
    assert call.params["Body"] == b"the body"
    with pytest.raises(AssertionError) as caught:
        aws.calls.assert_called("PutObject", SSECustomerKey="other-secret", Body=b"another body")
    for secret in ("other-secret", call.params["SSECustomerKey"], "the body", "another body"):
        assert secret not in str(caught.value)


def test_what_a_call_erased(calls: Any) -> None:
    assert calls[2].erased == ()
    assert calls[3].erased == ("colour",)
    assert str(calls[3]).endswith("-> 200 (erased 'colour')")


def test_hints_name_the_nearest_bucket(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    with pytest.raises(s3.exceptions.NoSuchBucket) as caught:
        s3.list_objects_v2(Bucket="photo")
    assert caught.value.response["Error"]["Message"] == "The specified bucket does not exist"
    assert aws.calls[-1].hint == "Did you mean 'photos'?"


@pytest.mark.tagging_mock(job_progress="manual")
def test_a_loop_over_a_job_that_nobody_runs(aws: Any) -> None:
    from tests.support import tagging_job

    aws.create_bucket("photos")
    control = aws.client("s3control")
    params = tagging_job(aws, "photos,k")
    for changes, says in (
        ({"ConfirmationRequired": False}, "jobs wait for aws.run_jobs"),
        ({"ConfirmationRequired": True, "ClientRequestToken": "two"}, "It waits for its confirmation"),
    ):
        job = control.create_job(**{**params, **changes})["JobId"]
        if changes["ConfirmationRequired"]:
            aws.run_jobs()
        with pytest.raises(Misuse, match=says):
            while control.describe_job(AccountId=ACCOUNT, JobId=job)["Job"]["Status"] != "Complete":
                pass
        aws.run_jobs()
