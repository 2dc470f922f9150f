"""moto, active at the same time: it answers the calls of the services that aren't ours, and no others.

botocore asks every handler of `before-send` and takes the first answer: moto would play a call to its own
buckets too. So its two ways in, for clients and for `requests`, learn which requests are ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from s3tag_mock.exceptions import AwsError, NotSupported
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.ours import PlainRequest, client_call, is_moto_active, mock_of


def _for_clients(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any, event_name: str, request: Any, **kwargs: Any) -> Any:
        in_flight = ACTIVE.in_flight.get()
        if client_call() is not None or (in_flight is not None and in_flight.is_answered):
            return None
        return original(self, event_name, request, **kwargs)

    return call


def _for_requests(original: Callable[..., Any]) -> Callable[..., Any]:
    def find_response(self: Any, request: Any) -> Any:
        plain = PlainRequest(request.method, request.url, request.headers, request.body)
        # What moto doesn't find goes on to the network, and comes to us.
        return (None, []) if mock_of(plain) is not None else original(self, request)

    return find_response


def ask(
    service: str, region: str, operation: str, params: Mapping[str, Any], key: str | None = None
) -> Mapping[str, Any] | None:
    """moto's answer to a call of a client that is ours; None where moto isn't active.

    :param service: botocore's name of it.
    :param key: the access key with which it is asked; the mock's own by default.
    :raises AwsError: what moto answers.
    """
    scope = ACTIVE.current
    if scope is None or service in scope.settings.passthrough or not is_moto_active():
        return None
    from botocore import xform_name
    from botocore.exceptions import ClientError

    with ACTIVE.lock:
        client = ACTIVE.clients.get("client", service, region, key, {})
    token = ACTIVE.at_moto.set(True)
    try:
        answer: Mapping[str, Any] = getattr(client, xform_name(operation))(**params)
        return answer
    except (NotSupported, _left_out()):
        return None  # moto is active, and answers no such calls
    except ClientError as error:
        told, status = error.response["Error"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        raise AwsError(told["Code"], status, told["Message"]) from None
    finally:
        ACTIVE.at_moto.reset(token)


def _left_out() -> Any:
    """What moto raises for a service that its ``service_whitelist`` doesn't name."""
    return getattr(sys.modules["moto.core.exceptions"], "ServiceNotWhitelisted", NotSupported)


#: By the place of what they wrap, once moto is imported.
OF_IMPORTED: Final = {
    "moto.core.botocore_stubber:BotocoreStubber.__call__": _for_clients,
    "moto.core.responses_custom_registry:CustomRegistry.find": _for_requests,
}
