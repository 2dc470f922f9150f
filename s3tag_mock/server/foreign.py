"""The refusal of requests to services that aren't ours, in their own protocol, naming themselves.

The status is 501: clients send what gets 500, 502, 503 or 504 again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from s3tag_mock.protocol import xml
from s3tag_mock.protocol.http import Response
from s3tag_mock.rules.services import SERVICES

_CODE: Final = "NotImplemented"
_STATUS: Final = 501


def refusal(text: str, headers: Mapping[str, str]) -> Response:
    """The answer to a request.

    :param text: why it is refused.
    :param headers: of the request, names in lower case.
    """
    kind = headers.get("content-type", "")
    if "x-amz-target" in headers or "json" in kind:
        document = json.dumps({"__type": _CODE, "message": text, "Message": text}).encode()
        return Response(
            _STATUS, {"Content-Type": kind or "application/json", "x-amzn-ErrorType": _CODE}, document
        )
    described = {"Type": "Sender", "Code": _CODE, "Message": text}
    document = xml.write("ErrorResponse", {"Error": described, "RequestId": "s3tag-mock"})
    return Response(_STATUS, {"Content-Type": "text/xml"}, document)


def no_tunnel(target: str) -> Response:
    """The answer to a client that wants to be connected to AWS.

    :param target: a host and a port.
    """
    text = (
        f"s3tag_mock: something was about to connect to {target} while a mock is active; nothing was sent. "
        "Leave the client's endpoint to the variable AWS_ENDPOINT_URL.\n"
    )
    return Response(403, {"Content-Type": "text/plain"}, text.encode())


def text_of(service: str) -> str:
    """Why a service's request is refused, and what to do.

    :param service: as its host or its signature names it.
    """
    return (
        f"s3tag_mock doesn't support {service}; nothing was sent to AWS. It supports {', '.join(SERVICES)}. "
        f"Give the client of {service} an endpoint of its own, such as that of a server of moto's."
    )
