"""Answers of the test author's own, in place of the mock's and for services that it doesn't play."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import boto3
import botocore.session
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError
from moto import mock_aws

from s3tag_mock import AwsError, Misuse, NotSupported, mock_tagging
from tests.support import refusal, tag_set

SKY = {"Bucket": "photos", "Key": "sky.jpg"}
TIMEOUT = ReadTimeoutError(endpoint_url="")


@pytest.fixture
def photos(aws: Any) -> Any:
    aws.create_bucket("photos")
    aws.put_objects("photos", {"sky.jpg": b"sky"}, tags={"owner": "ann"})
    return aws


class TestOurServices:
    def test_a_dict(self, photos: Any, s3: Any) -> None:
        expires = datetime(2026, 1, 1, tzinfo=timezone.utc)
        answer = photos.answers.add(
            "GetObject", {"Body": b"other", "Metadata": {"a": "1"}, "Expires": expires}
        )
        got = s3.get_object(**SKY)
        assert (got["Body"].read(), got["Metadata"], got["Expires"]) == (b"other", {"a": "1"}, expires)
        assert (answer.hits, repr(answer)) == (1, "<answer to GetObject: given 1 times>")
        assert str(photos.calls.last).endswith("-> 200 (answered by aws.answers)")
        answer.remove()
        assert s3.get_object(**SKY)["Body"].read() == b"sky"
        assert [call.took_effect for call in photos.calls] == [False, True]

    def test_a_response_that_was_copied(self, photos: Any, s3: Any) -> None:
        photos.answers.add("GetObjectTagging", s3.get_object_tagging(**SKY), times=1)
        photos.tag_object("photos", "sky.jpg", {})
        assert s3.get_object_tagging(**SKY)["TagSet"] == [{"Key": "owner", "Value": "ann"}]
        assert s3.get_object_tagging(**SKY)["TagSet"] == []

    def test_an_operation_that_is_not_supported(self, aws: Any, s3: Any) -> None:
        aws.answers.add("WriteGetObjectResponse", {})
        s3.write_get_object_response(RequestRoute="route", RequestToken="token")
        aws.calls.assert_called("WriteGetObjectResponse", RequestRoute="route")

    def test_a_parameter_that_is_not_supported(self, photos: Any, s3: Any) -> None:
        wanted = {"Bucket": "photos", "MFA": "device 1", "VersioningConfiguration": {"Status": "Enabled"}}
        photos.answers.add("PutBucketVersioning", [{}, lambda params, proceed: proceed()])
        s3.put_bucket_versioning(**wanted)
        with pytest.raises(NotSupported):
            s3.put_bucket_versioning(**wanted)

    def test_errors(self, photos: Any, s3: Any) -> None:
        told = {"Code": "AccessDenied", "Message": "no", "Why": "x"}
        photos.answers.add("GetObjectTagging", [ClientError({"Error": told}, ""), AwsError("Mine", 418, "m")])
        with pytest.raises(ClientError) as refused:
            s3.get_object_tagging(**SKY)
        assert refused.value.response["Error"] == told
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
        with pytest.raises(ClientError, match="Mine"):
            s3.get_object_tagging(**SKY)

    def test_connections_that_fail_are_tried_again(self, photos: Any, s3: Any) -> None:
        photos.answers.add("GetObjectTagging", [TIMEOUT, AwsError("SlowDown", 503, "slow")])
        assert s3.get_object_tagging(**SKY)["ResponseMetadata"]["RetryAttempts"] == 2
        assert [call.error_code for call in photos.calls] == ["ReadTimeoutError", "SlowDown", None]
        assert (photos.calls[0].answered, photos.calls[0].injected) == (True, False)
        photos.answers.add("GetObjectTagging", ConnectionClosedError(endpoint_url="mine"))
        once = photos.client("s3", config=Config(retries={"total_max_attempts": 1}))
        with pytest.raises(ConnectionClosedError, match="mine"):
            once.get_object_tagging(**SKY)

    def test_a_function_between_read_and_write(self, photos: Any, s3: Any) -> None:
        def meanwhile(params: dict[str, Any], proceed: Any) -> Any:
            assert params["Key"] == "sky.jpg"
            read = proceed()
            boto3.client("s3").put_object_tagging(**SKY, Tagging=tag_set(owner="bob", legal="hold"))
            return read

        photos.answers.add("GetObjectTagging", meanwhile, times=1)
        assert s3.get_object_tagging(**SKY)["TagSet"] == [{"Key": "owner", "Value": "ann"}]
        assert photos.object_tags("photos", "sky.jpg") == {"owner": "bob", "legal": "hold"}

    def test_what_a_function_lets_happen_took_effect(self, photos: Any, s3: Any) -> None:
        def lost(params: dict[str, Any], proceed: Any) -> Any:
            proceed()
            raise ConnectionClosedError(endpoint_url="")

        def refused(params: dict[str, Any], proceed: Any) -> Any:
            proceed()
            raise AwsError("Mine", 400, "m")

        photos.answers.add("PutObjectTagging", [lost, {}, refused])
        s3.put_object_tagging(**SKY, Tagging=tag_set(owner="bob"))
        first, second = photos.calls[:2]
        assert (first.took_effect, first.retries, second.took_effect) == (True, 0, False)
        assert photos.object_tags("photos", "sky.jpg") == {"owner": "bob"}
        with pytest.raises(ClientError, match="Mine"):
            s3.put_object_tagging(**SKY, Tagging=tag_set(owner="eve"))
        assert photos.calls[2].took_effect
        assert photos.object_tags("photos", "sky.jpg") == {"owner": "eve"}

    def test_only_some_calls(self, photos: Any, s3: Any) -> None:
        photos.answers.add("GetObjectTagging", {"TagSet": []}, when=lambda params: params["Key"] != "sky.jpg")
        assert s3.get_object_tagging(Bucket="photos", Key="missing")["TagSet"] == []
        assert s3.get_object_tagging(**SKY)["TagSet"]

    def test_plain_http(self, photos: Any, s3: Any) -> None:
        photos.answers.add("GetObject", [{"Body": b"other"}, TIMEOUT])
        url = s3.generate_presigned_url("get_object", Params=SKY)
        assert requests.get(url, timeout=9).content == b"other"
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(url, timeout=9)

    def test_faults_come_first(self, photos: Any, s3: Any) -> None:
        photos.faults.add("GetObjectTagging", "AccessDenied", times=1)
        answer = photos.answers.add("GetObjectTagging", {"TagSet": []}, times=1)
        with pytest.raises(ClientError, match="AccessDenied"):
            s3.get_object_tagging(**SKY)
        assert answer.hits == 0
        assert s3.get_object_tagging(**SKY)["TagSet"] == []

    def test_inner_mocks_share_answers_and_reset_forgets_them(self, photos: Any) -> None:
        photos.answers.add("ListBuckets", {"Buckets": [{"Name": "made-up"}]})
        with mock_tagging() as inner:
            assert inner.client("s3").list_buckets()["Buckets"] == [{"Name": "made-up"}]
        assert len(photos.answers) == 1
        photos.reset()
        assert repr(photos.answers) == "<no answers>"


#: Services of every protocol, with a call and an answer.
OTHERS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "dynamodb": ("get_item", {"TableName": "photos", "Key": {"a": {"S": "1"}}}, {"Item": {"a": {"S": "1"}}}),
    "cloudwatch": ("list_metrics", {}, {"Metrics": [{"Namespace": "n"}]}),
    "ec2": ("describe_instances", {}, {"Reservations": []}),
    "sns": ("list_topics", {}, {"Topics": [{"TopicArn": "t"}]}),
    "cloudfront": ("list_distributions", {}, {"DistributionList": {"Quantity": 0}}),
    "kms": ("encrypt", {"KeyId": "k", "Plaintext": b"p"}, {"CiphertextBlob": b"c"}),
    "sqs": ("send_message", {"QueueUrl": "https://q", "MessageBody": "b"}, {"MessageId": "1"}),
    "cloudwatchomni": ("list_domains", {}, {"items": []}),
}
KNOWN = set(botocore.session.get_session().get_available_services())


class TestOtherServices:
    @pytest.mark.parametrize("service", [one for one in OTHERS if one in KNOWN])
    def test_every_protocol(self, aws: Any, service: str) -> None:
        method, params, answer = OTHERS[service]
        client = boto3.client(service, config=Config(retries={"mode": "standard"}))
        operation = client.meta.method_to_api_mapping[method]
        failed = AwsError("MyCode", 418, "short & stout")
        aws.answers.add(f"{service}.{operation}", [AwsError("InternalFailure", 503, "x"), answer, failed])
        got = getattr(client, method)(**params)
        metadata = got.pop("ResponseMetadata")
        assert (metadata["RetryAttempts"], metadata["HTTPStatusCode"]) == (1, 200)
        assert len(metadata["RequestId"]) == 16
        assert got == answer
        with pytest.raises(ClientError) as refused:
            getattr(client, method)(**params)
        error, metadata = refused.value.response["Error"], refused.value.response["ResponseMetadata"]
        assert error.pop("Type", "Sender") == "Sender"
        assert error == {"Code": "MyCode", "Message": "short & stout"}
        assert (metadata["HTTPStatusCode"], len(metadata["RequestId"])) == (418, 16)
        calls = aws.calls.of(f"{service}.{operation}", **params)
        assert [(call.status, call.retries) for call in calls] == [(503, 0), (200, 1), (418, 0)]
        assert calls[2].response == {"Error": {"Code": "MyCode", "Message": "short & stout"}}
        assert calls[2].place[0] == __file__
        assert "-> 200 (answered by aws.answers)" in str(calls[1])
        with pytest.raises(NotSupported, match=rf"aws\.answers\.add\('{service}\.{operation}', "):
            getattr(client, method)(**params)

    def test_a_connection_that_fails(self, aws: Any) -> None:
        aws.answers.add("sqs.ListQueues", [TIMEOUT, {}])
        assert boto3.client("sqs").list_queues()["ResponseMetadata"]["RetryAttempts"] == 1
        assert [call.error_code for call in aws.calls] == ["ReadTimeoutError", None]

    def test_a_response_that_was_copied(self, aws: Any) -> None:
        aws.answers.add("sqs.ListQueues", {"ResponseMetadata": {"HTTPStatusCode": 999}})
        assert boto3.client("sqs").list_queues()["ResponseMetadata"]["HTTPStatusCode"] == 200

    @pytest.mark.parametrize("given", [{"Payload": b'{"a": 1}'}, {}])
    def test_a_body_that_is_streamed(self, aws: Any, given: Any) -> None:
        aws.answers.add("lambda.Invoke", {"StatusCode": 200, **given})
        got = boto3.client("lambda").invoke(FunctionName="f", Payload=b"{}")
        assert got["Payload"].read() == given.get("Payload", b"")
        assert got["ResponseMetadata"]["HTTPStatusCode"] == 200

    def test_whose_fault_an_error_is(self, aws: Any) -> None:
        aws.answers.add("sns.ListTopics", AwsError("InternalError", 500, "m"))
        client = boto3.client("sns", config=Config(retries={"total_max_attempts": 1}))
        assert refusal(client.list_topics)["Type"] == "Receiver"

    def test_an_operation_of_sts_that_is_not_supported(self, aws: Any) -> None:
        aws.answers.add("sts.DecodeAuthorizationMessage", {"DecodedMessage": "because"})
        decoded = aws.client("sts").decode_authorization_message(EncodedMessage="x")
        assert decoded["DecodedMessage"] == "because"

    def test_calls_that_no_answer_is_for_go_to_moto(self, aws: Any) -> None:
        with mock_aws():
            sqs = boto3.client("sqs")
            aws.answers.add("sqs.CreateQueue", {"QueueUrl": "https://mine"}, when={"QueueName": "mine"})
            assert sqs.create_queue(QueueName="mine")["QueueUrl"] == "https://mine"
            assert "motos" in sqs.create_queue(QueueName="motos")["QueueUrl"]
            assert len(sqs.list_queues()["QueueUrls"]) == 1

    def test_there_is_nothing_to_proceed_to(self, aws: Any) -> None:
        aws.answers.add("sqs.ListQueues", lambda params, proceed: proceed())
        with pytest.raises(Misuse, match="doesn't play sqs"):
            boto3.client("sqs").list_queues()


@pytest.mark.parametrize(
    ("operation", "answer", "options", "says"),
    [
        ("GetObject", {"Bdy": b""}, {}, "the answer has no member 'Bdy'. Did you mean 'Body'"),
        ("GetObject", {"ContentLength": "1"}, {}, "ContentLength is '1', and not an int"),
        ("GetObject", {"Metadata": {"a": 1}}, {}, r"Metadata\['a'\] is 1, and not a str"),
        ("GetObjectTagging", {"TagSet": [{"key": "a"}]}, {}, r"TagSet\[0\] has no member 'key'.*'Key'"),
        ("GetObjectTagging", {"TagSet": {"a": "1"}}, {}, "TagSet is {'a': '1'}, and not a list"),
        ("PutBucketCors", {"a": 1}, {}, "AWS's answer has no members: write {}"),
        (
            "GetObject",
            "SlowDown",
            {},
            r"'SlowDown' is no answer(.|\n)*aws.faults.add\('GetObject', 'SlowDown'",
        ),
        ("GetObject", {"ResponseMetadata": None}, {}, "ResponseMetadata is None, and not a dict"),
        ("GetObject", {"ResponseMetadata": {"HTTPStatusCode": "200"}}, {}, "an int for its HTTPStatusCode"),
        ("GetObject", ValueError("x"), {}, "is no answer: an answer is a dict in boto3's shape"),
        ("GetObject", ReadTimeoutError, {}, "is no answer"),
        ("GetObject", lambda params: {}, {}, r"can't be called with \(params, proceed\)"),
        ("GetObject", [], {}, "a list has one answer for each call, at least one"),
        ("GetObject", [{}], {"times": 2}, "and no times="),
        ("GetObject", {}, {"times": 0}, "times=0 is not a whole number from 1 up"),
        ("GetObject", {}, {"when": "a"}, "when='a' is not a mapping"),
        ("GetObject", {}, {"when": {"key": "a"}}, "no parameter 'key'. Did you mean 'Key'"),
        ("dynamodb.GetItem", {}, {"when": {"Tablename": "a"}}, "Did you mean 'TableName'"),
        ("dynamdb.GetItem", {}, {}, "botocore knows no service 'dynamdb'. Did you mean 'dynamodb'"),
        ("dynamodb.GetItm", {}, {}, "no operation 'dynamodb.GetItm'. Did you mean 'GetItem'"),
        ("GetItem", {}, {}, "For another service, write its name, too, such as 'dynamodb.GetItem'"),
        ("SelectObjectContent", {}, {}, "a stream of events can't be given"),
    ],
)
def test_wrong_answers_say_what_to_write(
    aws: Any, operation: str, answer: Any, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(Misuse, match=says):
        aws.answers.add(operation, answer, **options)
    assert len(aws.answers) == 0


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda params, proceed: {"Bdy": b""}, "Did you mean 'Body'"),
        (lambda params, proceed: None, "the answer is None, and a response of boto3 is a dict"),
        (lambda params, proceed: params["Nothing"], r"the function raised KeyError\('Nothing'\)"),
    ],
)
def test_functions_that_are_wrong(photos: Any, s3: Any, function: Any, says: str) -> None:
    photos.answers.add("GetObject", function)
    with pytest.raises(Misuse, match=says):
        s3.get_object(**SKY)


def test_an_answer_that_was_never_given() -> None:
    def never_called() -> None:
        with mock_tagging() as aws:
            aws.answers.add("GetObject", {})

    def never_matched() -> None:
        with mock_tagging() as aws:
            aws.answers.add("ListBuckets", {}, when=lambda params: False)
            aws.client("s3").list_buckets()

    with pytest.warns(UserWarning, match="unused_fault: the answer to GetObject was never given"):
        never_called()
    with pytest.warns(UserWarning, match="ListBuckets was called 1 times, but when= matched none"):
        never_matched()
