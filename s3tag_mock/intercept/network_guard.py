"""While a mock is active, nothing of botocore reaches a socket, and nothing else reaches S3 or the machine's
own credentials, but for what passthrough lets out.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Any, Final

from s3tag_mock.exceptions import FROM_TEST_AUTHORS, NotSupported
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.in_flight import InFlight
from s3tag_mock.intercept.ours import may_botocore_send, may_resolve
from s3tag_mock.protocol.address import is_of_machine

__tracebackhide__ = FROM_TEST_AUTHORS


def _guarding_send(original: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def send(self: Any, request: Any) -> Any:
        if ACTIVE.at_moto.get():
            raise NotSupported  # moto answers no such calls
        if may_botocore_send():
            return original(self, request)
        in_flight = ACTIVE.in_flight.get()
        if in_flight is None:
            raise NotSupported(_refusal_of_lookup(request.url))
        raise in_flight.scope.refuse(_refusal(in_flight))

    return send


def _guarding_name(original: Callable[..., Any]) -> Callable[..., Any]:
    def resolve(host: Any, *args: Any, **options: Any) -> Any:
        check_host(host)
        return original(host, *args, **options)

    return resolve


def _guarding_addresses(first: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Around a method of sockets that takes an address, behind so many other arguments at least."""

    def guarding(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *args: Any) -> Any:
            for address in args[first:]:
                if isinstance(address, tuple) and address:
                    check_host(address[0])
            return original(self, *args)

        return method

    return guarding


#: Around botocore's HTTP, and what asks where S3 is.
WRAPPERS: Final = {
    "botocore.httpsession:URLLib3Session.send": _guarding_send,
    "socket:getaddrinfo": _guarding_name,
    "socket:gethostbyname": _guarding_name,
    "socket:gethostbyname_ex": _guarding_name,
    "socket:gethostbyaddr": _guarding_name,
}
#: Around what looks names up by itself.
OF_SOCKETS: Final = {
    "socket:socket.connect": _guarding_addresses(0),
    "socket:socket.connect_ex": _guarding_addresses(0),
    "socket:socket.sendto": _guarding_addresses(1),
    **({"socket:socket.sendmsg": _guarding_addresses(3)} if hasattr(socket.socket, "sendmsg") else {}),
}
OF_IMPORTED: Final = {
    "aiobotocore.httpsession:AIOHTTPSession.send": _guarding_send,
    "aiobotocore.httpxsession:HttpxSession.send": _guarding_send,
}


def check_host(host: Any) -> None:
    """Refuse to reach a host of S3's that nobody is let through to, or the machine's credentials.

    :param host: a name or an address.
    :raises NotSupported: for a host of S3's.
    :raises OSError: for an address of the machine's, as anywhere but at AWS.
    """
    name = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else host
    scope = ACTIVE.current
    if scope is None or not isinstance(name, str) or may_resolve(name):
        return
    if is_of_machine(name):
        raise OSError(
            errno.EHOSTUNREACH, f"{name}: no machine has metadata or credentials inside mock_tagging"
        )
    raise scope.refuse(
        f"Something was about to connect to {name} while mock_tagging is active; nothing was sent.\n"
        "Clients of boto3 and aiobotocore are answered, and so is plain HTTP to S3 by urllib3, requests, "
        "httpx, aiohttp, http.client and urllib.request. For others, aws.serve() is the same mock over HTTP."
    )


def _refusal_of_lookup(url: str) -> str:
    host = url.partition("?")[0]
    return (
        f"botocore was about to call {host} while mock_tagging is active; nothing was sent.\n"
        "It is no call of a client: most likely it looks for credentials. Give the client or "
        "session credentials of its own, or make it inside the mock."
    )


def _refusal(in_flight: InFlight) -> str:
    service, name = in_flight.service, in_flight.operation.name
    return (
        f"{service}.{name} was called while mock_tagging is active, and s3tag_mock doesn't support "
        f"{service}; nothing was sent.\n"
        f"To answer it in the test, write aws.answers.add('{service}.{name}', {{...}}), with AWS's response "
        "as boto3 returns it; to mock the whole service, activate moto's mock_aws as well."
    )
