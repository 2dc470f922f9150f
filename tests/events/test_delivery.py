"""Functions that are called for events: when, how often, and what comes of that."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from s3tag_mock import Misuse, mock_tagging
from s3tag_mock.exceptions import NotSupported, TaggingMockWarning
from tests.events.support import FUNCTION, listen, told
from tests.support import refusal, tag_set, tagging_job


@pytest.fixture
def s3(aws: Any) -> Any:
    aws.create_bucket("photos")
    return aws.client("s3")


def test_a_function_tags_what_is_uploaded(aws: Any, s3: Any) -> None:
    listen(s3, "s3:ObjectCreated:*", prefix="in/", suffix=".jpg")

    @aws.lambda_function("tagger")
    def tagger(event: Any, context: Any) -> None:
        assert context.invoked_function_arn == FUNCTION
        for record in event["Records"]:
            place = {"Bucket": record["s3"]["bucket"]["name"], "Key": record["s3"]["object"]["key"]}
            size = str(record["s3"]["object"]["size"])
            aws.client("s3").put_object_tagging(**place, Tagging=tag_set(size=size))

    for key in ("in/sky.jpg", "in/sky.png", "out/sky.jpg"):
        s3.put_object(Bucket="photos", Key=key, Body=b"sky")
    assert aws.object_tags("photos", "in/sky.jpg") == {"size": "3"}
    assert aws.object_tags("photos", "in/sky.png") == aws.object_tags("photos", "out/sky.jpg") == {}
    assert [call.operation for call in aws.calls][1:3] == ["PutObject", "PutObjectTagging"]


def test_events_of_functions_wait_until_they_have_returned(aws: Any, s3: Any) -> None:
    listen(s3, "s3:ObjectCreated:*", "s3:ObjectTagging:*")
    order: list[str] = []

    @aws.lambda_function("tagger")
    def tagger(event: Any) -> None:
        name = event["Records"][0]["eventName"]
        if name == "ObjectCreated:Put":
            aws.client("s3").put_object_tagging(Bucket="photos", Key="sky", Tagging=tag_set(a="1"))
        order.append(name)

    s3.put_object(Bucket="photos", Key="sky", Body=b"")
    assert order == ["ObjectCreated:Put", "ObjectTagging:Put"]


def test_an_endless_chain_is_misuse(aws: Any, s3: Any) -> None:
    listen(s3, "s3:ObjectCreated:*")
    called: list[Any] = []

    @aws.lambda_function("tagger")
    def copies(event: Any) -> None:
        called.append(event)
        aws.client("s3").put_object(Bucket="photos", Key="again", Body=b"")

    with pytest.raises(Misuse, match=r"'tagger' was called for an event that 100 others had led to"):
        s3.put_object(Bucket="photos", Key="sky", Body=b"")
    assert len(called) == 100


def test_a_function_that_fails_is_called_three_times_and_reported() -> None:
    tries: list[Any] = []
    aws: Any = mock_tagging().start()
    aws.create_bucket("photos")
    listen(aws.client("s3"), "s3:ObjectCreated:*")

    @aws.lambda_function("tagger")
    def tagger(event: Any) -> None:
        tries.append(event)
        event["tags"]

    assert aws.client("s3").put_object(Bucket="photos", Key="sky", Body=b"")["ETag"]
    with pytest.warns(TaggingMockWarning, match=r"failed_function: .*'tagger'.*KeyError: 'tags'"):
        aws.stop()
    assert len(tries) == 3
    assert tries[0] is not tries[1]


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("its text can't be made")


@pytest.mark.parametrize(
    "error", [SystemExit(1), Unspeakable()], ids=["an exit", "an exception without a text"]
)
@pytest.mark.tagging_mock(allow=["failed_function"])
def test_a_function_that_ends_oddly_fails_and_the_call_does_not(
    aws: Any, s3: Any, error: BaseException
) -> None:
    listen(s3, "s3:ObjectCreated:*")
    tries: list[Any] = []

    @aws.lambda_function("tagger")
    def tagger(event: Any) -> None:
        tries.append(event)
        raise error

    s3.put_object(Bucket="photos", Key="sky", Body=b"")
    assert len(tries) == 3


@pytest.mark.tagging_mock(allow=["failed_function"])
def test_an_answer_that_is_no_json_is_a_failure(aws: Any, s3: Any) -> None:
    """As Lambda has it (Runtime.MarshalError), also for what an asynchronous function returns."""
    listen(s3, "s3:ObjectCreated:*")
    tries: list[Any] = []

    @aws.lambda_function("tagger")
    def tagger(event: Any) -> set[str]:
        tries.append(event)
        return {"done"}

    s3.put_object(Bucket="photos", Key="sky", Body=b"")
    assert len(tries) == 3


def test_what_the_mock_does_not_support_is_not_swallowed(aws: Any, s3: Any) -> None:
    listen(s3, "s3:ObjectCreated:*")

    @aws.lambda_function("tagger")
    def tagger(event: Any) -> None:
        aws.client("rekognition").detect_labels(Image={})

    with pytest.raises(NotSupported, match="rekognition"):
        s3.put_object(Bucket="photos", Key="sky", Body=b"")


def test_a_function_nobody_gave_is_accepted(aws: Any, s3: Any) -> None:
    listen(s3, "s3:ObjectCreated:*")
    s3.put_object(Bucket="photos", Key="sky", Body=b"")
    assert [name for name, _ in told(aws)] == ["ObjectCreated:Put"]


def test_queues_and_topics_get_a_test_message_first(aws: Any, s3: Any) -> None:
    queue = {"QueueArn": "arn:aws:sqs:us-east-1:123456789012:jobs", "Events": ["s3:ObjectTagging:*"]}
    settings = {"QueueConfigurations": [queue]}
    s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=settings)
    (message,) = aws.events
    assert (message["Event"], message["Bucket"]) == ("s3:TestEvent", "photos")
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration=settings, SkipDestinationValidation=True
    )
    assert len(aws.events) == 1
    topic = {"TopicArn": "arn:aws:sns:us-east-1:123456789012:jobs", "Events": ["s3:ObjectTagging:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration={"TopicConfigurations": [topic]}
    )
    assert len(aws.events) == 2
    listen(s3, "s3:ObjectCreated:*")  # a function gets none
    assert len(aws.events) == 2


def test_a_fault_whose_call_takes_effect_has_its_event(aws: Any, s3: Any) -> None:
    listen(s3, "s3:ObjectCreated:*")
    aws.faults.add("PutObject", "AccessDenied", times=1)
    assert refusal(lambda: s3.put_object(Bucket="photos", Key="sky", Body=b""))["Code"] == "AccessDenied"
    assert aws.events == []
    aws.faults.add("PutObject", "AccessDenied", times=1, takes_effect=True)
    assert refusal(lambda: s3.put_object(Bucket="photos", Key="sky", Body=b""))["Code"] == "AccessDenied"
    assert len(aws.events) == 1
    aws.faults.add("PutObject", "ConnectionClosedError", times=1, takes_effect=True)
    s3.put_object(Bucket="photos", Key="sky", Body=b"")  # boto3 tries it again
    assert len(aws.events) == 3


def test_tasks_of_jobs_have_the_events_of_their_calls(aws: Any, s3: Any) -> None:
    aws.put_objects("photos", ["a", "b"])
    listen(s3, "s3:ObjectTagging:*")
    seen: list[str] = []
    aws.lambda_function("tagger")(lambda event: seen.append(event["Records"][0]["s3"]["object"]["key"]))
    aws.client("s3control").create_job(**tagging_job(aws, "photos,a", "photos,b", "photos,gone"))
    assert seen == ["a", "b"]
    (record, _) = (event["Records"][0] for event in aws.events if "Records" in event)
    assert ":assumed-role/" in record["userIdentity"]["principalId"]


def test_each_thread_delivers_what_it_did(aws: Any, s3: Any) -> None:
    listen(s3, "s3:ObjectCreated:*")
    tagged = aws.client("s3")

    @aws.lambda_function("tagger")
    def tagger(event: Any) -> None:
        key = event["Records"][0]["s3"]["object"]["key"]
        tagged.put_object_tagging(Bucket="photos", Key=key, Tagging=tag_set(by=key))

    missed: list[str] = []

    def upload(key: str) -> None:
        s3.put_object(Bucket="photos", Key=key, Body=b"")
        if aws.object_tags("photos", key) != {"by": key}:
            missed.append(key)

    threads = [threading.Thread(target=upload, args=(f"key-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert missed == []


def test_a_reset_forgets_events(aws: Any, s3: Any) -> None:
    listen(s3, eventbridge=True)
    s3.put_object(Bucket="photos", Key="sky", Body=b"")
    assert len(aws.events) == 1
    aws.reset()
    assert aws.events == []
