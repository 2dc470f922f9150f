"""A client as it was when it was made, whatever was done to it since."""

from __future__ import annotations

import copy
import sys
from typing import Any, Final
from weakref import getweakrefcount

from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.emitters import KeptEmitter
from s3tag_mock.intercept.listeners import lookups
from s3tag_mock.intercept.scope import COUNTS_REFERENCES

#: Parts of a client that have attributes of their own.
_PARTS: Final = ("meta", "_endpoint", "_request_signer", "_client_config")


class CachedClient:
    """A client or resource, with what is needed to undo whatever was done to it."""

    _holders: int
    _watchers: int

    def __init__(self, thing: Any) -> None:
        self.thing = thing
        client = getattr(thing.meta, "client", thing)
        parts = (getattr(client, name, None) for name in _PARTS)
        things = {id(one): one for one in (thing, client, *parts) if one is not None}
        self._objects = [(one, dict(vars(one))) for one in things.values()]
        # Each has a class of its own.
        self._classes = [(type(one), dict(vars(type(one)))) for one in (thing, client)]
        self._events = client.meta.events
        self._handlers = copy.copy(client.meta.events)
        self._seen_with = lookups(self._events)
        self._emitter = KeptEmitter(self._events)
        ACTIVE.kept_emitters[id(self._events)] = self._emitter

    def count_holders(self) -> None:
        """Take those who hold it now for nobody; whoever holds it later is a user."""
        self._holders = sys.getrefcount(self.thing)
        self._watchers = getweakrefcount(self.thing)

    @property
    def is_held(self) -> bool:
        """Whether somebody holds it, or notes by a weak reference what was done to it."""
        return (
            not COUNTS_REFERENCES
            or sys.getrefcount(self.thing) > self._holders
            or getweakrefcount(self.thing) > self._watchers
        )

    @property
    def has_its_handlers(self) -> bool:
        """Whether nobody registered a handler, or took one out."""
        return self._seen_with is not None and lookups(self._events) is self._seen_with

    @property
    def has_its_class(self) -> bool:
        """Whether nobody changed its class, of which it is the only instance."""
        return all(vars(kind) == attributes for kind, attributes in self._classes)

    def restore(self) -> None:
        """Make it as it was; not its class."""
        for one, attributes in self._objects:
            vars(one).clear()
            vars(one).update(attributes)
        if not self.has_its_handlers:
            vars(self._events).clear()
            vars(self._events).update(vars(copy.copy(self._handlers)))
            self._emitter.earlier = None
            self._seen_with = lookups(self._events)
