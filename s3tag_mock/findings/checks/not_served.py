"""Calls that the mock doesn't serve, in a test that went on: the code took the refusal for AWS's answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from s3tag_mock.dispatch.call import Call
from s3tag_mock.findings.finding import Finding, MockRun
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.rules.finding_kinds import Kind

_WHAT_IT_MEANS: Final = " The test went on, so what the code does with AWS's answer was not tested."


def findings(run: MockRun) -> Iterator[Finding]:
    """Each operation that got the mock's 501, and each refusal, once."""
    went_on = "" if run.test_failed else _WHAT_IT_MEANS
    for name in dict.fromkeys(f"{call.service}.{call.operation}" for call in run.calls if is_refused(call)):
        yield Finding(
            Kind.not_served,
            f"s3tag_mock doesn't support {name}, and answered NotImplemented (501), which AWS doesn't. "
            f"To answer it in the test, write aws.answers.add({name!r}, {{...}}).{went_on}",
        )
    for problem in dict.fromkeys(run.refusals):
        yield Finding(Kind.not_served, f"{problem.partition(chr(10))[0]}{went_on}")


def is_refused(call: Call) -> bool:
    """Whether a call got the 501 of an operation that isn't supported."""
    return (
        call.status == 501
        and not (call.injected or call.answered)
        and (call.service, call.operation) not in OPERATIONS
    )
