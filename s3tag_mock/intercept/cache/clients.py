"""Clients and resources of the handle: made once in a process, as new in every test."""

from __future__ import annotations

import copy
from typing import Any

import boto3

from s3tag_mock.intercept.cache.sessions import environment
from s3tag_mock.intercept.undo import Undo
from s3tag_mock.rules.access_keys import FAKE, access_key


class _CachedClient:
    """A client or resource, with what is needed to undo whatever a test did to it."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing
        client = getattr(thing.meta, "client", thing)
        self._objects = [(one, dict(vars(one))) for one in {id(one): one for one in (thing, client)}.values()]
        self._events = client.meta.events
        self._handlers = copy.copy(client.meta.events)

    def restore(self) -> None:
        for one, attributes in self._objects:
            vars(one).clear()
            vars(one).update(attributes)
        vars(self._events).clear()
        vars(self._events).update(vars(copy.copy(self._handlers)))


class ClientCache:
    """The clients and resources of a process."""

    def __init__(self) -> None:
        self._cached: dict[tuple[Any, ...], _CachedClient] = {}
        self._in_use: dict[int, _CachedClient] = {}
        self._is_discarded = False

    def install(self, undo: Undo) -> None:
        """Restore everything when the outermost mock ends."""
        undo.callback(self._restore)

    def get(self, kind: str, name: str, region: str, account_id: str | None, options: dict[str, Any]) -> Any:
        """A client or resource.

        :param kind: ``"client"`` or ``"resource"``.
        :param name: of the service.
        :param account_id: whose; None for the mock's own account's.
        :param options: as boto3 takes them; with any, a new one is made.
        """
        defaults = {"region_name": region, **_credentials(account_id)}
        if options:
            return self._make(kind, name, {**defaults, **options})
        # Clients read some of their configuration from the environment when they are made.
        key = (kind, name, region, account_id, environment())
        cached = self._cached.get(key)
        if cached is None:
            cached = self._cached[key] = _CachedClient(self._make(kind, name, defaults))
        self._in_use[id(cached)] = cached
        return cached.thing

    @staticmethod
    def _make(kind: str, name: str, options: dict[str, Any]) -> Any:
        return getattr(boto3.Session(), kind)(name, **options)

    def discard(self) -> None:
        """Keep none of the clients that are in use now: they remember what can't be undone."""
        self._is_discarded = True

    def _restore(self) -> None:
        if self._is_discarded:
            self._cached.clear()
            self._is_discarded = False
        else:
            for cached in self._in_use.values():
                cached.restore()
        self._in_use.clear()


def _credentials(account_id: str | None) -> dict[str, str]:
    if account_id is None:
        return {}
    return {"aws_access_key_id": access_key(account_id), "aws_secret_access_key": FAKE}
