"""LambdaInvoke: jobs that call a function of the test author."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock import NotSupported
from s3tag_mock.rules import limits
from tests.batch.support import job_of
from tests.support import tagging_job

ARN = "arn:aws:lambda:us-east-1:123456789012:function:copy-it:PROD"


def run(aws: Any, *rows: str, operation: Any = None, **changes: Any) -> Any:
    wanted = {"LambdaInvoke": operation or {"FunctionArn": ARN}}
    request = tagging_job(aws, *(rows or ("photos,a.jpg",)), Operation=wanted, **changes)
    return aws.jobs[aws.client("s3control").create_job(**request)["JobId"]]


def answer(event: Any, code: str = "Succeeded", text: str = "done") -> dict[str, Any]:
    return {
        "invocationSchemaVersion": event["invocationSchemaVersion"],
        "treatMissingKeysAs": "PermanentFailure",
        "invocationId": event["invocationId"],
        "results": [
            {"taskId": task["taskId"], "resultCode": code, "resultString": text} for task in event["tasks"]
        ],
    }


def test_the_function_gets_awss_event(aws: Any) -> None:
    events: list[Any] = []

    @aws.lambda_function("copy-it")
    def handler(event: Any, context: Any) -> Any:
        events.append(event)
        assert context.function_name == "copy-it"
        assert context.get_remaining_time_in_millis() == 3000
        return answer(event, text=f"saw {event['tasks'][0]['s3Key']}")

    job = run(aws, "photos,a%20b.jpg", "photos,c.jpg")
    assert [(task.status, task.message) for task in job.tasks] == [
        ("succeeded", "saw a%20b.jpg"),
        ("succeeded", "saw c.jpg"),
    ]
    assert {name: events[0][name] for name in ("invocationSchemaVersion", "job")} == {
        "invocationSchemaVersion": "1.0",
        "job": {"id": job.id},
    }
    (task,) = events[0]["tasks"]
    assert {name: task[name] for name in ("s3Key", "s3VersionId", "s3BucketArn")} == {
        "s3Key": "a%20b.jpg",
        "s3VersionId": None,
        "s3BucketArn": "arn:aws:s3:::photos",
    }
    assert events[0]["invocationId"] != events[1]["invocationId"]
    row = job.report().rows[0]
    assert (row.http_status_code, row.error_code, row.result_message) == ("200", "", "saw a%20b.jpg")


@needs_botocore("1.34.20", "LambdaInvoke's UserArguments")
def test_the_second_schema(aws: Any) -> None:
    events: list[Any] = []

    @aws.lambda_function(ARN)
    def handler(event: Any) -> Any:
        events.append(event)
        return answer(event)

    operation = {"FunctionArn": "copy-it", "InvocationSchemaVersion": "2.0", "UserArguments": {"mode": "dry"}}
    run(aws, "photos,a.jpg,null", operation=operation, fields=("Bucket", "Key", "VersionId"))
    assert events[0]["job"]["userArguments"] == {"mode": "dry"}
    (task,) = events[0]["tasks"]
    assert (task["s3Bucket"], task["s3VersionId"], "s3BucketArn" in task) == ("photos", "null", False)


def test_permanent_failures(aws: Any) -> None:
    @aws.lambda_function("copy-it")
    def handler(event: Any) -> Any:
        return answer(event, "PermanentFailure", "won't do")

    (task,) = run(aws).tasks
    assert (task.status, task.http_status, task.error_code, task.message) == (
        "failed",
        200,
        "PermanentFailure",
        "won't do",
    )


@pytest.mark.parametrize("failures", [1, 4, 100])
def test_temporary_failures_are_tried_again(aws: Any, failures: int) -> None:
    tries: list[int] = []

    @aws.lambda_function("copy-it")
    def handler(event: Any) -> Any:
        tries.append(1)
        return answer(event, "Succeeded" if len(tries) > failures else "TemporaryFailure", "busy")

    (task,) = run(aws).tasks
    assert task.status == ("succeeded" if failures < 5 else "failed")
    assert len(tries) == min(failures + 1, 5)


def test_an_exception_in_the_function(aws: Any) -> None:
    @aws.lambda_function("copy-it")
    def handler(event: Any) -> Any:
        raise ValueError("no such thing")

    (task,) = run(aws).tasks
    assert (task.http_status, task.error_code) == (200, "PermanentFailure")
    assert task.message.startswith("Lambda returned function error: ")
    described = json.loads(task.message.removeprefix("Lambda returned function error: "))
    assert (described["errorMessage"], described["errorType"]) == ("no such thing", "ValueError")
    (place,) = described["stackTrace"]
    assert 'raise ValueError("no such thing")' in place


def test_an_exception_whose_text_cannot_be_made(aws: Any) -> None:
    class Unspeakable(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    @aws.lambda_function("copy-it")
    def handler(event: Any) -> Any:
        raise Unspeakable

    (task,) = run(aws).tasks
    assert '"errorMessage": "<exception str() failed>", "errorType": "Unspeakable"' in task.message


@pytest.mark.parametrize(
    "wrong", [None, "text", 1, {"results": "no list"}, {"results": [], "treatMissingKeysAs": "Maybe"}]
)
def test_an_answer_that_is_none(aws: Any, wrong: Any) -> None:
    aws.lambda_function("copy-it")(lambda event: wrong)
    (task,) = run(aws).tasks
    assert (task.error_code, task.message) == ("PermanentFailure", "Invalid JSON returned in Lambda payload")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (object(), "Object of type object is not JSON serializable"),
        ("\ud800", "'utf-8' codec can't encode character '\\ud800' in position 14: surrogates not allowed"),
    ],
)
def test_an_answer_that_cant_be_json(aws: Any, wrong: Any, says: str) -> None:
    aws.lambda_function("copy-it")(lambda event: {"results": [wrong]})
    (task,) = run(aws).tasks
    assert task.error_code == "PermanentFailure"
    assert json.loads(task.message.removeprefix("Lambda returned function error: ")) == {
        "errorMessage": f"Unable to marshal response: {says}",
        "errorType": "Runtime.MarshalError",
    }


def test_a_report_keeps_the_beginning_of_a_long_text(aws: Any) -> None:
    aws.lambda_function("copy-it")(lambda event: answer(event, text="é" * 1025))
    job = run(aws)
    assert [row.result_message for row in job.report().rows] == ["é" * 1024]


@pytest.mark.parametrize(
    ("missing", "status"), [("Succeeded", "succeeded"), ("PermanentFailure", "failed"), (None, "failed")]
)
def test_tasks_that_the_answer_leaves_out(aws: Any, missing: str | None, status: str) -> None:
    extra = {} if missing is None else {"treatMissingKeysAs": missing}
    others = ["text", {"taskId": "another", "resultCode": "Succeeded"}]
    aws.lambda_function("copy-it")(lambda event: {"results": others, **extra})
    (task,) = run(aws).tasks
    assert (task.status, task.message) == (status, "No result was returned for the task")
    assert task.error_code == ("" if status == "succeeded" else missing or "TemporaryFailure")


def test_a_result_without_a_text(aws: Any) -> None:
    aws.lambda_function("copy-it")(
        lambda event: {"results": [{"taskId": event["tasks"][0]["taskId"], "resultCode": "Succeeded"}]}
    )
    (task,) = run(aws).tasks
    assert (task.status, task.message) == ("succeeded", "")


def test_the_function_may_use_s3_and_threads_of_its_own(aws: Any, photos: str) -> None:
    @aws.lambda_function("copy-it")
    def handler(event: Any) -> Any:
        s3 = aws.client("s3")
        s3.upload_fileobj(io.BytesIO(b"x" * 9_000_000), photos, "made", ExtraArgs={"Tagging": "by=lambda"})
        return answer(event)

    assert run(aws).tasks[0].status == "succeeded"
    assert aws.object_tags(photos, "made") == {"by": "lambda"}


def test_the_function_may_cancel_its_own_job(aws: Any, photos: str) -> None:
    @aws.lambda_function("copy-it")
    def handler(event: Any) -> Any:
        aws.client("s3control").update_job_status(
            AccountId="123456789012", JobId=event["job"]["id"], RequestedJobStatus="Cancelled"
        )
        return answer(event)

    job = run(aws, "photos,a.jpg", "photos,b.jpg")
    assert (job.status, len(job.tasks)) == ("Cancelled", 1)


def test_a_function_that_isnt_there(aws: Any) -> None:
    aws.lambda_function("copy-them")(answer)
    with pytest.raises(
        NotSupported, match=r"Did you mean 'copy-them'\?(.|\n)*@aws.lambda_function\('copy-it'\)"
    ):
        run(aws)


def test_the_function_may_create_a_job_of_lower_priority(aws: Any, photos: str) -> None:
    created: list[str] = []

    @aws.lambda_function("copy-it")
    def handler(event: Any) -> Any:
        request = tagging_job(aws, "photos,a.jpg", Priority=1, ClientRequestToken="inner")
        created.append(aws.client("s3control").create_job(**request)["JobId"])
        assert aws.jobs[created[0]].status == "Ready"  # held back by the one that runs
        return answer(event)

    assert run(aws, "photos,b.jpg").status == "Complete"
    assert aws.jobs[created[0]].status == "Complete"
    assert aws.object_tags(photos, "a.jpg") == {"team": "red"}


def test_a_function_that_fails_too_often_is_called_no_more(aws: Any) -> None:
    called: list[str] = []

    @aws.lambda_function("fails")
    def handler(event: Any) -> Any:
        called.append(event["invocationId"])
        raise ValueError

    rows = [f"photos,{number}" for number in range(limits.JOB_FAILURE_FLOOR_TASKS + 10)]
    job = job_of(aws, {"LambdaInvoke": {"FunctionArn": "fails"}}, *rows)
    assert (job.status, len(job.tasks)) == ("Failed", limits.JOB_FAILURE_FLOOR_TASKS)
    assert len(called) == limits.JOB_FAILURE_FLOOR_TASKS
