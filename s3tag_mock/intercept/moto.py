"""moto, active at the same time: it answers the calls of the services that aren't ours, and no others.

botocore asks every handler of `before-send` and takes the first answer: moto would play a call to its own
buckets too. So its two ways in, for clients and for `requests`, are told which requests are ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from s3tag_mock.intercept.ours import PlainRequest, client_call, mock_of
from s3tag_mock.intercept.patching import patch

_FOR_CLIENTS: Final = "moto.core.botocore_stubber"
_FOR_REQUESTS: Final = "moto.core.responses_custom_registry"


def install(undo: ExitStack) -> Callable[[], None]:
    """Get ready to step before moto; ``undo`` steps back.

    :return: steps before it, once moto is imported; to be called as often as may be.
    """
    done: set[str] = set()

    def step_before() -> None:
        for name, step in ((_FOR_CLIENTS, for_clients), (_FOR_REQUESTS, for_requests)):
            if name not in done and name in sys.modules:
                done.add(name)
                step(sys.modules[name])

    def for_clients(module: Any) -> None:
        original = module.BotocoreStubber.__call__

        def call(self: Any, event_name: str, request: Any, **kwargs: Any) -> Any:
            return None if client_call() is not None else original(self, event_name, request, **kwargs)

        patch(undo, module.BotocoreStubber, "__call__", call)

    def for_requests(module: Any) -> None:
        original = module.CustomRegistry.find

        def find(self: Any, request: Any) -> Any:
            plain = PlainRequest(request.method, request.url, request.headers, request.body)
            # What moto doesn't find goes on to the network, and comes to us.
            return (None, []) if mock_of(plain) is not None else original(self, request)

        patch(undo, module.CustomRegistry, "find", find)

    return step_before
