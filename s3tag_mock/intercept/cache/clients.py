"""Clients and resources of the handle: made once in a process, as new in every test."""

from __future__ import annotations

from typing import Any

import boto3

from s3tag_mock.intercept.cache.as_made import CachedClient
from s3tag_mock.intercept.cache.sessions import environment
from s3tag_mock.rules.access_keys import FAKE


class ClientCache:
    """The clients and resources of a process."""

    def __init__(self) -> None:
        self._cached: dict[tuple[Any, ...], CachedClient] = {}
        self._in_use: dict[int, CachedClient] = {}
        self._is_discarded = False

    def get(self, kind: str, name: str, region: str, key: str | None, options: dict[str, Any]) -> Any:
        """A client or resource.

        :param kind: ``"client"`` or ``"resource"``.
        :param name: of the service.
        :param key: the access key; None for the mock's own.
        :param options: as boto3 takes them; with any, a new one is made.
        """
        defaults = {"region_name": region, **_credentials(key)}
        if options:
            return self._make(kind, name, {**defaults, **options})
        # Clients read some of their configuration from the environment when they are made.
        place = (kind, name, region, key, environment())
        cached = self._cached.get(place)
        if cached is None:
            cached = self._cached[place] = CachedClient(self._make(kind, name, defaults))
        self._in_use[id(cached)] = cached
        return cached.thing

    @staticmethod
    def _make(kind: str, name: str, options: dict[str, Any]) -> Any:
        return getattr(boto3.Session(), kind)(name, **options)

    def discard(self) -> None:
        """Keep none of the clients that are in use now: they remember what can't be undone."""
        self._is_discarded = True

    def restore(self) -> None:
        """Restore those that are in use, when their mock ends."""
        if self._is_discarded:
            self._cached.clear()
            self._is_discarded = False
        else:
            for place, cached in list(self._cached.items()):
                if id(cached) not in self._in_use:
                    continue
                if cached.has_its_class:
                    cached.restore()
                else:
                    del self._cached[place]
        self._in_use.clear()


def _credentials(key: str | None) -> dict[str, str]:
    return {} if key is None else {"aws_access_key_id": key, "aws_secret_access_key": FAKE}
