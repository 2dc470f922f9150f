"""LambdaInvoke: tasks that call a function of the test author, with AWS's own event.

Sources: user guide, "Invoke AWS Lambda function", for events, answers and ResultMessages. How often a
temporary failure is tried again is ASSUMED.
"""

from __future__ import annotations

import base64
import inspect
import json
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from s3tag_mock.operations.context import CallContext
from s3tag_mock.rules import arns, limits
from s3tag_mock.state.job import Job, ManifestRow, Outcome

_CODES: Final = frozenset({"Succeeded", "TemporaryFailure", "PermanentFailure"})
_NOT_JSON: Final = ("PermanentFailure", "Invalid JSON returned in Lambda payload")


@dataclass(frozen=True)
class LambdaContext:
    """What a Lambda function gets as its second argument, as far as it goes without Lambda."""

    function_name: str
    invoked_function_arn: str
    aws_request_id: str
    memory_limit_in_mb: str = "128"
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        """Always three seconds: time stands still in a mock."""
        return 3000


def invoke(call: CallContext, job: Job, function: Callable[..., Any], row: ManifestRow) -> Outcome:
    """Do one task. The world's lock must not be held.

    :param function: ``handler(event)`` or ``handler(event, context)``.
    """
    wanted = job.request["Operation"]["LambdaInvoke"]
    code, text = _NOT_JSON
    for _ in range(limits.LAMBDA_ATTEMPTS):
        code, text = _invoke_once(call, job, wanted, function, row)
        if code != "TemporaryFailure":
            break
    # The HTTP status is 200 always (DOCUMENTED rows).
    return Outcome("succeeded", "", 200, text) if code == "Succeeded" else Outcome("failed", code, 200, text)


def _invoke_once(
    call: CallContext, job: Job, wanted: Mapping[str, Any], function: Callable[..., Any], row: ManifestRow
) -> tuple[str, str]:
    with call.world.lock:
        invocation, request_id = call.world.ids.invocation_id(), call.world.ids.job_id()
    event = _event(job, wanted, row, invocation)
    context = LambdaContext(arns.function_name(wanted["FunctionArn"]), wanted["FunctionArn"], request_id)
    try:
        answer = _call(function, json.loads(json.dumps(event)), context)
        answer = json.loads(json.dumps(answer))
    except Exception as error:
        return "PermanentFailure", f"Lambda returned function error: {_described(error)}"
    return _read(answer, event["tasks"][0]["taskId"])


def _call(function: Callable[..., Any], event: Any, context: LambdaContext) -> Any:
    try:
        inspect.signature(function).bind(event, context)
    except TypeError:
        return function(event)
    return function(event, context)


def _event(job: Job, wanted: Mapping[str, Any], row: ManifestRow, invocation: str) -> dict[str, Any]:
    version = wanted.get("InvocationSchemaVersion", "1.0")
    task: dict[str, Any] = {
        "taskId": base64.b64encode(f"{row.bucket}/{row.encoded_key}".encode()).decode(),
        "s3Key": row.encoded_key,
        "s3VersionId": row.version_id or None,
    }
    described: dict[str, Any] = {"id": job.id}
    if version == "2.0":
        task["s3Bucket"] = row.bucket
        described["userArguments"] = dict(wanted.get("UserArguments", {}))
    else:
        task["s3BucketArn"] = arns.bucket(row.bucket)
    return {
        "invocationSchemaVersion": version,
        "invocationId": invocation,
        "job": described,
        "tasks": [task],
    }


def _read(answer: Any, task_id: str) -> tuple[str, str]:
    """Result code and string of the answer; what the answer says for a task that it leaves out."""
    if not isinstance(answer, dict) or not isinstance(answer.get("results", []), list):
        return _NOT_JSON
    missing = answer.get("treatMissingKeysAs", "TemporaryFailure")
    result = next(
        (one for one in answer.get("results", []) if isinstance(one, dict) and one.get("taskId") == task_id),
        {"resultCode": missing, "resultString": "No result was returned for the task"},
    )
    code = result.get("resultCode")
    known = isinstance(code, str) and code in _CODES
    return (str(code), str(result.get("resultString", ""))) if known else _NOT_JSON


def _described(error: Exception) -> str:
    trace = traceback.format_tb(error.__traceback__)
    return json.dumps(
        {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": trace[2:]}
    )
