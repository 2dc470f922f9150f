"""Where a client's calls go, looked up once for calls that go the short way.

botocore works out some twenty parameters for each call, and looks its endpoint up by them. The endpoint
follows from the operation, from those parameters of the call that its model names, and from the client's
settings. What is remembered is shared: botocore only reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.model import OperationModel

from s3tag_mock.intercept.activation import ACTIVE

#: Calls of one client that are remembered at most.
_MOST: Final = 1024
#: Types of values that can't change, so that a key stays what it is.
_UNCHANGING: Final = frozenset({str, bool, type(None)})


@dataclass(slots=True)
class Endpoints:
    """The endpoints of one client's calls.

    :param settings: names of the client's settings that its service's rules ask for.
    :param found: the endpoints, by all that they follow from.
    """

    settings: tuple[str, ...]
    found: dict[Any, Any] = field(default_factory=dict)


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    def construct_endpoint(
        self: Any, operation_model: OperationModel, call_args: Any, request_context: Any
    ) -> Any:
        call = ACTIVE.begun.current
        known = None if call is None or call.direct is None else _of_client(self)
        key = None if known is None else _key(self, known, operation_model, call_args, request_context)
        if known is None or key is None:
            return original(self, operation_model, call_args, request_context)
        found = known.found.get(key)
        if found is None:
            if len(known.found) >= _MOST:
                known.found.clear()
            found = known.found[key] = original(self, operation_model, call_args, request_context)
        return found

    return construct_endpoint


#: Around what looks endpoints up: they are remembered from one mock to the next.
WRAPPERS: Final = {"botocore.regions:EndpointRulesetResolver.construct_endpoint": _remembering}


def _of_client(resolver: Any) -> Endpoints | None:
    """The endpoints that are remembered for a client; None where it can't be told what they follow from."""
    known = ACTIVE.endpoints.get(resolver)
    if known is None:
        try:
            definitions = resolver._param_definitions.values()
        except AttributeError:
            return None
        # Some that the service's rules don't ask for are functions, which may look for credentials.
        asked = tuple(one.builtin for one in definitions if one.builtin is not None)
        known = ACTIVE.endpoints.setdefault(resolver, Endpoints(asked))
    return known


def _key(resolver: Any, known: Endpoints, operation: OperationModel, params: Any, context: Any) -> Any:
    """All that an endpoint follows from; None where that can't be told."""
    try:
        settings = resolver._get_customized_builtins(operation, params, context)
        named = [params.get(one.member_name) for one in operation.context_parameters]
        further = getattr(operation, "operation_context_parameters", None)
    except AttributeError:
        return None
    key = (operation.name, *named, *map(settings.get, known.settings))
    return key if not further and _UNCHANGING.issuperset(map(type, key)) else None
