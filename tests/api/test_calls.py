"""The call log: filters, assertions, and how calls are shown."""

from __future__ import annotations

import base64
import copy
import difflib
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from conftest import ACCOUNT
from s3tag_mock import Misuse
from s3tag_mock.dispatch import body_budget
from s3tag_mock.dispatch.body_budget import BODY_BUDGET, BodyBudget, DroppedBody
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
    assert len(calls.of("PutObjectTagging", VersionId=None)) == 0, "a parameter that is absent isn't None"
    assert len(calls.of("s3control.ListJobs")) == 1
    assert not calls.of("GetObjectTagging")
    assert not calls.failed


def test_calls_by_their_number(calls: Any) -> None:
    assert calls.of("PutObjectTagging").last.params["Tagging"] == tag_set(year="2026")
    assert calls.of("PutObjectTagging").nth(1).params["Tagging"] == tag_set(colour="blue")


AB = {"a": "1", "b": "2 3"}


class TestTags:
    """``tags=``: in any order, wherever a call has them."""

    @pytest.mark.parametrize(
        ("operation", "call"),
        [
            ("PutObjectTagging", lambda s3: s3.put_object_tagging(**SKY, Tagging=tag_set(b="2 3", a="1"))),
            ("PutObject", lambda s3: s3.put_object(**SKY, Tagging="b=2+3&a=1")),
            (
                "PutBucketTagging",
                lambda s3: s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(b="2 3", a="1")),
            ),
        ],
    )
    def test_in_a_body_or_a_header(self, aws: Any, s3: Any, operation: str, call: Any) -> None:
        aws.create_bucket("photos")
        aws.put_objects("photos", ["sky.jpg"])
        call(s3)
        aws.calls.assert_called(operation, Bucket="photos", tags=AB)
        aws.calls.assert_not_called(operation, tags={"a": "1"})
        assert aws.calls.of(operation, tags=AB).last is aws.calls.last

    def test_of_a_resource(self, aws: Any) -> None:
        aws.create_bucket("photos")
        aws.client("s3control").tag_resource(
            AccountId=ACCOUNT, ResourceArn="arn:aws:s3:::photos", Tags=[{"Key": "a", "Value": "1"}]
        )
        aws.calls.assert_called("TagResource", tags={"a": "1"})

    def test_how_they_differ(self, calls: Any) -> None:
        with pytest.raises(AssertionError) as caught:
            calls.assert_called("PutObjectTagging", tags={"colour": "red"})
        told = str(caught.value)
        assert told.startswith("PutObjectTagging(tags={'colour': 'red'}) was expected at least once")
        assert "  - {'colour': 'red'}" in told
        assert "  + {'colour': 'blue'}" in told

    def test_what_has_none(self, calls: Any) -> None:
        calls.assert_not_called("ListJobs", tags={})
        with pytest.raises(Misuse, match="tags='a=1' is not a mapping"):
            calls.assert_called("PutObjectTagging", tags="a=1")


def test_calls_of_an_operation_that_two_services_have(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(a="1"))
    assert [len(aws.calls.of(f"{owner}PutBucketTagging")) for owner in ("", "s3.", "s3control.")] == [1, 1, 0]
    with pytest.raises(AssertionError, match="was called never"):
        aws.calls.assert_called("s3control.PutBucketTagging")


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


def test_retries_count_as_calls_but_not_as_times(aws: Any, s3: Any) -> None:
    aws.faults.add("ListBuckets", "SlowDown", times=2)
    s3.list_buckets()
    aws.calls.assert_called("ListBuckets", times=1)
    aws.calls.retried.assert_called("ListBuckets")
    with pytest.raises(AssertionError, match="expected 2 times, and was called never"):
        aws.calls.retried.assert_called("ListBuckets", times=2)


@pytest.mark.parametrize("method", ["of", "assert_called", "assert_not_called"])
def test_a_misspelt_operation_is_no_success(calls: Any, method: str) -> None:
    with pytest.raises(Misuse, match="no operation 'PutObjectTaging'. Did you mean 'PutObjectTagging'"):
        getattr(calls, method)("PutObjectTaging")


@pytest.mark.parametrize("method", ["of", "assert_called", "assert_not_called"])
def test_a_misspelt_parameter_is_no_success(calls: Any, method: str) -> None:
    with pytest.raises(Misuse, match="PutObjectTagging has no parameter 'bucket'. Did you mean 'Bucket'"):
        getattr(calls, method)("PutObjectTagging", bucket="photos")


def test_parameters_of_either_service_are_known(aws: Any) -> None:
    """S3 Control has a PutBucketTagging as well, with an AccountId."""
    aws.calls.assert_not_called("PutBucketTagging", Bucket="photos", AccountId=ACCOUNT)
    with pytest.raises(Misuse, match=r"s3\.PutBucketTagging has no parameter 'AccountId'"):
        aws.calls.assert_not_called("s3.PutBucketTagging", AccountId=ACCOUNT)


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


def test_encryption_contexts_and_mfa_codes_are_not_shown(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    context = base64.b64encode(b'{"who": "ann"}').decode()
    s3.put_object(**SKY, ServerSideEncryption="aws:kms", SSEKMSEncryptionContext=context)
    assert "SSEKMSEncryptionContext=<secret>" in str(aws.calls[-1])
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    with pytest.raises(AssertionError) as caught:
        aws.calls.assert_called("PutBucketVersioning", MFA="serial 123456")
    assert "MFA=<secret>" in str(caught.value)
    assert "123456" not in str(caught.value)


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


@pytest.mark.parametrize(
    ("operation", "params", "hint"),
    [
        ("put_object", {"Key": "k", "ACL": "public-read"}, "put_bucket_ownership_controls"),
        ("create_bucket", {"Bucket": "My_Photos"}, "3 to 63 of a-z"),
        ("get_object", {"Key": "cold"}, "aws.clock.advance(hours=12)"),
    ],
)
def test_hints_for_what_aws_refuses_since_some_years(
    aws: Any, s3: Any, operation: str, params: dict[str, Any], hint: str
) -> None:
    aws.create_bucket("photos")
    s3.put_object(Bucket="photos", Key="cold", StorageClass="GLACIER")
    with pytest.raises(ClientError):
        getattr(s3, operation)(**{"Bucket": "photos", **params})
    assert hint in aws.calls[-1].hint


def test_hints_are_made_when_they_are_read(aws: Any, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking through many names would cost more than the call; they are those of the time of the call."""
    aws.create_bucket("photos")
    with monkeypatch.context() as during_calls:
        during_calls.delattr(difflib, "get_close_matches")
        with pytest.raises(s3.exceptions.NoSuchBucket):
            s3.list_objects_v2(Bucket="photo")
        with pytest.raises(ClientError, match="NotImplemented"):
            s3.write_get_object_response(RequestRoute="route", RequestToken="token")
    aws.create_bucket("photo")
    assert aws.calls[0].hint == "Did you mean 'photos'?"
    assert aws.calls[1].hint.startswith("Did you mean '")
    assert str(aws.calls[0]).endswith("-> 404 NoSuchBucket (Did you mean 'photos'?)")


def test_hints_in_a_world_of_many_buckets(aws: Any, s3: Any) -> None:
    """The newest thousand are looked at; all are counted."""
    for number in range(1003):
        aws.create_bucket(f"bucket-{number:04}")
    for name, hint in (
        ("buket-1002", "Did you mean 'bucket-1002' or 'bucket-1001' or 'bucket-1000'?"),
        (
            "zzz",
            "There are: 'bucket-0003', 'bucket-0004', 'bucket-0005', 'bucket-0006', 'bucket-0007' and 998 more.",
        ),
    ):
        with pytest.raises(s3.exceptions.NoSuchBucket):
            s3.list_objects_v2(Bucket=name)
        assert aws.calls[-1].hint == hint


# Bodies


MIB = 1024 * 1024
KEPT = BODY_BUDGET // MIB


def numbered(number: int) -> bytes:
    """One mebibyte."""
    return bytes([number]) * MIB


def test_old_bodies_are_dropped_from_the_log(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    for number in range(KEPT + 2):
        s3.put_object(**SKY, Body=numbered(number))
    first, second, third, *_, last = (call.params["Body"] for call in aws.calls)
    assert third == numbered(2)
    assert last == numbered(KEPT + 1)
    assert [type(body) for body in (first, second, third, last)] == [DroppedBody, DroppedBody, bytes, bytes]
    assert "Body=<1048576 bytes, not kept>" in str(aws.calls[0])
    assert len(first) == MIB
    with pytest.raises(
        AttributeError, match="decode: this body was dropped from the call log, which keeps the newest"
    ):
        first.decode()
    assert s3.get_object(**SKY)["Body"].read() == numbered(KEPT + 1)


def test_assertions_on_a_dropped_body_hold_and_fail_as_before(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    for number in range(KEPT + 1):
        s3.put_object(**SKY, Body=numbered(number))
    aws.calls.assert_called("PutObject", Body=numbered(0), times=1)
    aws.calls.assert_not_called("PutObject", Body=b"other")
    with pytest.raises(AssertionError, match="was called once"):
        aws.calls.assert_not_called("PutObject", Body=numbered(0))
    first = aws.calls[0].params["Body"]
    assert first == copy.deepcopy(first)
    assert first != numbered(1)
    assert first != "text"
    assert {first: "found"}[numbered(0)] == "found"


def test_bodies_of_responses_are_dropped_too(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos")
    aws.put_objects("photos", {"sky.jpg": numbered(1)})
    for _ in range(KEPT + 1):
        s3.get_object(**SKY)
    assert aws.calls[0].response["Body"] == numbered(1)
    assert [type(call.response["Body"]) for call in aws.calls] == [DroppedBody, *[bytes] * KEPT]
    assert aws.calls[0].response["ContentLength"] == MIB


def test_long_lists_of_responses_count_as_bodies_do(
    aws: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_budget, "BODY_BUDGET", 2 * 150 * 512)
    aws.create_bucket("photos")
    aws.put_objects("photos", [f"{number}" for number in range(150)])
    for _ in range(3):
        s3.list_objects_v2(Bucket="photos")
    first, second, third = (call.response["Contents"] for call in aws.calls.of("ListObjectsV2"))
    assert (len(first), repr(first)) == (150, "<150 entries, not kept>")
    assert len(second) == len(third) == 150
    assert second[0]["Key"] == third[0]["Key"] == "0"
    with pytest.raises(TypeError, match="dropped from the call log"):
        list(first)
    assert aws.calls.of("ListObjectsV2")[0].response["KeyCount"] == 150


def test_bodies_of_one_log_have_one_budget(aws: Any, s3: Any) -> None:
    """Filtered logs hold the same calls; after a reset the budget is whole again."""
    aws.create_bucket("photos")
    for number in range(KEPT):
        s3.put_object(**SKY, Body=numbered(number))
    aws.reset()
    aws.create_bucket("photos")
    for number in range(KEPT):
        s3.put_object(**SKY, Body=numbered(number))
    assert all(isinstance(call.params["Body"], bytes) for call in aws.calls)
    s3.put_object(**SKY, Body=b"x")
    kept = [isinstance(call.params["Body"], bytes) for call in aws.calls.of("PutObject")]
    assert kept == [False] + [True] * KEPT


@given(sizes=st.lists(st.integers(1, 2 * BODY_BUDGET), max_size=30))
def test_the_newest_bodies_that_fit_are_kept(sizes: list[int]) -> None:
    """The newest one always, those before it as long as all of them fit: none is dropped too early."""
    budget, kept = BodyBudget(), list[int]()
    for position, size in enumerate(sizes):
        kept.append(position)
        for dropped in budget.take(position, size):
            assert sum(sizes[one] for one in kept) > BODY_BUDGET
            assert kept.pop(0) == dropped
        assert kept
        assert sum(sizes[one] for one in kept) <= BODY_BUDGET or kept == [position]


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


@pytest.mark.tagging_mock(allow=["lost_tags"])
def test_tags_that_stay_with_another_value_are_not_erased(aws: Any, s3: Any) -> None:
    aws.create_bucket("photos", tags={"a": "1", "b": "2"})
    aws.put_objects("photos", ["k"], tags={"c": "3", "d": "4"})
    s3.put_bucket_tagging(Bucket="photos", Tagging=tag_set(b="9", e="5"))
    assert aws.calls[-1].erased == ("a",)
    s3.put_object_tagging(Bucket="photos", Key="k", Tagging=tag_set(d="9", e="5"))
    assert aws.calls[-1].erased == ("c",)
