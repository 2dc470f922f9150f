"""While a mock is active, nothing of botocore reaches a socket, and nothing else reaches S3, but for
what passthrough lets out.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from botocore.httpsession import URLLib3Session

from s3tag_mock.exceptions import NotSupported
from s3tag_mock.intercept.activation import ACTIVE, InFlight
from s3tag_mock.intercept.ours import may_botocore_send, may_resolve
from s3tag_mock.intercept.patching import patch


def install(undo: ExitStack) -> None:
    """Stand before botocore's HTTP, and before whoever asks where S3 is; ``undo`` steps aside."""
    _guard_botocore(undo)
    _guard_names(undo)


def _guard_botocore(undo: ExitStack) -> None:
    original = URLLib3Session.send

    def send(self: URLLib3Session, request: Any) -> Any:
        if may_botocore_send():
            return original(self, request)
        raise NotSupported(_refusal(ACTIVE.in_flight.get(), request.url))

    patch(undo, URLLib3Session, "send", send)


def _guard_names(undo: ExitStack) -> None:
    def guarding(original: Callable[..., Any]) -> Callable[..., Any]:
        def resolve(host: Any, *args: Any, **options: Any) -> Any:
            name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
            if not name or may_resolve(name):
                return original(host, *args, **options)
            raise NotSupported(
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
