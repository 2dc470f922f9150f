"""What a client's endpoint depends on, worked out once for calls that go the short way.

botocore works out some twenty parameters for each call. They follow from the operation, from those parameters
of the call that its model names, and from the client's settings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from botocore.model import OperationModel

from s3tag_mock.intercept.activation import ACTIVE

#: Calls of one client that are remembered at most.
_MOST: Final = 1024


def _remembering(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def get_provider_params(
        self: Any, operation_model: OperationModel, call_args: Any, request_context: Any
    ) -> dict[str, Any]:
        call = ACTIVE.begun.current
        is_direct = call is not None and call.direct is not None
        key = _key(self, operation_model, call_args, request_context) if is_direct else None
        if key is None:
            return original(self, operation_model, call_args, request_context)
        of_client = ACTIVE.endpoint_params.setdefault(self, {})
        found = of_client.get(key)
        if found is None:
            if len(of_client) >= _MOST:
                of_client.clear()
            found = of_client[key] = original(self, operation_model, call_args, request_context)
        return dict(found)

    return get_provider_params


#: Around what works parameters out: they are remembered from one mock to the next.
WRAPPERS: Final = {"botocore.regions:EndpointRulesetResolver._get_provider_params": _remembering}


def _key(resolver: Any, operation: OperationModel, params: Any, context: Any) -> Any:
    """All that the parameters follow from; None where that can't be told."""
    try:
        settings = resolver._get_customized_builtins(operation, params, context)
        # Some that the service's rules don't ask for are functions, which may look for credentials.
        asked = [one.builtin for one in resolver._param_definitions.values() if one.builtin is not None]
        named = [params.get(one.member_name) for one in operation.context_parameters]
        further = getattr(operation, "operation_context_parameters", None)
    except AttributeError:
        return None
    key = (operation.name, *named, *[settings.get(name) for name in asked])
    is_plain = not further and all(isinstance(value, (str, bool, type(None))) for value in key)
    return key if is_plain else None
