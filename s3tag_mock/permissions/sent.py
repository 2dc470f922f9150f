"""How a request was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urlsplit


class Sent(NamedTuple):
    """How a request was sent.

    :param auth_type: ``"REST-HEADER"``, ``"REST-QUERY-STRING"`` or ``"POST"``.
    :param is_secure: whether by https.
    :param headers: names in lower case.
    :param signed_at: when a presigned URL was signed.
    :param has_old_signature: whether it was signed as AWS's signature version 2 has it.
    """

    auth_type: str = "REST-HEADER"
    is_secure: bool = True
    source_ip: str = "127.0.0.1"
    headers: Mapping[str, str] = MappingProxyType({})
    signed_at: datetime | None = None
    has_old_signature: bool = False


#: A signed request by https, of which nothing else is known.
IN_PROCESS: Final = Sent()


def is_secure(url: str) -> bool:
    """Whether a request came by https; one from this machine to itself counts as if it had."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"}


@lru_cache(maxsize=64)
def is_endpoint_secure(url: str) -> bool:
    """The same of a client's endpoint, which each of its calls asks for."""
    return is_secure(url)
