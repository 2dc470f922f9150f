"""Clients and resources that the handle lends: made once in a process, as good as new in every test."""

from __future__ import annotations

import copy
from contextlib import ExitStack
from typing import Any

import boto3

from s3tag_mock.hook.sessions import environment
from s3tag_mock.rules.access_keys import access_key


class _Lent:
    """A client or resource, with what is needed to undo whatever a test did to it."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing
        client = getattr(thing.meta, "client", thing)
        self._objects = [(one, dict(vars(one))) for one in {id(one): one for one in (thing, client)}.values()]
        self._events = client.meta.events
        self._handlers = copy.copy(client.meta.events)

    def take_back(self) -> None:
        for one, attributes in self._objects:
            vars(one).clear()
            vars(one).update(attributes)
        vars(self._events).clear()
        vars(self._events).update(vars(copy.copy(self._handlers)))


class Lending:
    """The clients and resources of a process."""

    def __init__(self) -> None:
        self._shelf: dict[tuple[Any, ...], _Lent] = {}
        self._lent: dict[int, _Lent] = {}
        self._is_spoilt = False

    def install(self, undo: ExitStack) -> None:
        """Take everything back when the outermost mock ends."""
        undo.callback(self._take_back)

    def lend(self, kind: str, name: str, region: str, account_id: str | None, options: dict[str, Any]) -> Any:
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
        lent = self._shelf.get(key)
        if lent is None:
            lent = self._shelf[key] = _Lent(self._make(kind, name, defaults))
        self._lent[id(lent)] = lent
        return lent.thing

    @staticmethod
    def _make(kind: str, name: str, options: dict[str, Any]) -> Any:
        return getattr(boto3.Session(), kind)(name, **options)

    def spoil(self) -> None:
        """Have nothing that is lent now be lent again: clients remember what can't be undone."""
        self._is_spoilt = True

    def _take_back(self) -> None:
        if self._is_spoilt:
            self._shelf.clear()
            self._is_spoilt = False
        else:
            for lent in self._lent.values():
                lent.take_back()
        self._lent.clear()


def _credentials(account_id: str | None) -> dict[str, str]:
    if account_id is None:
        return {}
    return {"aws_access_key_id": access_key(account_id), "aws_secret_access_key": "testing"}
