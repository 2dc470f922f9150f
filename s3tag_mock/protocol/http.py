"""An HTTP request and an HTTP answer, as little of them as the protocol needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it would have gone out.

    :param headers: names in lower case.
    :param body: all of it, decoded from aws-chunked where it was.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as it would come in.

    :param headers: names as AWS writes them.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
