"""What ``aws.answers.add`` was asked for: checked, and made into an answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.model import OperationModel

from s3tag_mock.dispatch.call import matches
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError, Misuse
from s3tag_mock.faults import answer_shapes, catalogue
from s3tag_mock.operations import operation_names
from s3tag_mock.state.answer import Answer, Answers, Params, Proceed, Result, Step
from s3tag_mock.state.fault import NoAnswer

__tracebackhide__ = FROM_TEST_AUTHORS


_WHAT_IT_IS = (
    "an answer is a dict in boto3's shape, an exception (a ClientError, an AwsError, or one of botocore's, "
    "such as ReadTimeoutError(endpoint_url='')), a function of (params, proceed), or a list of those"
)


@dataclass(frozen=True, kw_only=True)
class AnswerSpec:
    """The parameters of ``aws.answers.add``, which describes them.

    :raises Misuse: for an invalid value, with what is valid.
    """

    operation: str
    answer: object
    times: int | None
    when: Callable[[Params], object] | Mapping[str, Any] | None

    def made(self, among: Answers) -> Answer:
        """The answer.

        :param among: the answers that it will be one of.
        """
        model = operation_names.operation_model(self.operation)
        if model.has_event_stream_output:
            raise self._misuse("an answer that is a stream of events can't be given.")
        if isinstance(self.answer, (list, tuple)):
            steps = tuple(self._step(one, model) for one in self.answer)
            if not steps or self.times is not None:
                raise self._misuse("a list has one answer for each call, at least one, and no times=.")
            times: int | None = len(steps)
        else:
            steps, times = (self._step(self.answer, model),), self.times
        if times is not None and (not isinstance(times, int) or times < 1):
            raise self._misuse(f"times={times!r} is not a whole number from 1 up; None means no limit.")
        service = self.operation.rpartition(".")[0] or None
        return Answer(service, model.name, self._predicate(), steps, times, among)

    def _predicate(self) -> Callable[[Params], object] | None:
        if not isinstance(self.when, Mapping):
            if self.when is not None and not callable(self.when):
                raise self._misuse(
                    f"when={self.when!r} is not a mapping such as {{'Key': 'a.jpg'}}, and no function of the "
                    "call's parameters."
                )
            return self.when
        operation_names.check_parameters(self.operation, self.when, "aws.answers.add(..., when=...)")
        wanted = dict(self.when)
        return lambda params: matches(params, wanted)

    def _step(self, answer: object, model: OperationModel) -> Step:
        if isinstance(answer, Mapping):
            return self._dict(answer, model)
        if isinstance(answer, (AwsError, BotoCoreError, ClientError)):
            return _raising(answer, model)
        if callable(answer) and not isinstance(answer, type):
            return self._function(answer, model)
        raise self._misuse(
            f"{answer!r} is no answer: {_WHAT_IT_IS}. For an error by its code alone, write "
            f"aws.faults.add({self.operation!r}, 'SlowDown')."
        )

    def _dict(self, answer: Mapping[str, Any], model: OperationModel) -> Step:
        answer_shapes.check(self.operation, answer, model.output_shape)
        return lambda params, proceed: deepcopy(dict(answer))

    def _function(self, function: Callable[..., object], model: OperationModel) -> Step:
        try:
            inspect.signature(function).bind({}, None)
        except TypeError:
            raise self._misuse(
                f"{function!r} can't be called with (params, proceed): the call's parameters, and a function "
                "that gives the mock's own answer."
            ) from None

        def step(params: Params, proceed: Proceed) -> Result:
            try:
                given = function(dict(params), proceed)
            except (BotoCoreError, ClientError) as error:
                return _raising(error, model)(params, proceed)
            except (AssertionError, AwsError, Misuse, NoAnswer):
                raise
            except Exception as problem:
                raise self._misuse(f"the function raised {problem!r} for {dict(params)!r}.") from problem
            answer_shapes.check(self.operation, given, model.output_shape)
            return dict(given)  # type: ignore[call-overload,no-any-return]

        return step

    def _misuse(self, problem: str) -> Misuse:
        return Misuse(f"aws.answers.add({self.operation!r}, ...): {problem}")


def _raising(error: Exception, model: OperationModel) -> Step:
    def step(params: Params, proceed: Proceed) -> Result:
        if isinstance(error, AwsError):
            raise AwsError(
                error.code, error.status, error.message, error.elements, error.headers, error.hint_source
            )
        if isinstance(error, ClientError):
            raise _from_client(error, model)
        raise NoAnswer(type(error).__name__, raised=error)

    return step


def _from_client(error: ClientError, model: OperationModel) -> AwsError:
    """The error that makes botocore raise this one."""
    told: Mapping[str, Any] = error.response.get("Error", {})
    metadata: Mapping[str, Any] = error.response.get("ResponseMetadata", {})
    code = str(told.get("Code", "Unknown"))
    status = metadata.get("HTTPStatusCode") or catalogue.status_of(code, model)
    elements = {name: str(value) for name, value in told.items() if name not in {"Code", "Message"}}
    return AwsError(code, status, str(told.get("Message", "")), elements)
