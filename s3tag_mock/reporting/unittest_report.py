"""What plain unittest shows of a failed test: the same text as pytest's report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from s3tag_mock.intercept.observer import OBSERVER

if TYPE_CHECKING:
    from s3tag_mock.intercept.scope import Scope


def left(scope: Scope, error: BaseException | None) -> None:
    """A mock was left: if a test of unittest's has failed in it, show what happened in the mock.

    :param error: what is on its way out of the mock, if anything is.
    """
    if OBSERVER.get() is not None or "unittest.case" not in sys.modules or not scope.is_outermost:
        return
    frame: Any = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == "run" and frame.f_globals.get("__name__") == "unittest.case":
            break
        frame = frame.f_back
    else:
        return
    case, result = frame.f_locals["self"], frame.f_locals["result"]
    if isinstance(error, Exception):
        if hasattr(error, "add_note"):
            error.add_note(_section(scope))
        else:  # Python 3.10
            print(_section(scope), file=sys.stderr)
    elif not add_to(result, case, scope) and any(e for _, e in getattr(case._outcome, "errors", ())):
        print(_section(scope), file=sys.stderr)  # Python 3.10 adds errors to the result later


def add_to(result: Any, case: object, scope: Scope) -> bool:
    """Add what happened in a mock to what a result says of a failed test.

    :return: whether the test is among those that failed.
    """
    if OBSERVER.get() is not None:
        return False
    for failed in (result.failures, result.errors):
        if failed and case in {failed[-1][0], getattr(failed[-1][0], "test_case", None)}:
            test, text = failed[-1]
            failed[-1] = (test, f"{text}\n{_section(scope)}\n")
            return True
    return False


def _section(scope: Scope) -> str:
    # What most tests, which pass, don't need.
    from s3tag_mock.reporting.record import record
    from s3tag_mock.reporting.text import WIDTH, text_of

    return f"{' AWS calls (s3tag_mock) ':-^{WIDTH}}\n{text_of(record(scope, failed=True))}"
