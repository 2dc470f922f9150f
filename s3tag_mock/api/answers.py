"""``aws.answers``: answers of the test author's own, in place of the mock's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from s3tag_mock.api.answer_spec import AnswerSpec
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError
from s3tag_mock.state.answer import Answer, Answers, Params, Proceed, Result

if TYPE_CHECKING:
    from s3tag_mock.rules.typed_names import OperationName

__tracebackhide__ = FROM_TEST_AUTHORS


#: What a call may get.
One = Mapping[str, Any] | Exception | Callable[[dict[str, Any], Proceed], Result]


class AnswerList(Sequence[Answer]):
    """The active answers of a mock; the first one that is for a call answers it.

    :param answers: where the mock remembers them.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def add(
        self,
        operation: OperationName | str,
        answer: One | AwsError | Sequence[One],
        *,
        times: int | None = None,
        when: Callable[[Params], object] | Mapping[str, Any] | None = None,
    ) -> Answer:
        """Answer an operation in place of the mock: any operation of any service that botocore knows.

            aws.answers.add("dynamodb.GetItem", {"Item": {"id": {"S": "1"}}})
            aws.answers.add("GetObjectTagging", [ReadTimeoutError(endpoint_url=""), {"TagSet": []}])

            def meanwhile(params, proceed):
                aws.tag_object("photos", "a.jpg", {"by": "somebody else"})
                return proceed()

            aws.answers.add("PutObjectTagging", meanwhile, times=1)

        :param operation: AWS's name; for services that the mock doesn't play, botocore's name of the service
            before it, such as ``"dynamodb.GetItem"``.
        :param answer: a dict in boto3's shape; an exception: a ClientError, an ``AwsError``, or one of
            botocore's, which goes through botocore's retries; a function of ``(params, proceed)`` that
            returns such a dict or raises such an exception, where ``proceed()`` gives the mock's own answer;
            or a list of those, one for each request, after which the mock answers again.
        :param times: how many requests it answers at most; None for no limit.
        :param when: parameters that a call must have, as a mapping or as a function of its parameters.
        :return: the answer: it has ``hits``, ``remove()``, and is a context manager.
        :raises Misuse: for an unknown operation, parameter or member, with the nearest name, or an answer
            that has another shape than AWS's.
        """
        made = AnswerSpec(operation=operation, answer=answer, times=times, when=when).made(self._answers)
        self._answers.add(made)
        return made

    def clear(self) -> None:
        """Remove them all."""
        for answer in self:
            answer.remove()

    def __len__(self) -> int:
        return len(self._answers.active())

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._answers.active())

    @overload
    def __getitem__(self, index: int) -> Answer: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Answer]: ...
    def __getitem__(self, index: int | slice) -> Answer | Sequence[Answer]:
        return self._answers.active()[index]

    def __repr__(self) -> str:
        return "\n".join(["<answers:", *(f"  {one!r}" for one in self), ">"]) if self else "<no answers>"
