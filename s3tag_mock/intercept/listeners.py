"""Who listens to a client's calls beside botocore itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, Final

from botocore.handlers import disable_signing
from botocore.history import get_global_history_recorder

#: The events of one call, from its first to its last.
_EVENTS: Final = (
    "provide-client-params",
    "before-parameter-build",
    "before-endpoint-resolution",
    "before-call",
    "request-created",
    "choose-signer",
    "before-sign",
    "before-send",
    "response-received",
    "needs-retry",
    "before-parse",
    "after-call",
    "after-call-error",
)
#: Modules whose handlers do nothing that a success without a request would lack. Adaptive retries, which
#: count what is sent, and Stubber are not among them; moto's handler leaves our calls alone.
_HARMLESS: Final = frozenset(
    {
        "botocore.client",
        "botocore.handlers",
        "botocore.retries.standard",
        "botocore.retryhandler",
        "botocore.signers",
        "botocore.useragent",
        "botocore.utils",
        "moto.core.botocore_stubber",
        "s3tag_mock.intercept.botocore_client",
        "s3tag_mock.intercept.direct_calls",
    }
)
#: Those that say what is sent and what comes back.
_LOGGERS: Final = tuple(
    logging.getLogger(f"botocore.{name}")
    for name in ("auth", "client", "endpoint", "hooks", "parsers", "regions", "retryhandler", "utils")
)


@dataclass(slots=True, eq=False)
class Listeners:
    """What is known of those who listen to one client.

    :param seen_with: the emitter's own cache, which is a new one once somebody came or went.
    """

    seen_with: Any = None
    _are_harmless: dict[str, bool] = field(default_factory=dict)

    def are_harmless(self, emitter: Any, service_id: str, operation: str) -> bool:
        """Whether nobody but botocore listens to an operation's calls.

        :param service_id: as it stands in the names of events.
        """
        try:
            inner = emitter._emitter
            cache, handlers = inner._lookup_cache, inner._handlers
        except AttributeError:
            return False
        if cache is not self.seen_with:
            self._are_harmless.clear()
            self.seen_with = cache
        known = self._are_harmless.get(operation)
        if known is None:
            known = self._are_harmless[operation] = all(
                _module_of(handler) in _HARMLESS and handler is not disable_signing
                for event in _EVENTS
                for handler in handlers.prefix_search(f"{event}.{service_id}.{operation}")
            )
        return known


def _module_of(handler: Any) -> str | None:
    """Where a handler's code is: a wrapper may bear the module of what it wraps."""
    function = getattr(handler, "__func__", handler)
    if type(function) is FunctionType:
        name: str | None = function.__globals__.get("__name__")
        return name
    return type(function).__module__


def lookups(emitter: Any) -> Any:
    """What an emitter has looked up, which it forgets whenever a handler comes or goes.

    :return: None where this botocore keeps it under a name that we don't know.
    """
    return getattr(getattr(emitter, "_emitter", None), "_lookup_cache", None)


def logs_are_read() -> bool:
    """Whether somebody wants to see what botocore does."""
    if getattr(get_global_history_recorder(), "_enabled", True):
        return True
    for logger in _LOGGERS:  # noqa: SIM110 - every call asks, and a generator takes longer
        if logger.isEnabledFor(logging.DEBUG):
            return True
    return False
