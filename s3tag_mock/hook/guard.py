"""While a mock is active, nothing of botocore reaches a socket, and nothing else reaches S3, but for
what passthrough lets out.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from botocore.httpsession import URLLib3Session

from s3tag_mock.hook.activation import ACTIVE, InFlight
from s3tag_mock.hook.patching import patch
from s3tag_mock.misuse import NotServed
from s3tag_mock.protocol.address import is_near_s3

_OURS: Final = frozenset({"s3", "s3control", "sts"})


def install(undo: ExitStack) -> None:
    """Stand before botocore's HTTP, and before whoever asks where S3 is; ``undo`` steps aside."""
    _guard_botocore(undo)
    _guard_names(undo)


def _guard_botocore(undo: ExitStack) -> None:
    original = URLLib3Session.send

    def send(self: URLLib3Session, request: Any) -> Any:
        scope, in_flight = ACTIVE.current, ACTIVE.in_flight.get()
        if scope is None or (in_flight is not None and in_flight.service in scope.settings.passthrough):
            return original(self, request)
        raise NotServed(_refusal(in_flight, request.url))

    patch(undo, URLLib3Session, "send", send)


def _guard_names(undo: ExitStack) -> None:
    def guarding(original: Callable[..., Any]) -> Callable[..., Any]:
        def resolve(host: Any, *args: Any, **options: Any) -> Any:
            scope = ACTIVE.current
            name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
            if scope is None or _OURS & set(scope.settings.passthrough) or not (name and is_near_s3(name)):
                return original(host, *args, **options)
            raise NotServed(
                f"Something was about to connect to {name} while mock_tagging is active; nothing was sent.\n"
                "Clients of boto3 are answered, and so is plain HTTP to S3 by urllib3 or requests. Others "
                "aren't; to let them go to the network, write mock_tagging(passthrough=('s3',))."
            )

        return resolve

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        patch(undo, socket, name, guarding(vars(socket)[name]))


def _refusal(in_flight: InFlight | None, url: str) -> str:
    if in_flight is None:
        host = url.partition("?")[0]
        return (
            f"botocore was about to call {host} while mock_tagging is active; nothing was sent.\n"
            "It is no call of a client: most likely it looks for credentials. Give the client or "
            "session credentials of its own, or make it inside the mock."
        )
    service, name = in_flight.service, in_flight.operation.name
    return (
        f"{service}.{name} was called while mock_tagging is active, and s3tag_mock doesn't serve {service}; "
        "nothing was sent.\n"
        f"To mock it too, activate moto's mock_aws as well; to let it go to the network, write "
        f"mock_tagging(passthrough=({service!r},)); to answer it yourself, put a botocore.stub.Stubber "
        "on the client."
    )
