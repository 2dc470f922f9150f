"""LambdaInvoke: tasks that call a function of the test author, with AWS's own event.

Sources: user guide, "Invoke AWS Lambda function", for events, answers and ResultMessages. How often a
temporary failure is tried again is ASSUMED.
"""

from __future__ import annotations

import base64
import json
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from s3tag_mock.exceptions import NotSupported, did_you_mean
from s3tag_mock.operations import authorization, functions
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.job_operation import JobOperation, Task, TaskFailed, Wanted
from s3tag_mock.operations.record import Operation, no_call
from s3tag_mock.rules import arns, limits
from s3tag_mock.rules.bounds import Entries, Members, Text
from s3tag_mock.state.job import Job, ManifestRow

_CODES: Final = frozenset({"Succeeded", "TemporaryFailure", "PermanentFailure"})
_NOT_JSON: Final = ("PermanentFailure", "Invalid JSON returned in Lambda payload")


def _problems(wanted: Wanted) -> Iterator[str]:
    if "FunctionArn" not in wanted:
        yield "LambdaInvoke.FunctionArn is missing"
    version = wanted.get("InvocationSchemaVersion", "1.0")
    if version not in {"1.0", "2.0"}:
        yield f"LambdaInvoke.InvocationSchemaVersion {version!r} isn't 1.0 or 2.0"
    if "UserArguments" in wanted and version != "2.0":
        yield "LambdaInvoke.UserArguments need the InvocationSchemaVersion 2.0"


def _refuse(call: CallContext, wanted: Wanted) -> None:
    name = arns.function_name(wanted["FunctionArn"])
    if name not in call.world.functions:
        near = did_you_mean(name, call.world.functions, none_known="No function was given.")
        raise NotSupported(
            f"CreateJob names the Lambda function {name!r}, and there is none. {near}\n"
            f"Write @aws.lambda_function({name!r}) above the function that the job shall call."
        )


def _task(job: Job) -> Task:
    wanted = job.parameters
    name = arns.function_name(wanted["FunctionArn"])

    def task(call: CallContext, row: ManifestRow) -> str:
        arn = arns.function(job.region, job.account, name)
        authorization.check(call, "lambda:InvokeFunction", arn, {}, is_quoted=False)
        function = call.world.functions[name]
        code, text = _NOT_JSON
        for _ in range(limits.LAMBDA_ATTEMPTS):
            code, text = _invoke_once(call, job, wanted, function, row)
            if code != "TemporaryFailure":
                break
        if code != "Succeeded":
            # The HTTP status is 200 always (DOCUMENTED rows).
            raise TaskFailed(code, 200, text)
        return text

    return task


def _invoke_once(
    call: CallContext, job: Job, wanted: Mapping[str, Any], function: Callable[..., Any], row: ManifestRow
) -> tuple[str, str]:
    with call.world.lock:
        invocation, request_id = call.world.ids.invocation_id(), call.world.ids.job_id()
    event = _event(job, wanted, row, invocation)
    arn = wanted["FunctionArn"]
    context = functions.LambdaContext(arns.function_name(arn), arn, request_id)
    try:
        answer = functions.call(function, json.loads(json.dumps(event)), context)
    except Exception as error:
        return "PermanentFailure", _function_error(
            functions.text_of(error), type(error).__name__, _trace(error)
        )
    except SystemExit as exit_:
        return "PermanentFailure", _function_error(_exit_message(exit_, request_id), "Runtime.ExitError")
    try:
        # As Lambda sends it: JSON in UTF-8.
        answer = json.loads(json.dumps(answer, ensure_ascii=False).encode())
    except Exception as error:
        text = f"Unable to marshal response: {functions.text_of(error)}"
        return "PermanentFailure", _function_error(text, "Runtime.MarshalError")
    return _read(answer, event["tasks"][0]["taskId"])


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
        task["s3BucketArn"] = arns.bucket(row.bucket, job.region)
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
    text = str(result.get("resultString", ""))[: limits.LAMBDA_RESULT_CHARACTERS]
    return (str(code), text) if known else _NOT_JSON


def _function_error(message: str, kind: str, trace: list[str] | None = None) -> str:
    described = {"errorMessage": message, "errorType": kind, **({"stackTrace": trace} if trace else {})}
    return f"Lambda returned function error: {json.dumps(described)}"


def _trace(error: Exception) -> list[str]:
    return traceback.format_tb(error.__traceback__)[2:]


def _exit_message(exit_: SystemExit, request_id: str) -> str:
    """What Lambda says of a function that ends its process (REPORTED text)."""
    code = exit_.code if isinstance(exit_.code, int) else 0 if exit_.code is None else 1
    how = f"exited with error: exit status {code}" if code else "exited without providing a reason"
    return f"RequestId: {request_id} Error: Runtime {how}"


#: FunctionArn's pattern in the model.
_FUNCTION: Final = (
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?"
    r"([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?"
)
LAMBDA_INVOKE: Final = JobOperation(
    "LambdaInvoke",
    Operation("lambda", "Invoke", no_call, honours=None, action="lambda:InvokeFunction"),
    _task,
    bounds=Members(
        {
            "FunctionArn": Text(1, 1024, _FUNCTION, "a Lambda function's name or ARN"),
            "InvocationSchemaVersion": Text(1, 64),
            "UserArguments": Entries(Text(1, 64), Text(0, 1024), 1, 10),
        }
    ),
    problems=_problems,
    refuse=_refuse,
    # The function may call S3, in threads of its own too.
    holds_lock=False,
)
