"""Our handlers in the emitters of clients: in, out, and in again.

To register handlers, and to look up anew who listens to an event, takes longer than a call. So what the
emitter of a client looks like with them is kept from one mock to the next, for the clients that are kept
themselves.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, TypeAlias

from s3tag_mock.intercept.listeners import Listeners, lookups

#: Handlers of a service's clients: the event that each hears, an id that makes it enter an emitter once, and
#: itself.
Handlers: TypeAlias = Iterable[tuple[str, str, Callable[..., Any]]]

_CLIENTS: Final = count(1)


@dataclass(slots=True, eq=False)
class EnteredClient:
    """A client that has our handlers.

    :param service_id: as it stands in the names of events.
    :param looked_up: what its emitter had looked up before it had them.
    :param looks_up_in: where its emitter keeps what it looks up while it has them, as long as nobody else
        comes or goes.
    :param outside: the emitter's state without them; None as long as it had them only once.
    :param inside: the same with them.
    """

    service_id: str
    number: int
    looked_up: Any
    looks_up_in: Any
    outside: dict[str, Any] | None = None
    inside: dict[str, Any] | None = None
    listeners: Listeners = field(default_factory=Listeners)


@dataclass(eq=False)
class KeptEmitter:
    """The emitter of a client that is kept from one mock to the next.

    :param emitter: held, so that its id is no other's as long as this is found by it.
    :param earlier: how it was in the last mock, where nobody else came or went.
    """

    emitter: Any
    earlier: EnteredClient | None = None


def enter(emitter: Any, kept: KeptEmitter | None, service_id: str, handlers: Handlers) -> EnteredClient:
    """Put our handlers into an emitter.

    :param kept: where it is of a client that is kept.
    """
    before = lookups(emitter)
    earlier = None if kept is None or before is None else kept.earlier
    # Whoever comes or goes makes it forget what it looked up.
    if earlier is None or earlier.looked_up is not before:
        _register(emitter, handlers)
        return EnteredClient(service_id, next(_CLIENTS), before, lookups(emitter))
    state = vars(emitter._emitter)
    if earlier.inside is None:
        earlier.outside = dict(state)
        state.update(vars(copy.copy(emitter._emitter)))
        _register(emitter, handlers)
        earlier.inside, earlier.looks_up_in = dict(state), lookups(emitter)
    else:
        state.update(earlier.inside)
    return earlier


def leave(emitter: Any, kept: KeptEmitter | None, client: EnteredClient, handlers: Handlers) -> None:
    """Take them out again. What others have done meanwhile stays."""
    is_as_it_was = client.looked_up is not None and lookups(emitter) is client.looks_up_in
    if is_as_it_was and client.outside is not None:
        vars(emitter._emitter).update(client.outside)
    else:
        for event, unique_id, _ in handlers:
            emitter.unregister(event, unique_id=unique_id)
        if is_as_it_was:
            emitter._emitter._lookup_cache = client.looked_up
    if kept is not None:
        kept.earlier = client if is_as_it_was else None


def _register(emitter: Any, handlers: Handlers) -> None:
    for event, unique_id, handler in handlers:
        emitter.register_first(event, handler, unique_id)
