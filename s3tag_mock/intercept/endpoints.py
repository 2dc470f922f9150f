"""Where a client's calls go, worked out once for calls that go the short way.

botocore works out some twenty parameters for each call, and looks an endpoint up by them. They follow from
the operation, from those parameters of the call that its model names, and from the client's settings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.model import OperationModel

from s3tag_mock.intercept.activation import ACTIVE

#: Calls of one client that are remembered at most.
_MOST: Final = 1024
#: Types of what can be compared without a look inside.
_PLAIN: Final = frozenset({str, bool, type(None)})


@dataclass(slots=True)
class Endpoints:
    """The endpoints of one client's calls.

    :param settings: names of those that its service's rules ask for.
    :param found: by all that they follow from.
    """

    settings: tuple[str, ...]
    found: dict[Any, Any] = field(default_factory=dict)


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    def construct_endpoint(
        self: Any, operation_model: OperationModel, call_args: Any, request_context: Any
    ) -> Any:
        call = ACTIVE.begun.current
        endpoints = None if call is None or call.direct is None else _of_client(self)
        if endpoints is None:
            return original(self, operation_model, call_args, request_context)
        key = _key(self, endpoints, operation_model, call_args, request_context)
        if key is None:
            return original(self, operation_model, call_args, request_context)
        found = endpoints.found.get(key)
        if found is None:
            if len(endpoints.found) >= _MOST:
                endpoints.found.clear()
            found = endpoints.found[key] = original(self, operation_model, call_args, request_context)
        return found

    return construct_endpoint


#: Around what looks endpoints up: they are remembered from one mock to the next.
WRAPPERS: Final = {"botocore.regions:EndpointRulesetResolver.construct_endpoint": _remembering}


def _of_client(resolver: Any) -> Endpoints | None:
    """None where it can't be told what they depend on."""
    endpoints = ACTIVE.endpoints.get(resolver)
    if endpoints is None:
        try:
            # Some that the service's rules don't ask for are functions, which may look for credentials.
            named = [one.builtin for one in resolver._param_definitions.values()]
        except AttributeError:
            return None
        asked = tuple(name for name in named if name is not None)
        endpoints = ACTIVE.endpoints.setdefault(resolver, Endpoints(asked))
    return endpoints


def _key(resolver: Any, endpoints: Endpoints, operation: OperationModel, params: Any, context: Any) -> Any:
    """All that an endpoint follows from; None where that can't be told."""
    try:
        settings = resolver._get_customized_builtins(operation, params, context)
        named = [params.get(one.member_name) for one in operation.context_parameters]
        further = getattr(operation, "operation_context_parameters", None)
    except AttributeError:
        return None
    key = (operation.name, *named, *map(settings.get, endpoints.settings))
    return key if not further and _PLAIN.issuperset(map(type, key)) else None
