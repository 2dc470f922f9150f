"""Exceptions for the test author: each says what happened, what was there, what to do.

The latter are not ClientErrors, so that code under test can't swallow them as an answer of AWS.

::

    Misuse(Exception)
    ├── NotSupported        a call of an operation, parameter or service that s3tag_mock doesn't serve
    ├── NotStarted       a handle was used before its mock was entered, or after it was left
    └── UnknownName      a bucket, key or job that a look-up of the handle doesn't find
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

#: A remark for the test author, or a function that makes it when somebody reads it: one that goes through
#: many names would otherwise cost every failing call more than the call itself.
Hint = str | Callable[[], str]


class AwsError(Exception):
    """An error as AWS sends it. Code under test never sees it: botocore makes a ClientError of it.

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
    """A call reached for something that s3tag_mock doesn't serve; nothing went out."""


class NotStarted(Misuse):
    """The handle of a mock that is not active was asked to do something."""


class UnknownName(Misuse, LookupError):
    """A look-up through the handle named something that isn't there."""


class TaggingMockWarning(UserWarning):
    """A finding of a mock that has ended; see ``mock_tagging(allow=..., fail_on=...)``."""


class TaggingMockFailure(AssertionError):
    """A finding that was to fail the test."""


def did_you_mean(name: str, known: Iterable[str], *, none_known: str, others: int = 0) -> str:
    """A sentence that lists the nearest of the known names.

    :param name: what was asked for.
    :param known: what there is.
    :param none_known: the sentence to give when there is nothing at all.
    :param others: how many there are beside the known names.
    """
    names = list(known)
    if not names:
        return none_known
    from difflib import get_close_matches  # rarely wanted, and not cheap

    near = get_close_matches(name, names, n=3, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(repr(one) for one in near)}?"
    shown = ", ".join(repr(one) for one in sorted(names)[:5])
    left_out = max(0, len(names) - 5) + others
    more = f" and {left_out} more" if left_out else ""
    return f"There are: {shown}{more}."
