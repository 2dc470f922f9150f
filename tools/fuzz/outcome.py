"""How a call may end: with an answer, with AWS's error after which nothing has changed, or with a Misuse."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from botocore.exceptions import ClientError

from s3tag_mock import Misuse
from tools.fuzz.snapshot import difference, snapshot

#: Functions through which every call goes, whatever botocore finds wrong with it.
_WRAPPERS: Final = frozenset(
    {"_key", "attempt", "construct_endpoint", "make_api_call", "make_request", "serialize_to_request"}
)


class Broken(AssertionError):
    """A call that ended as no call may."""


class TooSlow(Exception):
    """A call that took more of the processor's time than any call may."""


class Outcome(NamedTuple):
    """How a call ended.

    :param answer: None where there was none.
    :param error: AWS's.
    :param after: what the world remembers now.
    """

    answer: Any
    error: ClientError | None
    after: Any


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block once it has used so much of the processor's time."""

    def stop(*args: Any) -> None:
        raise TooSlow(f"more than {seconds} seconds of the processor's time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def reached_the_mock(error: BaseException) -> bool:
    """Whether an exception came out of the mock, beyond the wrappers through which every call goes."""
    trace, functions = error.__traceback__, set()
    while trace is not None:
        if "/s3tag_mock/" in trace.tb_frame.f_code.co_filename:
            functions.add(trace.tb_frame.f_code.co_name)
        trace = trace.tb_next
    return bool(functions - _WRAPPERS)


def answered(
    aws: Any, call: Callable[[], Any], before: Any = None, *, may_be_unsendable: bool = False
) -> Outcome:
    """Make a call, and check how it ends.

    :param aws: the handle of the mock.
    :param before: what the world remembered; it is looked at when this is None.
    :param may_be_unsendable: botocore's own handlers and serialiser can't take everything; then
        nothing came in.
    :raises Broken: when an error has changed something, or is none of AWS's.
    """
    before = snapshot(aws) if before is None else before
    calls_before, answer, failure = len(aws.calls), None, None
    try:
        answer = call()
    except ClientError as error:
        failure = error
        _check(error)
    except Misuse:
        pass
    except (AssertionError, TooSlow):
        raise  # it reached for the network, say
    except Exception as error:
        if not may_be_unsendable or reached_the_mock(error) or len(aws.calls) > calls_before:
            raise
    else:
        return Outcome(answer, None, snapshot(aws))
    after = snapshot(aws)
    if after != before:
        raise Broken(f"an error has changed something: {difference(before, after)}") from failure
    return Outcome(None, failure, after)


def _check(error: ClientError) -> None:
    response: Any = error.response
    status, code = response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"]
    if not 300 <= status < 600 or not code:
        raise Broken(f"an error with the status {status} and the code {code!r}") from error
    if code == "InternalError" and error.operation_name != "CreateJob":
        raise Broken("an internal error, which only CreateJob has an occasion for") from error
