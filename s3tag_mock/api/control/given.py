"""What a test in another language gives the mock: answers, functions, and snapshots to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from s3tag_mock.api.control.answers import bytes_of
from s3tag_mock.api.control.remote_function import RemoteFunction
from s3tag_mock.api.control.route import Asked
from s3tag_mock.exceptions import UnknownName, did_you_mean
from s3tag_mock.operations import operation_names
from s3tag_mock.rules import arns
from s3tag_mock.state.answer import Answer
from s3tag_mock.state.clock import moment_of

if TYPE_CHECKING:
    from botocore.model import Shape

    from s3tag_mock.api.handle import Handle


# Snapshots


def take_snapshot(aws: Handle, asked: Asked) -> Any:
    """As ``aws.snapshot()``."""
    asked.snapshots.append(aws.snapshot())
    return {"id": len(asked.snapshots) - 1}


def restore_snapshot(aws: Handle, asked: Asked) -> None:
    """As ``aws.restore()``."""
    aws.restore(asked.snapshots[_number(asked, len(asked.snapshots), "snapshot")])


# Answers


def list_answers(aws: Handle, asked: Asked) -> Any:
    """The active answers."""
    answers = aws._entered().world.answers
    active = answers.active()
    return {
        "answers": [_answer(number, one) for number, one in enumerate(answers.all_added) if one in active]
    }


def add_answer(aws: Handle, asked: Asked) -> Any:
    """As ``aws.answers.add()``."""
    body = dict(asked.body)
    output = operation_names.operation_model(body["operation"]).output_shape
    made = aws.answers.add(**{**body, "answer": _in_boto3s_shape(body["answer"], output)})
    return _answer(aws._entered().world.answers.all_added.index(made), made)


def _in_boto3s_shape(value: Any, shape: Shape | None) -> Any:
    """An answer as boto3 has it: with bytes and moments, which JSON writes as text."""
    from botocore.model import ListShape, MapShape, StructureShape  # the server starts sooner without

    if isinstance(value, list) and not isinstance(shape, ListShape):
        return [_in_boto3s_shape(one, shape) for one in value]
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        return {name: _in_boto3s_shape(one, shape.members.get(name)) for name, one in value.items()}
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {name: _in_boto3s_shape(one, shape.value) for name, one in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_in_boto3s_shape(one, shape.member) for one in value]
    kind = None if shape is None else shape.type_name
    if kind == "blob":
        return bytes_of(shape.name if shape is not None else "", value)
    return moment_of(value) if kind == "timestamp" else value


def remove_answer(aws: Handle, asked: Asked) -> None:
    """Remove an answer."""
    answers = aws._entered().world.answers.all_added
    answers[_number(asked, len(answers), "answer")].remove()


def clear_answers(aws: Handle, asked: Asked) -> None:
    """Remove all answers."""
    aws.answers.clear()


def _answer(number: int, answer: Answer) -> dict[str, Any]:
    return {"id": number, "operation": answer.operation, "hits": answer.hits, "times": answer.times}


def _number(asked: Asked, count: int, what: str) -> int:
    number = asked.path["id"]
    if not number.isdecimal() or int(number) >= count:
        raise UnknownName(f"There is no {what} {number}.")
    return int(number)


# Functions


def list_functions(aws: Handle, asked: Asked) -> Any:
    """The functions, with the URLs of those that have one."""
    return {
        "functions": [
            {"name": name, "url": function.url if isinstance(function, RemoteFunction) else None}
            for name, function in sorted(aws._entered().world.functions.items())
        ]
    }


def put_function(aws: Handle, asked: Asked) -> None:
    """Have a URL play a Lambda function."""
    aws.lambda_function(asked.path["name"])(RemoteFunction(asked.body["url"]))


def remove_function(aws: Handle, asked: Asked) -> None:
    """Forget a Lambda function."""
    functions, name = aws._entered().world.functions, arns.function_name(asked.path["name"])
    if functions.pop(name, None) is None:
        raise UnknownName(f"There is no function {name!r}. {did_you_mean(name, functions, none_known='')}")
