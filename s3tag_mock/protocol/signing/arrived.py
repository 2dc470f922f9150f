"""A request of plain HTTP, as far as its signature is concerned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote_plus


@dataclass(frozen=True)
class Arrived:
    """A request before its body is read.

    :param path: of its URL, percent-encoded.
    :param resource: the path in path style, percent-encoded: ``/bucket/key``.
    :param query: percent-encoded, without ``?``.
    :param headers: names in lower case; ``host`` and ``content-length`` among them.
    """

    method: str
    path: str
    resource: str
    query: str
    headers: Mapping[str, str]

    def pairs(self) -> Iterator[tuple[str, str | None]]:
        """The query's arguments; None for the value of one without ``=``."""
        for part in self.query.split("&") if self.query else ():
            name, has_value, value = part.partition("=")
            yield unquote_plus(name), unquote_plus(value) if has_value else None

    @cached_property
    def arguments(self) -> dict[str, str]:
        """The query's arguments by their names."""
        return {name: value or "" for name, value in self.pairs()}

    @cached_property
    def header_arguments(self) -> dict[str, str]:
        """Arguments whose names are headers': their names in lower case."""
        return {name.lower(): value for name, value in self.arguments.items()}

    @cached_property
    def all_headers(self) -> dict[str, str]:
        """The headers, and those that stand in the query instead, where botocore puts them (RECORDED, LS
        test_presigned_url_v4_signed_headers_in_qs).
        """
        return {**self.header_arguments, **self.headers}
