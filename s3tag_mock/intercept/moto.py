"""moto, active at the same time: it answers the calls of the services that aren't ours, and no others.

botocore asks every handler of `before-send` and takes the first answer: moto would play a call to its own
buckets too. So its two ways in, for clients and for `requests`, learn which requests are ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from s3tag_mock.intercept.ours import PlainRequest, client_call, mock_of


def _for_clients(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any, event_name: str, request: Any, **kwargs: Any) -> Any:
        return None if client_call() is not None else original(self, event_name, request, **kwargs)

    return call


def _for_requests(original: Callable[..., Any]) -> Callable[..., Any]:
    def find(self: Any, request: Any) -> Any:
        plain = PlainRequest(request.method, request.url, request.headers, request.body)
        # What moto doesn't find goes on to the network, and comes to us.
        return (None, []) if mock_of(plain) is not None else original(self, request)

    return find


#: By the place of what they wrap, once moto is imported.
WRAPPERS: Final = {
    "moto.core.botocore_stubber:BotocoreStubber.__call__": _for_clients,
    "moto.core.responses_custom_registry:CustomRegistry.find": _for_requests,
}
