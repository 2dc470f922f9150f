"""Calls that are answered without a request being written: whoever could tell the difference gets the request."""

from __future__ import annotations

import functools
import io
import json
import logging
from collections.abc import Callable
from typing import Any
from unittest import mock

import boto3
import botocore.history
import moto.core.models  # noqa: F401  (it adds a handler to all clients)
import pytest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.endpoint import Endpoint
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParser
from botocore.regions import EndpointRulesetResolver

from conftest import ACCOUNT, CHECKSUMS_BY_DEFAULT, needs_botocore
from s3tag_mock import TaggingMock, mock_tagging
from s3tag_mock.intercept import client_calls, direct_calls, endpoints
from s3tag_mock.intercept.activation import ACTIVE

START = "2026-01-01T00:00:00Z"


@pytest.fixture(autouse=True)
def defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3's: in its adaptive mode no call goes the short way, nor does a body without a checksum."""
    monkeypatch.setenv("AWS_RETRY_MODE", "legacy")
    monkeypatch.setenv("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported")


def both_ways(monkeypatch: pytest.MonkeyPatch, use: Callable[[], Any]) -> list[Any]:
    """What comes of the same code both ways."""
    directly = use()
    monkeypatch.setenv("S3TAG_MOCK_WAY", "wire")
    return [directly, use()]


def test_somebodys_wrapper_of_make_api_call_sees_a_call_once() -> None:
    seen = []
    original: Any = vars(BaseClient)["_make_api_call"]

    @functools.wraps(original)
    def traced(self: Any, operation: str, params: Any) -> Any:
        try:
            return original(self, operation, params)
        except Exception as error:
            seen.append(type(error).__name__)
            raise

    with (
        mock.patch.object(BaseClient, "_make_api_call", traced),
        mock_tagging(),
        pytest.raises(ClientError),
    ):
        boto3.client("s3").head_bucket(Bucket="nobodys")
    assert seen == ["ClientError"]


def test_whoever_takes_over_params_sees_what_botocore_put_there(
    aws: TaggingMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.put_objects(aws.create_bucket("photos"), ["a.jpg"])

    def use() -> Any:
        params = {"Bucket": "photos", "Key": "b.jpg", "CopySource": {"Bucket": "photos", "Key": "a.jpg"}}
        vars(BaseClient)["_make_api_call"](boto3.client("s3"), "CopyObject", params)
        return params

    directly, by_wire = both_ways(monkeypatch, use)
    assert directly == by_wire == {"Bucket": "photos", "Key": "b.jpg", "CopySource": "photos/a.jpg"}


TAGS = {"TagSet": [{"Key": "team", "Value": "red"}]}
SHORT, LONG = ["answer_directly"], ["answer"]
PUT = {"Key": "new", "Body": b"x"}
DIRECTORY = "bed--use1-az4--x-s3"
ARN = f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/ours"


def with_checksums(*row: Any) -> Any:
    return pytest.param(*row, marks=pytest.mark.skipif(not CHECKSUMS_BY_DEFAULT, reason="an older botocore"))


@pytest.mark.parametrize(
    ("options", "operation", "params", "way"),
    [
        ({}, "get_object", {"Key": "a.jpg"}, SHORT),
        ({}, "get_object", {"Bucket": ARN, "Key": "a.jpg"}, SHORT),
        ({}, "get_object", {"Bucket": ARN.replace("/", ":"), "Key": "a.jpg"}, LONG),  # its other spelling
        with_checksums({}, "put_object", PUT, SHORT),
        with_checksums({}, "put_object", {"Key": "new"}, SHORT),
        with_checksums({}, "put_object_tagging", {"Key": "a.jpg", "Tagging": TAGS}, SHORT),
        with_checksums({}, "put_bucket_tagging", {"Tagging": TAGS, "ChecksumAlgorithm": "SHA256"}, SHORT),
        ({"endpoint_url": "http://localhost:4566"}, "get_object", {"Key": "a.jpg"}, SHORT),
        ({"endpoint_url": "http://localhost:4566/base"}, "get_object", {"Key": "a.jpg"}, SHORT),
        ({"config": Config(retries={"total_max_attempts": 1})}, "get_object", {"Key": "a.jpg"}, LONG),
        ({"config": Config(retries={"total_max_attempts": 2})}, "get_object", {"Key": "a.jpg"}, SHORT),
        ({}, "put_object", {"Key": "new", "Body": io.BytesIO(b"x")}, LONG),
        ({"config": Config(s3={"addressing_style": "path"})}, "get_object", {"Key": "a.jpg"}, SHORT),
        ({}, "delete_objects", {"Delete": {"Objects": [{"Key": "a.jpg"}]}}, LONG),
        ({}, "list_objects_v2", {"Bucket": DIRECTORY}, [*LONG, *LONG]),  # it begins a session
    ],
)
def test_which_calls_go_the_short_way(
    aws: TaggingMock,
    monkeypatch: pytest.MonkeyPatch,
    options: Any,
    operation: str,
    params: Any,
    way: list[str],
) -> None:
    aws.put_objects(aws.create_bucket("photos"), ["a.jpg"])
    aws.client("s3control").create_access_point(AccountId=ACCOUNT, Name="ours", Bucket="photos")
    place: Any = {"Location": {"Type": "AvailabilityZone", "Name": "use1-az4"}}
    place["Bucket"] = {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"}
    aws.client("s3").create_bucket(Bucket=DIRECTORY, CreateBucketConfiguration=place)
    assert ways(monkeypatch, boto3.client("s3", **options), operation, {"Bucket": "photos", **params}) == way


def test_calls_without_a_bucket_go_the_short_way(aws: TaggingMock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ways(monkeypatch, boto3.client("s3"), "list_buckets", {}) == SHORT


def test_each_try_is_a_call_of_its_own(aws: TaggingMock) -> None:
    """Also the one that follows a redirect, of a call that was begun the short way."""
    aws.create_bucket("elsewhere", region="eu-west-1")
    boto3.client("s3", region_name="us-west-2").list_objects_v2(Bucket="elsewhere")
    assert [call.status for call in aws.calls] == [301, 200]
    assert aws.calls[0].sequence < aws.calls[1].sequence


@pytest.mark.skipif(not CHECKSUMS_BY_DEFAULT, reason="an older botocore")
def test_a_body_without_a_checksum_goes_the_long_way(
    aws: TaggingMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.create_bucket("photos")
    client = boto3.client("s3", config=Config(request_checksum_calculation="when_required"))
    assert ways(monkeypatch, client, "put_object", {"Bucket": "photos", **PUT}) == LONG


def ways(monkeypatch: pytest.MonkeyPatch, client: Any, operation: str, params: Any) -> list[str]:
    """What answers the requests of a call."""
    answered: list[str] = []

    def note(module: Any, name: str) -> None:
        original = getattr(module, name)

        def noting(*given: Any, **named: Any) -> Any:
            answer = original(*given, **named)
            answered.append(name)
            return answer

        monkeypatch.setattr(module, name, noting)

    note(direct_calls, "answer_directly")
    note(client_calls, "answer")
    getattr(client, operation)(**params)
    return answered


@pytest.mark.parametrize(
    ("endpoint", "style", "code"),
    [
        ("https://photos.s3.amazonaws.com", "auto", "NoSuchKey"),
        ("https://photos.s3.amazonaws.com", "virtual", "NoSuchBucket"),
        ("https://s3.amazonaws.com/photos", "auto", "NoSuchKey"),
    ],
)
def test_an_endpoint_with_a_buckets_name_in_it(
    aws: TaggingMock, endpoint: str, style: Any, code: str
) -> None:
    """A common mistake: botocore writes the name once more, which S3 takes for a part of the key."""
    aws.put_objects(aws.create_bucket("photos"), ["a.jpg"])
    client = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": style}))
    with pytest.raises(ClientError, match=code):
        client.get_object(Bucket="photos", Key="a.jpg")


def test_parameters_that_botocore_replaced_are_as_they_were_given(aws: TaggingMock) -> None:
    """It encodes a customer's key where there is no digest of it yet, which the first try has added."""
    aws.create_bucket("photos")
    client = boto3.client("s3")
    given: Any = {"Key": "a.jpg", "SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    client.put_object(Bucket="photos", **given)
    with pytest.raises(ClientError, match="PreconditionFailed"):
        client.get_object(Bucket="photos", IfMatch="another", **given)


def test_endpoints_are_worked_out_once(aws: TaggingMock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "_MOST", 2)
    client: Any = boto3.Session().client("s3")
    for bucket, number in (("one", 1), ("one", 1), ("two", 2), ("three", 1), ("four", 2)):
        client.create_bucket(Bucket=bucket)
        assert len(ACTIVE.endpoints[client._ruleset_resolver].found) == number
    monkeypatch.setenv("S3TAG_MOCK_WAY", "wire")
    client.list_objects_v2(Bucket="one")
    assert len(ACTIVE.endpoints[client._ruleset_resolver].found) == 2


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (lambda client: Endpoint, "make_request"),
        (lambda client: Endpoint, "prepare_request"),
        (lambda client: BaseClient, "_make_request"),
        (lambda client: ResponseParser, "parse"),
        (lambda client: client._endpoint, "make_request"),
        (lambda client: client.meta.events, "emit_until_response"),
        (lambda client: EndpointRulesetResolver, "construct_endpoint"),
    ],
)
def test_whoever_replaces_a_step_sees_the_request(
    aws: TaggingMock, monkeypatch: pytest.MonkeyPatch, owner: Callable[[Any], Any], name: str
) -> None:
    client = boto3.client("s3")

    def use() -> int:
        place = owner(client)
        original, calls = getattr(place, name), []

        @functools.wraps(original)
        def counting(*given: Any, **options: Any) -> Any:
            calls.append(given)
            return original(*given, **options)

        client.list_buckets()  # which found nothing replaced
        with mock.patch.object(place, name, counting):
            client.list_buckets()
        return len(calls)

    directly, by_wire = both_ways(monkeypatch, use)
    assert directly == by_wire > 0


def test_endpoints_that_somebody_made_up_are_forgotten_with_them() -> None:
    keys = {"aws_access_key_id": "of the user", "aws_secret_access_key": "of the user"}
    client: Any = boto3.Session(**keys).client("s3", region_name="us-east-1")
    resolver, original = client._ruleset_resolver, EndpointRulesetResolver.construct_endpoint

    def elsewhere(self: Any, *given: Any, **options: Any) -> Any:
        return original(self, *given, **options)._replace(url="https://s3.eu-west-1.amazonaws.com")

    with mock.patch.object(EndpointRulesetResolver, "construct_endpoint", elsewhere), mock_tagging():
        client.list_buckets()
    assert resolver not in ACTIVE.endpoints
    with mock_tagging():
        client.list_buckets()
    (found,) = ACTIVE.endpoints[resolver].found.values()
    assert found.url == "https://s3.amazonaws.com"


def test_a_function_that_gets_a_calls_event_may_presign(aws: TaggingMock) -> None:
    """The same operation, which isn't the call that is answered."""
    aws.create_bucket("photos")
    client = boto3.client("s3", region_name="us-east-1")
    urls = []

    @aws.lambda_function("thumbnails")
    def presign(event: Any, context: Any) -> None:
        params = {"Bucket": "photos", "Key": "thumb/sky.jpg"}
        urls.append(client.generate_presigned_url("put_object", Params=params).partition("?")[0])

    function = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:thumbnails"
    client.put_bucket_notification_configuration(
        Bucket="photos",
        NotificationConfiguration={
            "LambdaFunctionConfigurations": [
                {"LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*"]}
            ]
        },
    )
    client.put_object(Bucket="photos", Key="sky.jpg", Body=b"...")
    assert urls == ["https://photos.s3.amazonaws.com/thumb/sky.jpg"]


def test_times_are_what_somebodys_parser_makes_of_them(aws: TaggingMock) -> None:
    aws.create_bucket("photos")
    session = boto3.Session()
    factory: Any = session._session.get_component("response_parser_factory")
    factory.set_parser_defaults(timestamp_parser=lambda text: text)
    (bucket,) = session.client("s3").list_buckets()["Buckets"]
    assert isinstance(bucket["CreationDate"], str)


@pytest.mark.parametrize("part", ["", ".auth", ".endpoint", ".hooks", ".parsers", ".regions", ".utils"])
def test_whoever_reads_a_debug_log_of_botocores_gets_the_request(
    aws: TaggingMock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    caplog.set_level(logging.DEBUG, logger=f"botocore{part}")
    assert ways(monkeypatch, boto3.client("s3"), "list_buckets", {}) == LONG


def test_botocores_history_has_requests(aws: TaggingMock, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded: list[str] = []
    recorder = botocore.history.HistoryRecorder()
    recorder.add_handler(mock.Mock(emit=lambda kind, payload, source: recorded.append(kind)))
    recorder.enable()
    for module in ("history", "client", "endpoint", "parsers"):
        name = "HISTORY_RECORDER" if module == "history" else "history_recorder"
        if hasattr(getattr(botocore, module), name):
            monkeypatch.setattr(f"botocore.{module}.{name}", recorder)
    boto3.client("s3").list_buckets()
    assert recorded == ["API_CALL", "HTTP_REQUEST", "HTTP_RESPONSE", "PARSED_RESPONSE"]


@needs_botocore("1.34.20", "the operation")
def test_a_generator_of_a_client_that_checks_nothing_is_read_once(aws: TaggingMock) -> None:
    aws.create_bucket("photos")
    client: Any = boto3.client("s3", config=Config(parameter_validation=False))
    with pytest.raises(ClientError):
        client.get_object_attributes(
            Bucket="photos", Key="none", ObjectAttributes=(one for one in ("ETag", "ObjectSize"))
        )
    assert aws.calls[-1].params["ObjectAttributes"] == ["ETag", "ObjectSize"]


def test_a_deletion_that_asks_for_a_header_midway_deletes_once(aws: TaggingMock) -> None:
    aws.create_bucket("photos", versioning=True)
    client = boto3.client("s3")
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::photos/b",
        "Condition": {"StringLike": {"aws:UserAgent": "*"}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    client.put_bucket_policy(Bucket="photos", Policy=policy)
    client.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "a"}, {"Key": "b"}]})
    assert [one["Key"] for one in client.list_object_versions(Bucket="photos")["DeleteMarkers"]] == ["a"]


@pytest.mark.parametrize(
    ("options", "params"),
    [
        ({}, {}),
        ({"endpoint_url": "http://localhost:4566"}, {}),
        ({"endpoint_url": "https://minio.example/base"}, {}),
        ({"config": Config(parameter_validation=False)}, {"Body": None}),
    ],
    ids=["plain", "http", "path", "no body"],
)
def test_clients_of_every_kind(monkeypatch: pytest.MonkeyPatch, options: Any, params: Any) -> None:
    def use() -> Any:
        with mock_tagging(clock=START, seed=1) as aws:
            aws.create_bucket("photos")
            client: Any = boto3.client("s3", **options)
            results = []
            for make in (
                lambda: client.get_object_tagging(Bucket="photos", Key="none"),
                client.list_buckets,
                lambda: client.put_object(**{"Bucket": "photos", "Key": "a", "Body": b"x", **params}),
            ):
                try:
                    results.append(make())
                except Exception as error:
                    results.append((type(error), str(error)))
            return results, [(call.status, call.params) for call in aws.calls]

    directly, by_wire = both_ways(monkeypatch, use)
    assert directly == by_wire


def test_an_answers_order_is_that_of_botocores_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def use() -> Any:
        with mock_tagging() as aws:
            aws.put_objects(aws.create_bucket("photos"), ["a.jpg"], tags={"a": "b"})
            return list(boto3.client("s3").head_object(Bucket="photos", Key="a.jpg"))

    directly, by_wire = both_ways(monkeypatch, use)
    assert directly == by_wire
