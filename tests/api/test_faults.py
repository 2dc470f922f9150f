"""Failures on demand, as code under test meets them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from hypothesis import given
from hypothesis import strategies as st

from conftest import ACCOUNT
from s3tag_mock import AwsError, Misuse, errors, mock_tagging
from s3tag_mock.errors import ON_DEMAND, ErrorSpec
from s3tag_mock.faults import catalogue
from s3tag_mock.faults.injection import effect_on
from s3tag_mock.operations.operation_names import model as service_model
from tests.support import refusal, run_job, tag_set, tagging_job

SKY = {"Bucket": "photos", "Key": "sky.jpg"}


@pytest.fixture
def photos(aws: Any) -> Any:
    aws.create_bucket("photos")
    aws.put_objects("photos", ["sky.jpg"], tags={"colour": "blue"})
    return aws


def test_an_operation_fails_as_aws_documents(photos: Any, s3_once: Any) -> None:
    fault = photos.faults.add("PutObjectTagging", "OperationAborted")
    assert refusal(lambda: s3_once.put_object_tagging(**SKY, Tagging=tag_set(a="1"))) == {
        "Status": 409,
        "Code": "OperationAborted",
        "Message": "A conflicting conditional operation is currently in progress against this resource. "
        "Please try again.",
    }
    assert (fault.hits, fault.seen) == (1, 1)
    assert photos.object_tags(bucket="photos", key="sky.jpg") == {"colour": "blue"}
    assert s3_once.get_object_tagging(**SKY)["TagSet"]


def test_the_exceptions_of_s3_control_can_be_caught(photos: Any) -> None:
    """``except client.exceptions.TooManyRequestsException`` catches what is raised."""
    control = boto3.client("s3control", config=Config(retries={"total_max_attempts": 1}))
    for code, status in (("TooManyRequestsException", 400), ("InternalServiceException", 500)):
        with photos.faults.add("PutJobTagging", code):
            caught: Any
            with pytest.raises(getattr(control.exceptions, code)) as caught:
                control.put_job_tagging(AccountId=ACCOUNT, JobId="a" * 36, Tags=[])
            assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def modelled() -> list[Any]:
    """Every error that botocore's model documents for an operation that is served."""
    from s3tag_mock.operations.catalogue import OPERATIONS

    return [
        pytest.param(service, name, shape, id=f"{service}.{name}-{shape.name}")
        for service, name in OPERATIONS
        if service in {"s3", "s3control"}
        for model in [service_model(service)]
        if name in model.operation_names
        for shape in model.operation_model(name).error_shapes
    ]


def run(aws: Any, service: str, name: str) -> dict[str, Any]:
    """Let an operation that does nothing be hit by faults."""
    effect = effect_on(aws._world, service, name, {})
    return {} if effect is None else effect.run(aws._world, lambda: dict[str, Any]())


@pytest.mark.parametrize(("service", "name", "shape"), modelled())
def test_every_error_that_the_model_documents(photos: Any, service: str, name: str, shape: Any) -> None:
    code = shape.metadata.get("error", {}).get("code", shape.name)
    fault = photos.faults.add(f"{service}.{name}", code)
    with fault, pytest.raises(AwsError) as caught:
        run(photos, service, name)
    assert caught.value.code == code
    assert caught.value.status == shape.metadata.get("error", {}).get("httpStatusCode", caught.value.status)
    assert "{" not in caught.value.message.replace("'{'", "")


@pytest.mark.parametrize("code", [*ON_DEMAND, "InvalidTag", "MalformedXML", "InternalError", "NoSuchKey"])
def test_every_error_on_demand_reaches_the_client(photos: Any, s3_once: Any, code: str) -> None:
    photos.faults.add("GetObjectTagging", code)
    with pytest.raises(ClientError) as caught:
        s3_once.get_object_tagging(**SKY)
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["Error"]["Message"]


def test_texts_without_parts_to_fill_in_come_first() -> None:
    """Of the rows that share a code, where there is such a row."""
    rows = [row for row in vars(errors).values() if isinstance(row, ErrorSpec)]
    for code in {row.code for row in rows} - ON_DEMAND.keys():
        whole = {row.message for row in rows if row.code == code and "{" not in row.message}
        spec = catalogue.error(code)
        assert spec is not None
        assert not whole or spec.message in whole, code


def test_elements_are_filled_from_the_call(photos: Any, s3_once: Any) -> None:
    photos.faults.add("GetObjectTagging", "NoSuchKey", message="Gone")
    refused = refusal(lambda: s3_once.get_object_tagging(**SKY))
    assert refused == {"Status": 404, "Code": "NoSuchKey", "Message": "Gone", "Key": "sky.jpg"}


def test_an_error_of_ones_own(photos: Any, s3_once: Any) -> None:
    teapot = AwsError("Teapot", 418, "Short and stout", {"Spout": "here"}, {"x-amz-tea": "green"})
    photos.faults.add("*", teapot, times=2)
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            s3_once.list_buckets()
        response: Any = caught.value.response
        assert response["Error"] == {"Code": "Teapot", "Message": "Short and stout", "Spout": "here"}
        assert response["ResponseMetadata"]["HTTPStatusCode"] == 418
        assert response["ResponseMetadata"]["HTTPHeaders"]["x-amz-tea"] == "green"
    assert s3_once.list_buckets()["Buckets"]


def outcomes(client: Any, number: int) -> str:
    """A letter for each call: ``.`` for an answer, ``x`` for an error."""
    said = ""
    for _ in range(number):
        try:
            client.get_object_tagging(**SKY)
            said += "."
        except ClientError:
            said += "x"
    return said


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "xxxxxxxx"),
        ({"times": 2}, "xx......"),
        ({"after": 3}, "...xxxxx"),
        ({"every": 3}, "..x..x.."),
        ({"after": 1, "every": 2, "times": 2}, "..x.x..."),
    ],
)
def test_which_calls_are_hit(photos: Any, s3_once: Any, options: Any, expected: str) -> None:
    photos.faults.add("GetObjectTagging", "AccessDenied", **options)
    assert outcomes(s3_once, 8) == expected


@given(
    after=st.integers(0, 5),
    every=st.integers(1, 4),
    times=st.none() | st.integers(1, 4),
    number=st.integers(1, 20),
)
def test_any_calls_are_hit(after: int, every: int, times: int | None, number: int) -> None:
    """After the first ``after``, each ``every``-th, ``times`` at most."""
    with mock_tagging(allow="all") as aws:
        fault = aws.faults.add("PutObject", "SlowDown", after=after, every=every, times=times)
        hit = []
        for call in range(1, number + 1):
            try:
                run(aws, "s3", "PutObject")
            except AwsError:
                hit.append(call)
    expected = [call for call in range(after + every, number + 1) if (call - after) % every == 0]
    assert hit == (expected if times is None else expected[:times])
    assert (fault.hits, fault.seen) == (len(hit), number)


def test_chance_is_the_seeds() -> None:
    runs = []
    for seed in (1, 1, 2):
        with mock_tagging(seed=seed) as aws:
            aws.create_bucket("photos")
            aws.put_objects("photos", ["sky.jpg"])
            aws.faults.add("GetObjectTagging", "AccessDenied", probability=0.5)
            runs.append(outcomes(aws.client("s3"), 20))
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {"x", "."}


def test_only_some_calls_by_their_parameters(photos: Any, s3_once: Any) -> None:
    photos.put_objects("photos", ["sea.jpg"])
    photos.faults.add("GetObjectTagging", "AccessDenied", when={"Key": "sea.jpg"})
    photos.faults.add("PutObjectTagging", "SlowDown", when=lambda params: params["Key"].startswith("sea"))
    assert s3_once.get_object_tagging(**SKY)["TagSet"]
    s3_once.put_object_tagging(**SKY, Tagging=tag_set(a="1"))
    sea = {"Bucket": "photos", "Key": "sea.jpg"}
    assert refusal(lambda: s3_once.get_object_tagging(**sea))["Code"] == "AccessDenied"
    assert refusal(lambda: s3_once.put_object_tagging(**sea, Tagging=tag_set(a="1")))["Code"] == "SlowDown"


def test_a_fault_as_a_context_manager(photos: Any, s3_once: Any) -> None:
    with photos.faults.add("GetObjectTagging", "AccessDenied") as fault:
        assert outcomes(s3_once, 1) == "x"
        assert list(photos.faults) == [fault]
    assert outcomes(s3_once, 1) == "."
    fault.remove()
    assert len(photos.faults) == 0
    assert repr(photos.faults) == "<no faults>"


def test_faults_are_shown(photos: Any) -> None:
    fault = photos.faults.add("GetObjectTagging", "AccessDenied")
    assert repr(fault) == "<fault GetObjectTagging AccessDenied: 0 hits of 0 calls>"
    assert outcomes(photos.client("s3"), 1) == "x"
    assert repr(photos.faults) == ("<faults:\n  <fault GetObjectTagging AccessDenied: 1 hit of 1 calls>\n>")
    assert photos.faults[0] is fault
    photos.faults.clear()
    assert outcomes(photos.client("s3"), 1) == "."


def test_operations_that_two_services_share(photos: Any, s3_once: Any) -> None:
    photos.faults.add("s3control.PutBucketTagging", "InvalidTagError")
    s3_once.put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1"))
    arn = f"arn:aws:s3-outposts:us-east-1:{ACCOUNT}:outpost/op-01/bucket/photos"
    control = photos.client("s3control")
    assert (
        refusal(lambda: control.put_bucket_tagging(AccountId=ACCOUNT, Bucket=arn, Tagging=tag_set(a="1")))[
            "Code"
        ]
        == "InvalidTagError"
    )


def test_an_operation_that_is_not_supported_can_fail(photos: Any, s3_once: Any) -> None:
    photos.faults.add("WriteGetObjectResponse", AwsError("ValidationError", 400, "Invalid token"))
    error = refusal(lambda: s3_once.write_get_object_response(RequestRoute="route", RequestToken="token"))
    assert error["Code"] == "ValidationError"


# Retries


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize("error", ["SlowDown", "InternalError", "ConnectionClosedError", "ReadTimeoutError"])
def test_retries_do_not_sleep(photos: Any, monkeypatch: pytest.MonkeyPatch, mode: Any, error: str) -> None:
    """botocore's own retries run, and succeed, without waiting."""

    def sleep(seconds: float) -> None:
        raise AssertionError(f"slept for {seconds} s")

    monkeypatch.setattr(time, "sleep", sleep)
    s3 = boto3.client("s3", config=Config(retries={"mode": mode, "total_max_attempts": 4}))
    photos.faults.add("PutObjectTagging", error, times=3)
    answer = s3.put_object_tagging(**SKY, Tagging=tag_set(a="1"))
    assert answer["ResponseMetadata"]["RetryAttempts"] == 3
    assert [call.retries for call in photos.calls] == [0, 1, 2, 3]
    assert [call.injected for call in photos.calls] == [True, True, True, False]
    photos.calls.assert_called("PutObjectTagging", times=1)
    assert photos.object_tags("photos", "sky.jpg") == {"a": "1"}
    assert len(photos.calls.retried) == len(photos.calls.failed) == 3


def test_real_sleep_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with mock_tagging(real_sleep=True) as aws:
        aws.faults.add("ListBuckets", "SlowDown", times=2)
        aws.client("s3").list_buckets()
        assert len(slept) == 2
        aws.faults.add("ListBuckets", delay=2.5)
        aws.client("s3").list_buckets()
        assert slept[2:] == [2.5]


def test_outside_the_mock_botocore_sleeps_as_ever() -> None:
    import botocore.endpoint
    from botocore.retries.bucket import TokenBucket

    before = vars(botocore.endpoint)["time"], vars(TokenBucket)["_sleep_amount"]
    with mock_tagging():
        assert vars(botocore.endpoint)["time"] is not time
        assert vars(botocore.endpoint)["time"].monotonic is time.monotonic
    assert (vars(botocore.endpoint)["time"], vars(TokenBucket)["_sleep_amount"]) == before


# Answers that don't come


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ReadTimeoutError", ReadTimeoutError),
        ("ConnectTimeoutError", ConnectTimeoutError),
        ("EndpointConnectionError", EndpointConnectionError),
        ("ConnectionClosedError", ConnectionClosedError),
    ],
)
def test_connections_that_fail(photos: Any, s3_once: Any, name: str, kind: Any) -> None:
    photos.faults.add("PutObjectTagging", name)
    with pytest.raises(kind, match=r"https://"):
        s3_once.put_object_tagging(**SKY, Tagging=tag_set(a="1"))
    call = photos.calls[-1]
    assert (call.status, call.error_code) == (None, name)
    assert str(call).endswith(f" -> {name} (injected by aws.faults)")
    assert photos.object_tags("photos", "sky.jpg") == {"colour": "blue"}


def test_an_answer_that_is_lost_after_the_effect(photos: Any, s3_once: Any) -> None:
    """Is the code's own second try safe? The tags were put, and the client didn't hear of it."""
    photos.faults.add("PutObjectTagging", "ConnectionClosedError", takes_effect=True)
    with pytest.raises(ConnectionClosedError):
        s3_once.put_object_tagging(**SKY, Tagging=tag_set(a="1"))
    assert photos.object_tags("photos", "sky.jpg") == {"a": "1"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ReadTimeoutError", requests.exceptions.ReadTimeout),
        ("ConnectTimeoutError", requests.exceptions.ConnectTimeout),
        ("EndpointConnectionError", requests.exceptions.ConnectionError),
        ("ConnectionClosedError", requests.exceptions.ConnectionError),
    ],
)
def test_presigned_urls_fail_as_requests_has_it(photos: Any, s3_once: Any, name: str, kind: Any) -> None:
    photos.faults.add("GetObject", name)
    with pytest.raises(kind):
        requests.get(s3_once.generate_presigned_url("get_object", Params=SKY), timeout=5)


def test_a_slow_answer_moves_the_clock() -> None:
    start = datetime(2026, 1, 1)
    with mock_tagging(clock=start) as aws:
        aws.faults.add("ListBuckets", delay=30)
        began = time.monotonic()
        aws.client("s3").list_buckets()
        assert time.monotonic() - began < 5
        assert aws.clock.now().replace(tzinfo=None) == start + timedelta(seconds=30)
        assert str(aws.calls[0]) == "s3.ListBuckets() -> 200 (delayed by 30 s)"


def test_an_answer_just_in_time(photos: Any) -> None:
    """A delay of the read timeout itself is not too long; a longer one loses the answer, not the effect."""
    s3 = photos.client("s3", config=Config(read_timeout=7, retries={"total_max_attempts": 1}))
    with photos.faults.add("ListBuckets", delay=7):
        s3.list_buckets()
    with photos.faults.add("ListBuckets", delay=7.5), pytest.raises(ReadTimeoutError):
        s3.list_buckets()
    assert [(call.status, call.took_effect) for call in photos.calls[-2:]] == [(200, True), (None, True)]
    # Whoever sets a time of its own for a call is heard by botocore's HTTP, too.
    s3.meta.events.register(
        "before-call.s3.ListBuckets", lambda context, **kw: context.update(read_timeout=3)
    )
    with photos.faults.add("ListBuckets", delay=4), pytest.raises(ReadTimeoutError):
        s3.list_buckets()


def test_an_error_of_ones_own_keeps_its_hint(photos: Any, s3_once: Any) -> None:
    for hint, shown in (("the token is old", "the token is old"), (None, "injected by aws.faults")):
        with photos.faults.add("ListBuckets", AwsError("Own", 400, "text", hint=hint)):
            refusal(s3_once.list_buckets)
        assert photos.calls[-1].hint == shown
        assert photos.calls[-1].response == {"Error": {"Code": "Own", "Message": "text"}}
        assert not photos.calls[-1].took_effect


def test_delays_add_up_and_go_with_errors(photos: Any, s3_once: Any) -> None:
    photos.faults.add("*", delay=2)
    photos.faults.add("GetObjectTagging", "AccessDenied", delay=3)
    assert outcomes(s3_once, 1) == "x"
    assert photos.calls[-1].delay == 5


def test_an_answer_slower_than_the_read_timeout(photos: Any) -> None:
    s3 = boto3.client("s3", config=Config(read_timeout=5, retries={"total_max_attempts": 1}))
    photos.faults.add("PutObjectTagging", delay=6)
    with pytest.raises(ReadTimeoutError):
        s3.put_object_tagging(**SKY, Tagging=tag_set(a="1"))
    assert photos.object_tags("photos", "sky.jpg") == {"a": "1"}  # the operation has happened


# Tasks of jobs


def keys(number: int) -> list[str]:
    return [f"k{index}" for index in range(number)]


def test_every_third_task_of_a_job(aws: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", keys(9))
    fault = aws.faults.add("PutObjectTagging", "SlowDown", every=3, only="tasks")
    job = run_job(aws, *[f"photos,{key}" for key in keys(9)])
    tasks = aws.jobs[job["JobId"]].tasks
    assert [task.status for task in tasks] == ["succeeded", "succeeded", "failed"] * 3
    assert {(task.error_code, task.http_status) for task in tasks[2::3]} == {("SlowDown", 503)}
    assert "Please reduce your request rate." in tasks[2].message
    assert fault.hits == 3
    aws.client("s3").put_object_tagging(Bucket="photos", Key="k0", Tagging=tag_set(a="1"))


def test_one_key_of_a_job(aws: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", keys(3))
    aws.faults.add("PutObjectTagging", "AccessDenied", when={"Key": "k1"})
    job = run_job(aws, *[f"photos,{key}" for key in keys(3)])
    tasks = aws.jobs[job["JobId"]].tasks
    assert [task.error_code for task in tasks] == ["", "AccessDenied", ""]
    assert [aws.object_tags("photos", key) for key in keys(3)] == [{"team": "red"}, {}, {"team": "red"}]


def test_enough_failures_fail_the_job(aws: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", keys(2000))
    aws.faults.add("PutObjectTagging", "InternalError", only="tasks")
    job = run_job(aws, *[f"photos,{key}" for key in keys(2000)])
    assert job["Status"] == "Failed"


def test_calls_and_tasks_are_distinguished(aws: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", keys(2))
    fault = aws.faults.add("PutObjectTagging", "AccessDenied", only="calls")
    job = run_job(aws, "photos,k0", "photos,k1")
    assert job["ProgressSummary"]["NumberOfTasksFailed"] == 0
    assert fault.seen == 0
    assert (
        refusal(
            lambda: aws.client("s3").put_object_tagging(Bucket="photos", Key="k0", Tagging=tag_set(a="1"))
        )["Code"]
        == "AccessDenied"
    )


def test_slow_tasks_take_the_jobs_time() -> None:
    with mock_tagging(clock=datetime(2026, 1, 1)) as aws:
        aws.create_bucket("photos")
        aws.put_objects("photos", keys(4))
        aws.faults.add("PutObjectTagging", delay=10, only="tasks")
        job = run_job(aws, *[f"photos,{key}" for key in keys(4)])
    assert job["ProgressSummary"]["Timers"]["ElapsedTimeInActiveSeconds"] == 40


def test_polling_meets_faults_too(aws: Any) -> None:
    """A DescribeJob that fails doesn't move the job on."""
    with mock_tagging(job_progress="on_describe") as inner:
        inner.create_bucket("photos")
        inner.put_objects("photos", ["k"])
        control = inner.client("s3control")
        job = control.create_job(**tagging_job(inner, "photos,k"))["JobId"]
        inner.faults.add("DescribeJob", "InternalServiceException", times=1, after=1)
        said = [control.describe_job(AccountId=ACCOUNT, JobId=job)["Job"]["Status"] for _ in range(5)]
        assert said == ["Preparing", "Ready", "Active", "Completing", "Complete"]
        assert len(inner.calls.of("DescribeJob")) == 6


@pytest.mark.parametrize("name", ["PutObjectTagging", "*"])
def test_connections_that_fail_reach_no_task(aws: Any, name: str) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", keys(2))
    params = tagging_job(aws, "photos,k0", "photos,k1")
    fault = aws.faults.add(
        name, "ReadTimeoutError", when=lambda params: params.get("Key", "").startswith("k")
    )
    job = aws.client("s3control").create_job(**params)["JobId"]
    assert [task.status for task in aws.jobs[job].tasks] == ["succeeded", "succeeded"]
    assert fault.hits == 0
    fault.remove()
    aws.faults._faults.all_added.clear()


@pytest.mark.parametrize("error", [None, "SlowDown"])
def test_any_answer_can_be_too_late(photos: Any, error: Any) -> None:
    s3 = boto3.client("s3", config=Config(read_timeout=5, retries={"total_max_attempts": 1}))
    photos.faults.add("GetObjectTagging", error, delay=500)
    with pytest.raises(ReadTimeoutError):
        s3.get_object_tagging(Bucket="photos", Key="nothing")
    assert photos.calls[-1].error_code == "ReadTimeoutError"


def test_predicates_that_ask_for_the_world_do_not_lock_it(photos: Any) -> None:
    """A call and a job's task each ask, at s3_once, for what the other one holds."""
    import sys
    import threading

    photos.put_objects("photos", keys(300))
    photos.faults.add("PutObjectTagging", "SlowDown", when=lambda params: len(photos.jobs) < 0)
    photos.faults._faults.all_added.clear()
    params = tagging_job(photos, *[f"photos,{key}" for key in keys(300)])
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        work = [
            lambda: [
                photos.client("s3").put_object_tagging(**SKY, Tagging=tag_set(a="1")) for _ in range(60)
            ],
            lambda: photos.client("s3control").create_job(**params),
        ]
        threads = [threading.Thread(target=one, daemon=True) for one in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    finally:
        sys.setswitchinterval(before)
    assert not any(thread.is_alive() for thread in threads)
    assert photos.object_tags("photos", "sky.jpg") == {"a": "1"}


# What the test author gets wrong


def test_a_predicate_that_fails_says_so(photos: Any, s3_once: Any) -> None:
    photos.faults.add("*", "SlowDown", when=lambda params: params["Key"] == "a")
    with pytest.raises(Misuse, match=r"when= of the fault \* SlowDown raised KeyError\('Key'\)"):
        s3_once.list_buckets()
    photos.faults._faults.all_added.clear()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda faults: faults.add("PutObjectTaging", "SlowDown"), "Did you mean 'PutObjectTagging'"),
        (lambda faults: faults.add("s4.PutObject", "SlowDown"), "knows no service 's4'"),
        (
            lambda faults: faults.add("PutObject", "SlowDwn"),
            "Did you mean 'SlowDown'(.|\n)*AwsError\\('SlowDwn'",
        ),
        (lambda faults: faults.add("PutObject", ValueError("x")), "an error is a code such as 'SlowDown'"),
        (lambda faults: faults.add("PutObject"), "give it an error such as 'SlowDown', or a delay"),
        (
            lambda faults: faults.add("PutObject", "SlowDown", times=0),
            "times=0\\): it is a whole number from 1 up",
        ),
        (lambda faults: faults.add("PutObject", "SlowDown", times=1.5), "times=1.5\\): it is a whole number"),
        (lambda faults: faults.add("PutObject", "SlowDown", times="2"), "times='2'\\): it is a whole number"),
        (lambda faults: faults.add("PutObject", "SlowDown", after=-1), "after=-1"),
        (lambda faults: faults.add("PutObject", "SlowDown", every=0), "3 hits every third call"),
        (lambda faults: faults.add("PutObject", "SlowDown", probability=2), "above 0, up to 1"),
        (lambda faults: faults.add("PutObject", "SlowDown", probability=0), "above 0, up to 1"),
        (lambda faults: faults.add("PutObject", "SlowDown", delay=-1), "number of seconds"),
        (lambda faults: faults.add("PutObject", delay=1e300), "from 0 to 31536000 \\(a year\\)"),
        (lambda faults: faults.add("PutObject", delay=float("nan")), "number of seconds"),
        (
            lambda faults: faults.add("PutObject", "ReadTimeoutError", only="tasks"),
            "only clients have connections, tasks don't",
        ),
        (lambda faults: faults.add("PutObject", "SlowDown", message="a\x0bb"), "a response can't contain"),
        (lambda faults: faults.add("PutObject", "SlowDown", only="task"), "Did you mean 'tasks'"),
        (
            lambda faults: faults.add("PutObject", "SlowDown", when="Key"),
            "a mapping such as {'Key': 'a.jpg'}",
        ),
        (
            lambda faults: faults.add("PutObject", "SlowDown", when={"key": "a.jpg"}),
            "PutObject has no parameter 'key'. Did you mean 'Key'",
        ),
        (
            lambda faults: faults.add("*", "SlowDown", when={"Bukcet": "a"}),
            "has no parameter 'Bukcet'. Did you mean 'Bucket'",
        ),
    ],
)
def test_wrong_faults_say_what_to_write(aws: Any, wrong: Any, says: str) -> None:
    with pytest.raises(Misuse, match=says):
        wrong(aws.faults)
    assert len(aws.faults) == 0


def test_reset_forgets_faults(photos: Any) -> None:
    photos.faults.add("ListBuckets", "SlowDown")
    photos.reset()
    photos.client("s3").list_buckets()


def test_nested_mocks_share_faults(photos: Any, s3_once: Any) -> None:
    with mock_tagging() as inner:
        inner.faults.add("GetObjectTagging", "AccessDenied", times=2)
        assert outcomes(s3_once, 1) == "x"
    assert outcomes(s3_once, 2) == "x."


def test_a_slow_answer_moves_a_clock_that_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    with mock_tagging(real_sleep=True, clock=start) as aws:
        aws.faults.add("ListBuckets", delay=2.5)
        aws.client("s3").list_buckets()
        assert (slept, aws.clock.now()) == ([2.5], start + timedelta(seconds=2.5))
