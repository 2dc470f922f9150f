"""How a request was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple


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
