"""Exceptions for the test author: each says what happened, what was there, what to do.

They are not ClientErrors, so that code under test doesn't mistake them for AWS's errors.

    Misuse(Exception)
    ├── NotSupported     a call of an operation, parameter or service that s3tag_mock doesn't support
    ├── NotStarted       a handle was used before its mock was entered, or after it was left
    └── UnknownName      a bucket, key or job that doesn't exist was looked up through the handle
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import methodcaller
from typing import Final

#: A remark for the test author, or a function that makes it when somebody reads it: one that goes through
#: many names would otherwise cost every failing call more than the call itself.
Hint = str | Callable[[], str]


class AwsError(Exception):
    """An error as AWS sends it. Code under test doesn't see it: botocore makes a ClientError of it.

    :param code: such as ``"NoSuchKey"``.
    :param status: the HTTP status.
    :param message: AWS's text.
    :param elements: further elements of ``<Error>``, such as ``{"Key": "a.txt"}``.
    :param headers: response headers beside the usual ones.
    :param hint: for the test author only; it is in the call log, not in the answer.
    """

    def __init__(
        self,
        code: str,
        status: int,
        message: str,
        elements: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        hint: Hint | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = str(code)
        self.status = int(status)
        self.message = message
        self.elements = dict(elements or {})
        self.headers = dict(headers or {})
        self.hint_source = hint

    @property
    def hint(self) -> str | None:
        """The remark for the test author."""
        return read_hint(self.hint_source)


def read_hint(source: Hint | None) -> str | None:
    """The text of a hint."""
    return source() if callable(source) else source


class Misuse(Exception):
    """Something in the test, not in the code under test, is wrong."""


class NotSupported(Misuse):
    """A call needs something that s3tag_mock doesn't support; nothing was sent."""


class NotStarted(Misuse):
    """The handle of a mock was used while the mock was not active."""


class UnknownName(Misuse, LookupError):
    """Something that doesn't exist was looked up through the handle."""


class TaggingMockWarning(UserWarning):
    """A finding of a mock that has ended; see ``mock_tagging(allow=..., fail_on=...)``."""


class TaggingMockFailure(AssertionError):
    """A finding whose kind is in ``fail_on``."""


#: As ``__tracebackhide__`` of a module: pytest shows the line of the test, and not ours, for what we tell its
#: author, and ours for anything else.
FROM_TEST_AUTHORS: Final = methodcaller("errisinstance", (Misuse, AssertionError, TaggingMockWarning))


#: Among how many names near ones are looked for; more would take seconds.
MOST_NAMES: Final = 1000


def did_you_mean(name: object, known: Iterable[str], *, none_known: str, others: int = 0) -> str:
    """A sentence that lists the nearest of the known names.

    :param name: what was asked for; by mistake it may be no text.
    :param known: what there is; of very many, the last are looked at.
    :param none_known: the sentence to give when there is nothing at all.
    :param others: how many there are beside the known names.
    """
    everything = list(known)
    if not everything:
        return none_known
    names = everything[-MOST_NAMES:]
    from difflib import get_close_matches  # rarely needed, and slow to import

    near = get_close_matches(str(name), names, n=3, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(repr(one) for one in near)}?"
    shown = ", ".join(repr(one) for one in sorted(names)[:5])
    left_out = max(0, len(everything) - 5) + others
    more = f" and {left_out} more" if left_out else ""
    return f"There are: {shown}{more}."
