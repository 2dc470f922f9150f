"""One call in the log, and how it is written for a person to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from s3tag_mock.exceptions import Hint, read_hint
from s3tag_mock.state.answer import ANSWERED
from s3tag_mock.state.fault import INJECTED

#: Parameters whose values are never shown.
_SECRET: Final = re.compile(r"SSECustomerKey$|EncryptionContext$|SecretAccessKey$|SessionToken$|^MFA$")


@dataclass(frozen=True, slots=True)
class Call:
    """One request and its response. A call that its client tries again is a call each time.

    :param service: botocore's name: ``s3``, ``s3control``, ``sts``.
    :param operation: AWS's name: ``PutObjectTagging``.
    :param params: parameters in boto3's shape, as they were read from the wire.
    :param status: the HTTP status; None if there was no response.
    :param error_code: such as ``NoSuchKey``, or ``ReadTimeoutError`` if there was no response; None for a
        success.
    :param response: the response in boto3's shape, without ResponseMetadata; for an error its ``Error``.
    :param at: when, by the mock's clock.
    :param retries: how often the client had tried before.
    :param erased: keys of tags that the resource had before the call, and no longer had after it.
    :param tags_before: the tags that the resource had, where the call gave it others.
    :param tags_after: the tags that it had after it.
    :param injected: whether the error came from ``aws.faults``.
    :param answered: whether ``aws.answers`` gave the answer.
    :param delay: by how much a fault delayed the response, in seconds.
    :param took_effect: whether the operation happened, for an error that a fault put in its place too.
    :param place: file and line of the code that made it; None for one that a thread of a library made.
    :param writer: client and thread that made it, for comparison.
    :param sequence: its number among all calls and changes of jobs.
    """

    service: str
    operation: str
    params: Mapping[str, Any]
    status: int | None
    error_code: str | None
    response: Mapping[str, Any]
    at: datetime
    retries: int = 0
    erased: tuple[str, ...] = ()
    tags_before: Mapping[str, str] | None = field(default=None, repr=False, compare=False)
    tags_after: Mapping[str, str] | None = field(default=None, repr=False, compare=False)
    injected: bool = False
    answered: bool = False
    delay: float = 0.0
    took_effect: bool = False
    place: tuple[str, int] | None = None
    writer: object = field(default=None, repr=False, compare=False)
    sequence: int = 0
    hint_source: Hint | None = field(default=None, repr=False, compare=False)

    @property
    def hint(self) -> str | None:
        """What AWS doesn't say about an error: which field, which row, which name is near."""
        return read_hint(self.hint_source)

    def __str__(self) -> str:
        return f"{self.service}.{self.operation}({self.given}) -> {self.outcome}"

    @property
    def given(self) -> str:
        """The parameters as they would be written, long ones shortened, secrets and bodies hidden."""
        return written(self.params)

    @property
    def outcome(self) -> str:
        """Status, error and remarks."""
        parts = [str(self.status)] if self.status is not None else []
        parts += [self.error_code] if self.error_code else []
        parts += [f"({remark})" for remark in self.remarks()]
        return " ".join(parts)

    def remarks(self) -> Iterator[str]:
        """What AWS's response doesn't say."""
        hint = self.hint or (INJECTED if self.injected else ANSWERED if self.answered else None)
        if hint:
            yield hint
        if self.delay:
            yield f"delayed by {self.delay:g} s"
        if self.retries:
            yield f"try {self.retries + 1}"
        if self.erased:
            yield f"erased {', '.join(map(repr, self.erased))}"


def written(params: Mapping[str, Any]) -> str:
    """Parameters as they would be written in a call, for a person to read."""
    return ", ".join(f"{name}={shown(name, value)}" for name, value in params.items())


def matches(params: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a call's parameters hold all of these; others don't matter."""
    return all(name in params and params[name] == value for name, value in wanted.items())


def shown(name: str, value: Any, most: int = 60) -> str:
    """A parameter's value for a person to read.

    :param most: characters.
    """
    if is_secret(name):
        return "<secret>"
    text = f"<{len(value)} bytes>" if isinstance(value, bytes) else repr(value)
    return text if len(text) <= most else f"{text[: most - 3]}..."


def is_secret(name: str) -> bool:
    """Whether the values of a parameter are never shown."""
    return bool(_SECRET.search(name))
